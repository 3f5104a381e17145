import { expect, test } from 'vitest'
import { busySentence } from '../../src/backups/in-the-way.ts'
import { OperationFailed } from '../../src/errors.ts'
import { decodeBackup } from '../../src/zilliz/decode.ts'

const running = (backupId: string, clusterId: string, creationMethod: string) =>
  decodeBackup({ backupId, clusterId, creationMethod, status: 'CREATING', backupType: 'CLUSTER' })
const here = running('backup1_a', 'in01-a', 'MANUAL')
const there = running('backup1_b', 'in01-b', 'AUTO')

test.each([
  ['of this cluster', [here], 'Cluster in01-a is being backed up already: backup1_a (MANUAL) is CREATING.'],
  [
    'of another one',
    [there],
    'Another cluster is being backed up: backup1_b of cluster in01-b (AUTO) is CREATING.',
  ],
  [
    'of both',
    [here, there],
    'Cluster in01-a is being backed up already: backup1_a (MANUAL), backup1_b of cluster in01-b (AUTO) is CREATING.',
  ],
])('a backup that is in the way %s', (_, busy, sentence) => {
  expect(busySentence({ clusterId: 'in01-a', ifBusy: 'wait', pollInterval: 1 }, busy)).toBe(sentence)
  expect(() => busySentence({ clusterId: 'in01-a', ifBusy: 'fail', pollInterval: 1 }, busy)).toThrow(
    OperationFailed,
  )
})
