import { expect } from 'vitest'
import { errorOf, type StoryResult } from './story.ts'

const readers = ['wait', 'list-backups', 'describe-backup', 'verify']

/** The problems with the inputs, as the annotation lists them; the page lists the same, and has nothing else. */
export function problemsOf(story: StoryResult, operation: string): string[] {
  const error = errorOf(story)
  expect(story.step.receipt).toMatchObject({ status: 'failed', error })
  // A step that would only read says nothing of what was started.
  const [, list = error] = /^(.*)[ \n]Nothing was (?:started|changed)\.$/s.exec(error) ?? []
  expect(list !== error).toBe(!['', 'backup', ...readers].includes(operation))
  const problems = list.split('\n')
  const title = `${problems.length} problem${problems.length === 1 ? '' : 's'} with the inputs`
  const errors = story.step.annotations.filter(({ level }) => level === 'error')
  expect(errors.map(annotation => annotation.title)).toEqual([title])
  const [, items = ''] =
    new RegExp(`^<h2>❌ ${title}</h2>\\n<ul>(.*)</ul>\\s*$`, 's').exec(story.step.summary) ?? []
  expect(items.match(/<li><code>[a-z_-]+<\/code>: .*?<\/li>/gs)?.join('')).toBe(items)
  expect(items.split('<li>')).toHaveLength(problems.length + 1)
  return problems
}
