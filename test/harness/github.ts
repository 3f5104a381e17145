import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** A comment as GitHub's API shows it, as far as anybody reads it here. */
export interface Comment {
  id: number
  body: string
  user: { id: number; login: string; type: 'Bot' | 'User' } | null
}

/** A pull request as GitHub's API shows it, as far as anybody reads it here. */
export interface Pull {
  state: 'open' | 'closed'
  created_at: string | null
  closed_at: string | null
  merged_at: string | null
}

/** What a request gets instead of its answer. */
export type GitHubFault =
  | { kind: 'status'; status: number; message: string; headers?: Record<string, string> }
  | { kind: 'page'; status: number }
  | { kind: 'redirect'; to: string }
  | { kind: 'json'; body: unknown }
  | { kind: 'hang' | 'reset' | 'cut' }
  /** The right answer, after that many milliseconds. */
  | { kind: 'late'; ms: number }

export interface GitHubRequest {
  method: string
  path: string
  authorization: string
  body: { body?: string }
}

/** GitHub's API for the comments and the pull requests of one repository, on loopback, below a path as on GitHub Enterprise Server. */
export type GitHub = AsyncDisposable & {
  /** For GITHUB_API_URL. */
  url: string
  port: number
  /** Of the workflow's own app. */
  token: string
  /** By pull request. */
  comments: Map<number, Comment[]>
  pulls: Map<number, Pull>
  /** By GitHub's own clock, for the header `Date`: milliseconds since the epoch. */
  now: () => number
  requests: GitHubRequest[]
  /** Asked for each request: what goes wrong with it. */
  fault: (request: GitHubRequest) => GitHubFault | undefined
  /** Whose token it is: with a user it is a personal one. */
  user: Comment['user']
}

export const bot = { id: 41_898_282, login: 'github-actions[bot]', type: 'Bot' } as const

const repository = '/api/v3/repos/octo-org/octo-repo'
/** Less than GitHub's 100, which no service here may count on. */
const largestPage = 30

export async function startGitHub(): Promise<GitHub> {
  const server = createServer((incoming, response) => void answer(github, incoming, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const github: GitHub = {
    url: `http://127.0.0.1:${port}/api/v3`,
    port,
    token: 'ghs_0123456789abcdefghijklmnopqrstuvwxyz',
    comments: new Map(),
    pulls: new Map(),
    now: () => Date.now(),
    requests: [],
    fault: () => undefined,
    user: null,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return github
}

async function answer(github: GitHub, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await readText(incoming)
  const { method = '', url: path = '', headers } = incoming
  const body = text === '' ? {} : JSON.parse(text)
  const request = { method, path, authorization: headers.authorization ?? '', body }
  github.requests.push(request)
  const now = github.now()
  // Without a clock it shows none.
  response.sendDate = false
  if (!Number.isNaN(now)) response.setHeader('date', new Date(now).toUTCString())
  const fault = github.fault(request)
  if (fault?.kind === 'late') await setTimeout(fault.ms)
  else if (fault !== undefined) return fail(fault, response)
  if (request.authorization === `token ${github.token}`) respond(github, request, response)
  else send(response, 401, { message: 'Bad credentials' })
}

function respond(github: GitHub, request: GitHubRequest, response: ServerResponse): void {
  const { method, path, body } = request
  const url = new URL(path, 'http://localhost')
  const [, issue] = url.pathname.match(new RegExp(`^${repository}/issues/(\\d+)/comments$`)) ?? []
  const [, comment] = url.pathname.match(new RegExp(`^${repository}/issues/comments/(\\d+)$`)) ?? []
  const [, pull] = url.pathname.match(new RegExp(`^${repository}/pulls/(\\d+)$`)) ?? []
  if (pull !== undefined && method === 'GET') show(github, Number(pull), response)
  else if (method === 'GET' && url.pathname === '/api/v3/user') {
    if (github.user === null) send(response, 403, { message: 'Resource not accessible by integration' })
    else send(response, 200, github.user)
  } else if (issue !== undefined && method === 'GET') list(github, { url, issue: Number(issue) }, response)
  else if (issue !== undefined && method === 'POST') {
    send(response, 201, add(github, Number(issue), { body: body.body ?? '', user: github.user ?? bot }))
  } else if (comment !== undefined && method === 'PATCH') {
    const found = [...github.comments.values()].flat().find(({ id }) => id === Number(comment))
    if (found === undefined) send(response, 404, { message: 'Not Found' })
    else send(response, 200, Object.assign(found, { body: body.body ?? '' }))
  } else send(response, 404, { message: 'Not Found' })
}

let lastId = 1_000

export function add(github: GitHub, issue: number, comment: Omit<Comment, 'id'>): Comment {
  lastId++
  const added = { id: lastId, ...comment }
  github.comments.set(issue, [...(github.comments.get(issue) ?? []), added])
  return added
}

/** By its state, and how many hours ago it was opened and closed. */
export function addPull(
  github: GitHub,
  number: number,
  {
    state,
    opened = 48,
    closed = 1,
  }: { state: 'open' | 'closed' | 'merged'; opened?: number; closed?: number },
): Pull {
  const ago = (hours: number) => new Date(github.now() - hours * 3_600_000).toISOString().replace(/\.\d+/, '')
  const pull: Pull = {
    state: state === 'open' ? state : 'closed',
    created_at: ago(opened),
    closed_at: state === 'open' ? null : ago(closed),
    merged_at: state === 'merged' ? ago(closed) : null,
  }
  github.pulls.set(number, pull)
  return pull
}

function show(github: GitHub, number: number, response: ServerResponse): void {
  const pull = github.pulls.get(number)
  if (pull === undefined) send(response, 404, { message: 'Not Found', status: '404' })
  else send(response, 200, { number, title: `Change ${number}`, ...pull })
}

function list(github: GitHub, { url, issue }: { url: URL; issue: number }, response: ServerResponse): void {
  const page = Number(url.searchParams.get('page') ?? 1)
  const size = Math.min(Number(url.searchParams.get('per_page') ?? largestPage), largestPage)
  const all = github.comments.get(issue) ?? []
  const shown = all.slice((page - 1) * size, page * size)
  url.searchParams.set('page', String(page + 1))
  // The address of a page is GitHub's own idea of where it is.
  const next = `<https://elsewhere.example${url.pathname}${url.search}>; rel="next"`
  if (page * size < all.length) response.setHeader('link', next)
  send(response, 200, shown)
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}

function fail(fault: Exclude<GitHubFault, { kind: 'late' }>, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status':
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value)
      send(response, fault.status, { message: fault.message })
      return
    case 'page':
      response.writeHead(fault.status, { 'content-type': 'text/html' })
      response.end('<html><body>It is down</body></html>')
      return
    case 'redirect':
      response.writeHead(301, { location: fault.to, 'content-type': 'application/json' })
      response.end('{}')
      return
    case 'json':
      send(response, 200, fault.body)
      return
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('[{"id":1,')
      void setTimeout(20).then(() => response.destroy())
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'hang':
      return
  }
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
