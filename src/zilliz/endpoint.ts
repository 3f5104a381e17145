/** The address of a cluster's endpoint, where something may be wrong with it or with the proxy on the way to it. */
import { OperationFailed } from '../errors.ts'
import { isLoopback, problemOfProxy } from '../inputs/address.ts'
import { quote } from '../untrusted-text.ts'

/** @throws OperationFailed when it is no https address (http on loopback alone), or the proxy cannot be used */
export function judgedOrigin(connectAddress: string): string {
  const whole = connectAddress.includes('://') ? connectAddress : `https://${connectAddress}`
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url === undefined || !isSecure || url.href !== `${url.origin}/`) {
    throw new OperationFailed({
      what: `The service shows ${quote(connectAddress)} as the endpoint of the cluster, which is not a plain https address: the token is not sent there.`,
      next: 'Compare it with the endpoint that the console shows.',
      help: 'the-cluster-does-not-answer',
    })
  }
  const problem = problemOfProxy(url)
  if (problem !== undefined) {
    throw new OperationFailed({ what: `The endpoint ${url.host} ${problem}.`, help: 'inputs' })
  }
  return url.origin
}
