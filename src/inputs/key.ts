/** What is wrong with an API key or a token. */
import { shortestSecret } from '../secrets.ts'

/** The key itself is never shown. */
export function problemOfKey(key: string, getsNoSecrets: () => boolean): string | undefined {
  if (key === '') {
    return `expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; it is empty. ${getsNoSecrets() ? noSecretsHint : secretHint}`
  }
  const problem = bearerProblem(key)
  if (problem !== undefined) return problem
  if (quoteAtAnEnd.test(key)) return 'has quotes around it, which are no part of a key: give the key alone'
  if (/\s/.test(key)) return blank
  if (key.length >= shortestSecret && /^[\x21-\x7e]+$/.test(key)) return undefined
  return `expected an API key of at least ${shortestSecret} visible ASCII characters; got something else (not shown)`
}

/** Of `data-token`: an API key, or `user:password`, whose password may have quotes. It is never shown. */
export function problemOfToken(token: string): string | undefined {
  if (!token.includes(':') || bearerProblem(token)) return problemOfKey(token, () => false)
  if (/\s/.test(token)) return blank
  if (token.startsWith(':')) return 'has no user before the colon: expected an API key, or user:password'
  if (/^[^:]+:$/.test(token)) return 'has no password after the colon: the secret behind it is empty'
  if (/^[\x21-\x7e]+$/.test(token)) return undefined
  return 'expected an API key, or user:password, of visible ASCII characters; got something else (not shown)'
}

function bearerProblem(key: string): string | undefined {
  if (/^bearer(?:[\s:=+]|%20)*$/i.test(key)) return 'is "Bearer" without a key: the secret after it is empty'
  if (/^bearer(?:[\s:=+]|%20)/i.test(key)) {
    return 'begins with "Bearer ", which is no part of a key: give the key alone'
  }
  return undefined
}

const blank = 'has a blank or a line end in it: give one key alone'

const noSecretsHint =
  'Runs for pull requests from forks and from Dependabot get no secrets: skip this job for them.'
const secretHint =
  "Is the secret's name right? A secret of an environment needs environment: in the job, and a reusable workflow needs secrets: inherit."

/** Those of programs, and those that editors and chats put in their place. */
const quoteAtAnEnd = /^["'`\u00b4\p{Pi}\p{Pf}\u201a\u201e]|["'`\u00b4\p{Pi}\p{Pf}]$/u
