import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'
import { addBackup } from './deletions.ts'
import { restoreCluster } from './steps.ts'

const oddPasswords: [kind: string, password: string][] = [
  ['two lines', 'first-half\nsecond-half'],
  ['a carriage return', 'first-half\r\nsecond-half\rthird-part'],
  ['quotes and percent signs', `a"b'c%0Ad%25e\`f`],
  ['a command of the runner', '::set-output name=status::hacked'],
  ['an older command', 'ab##[error]boom##[endgroup]'],
  ['a stop of all commands', '::stop-commands::Zk29sLq'],
  ['an emoji and accents', 'pÄss😀wörd漢字'],
  ['a leading blank', '  \tleading-blank'],
  ['JSON', '{"user":"db_admin","key":"v4lue"}'],
  ['JSON over lines', '{\n  "key-of-it": "v4lue",\n}'],
  ['the end of a file command', 'ghadelimiter_x\nEOF<<EOF\nname=value'],
]

test.each(oddPasswords)('a password with %s leaves as it came, masked first', async (_kind, password) => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.world.nextPassword = password
  const { step } = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) })
  const { clusterId = '', connectAddress, username } = step.outputs
  expect(step.outputs).toMatchObject({ status: 'succeeded', password })
  expect(step.commandErrors).toEqual([])
  // Line by line, as the log is: short lines are not masked, since that would hide ids.
  const lines = password.split(/[\r\n]+/).filter(line => line.trim().length >= 6)
  expect(step.masks.map(({ value }) => value)).toEqual(expect.arrayContaining(lines))
  const first = step.rawLines.findIndex(({ text }) => lines.some(line => text.includes(escaped(line))))
  expect(step.rawLines[first]?.text).toBe(`::add-mask::${escaped(lines[0] ?? '')}`)
  expect(step.droppedJobOutputs).toEqual(['password'])
  expect(step.jobOutputs).toMatchObject({ clusterId, clusterName: 'pr-42', connectAddress, username })
})

function escaped(text: string): string {
  return text.replaceAll('%', '%25')
}

test.each([true, false])('a very short password is a warning in place of a mask, wait: %o', async wait => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.world.nextPassword = '~Q7~'
  const { step } = await restoreCluster(cloud, { 'backup-id': addBackup(cloud), wait: `${wait}` })
  expect(step.outputs.password).toBe('~Q7~')
  expect(step.masks.map(({ value }) => value)).not.toContain('~Q7~')
  expect(step.annotations.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    expect.stringMatching(/^warning: A secret of only 4 characters is not masked/),
  ])
})

test('an response without a password is a warning, and the cluster is used', async () => {
  await using cloud = await startSimulator({ speed: 60 })
  cloud.faults.inject({ operation: 'restoreCluster', fault: { kind: 'without-ids', ids: ['password'] } })
  const { step } = await restoreCluster(cloud, { 'backup-id': addBackup(cloud) })
  expect(step.outputs).toMatchObject({ status: 'succeeded', username: 'db_admin' })
  expect(step.outputs.password).toBeUndefined()
  expect(step.annotations[0]).toMatchObject({ level: 'warning' })
})
