/** Who is asked, for the sentences of what goes wrong: the control plane of the service, or a cluster itself. */
import type { Help, Parts } from '../errors.ts'

export interface Party {
  /** In "so … was not reached". */
  name: string
  /** At the beginning of "… refused". */
  short: string
  /** What to look at where it is not reached, or where something else responds. */
  check: string
  /** The same where TLS fails: the certificate comes besides. */
  checkTls: string
  unreached: Help
  /** A web page instead of the API. */
  page: Pick<Parts, 'next' | 'help'>
  /** What to do where it redirects: none is followed. */
  redirected: string
  /** What it calls that which authenticates, at the beginning of a sentence. */
  credential: string
  checkCredential: string
  refused: Help
  notAllowed: Help
}

export const controlPlane: Party = {
  name: 'Zilliz Cloud',
  short: 'the service',
  check: 'Check base-url, and whether the network of this runner reaches it.',
  checkTls: 'Check base-url. ',
  unreached: 'zilliz-cloud-was-not-reached',
  page: {
    next: 'Check base-url: https://api.cloud.zilliz.com, or https://api.cloud.zilliz.com.cn for the China site.',
    help: 'a-web-page-was-answered-instead-of-the-api',
  },
  redirected: 'Redirects are not followed: check base-url.',
  credential: 'API key',
  checkCredential:
    'Check the secret behind api-key, and base-url: keys of the global and the China site differ.',
  refused: 'api-key-refused',
  notAllowed: 'this-api-key-may-not',
}
