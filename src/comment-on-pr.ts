/** `comment-on-pr`, at the end of a step: whatever becomes of the comment, the step ends as it would without it. */
import { attemptAll, messageOf } from './errors.ts'
import type { Subject } from './github/marker.ts'
import { runUrl } from './github/outputs.ts'
import * as runner from './github/runner.ts'
import { commentBody, goneBody } from './summary/comment.ts'
import { notePage, type PageParts } from './summary/page.ts'
import { helpAddress } from './workflow-step.ts'

interface CommentOptions {
  token: string
  /** Milliseconds since the epoch. */
  now: number
  stop: AbortSignal
}

export async function commentOnPr(page: PageParts, options: CommentOptions): Promise<void> {
  try {
    const number = await writeComment(page, options)
    if (number === undefined) {
      say(runner.notice, 'The event of this workflow run shows no pull request, so there is no comment.')
    } else runner.log(`comment-on-pr: the comment on pull request ${number} is up to date.`)
  } catch (error) {
    const help = helpAddress('the-comment-is-missing', runner.stepCommon())
    const more = help === undefined ? '' : ` More: ${help}`
    say(
      runner.warning,
      `The comment on the pull request is missing or not up to date. ${messageOf(error)}${more}`,
    )
  }
}

async function writeComment(page: PageParts, { token, now, stop }: CommentOptions) {
  if (token === '') throw new Error('The input github-token is empty.')
  const { writeComment } = await import('./github/comment.ts')
  const subject = subjectOf(page)
  const end = { runUrl: runUrl(), now }
  const { operation, status } = page
  const isGone = operation === 'delete-cluster' && (status === 'succeeded' || status === 'skipped')
  const gone = (restore: Subject) => goneBody(restore, { dropped: status === 'succeeded', ...end })
  return writeComment({
    token,
    subject,
    body: commentBody(page, { cluster: subject.cluster, ...end }),
    goneBody: isGone ? gone : undefined,
    stop,
  })
}

function subjectOf({ operation, facts }: PageParts): Subject {
  const input = (name: 'target-cluster' | 'cluster-id' | 'name-pattern' | 'target-project-id') =>
    runner.readInput(name) ?? ''
  return {
    operation,
    // A sweep is about no one cluster, and a project may have several sweeps.
    cluster: input('target-cluster') || input('cluster-id') || input('name-pattern'),
    projectId: input('target-project-id'),
    clusterId: String(facts.get('clusterId') ?? ''),
    clusterName: String(facts.get('clusterName') ?? ''),
  }
}

/** The summary is written by now, so this is added to it. */
function say(tell: (text: string) => void, text: string): void {
  const sentence = `comment-on-pr: ${text}`
  tell(sentence)
  attemptAll(() => runner.writeSummary(notePage(sentence)))
}
