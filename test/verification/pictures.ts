/** What the tests of a look into a cluster have in common. */
import type { Picture } from '../../src/verification/baseline.ts'
import { parseWanted, type Wanted } from '../../src/verification/wanted.ts'
import type { CollectionName, Contents } from '../../src/zilliz/decode.ts'

/** @param name `database.collection` */
export function nameOf(name: string): CollectionName {
  const [database = '', collection = ''] = name.split('.')
  return { database, collection }
}

/** A loaded collection of ten entities. */
export function picture(name: string, more: Partial<Picture> = {}): Picture {
  return {
    ...nameOf(name),
    loadState: 'LoadStateLoaded',
    entities: 10,
    exact: true,
    fields: ['id Int64 primary', 'vector FloatVector(768)'],
    aliases: [],
    ...more,
  }
}

/** A backup that holds collections, each with its load state or without. */
export function holding(states: Readonly<Record<string, 'LOADED' | 'UNLOADED' | undefined>>): Contents {
  const collections = Object.entries(states).map(([name, status]) => ({ ...nameOf(name), status }))
  return { kind: 'by-database', collections }
}

export async function wantedOf(text: string): Promise<Wanted[]> {
  const problems: string[] = []
  const wanted = await parseWanted(text, problems)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return wanted
}
