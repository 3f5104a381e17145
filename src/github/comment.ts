/** The comment on the pull request, by GitHub's API. Only a step that is to comment loads this file. */
import { messageOf, OperationFailed } from '../errors.ts'
import { redact } from '../secrets.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { askGitHub, eventPayload, type Octokit, repository, responseOf } from './api.ts'
import { isRestoreOf, isSameSubject, markerOf, readMarker, type Subject } from './marker.ts'
import { pullRequestOf } from './pull-request.ts'

/** Milliseconds for all of it. */
const longest = 15_000

interface CommentRequest {
  token: string
  subject: Subject
  /** Below the marker. */
  body: string
  /** Below the marker of the restore that made the cluster, where that is gone now. */
  goneBody: ((restore: Subject) => string) | undefined
  stop: AbortSignal
}

/** Octokit reads numbers beyond those of JavaScript as bigint. */
type Id = number | bigint

/** A comment that a step like this one has written before. */
interface Earlier {
  id: Id
  subject: Subject
}

/**
 * Writes the step's comment: edits the one it finds, or adds one.
 *
 * @returns the number of the pull request; undefined where the event has none
 * @throws OperationFailed, also when GitHub does not answer in time
 */
export async function writeComment(request: CommentRequest): Promise<number | undefined> {
  const number = pullRequestOf(eventPayload())
  if (number === undefined) return undefined
  const { token, stop } = request
  try {
    await askGitHub({ token, longest, stop }, octokit => write(octokit, number, request))
  } catch (error) {
    throw new OperationFailed(sentenceOf(error), { cause: error })
  }
  return number
}

async function write(octokit: Octokit, number: number, { subject, body, goneBody }: CommentRequest) {
  const { own, restore } = await findEarlier(octokit, number, {
    subject,
    withRestore: goneBody !== undefined,
  })
  const { owner, repo } = repository()
  const edit = (comment_id: Id, text: string) =>
    octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      owner,
      repo,
      comment_id,
      body: text,
    })
  if (own === undefined) {
    await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner,
      repo,
      issue_number: number,
      body: textOf(subject, body),
    })
  } else await edit(own.id, textOf(withKnown(subject, own.subject), body))
  if (restore !== undefined && goneBody !== undefined) {
    await edit(restore.id, textOf(restore.subject, goneBody(restore.subject)))
  }
}

function textOf(subject: Subject, body: string): string {
  return redact(`${markerOf(subject)}\n${body}`)
}

/** A step that failed early does not know the cluster that an earlier one has made, which is there all the same. */
function withKnown(subject: Subject, earlier: Subject): Subject {
  const { clusterId, clusterName } = subject.clusterId === '' ? earlier : subject
  return { ...subject, clusterId, clusterName }
}

async function findEarlier(
  octokit: Octokit,
  number: number,
  { subject, withRestore }: { subject: Subject; withRestore: boolean },
): Promise<{ own?: Earlier; restore?: Earlier }> {
  const found: { own?: Earlier; restore?: Earlier } = {}
  for await (const comment of earlierComments(octokit, number)) {
    if (isSameSubject(comment.subject, subject)) found.own ??= comment
    else if (withRestore && isRestoreOf(comment.subject, subject)) found.restore ??= comment
    if (found.own !== undefined && (found.restore !== undefined || !withRestore)) break
  }
  return found
}

/** Those of all pages that begin with a marker and that this token may take for its own. */
async function* earlierComments(octokit: Octokit, number: number): AsyncGenerator<Earlier> {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
  const ownUser = onceOnly(() => userOf(octokit))
  for (let page = 1; ; page++) {
    const list = { ...repository(), issue_number: number, per_page: 100, page }
    const { data, headers } = await octokit.request(route, list)
    if (!Array.isArray(data)) throw new Error('the response is not a list of comments')
    for (const { id, body, user } of data) {
      const subject = readMarker(body ?? '')
      if (subject === undefined) continue
      // Anybody can write a comment with a marker, and a token that may write can edit everybody's comments.
      const isOwn = user?.type === 'Bot' || (user != null && user.id === (await ownUser()))
      if (isOwn) yield { id, subject }
    }
    // The addresses of other pages are not followed: the token goes to no address that a response names.
    if (data.length === 0 || !headers.link?.includes('rel="next"')) return
  }
}

/** The user of a personal token; the token of a workflow or an app has none, and its comments are of a bot. */
async function userOf(octokit: Octokit): Promise<Id | undefined> {
  try {
    return (await octokit.request('GET /user')).data.id
  } catch (error) {
    if (responseOf(error) !== undefined) return undefined
    throw error
  }
}

function onceOnly<T>(get: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= get()
    return result
  }
}

function sentenceOf(error: unknown): string {
  const status = responseOf(error)?.status
  if (status === undefined)
    return `No usable answer from GitHub: ${sanitize(messageOf(error)).replace(/\.$/, '')}.`
  const answer = `HTTP ${status}, ${quote(messageOf(error))}`
  if (status === 401) return `GitHub refused github-token (${answer}).`
  if (status !== 403 && status !== 404) return `GitHub could not do it (${answer}).`
  return `GitHub refused it (${answer}). The job needs "permissions: pull-requests: write". In a run for a pull request from a fork or from Dependabot the token can only read.`
}
