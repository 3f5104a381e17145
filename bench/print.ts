/** Tables for people. */
import type { NodeVersion } from '../test/harness/nodes.ts'
import { type Figure, meets, shown, type Table } from './figures.ts'

/** The lines of a table: a column for each Node version, and whether the limit is met. */
export function linesOf(table: Table, nodes: readonly NodeVersion[]): string[] {
  const head = ['', ...nodes.map(node => `Node ${node}`), 'limit', 'met']
  const rows = table.figures.map(figure => [
    figure.name,
    ...nodes.map(node => cellOf(figure, node)),
    figure.limit === undefined ? '' : shown(figure.limit, figure.unit),
    verdict(figure, table),
  ])
  const all = figuresHaveLimits(table) ? [head, ...rows] : [head, ...rows].map(row => row.slice(0, -2))
  const widths = head.map((_, column) => Math.max(...all.map(row => row[column]?.length ?? 0)))
  const aligned = all.map(row =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  )
  const notes = table.notes ?? []
  return [`${table.title} (${table.better} is better)`, ...aligned, ...notes].map((line, index) =>
    index === 0 ? line : `  ${line}`,
  )
}

function figuresHaveLimits({ figures }: Table): boolean {
  return figures.some(({ limit }) => limit !== undefined)
}

function cellOf({ values, unit }: Figure, node: NodeVersion): string {
  const value = values[node]
  return value === undefined ? '-' : shown(value, unit)
}

function verdict(figure: Figure, table: Table): string {
  const verdicts = Object.values(figure.values).map(value => meets(value, figure, table))
  if (verdicts.includes(false)) return 'NO'
  return verdicts.includes(true) ? 'yes' : ''
}
