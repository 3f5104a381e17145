/** What bench/result.json says of its limits, as a table for DESIGN.md. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Taken } from '../bench/result.ts'

interface Entry {
  table: string
  name: string
  unit: string
  better: 'lower' | 'higher'
  limit?: number
  node: Readonly<Record<string, { value: number; isMet?: boolean }>>
}

interface Result extends Taken {
  figures: readonly Entry[]
}

type Limited = Entry & { limit: number }

/** Of each table of figures the one that is nearest to its limit, or the furthest beyond it; and those that miss theirs. */
export function benchTable(root: string): string {
  const result: Result = JSON.parse(readFileSync(join(root, 'bench/result.json'), 'utf8'))
  const nodes = Object.keys(result.node)
  const limited = result.figures.filter((figure): figure is Limited => figure.limit !== undefined)
  const tables = [...new Set(limited.map(({ table }) => table))]
  const rows = tables.flatMap(table => {
    const all = limited.filter(figure => figure.table === table).sort((one, other) => used(other) - used(one))
    return all.filter((figure, index) => index === 0 || !isMet(figure)).map(figure => row(figure, nodes))
  })
  const count = `${limited.filter(isMet).length} of ${limited.length} limits are met.`
  const versions = nodes.map(node => `Node ${result.node[node]}`).join(' and ')
  const head = [['What', 'Figure', ...nodes.map(node => `Node ${node}`), 'Limit', 'Met']]
  const lines = [...head, head[0]?.map(() => '---') ?? [], ...rows].map(cells => `| ${cells.join(' | ')} |`)
  const taken = `Taken on ${result.date}, ${result.cpu}, ${result.cores} cores, ${versions}. ${count} Of each group the figure that is nearest to its limit is shown, and each that misses it.`
  return `${taken}\n\n${lines.join('\n')}`
}

/** The share of the limit that the worse Node takes; of a limit of 0 how far it is from that. */
function used({ node, limit, better }: Limited): number {
  const values = Object.values(node).map(({ value }) => value)
  const worst = better === 'lower' ? Math.max(...values) : Math.min(...values)
  if (limit === 0) return better === 'lower' ? worst : -worst
  return better === 'lower' ? worst / limit : limit / worst
}

function isMet({ node }: Limited): boolean {
  return Object.values(node).every(({ isMet }) => isMet !== false)
}

function row(figure: Limited, nodes: readonly string[]): string[] {
  const { table, name, unit, limit, node } = figure
  const shown = (value: number | undefined) =>
    value === undefined ? '' : `${Number(value.toFixed(2))} ${unit}`
  const values = nodes.map(version => shown(node[version]?.value))
  return [table, name, ...values, shown(limit), isMet(figure) ? 'yes' : '**no**']
}
