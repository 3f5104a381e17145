import type { NodeVersion } from '../test/harness/nodes.ts'
import type { Table } from './figures.ts'

/** What each measurement goes by. */
export interface Bench {
  /** The Node versions that the measured processes run on. */
  nodes: readonly NodeVersion[]
  /** How often something is repeated: that often, or less in a quick run. */
  rounds(usual: number): number
}

export type Measurement = (bench: Bench) => Promise<Table[]>
