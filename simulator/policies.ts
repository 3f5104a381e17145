import type { Policy } from './records.ts'
import type { State } from './state.ts'

/** The policy of a cluster; disabled until it is set. */
export function policyOf(state: State, clusterId: string): Policy {
  const found = state.policies.find(policy => policy.clusterId === clusterId)
  if (found !== undefined) return found
  const policy: Policy = {
    clusterId,
    enabled: false,
    frequency: '1,3,5',
    startTime: '02:00-04:00',
    retentionDays: 7,
    copies: [],
  }
  state.policies.push(policy)
  return policy
}
