import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRestoreOf, isSameSubject, markerOf, readMarker, type Subject } from '../../src/github/marker.ts'

const restore: Subject = {
  operation: 'restore-cluster',
  cluster: 'pr-42',
  projectId: '',
  clusterId: 'in01-a',
  clusterName: 'pr-42',
}
const deletion: Subject = { ...restore, operation: 'delete-cluster' }

test('a marker is a hidden line that can be read by people too', () => {
  expect(markerOf(restore)).toBe(
    '<!-- zilliz-cloud-backup-restore operation=restore%2Dcluster&cluster=pr%2D42&projectId=&clusterId=in01%2Da&clusterName=pr%2D42 -->',
  )
})

test('whatever a name is, the marker has it, ends where it should, and mentions nobody', () => {
  const text = fc.oneof(
    fc.constantFrom('-->', '--!>', '<!--', '\n', '@all', '#1', '&clusterId=x', '%', '+', ' -- '),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  fc.assert(
    fc.property(text, text, text, (cluster, clusterId, projectId) => {
      const subject = { ...restore, cluster, clusterId, projectId }
      const marker = markerOf(subject)
      expect(readMarker(`${marker}\nBody`)).toEqual(subject)
      expect(marker.replace(/^<!-- (.*) -->$/, '$1').replace('zilliz-cloud-backup-restore', '')).toMatch(
        /^ [\w%&=.*+]+$/,
      )
    }),
  )
})

test.each([
  ['quotes one', `> ${markerOf(restore)}\n`],
  ['has one further down', `Look:\n${markerOf(restore)}`],
  ['has one after a blank', ` ${markerOf(restore)}`],
  ['has none', 'Nice.'],
  ['has one of something else', '<!-- another-action operation=restore -->'],
])('a comment that %s is none of a step', (_, body) => {
  expect(readMarker(body)).toBeUndefined()
})

test('a marker with other fields has those that are known', () => {
  expect(readMarker('<!-- zilliz-cloud-backup-restore a=b&cluster=c -->')).toEqual({
    operation: '',
    cluster: 'c',
    projectId: '',
    clusterId: '',
    clusterName: '',
  })
})

describe('one comment for each operation and cluster', () => {
  test.each<[string, Partial<Subject>, boolean]>([
    ['the same again', {}, true],
    ['another operation', { operation: 'restore-collections' }, false],
    ['the same name, now another cluster', { clusterId: 'in01-b' }, true],
    ['by its id', { cluster: 'in01-a' }, true],
    ['another name and no id yet', { cluster: 'pr-43', clusterId: '' }, false],
    ['the name in another project', { projectId: 'proj-b', clusterId: 'in01-b' }, false],
  ])('%s', (_, changes, same) => {
    expect(isSameSubject(restore, { ...restore, ...changes })).toBe(same)
  })

  test('two without an id are not the same for that', () => {
    const unknown = { ...restore, clusterId: '' }
    expect(isSameSubject(unknown, { ...unknown, cluster: 'pr-43' })).toBe(false)
  })
})

describe('the restore that made the cluster which is gone', () => {
  test.each<[string, Partial<Subject>, Partial<Subject>, boolean]>([
    ['the same id', { cluster: 'other' }, { cluster: 'in01-a' }, true],
    ['another id under the same name', {}, { clusterId: 'in01-b' }, false],
    ['nothing found by that id', {}, { cluster: 'in01-a', clusterId: '', clusterName: '' }, true],
    ['nothing found by that name', {}, { clusterId: '', clusterName: '' }, true],
    ['nothing found by another name', {}, { cluster: 'x', clusterId: '', clusterName: '' }, false],
    ['a restore whose id was lost', { clusterId: '' }, { cluster: 'in01-a' }, true],
    [
      'nothing found in a project that the restore does not name',
      {},
      { projectId: 'p', clusterId: '' },
      false,
    ],
    [
      'nothing found in the project of the restore',
      { projectId: 'p' },
      { projectId: 'p', clusterId: '' },
      true,
    ],
    ['a restore of collections', { operation: 'restore-collections' }, {}, false],
  ])('%s', (_, comment, changes, is) => {
    expect(isRestoreOf({ ...restore, ...comment }, { ...deletion, ...changes })).toBe(is)
  })
})
