import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsePage, readPage } from '../harness/markdown.ts'
import { examples, textOf } from '../harness/workflow/files.ts'
import { root } from './project-copy.ts'

const pages = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
})
  .toString()
  .split('\0')
  .filter(file => file !== '' && existsSync(join(root, file)))

test('the pages are found', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'docs/TROUBLESHOOTING.md']),
  )
})

test.each(pages)('every link of %s leads somewhere', page => {
  expect(lostLinks(page, readPage(page).links)).toEqual([])
})

test.each(examples)('every workflow and page that %s names is there', example => {
  const comments = textOf(example).matchAll(/#(.*)$/gm)
  const named = [...comments].flatMap(([, comment = '']) => comment.match(/[\w./-]+\.(?:yml|md)\b/g) ?? [])
  const lost = named.filter(name => {
    const places = [name, `examples/${name}`]
    return !places.some(place => existsSync(join(root, place)))
  })
  expect(lost).toEqual([])
})

describe('what is lost', () => {
  test.each([
    ['a page', '[x](docs/nowhere.md)', 'docs/nowhere.md'],
    ['a heading of another page', '[x](SECURITY.md#nowhere)', 'SECURITY.md#nowhere'],
    ['a heading of the same page', '## Here\n[x](#there)', '#there'],
    ['a picture in HTML', '<img src="docs/nowhere.png">', 'docs/nowhere.png'],
    ['a link in a table', '| a |\n| --- |\n| [x](nowhere) |', 'nowhere'],
  ])('%s is noticed', (_, text, lost) => {
    expect(lostLinks('README.md', parsePage(text).links, parsePage(text).anchors)).toEqual([lost])
  })

  test('a link in code is none, and a heading in another script has an anchor', () => {
    const { links, anchors } = parsePage('## 快速开始：`skipped`\n`[x](nowhere)`\n```md\n[x](nowhere)\n```\n')
    expect({ links, anchors }).toEqual({ links: [], anchors: ['快速开始skipped'] })
  })
})

function lostLinks(page: string, links: readonly string[], anchors = readPage(page).anchors): string[] {
  return links.filter(link => {
    if (/^[a-z]+:/.test(link)) return false
    const [path = '', anchor] = link.split('#')
    const target = posix.join(dirname(page), path)
    if (path !== '' && !existsSync(join(root, target))) return true
    const known = path === '' ? anchors : anchorsOf(target)
    return anchor !== undefined && !known.includes(anchor)
  })
}

function anchorsOf(target: string): string[] {
  return target.endsWith('.md') ? readPage(target).anchors : []
}
