/** A cluster itself as the one that is asked. */
import type { Party } from './party.ts'

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
