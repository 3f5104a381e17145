/** What a measurement gives: tables of figures, one value of each for every Node version. */
import type { NodeVersion } from '../test/harness/nodes.ts'

export type Unit =
  | 'ms'
  | 's'
  | '×'
  | 'MB'
  | 'kB'
  | 'bytes'
  | 'lines'
  | 'files'
  | 'looks'
  | 'requests'
  | 'steps'

export interface Figure {
  name: string
  unit: Unit
  /** What the project holds itself to. */
  limit?: number
  values: Partial<Record<NodeVersion, number>>
}

export interface Table {
  title: string
  better: 'lower' | 'higher'
  figures: readonly Figure[]
  /** How it was measured, and what was left out. */
  notes?: readonly string[]
}

/** A figure whose value each Node version gives. */
export function figure(
  about: Omit<Figure, 'values'>,
  nodes: readonly NodeVersion[],
  valueOn: (node: NodeVersion) => number | undefined,
): Figure {
  const values: Figure['values'] = {}
  for (const node of nodes) {
    const value = valueOn(node)
    if (value !== undefined) values[node] = value
  }
  return { ...about, values }
}

/** Whether a value is inside the limit; undefined without a limit. */
export function meets(value: number, { limit }: Figure, { better }: Table): boolean | undefined {
  if (limit === undefined) return undefined
  return better === 'lower' ? value <= limit : value >= limit
}

/** Each figure that is outside its limit on some Node, as a sentence. */
export function missed(tables: readonly Table[]): string[] {
  return tables.flatMap(table =>
    table.figures.flatMap(one => {
      const outside = Object.entries(one.values).filter(([, value]) => meets(value, one, table) === false)
      if (outside.length === 0) return []
      const each = outside.map(([node, value]) => `${shown(value, one.unit)} on Node ${node}`)
      const side = table.better === 'lower' ? 'at most' : 'at least'
      return [`${table.title}, ${one.name}: ${each.join(', ')}; ${side} ${shown(one.limit ?? 0, one.unit)}`]
    }),
  )
}

const digits: Readonly<Record<Unit, number>> = {
  ms: 0,
  s: 2,
  '×': 2,
  MB: 1,
  kB: 1,
  bytes: 0,
  lines: 0,
  files: 0,
  looks: 0,
  requests: 0,
  steps: 0,
}

export function shown(value: number, unit: Unit): string {
  const number = value.toLocaleString('en', {
    minimumFractionDigits: digits[unit],
    maximumFractionDigits: digits[unit],
  })
  return `${number} ${unit}`
}
