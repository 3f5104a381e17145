import type { State } from './state.ts'

/** Automatic backup policy of a cluster. */
export interface Policy {
  readonly clusterId: string
  enabled: boolean
  /** Days of the week, `1,2,5`; 1 is Monday (F41). */
  frequency: string
  /** Two hours in UTC, `HH:mm-HH:mm`. */
  startTime: string
  /** 1 to 30. */
  retentionDays: number
  copies: { regionId: string; retentionDays: number }[]
}

/** The policy of a cluster; one that was never set is a disabled one. */
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
