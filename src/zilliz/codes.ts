/** The reason codes of the service. */

/** The groups of reason codes (documentation page "error codes v2"). */
export type CodeGroup =
  | 'key'
  | 'permission'
  | 'not-found'
  | 'conflict'
  | 'unsupported'
  | 'parameter'
  | 'operation-failed'

const groups: Record<CodeGroup, readonly number[]> = {
  key: [21119, 1800, 80001, 80002],
  permission: [96012, 96013, 96014, 96015, 96016, 96027, 96028, 40022],
  'not-found': [96018, 96026, 40021, 80020],
  conflict: [96017, 40013, 40003],
  unsupported: [96021, 96022, 80021],
  parameter: [
    96000, 96001, 96002, 96003, 96004, 96005, 96006, 96007, 96008, 96009, 96010, 96011, 96023, 96025, 96029,
    96030, 96031, 96032, 96033, 96034, 96035, 96036, 96037,
  ],
  'operation-failed': [96038, 96039, 96040],
}

/** The name of a cluster is used already: 96017 documented, 40013 recorded (F6, F16). */
export const nameTakenCodes = [96017, 40013] as const
/** Of the permissions that one of the plan: no key has it in a project of another plan. */
export const enterpriseOnlyCode = 96028
/** A cluster is in a state that does not allow it. */
export const wrongStateCode = 40003
/** The name of a cluster has a character the service does not take (F16). */
export const badNameCode = 96010

export function groupOf(code: number | string | undefined): CodeGroup | undefined {
  for (const [group, codes] of Object.entries(groups)) {
    if (codes.some(known => known === code)) return group as CodeGroup
  }
  return undefined
}
