/** The format of result.json. */
import { type Figure, meets, type Table } from './figures.ts'

/** Where and when the figures were taken. */
export interface Taken {
  /** `YYYY-MM-DD`. */
  date: string
  cpu: string
  cores: number
  /** Processes that wanted a core in the minute before: others that work on the machine make every time longer. */
  load: number
  system: string
  /** Full versions, by the major one. */
  node: Readonly<Record<string, string>>
}

/**
 * One line for each figure, as they were measured, so that two results can be compared line by line.
 *
 * @param parts the tables of each measurement
 */
export function resultJson(taken: Taken, parts: Readonly<Record<string, readonly Table[]>>): string {
  const figures = Object.entries(parts).flatMap(([measurement, tables]) =>
    tables.flatMap(table => table.figures.map(figure => entryOf(measurement, table, figure))),
  )
  const lines = figures.map(entry => `    ${JSON.stringify(entry)}`).join(',\n')
  const head = JSON.stringify(taken, null, 2).slice(0, -2)
  return `${head},\n  "figures": [\n${lines}\n  ]\n}\n`
}

function entryOf(measurement: string, table: Table, figure: Figure) {
  const { name, unit, limit, values } = figure
  const nodes = Object.entries(values).map(([node, value]) => {
    const isMet = meets(value, figure, table)
    return [node, { value: rounded(value), ...(isMet === undefined ? {} : { isMet }) }]
  })
  return {
    measurement,
    table: table.title,
    name,
    unit,
    better: table.better,
    ...(limit === undefined ? {} : { limit: rounded(limit) }),
    node: Object.fromEntries(nodes),
  }
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
