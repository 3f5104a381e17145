/** Of collections that are missing: a name that differs by case alone is the right spelling. */
import { forEachAtOnce } from '../waiting/at-once.ts'
import { listCollections, mostAtOnce } from '../zilliz/collection-reads.ts'
import type { Connection } from '../zilliz/connection.ts'
import { sameButCase } from '../zilliz/reads.ts'
import type { Expectation } from './expectations.ts'
import type { Finding } from './finding.ts'

export async function nameOtherCases(
  cluster: Connection,
  findings: Map<Expectation, Finding>,
): Promise<void> {
  const missing = [...findings].flatMap(([{ name }, finding]) => {
    const isHelped = finding.kind === 'missing' && !finding.hasNoDatabase && !finding.aliasOf
    return isHelped ? [{ name, finding }] : []
  })
  const databases = [...new Set(missing.map(({ name }) => name.database))]
  await forEachAtOnce(databases, { most: mostAtOnce }, async database => {
    const listed = await listCollections(cluster, database)
    for (const { name, finding } of missing) {
      if (name.database === database) {
        finding.other = listed.find(one => one !== name.collection && sameButCase(one, name.collection))
      }
    }
  })
}
