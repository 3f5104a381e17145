/** Worlds with many collections. */
import type { Simulator } from '../../simulator/index.ts'

type Field = { name: string; type: string; primaryKey: boolean }

/** A cluster gets one database, `many`, of so many collections. */
export function fillWithCollections(
  { world }: Simulator,
  count: number,
  { cluster = 'production', fields }: { cluster?: string; fields?: readonly Field[] } = {},
): void {
  const collections = Array.from({ length: count }, (_, index) => ({
    name: `part_${index}`,
    description: '',
    status: 'LOADED' as const,
    rows: index,
    ...(fields && { fields }),
  }))
  world.cluster(cluster).databases = [{ name: 'many', collections }]
}
