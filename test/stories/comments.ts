/** Steps with `comment-on-pr`, against a GitHub that runs here. */
import type { Simulator } from '../../simulator/index.ts'
import type { Comment, GitHub } from '../harness/github.ts'
import type { Inputs } from './steps.ts'
import type { StoryOptions, StoryResult } from './story.ts'

type RunStep = (cloud: Simulator, inputs?: Inputs, options?: StoryOptions) => Promise<StoryResult>

export const number = 42
export const pullRequest = { number, pull_request: { number } }

/** A step of the workflow run for pull request 42, which is to comment. */
export async function commented(
  run: RunStep,
  { cloud, github }: { cloud: Simulator; github: GitHub },
  { inputs = {}, ...options }: StoryOptions & { inputs?: Inputs } = {},
): Promise<StoryResult> {
  return run(
    cloud,
    { 'comment-on-pr': 'true', ...inputs },
    {
      event: pullRequest,
      githubToken: github.token,
      ...options,
      env: { GITHUB_API_URL: github.url, ...options.env },
    },
  )
}

export const commentsOf = (github: GitHub): Comment[] => github.comments.get(number) ?? []

/** Without the marker, which nobody sees. */
export const visible = (comment: Comment | undefined): string =>
  (comment?.body ?? '').replace(/^<!-- zilliz-cloud-backup-restore \S+ -->\n/, '')

/** What a step says of its comment where it has none. */
export function saidOf({ step }: StoryResult): string[] {
  return step.annotations
    .filter(({ message }) => message.startsWith('comment-on-pr: '))
    .map(({ level, message }) => `${level}: ${message.replace('comment-on-pr: ', '')}`)
}
