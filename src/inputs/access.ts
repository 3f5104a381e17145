/** The API key, the address of the service, and the proxy on the way to it. */
import { isIPv4 } from 'node:net'
import { checkBypass } from '@actions/http-client/lib/proxy'
import { shortestSecret } from '../secrets.ts'
import { quoteInput } from '../untrusted-text.ts'
import type { Reader } from './reader.ts'

export function readApiKey(
  reader: Reader,
  { apiKey: fallbackKey, getsNoSecrets }: { apiKey: string; getsNoSecrets: boolean },
): string {
  const given = reader.optional('api-key')
  const key = given ?? fallbackKey
  const problem = problemOfKey(key, getsNoSecrets)
  const source = sourceOf('ZILLIZ_API_KEY', given, fallbackKey)
  if (problem !== undefined) reader.report('api-key', problem + source)
  return key
}

/** For the end of a problem: the environment variable, where that is what is wrong. */
function sourceOf(variable: string, given: string | undefined, fallback: string): string {
  return given === undefined && fallback !== '' ? ` (from the environment variable ${variable})` : ''
}

/** The key itself is never shown. */
function problemOfKey(key: string, getsNoSecrets: boolean): string | undefined {
  if (key === '') {
    return `expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; it is empty. ${getsNoSecrets ? noSecretsHint : secretHint}`
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
  if (!token.includes(':') || bearerProblem(token)) return problemOfKey(token, false)
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

export const defaultBaseUrl = 'https://api.cloud.zilliz.com'

/** Without a slash at its end; what is no address stays as it is. */
export function normalAddress(value: string): string {
  return URL.canParse(value) ? withoutSlash(new URL(value).href) : value
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '')
}

/** The hosts of the console, and where the API of that site is. */
const apiOfConsole: Readonly<Record<string, string>> = {
  'cloud.zilliz.com': defaultBaseUrl,
  'cloud.zilliz.com.cn': 'https://api.cloud.zilliz.com.cn',
}

/** @returns without a slash at its end; '' after a problem */
export function readBaseUrl(reader: Reader, fallback: string): string {
  const given = reader.optional('base-url')
  const value = (given ?? fallback) || defaultBaseUrl
  const url = URL.canParse(value) ? new URL(value) : undefined
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  const isPlain = url !== undefined && secure && !/[?#@\\]/.test(value)
  const right = rightAddress(value)
  if (right !== undefined || !isPlain) {
    const expected =
      right ?? 'an https address without query, fragment or credentials (http only on loopback)'
    // Before an @ stand credentials.
    const got = value.includes('@') ? 'one with an @ (not shown)' : quoteInput(value)
    const source = sourceOf('ZILLIZ_BASE_URL', given, fallback)
    reader.report('base-url', `expected ${expected}; got ${got}${source}`)
  }
  if (!isPlain) return ''
  const proxy = problemOfProxy(url)
  if (proxy !== undefined) reader.report('base-url', proxy)
  return withoutSlash(url.href)
}

/** What to write instead of an address of the console, or one that ends in `/v2`, in whatever form that is written. */
function rightAddress(value: string): string | undefined {
  const address = value.includes('://') ? value : `https://${value}`
  const url = !/[@\\]/.test(value) && URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined
  const { protocol, hostname, host, pathname } = url
  const ofConsole = hostname.replace(/\.$/, '')
  if (Object.hasOwn(apiOfConsole, ofConsole)) {
    return `the address of the API, ${apiOfConsole[ofConsole]}, not that of the console`
  }
  const path = pathname.replace(/(?:\/+v2)+\/*$/i, '')
  const scheme = isLoopback(hostname) ? protocol : 'https:'
  return path === pathname ? undefined : `the address without /v2, ${scheme}//${host}${withoutSlash(path)}`
}

/** The toolkit ignores a proxy that it cannot read, and the request would go out directly. */
export function problemOfProxy(url: URL): string | undefined {
  if (checkBypass(url)) return undefined
  const name = proxyVariables.find(candidate => !isProxyAddress(process.env[candidate] || undefined))
  if (name === undefined) return undefined
  return `is reached through a proxy, and the environment variable ${name} is not an http:// or https:// address of one whose credentials can be decoded (its value is not shown)`
}

const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']

/** One that is not set is in order. */
function isProxyAddress(value: string | undefined): boolean {
  if (value === undefined) return true
  if (!/^https?:\/\/[^/]/i.test(value) || !URL.canParse(value)) return false
  const { username, password, hostname } = new URL(value)
  return hostname !== '' && [username, password].every(isDecodable)
}

/** What it decodes to is used, or the bundler would leave the call out. */
function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text).length <= text.length
  } catch {
    return false
  }
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}
