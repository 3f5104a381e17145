/** What the tests of the operations' inputs have in common. */
import type { InputName } from '../../src/contract.ts'

export const common = { 'api-key': 'key-123456' } as const

/** Of an operation that needs a source cluster. */
export const ofCluster = { ...common, 'cluster-id': 'in01-a' } as const

/** What `common` is read as. */
export const commonRequest = {
  apiKey: 'key-123456',
  baseUrl: 'https://api.cloud.zilliz.com',
  timeout: 7_200_000,
} as const

/** Ends of problems. */
export const expected = {
  /** @param wrong the first wrong character, as it is named */
  id: (wrong: string) => `expected an id of letters, digits, _ and -, no ${wrong}; got`,
  duration: 'expected a duration such as 90s, 45m or 1h30m; got',
  type: 'expected one of any, CLUSTER, COLLECTION; got',
} as const

export const forLatestOnly = (name: InputName) => `${name}: has an effect only with backup-id: latest`
