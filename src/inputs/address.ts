/** What is wrong with the address of the service, and with the proxy on the way to it. */
import { isIPv4 } from 'node:net'
import { checkBypass } from '@actions/http-client/lib/proxy'
import { defaultBaseUrl } from '../contract.ts'
import { quoteInput } from '../untrusted-text.ts'

/** @returns `address` without a slash at its end, '' where it is none; and what is wrong with it */
export function judgeAddress(value: string, source: string): { address: string; problems: string[] } {
  const problems: string[] = []
  const url = URL.canParse(value) ? new URL(value) : undefined
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  const isPlain = url !== undefined && secure && !/[?#@\\]/.test(value)
  const right = rightAddress(value)
  if (right !== undefined || !isPlain) {
    const expected =
      right ?? 'an https address without query, fragment or credentials (http only on loopback)'
    // Before an @ stand credentials.
    const got = value.includes('@') ? 'one with an @ (not shown)' : quoteInput(value)
    problems.push(`expected ${expected}; got ${got}${source}`)
  }
  if (!isPlain) return { address: '', problems }
  const proxy = problemOfProxy(url)
  return { address: withoutSlash(url.href), problems: proxy === undefined ? problems : [...problems, proxy] }
}

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
