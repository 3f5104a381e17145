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

const checkNetwork =
  'Check whether the network of this runner reaches the cluster: its allow list, a private link or a firewall may keep a runner out.'

/** F97, F104: a key that is limited to certain clusters may not be allowed on a new one. */
const checkToken =
  'data-token takes what the cluster accepts: an API key with privileges on this cluster (one that is limited to certain clusters may have none on a new one), or user:password.'

export const dataPlane: Party = {
  name: 'the cluster',
  short: 'the cluster',
  check: checkNetwork,
  checkTls: '',
  unreached: 'the-cluster-does-not-answer',
  page: { next: checkNetwork, help: 'the-cluster-does-not-answer' },
  redirected:
    'Redirects are not followed, since the token is for the cluster alone: check what stands between this runner and the cluster.',
  credential: 'Token',
  checkCredential: checkToken,
  refused: 'the-cluster-does-not-accept-the-token',
  notAllowed: 'the-cluster-does-not-accept-the-token',
}
