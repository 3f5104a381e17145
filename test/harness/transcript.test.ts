import { describe, expect, test } from 'vitest'
import { runToy } from './toy/toy.ts'
import { transcript } from './transcript.ts'

const password = 'hunter2hunter2'
const story = `
  const fs = require('fs')
  const id = n => [...Array(n)].map(() => Math.floor(Math.random() * 16).toString(16)).join('')
  const [cluster, job, backup] = ['in01-' + id(15), 'job-' + id(22), 'backup3_' + id(15)]
  console.log('::add-mask::${password}')
  console.log('Started ' + job + ' at ' + new Date().toISOString() + ' on http://127.0.0.1:' + (40000 + Math.floor(Math.random() * 9999)))
  for (let i = 0; i < 3 + Math.random() * 5; i++) console.log('waiting for ' + job + ', ' + (i * 15) + ' s')
  for (let i = 0; i < 3 + Math.random() * 5; i++) { console.log(job + ' RUNNING'); console.log(cluster + ' CREATING') }
  console.log('The password is ${password}, asked within 45m, took ' + (1 + Math.random()).toFixed(2) + ' s')
  console.log('::warning title=Care::' + cluster + ' is young%0Aand free')
  const receipt = process.env.RUNNER_TEMP + '/receipt.json'
  fs.writeFileSync(receipt, JSON.stringify({
    clusterId: cluster, password: 'other', startedAt: new Date().toISOString(), runId: '7', jobIds: [job] }))
  fs.appendFileSync(process.env.GITHUB_OUTPUT, 'clusterId=' + cluster + '\\npassword=${password}\\nreceipt=' + receipt + '\\n')
  fs.appendFileSync(process.env.GITHUB_STATE, 'cluster=' + cluster + '\\n')
  fs.appendFileSync(process.env.GITHUB_STEP_SUMMARY, '## Restored\\n\\n' + cluster + ' from ' + backup + '\\n<table><tr><th>A</th></tr><tr><td>b</td></tr></table>\\n')
  process.exitCode = 1`

const textOf = async (): Promise<string> => {
  const options = {
    'post-script': `console.log('dropping ' + process.env.STATE_cluster)`,
    'api-key': 'the-api-key',
  }
  const result = await runToy(story, { with: { ...options, 'with-default': '45m' }, post: true })
  const withoutScripts = { ...result, given: { 'api-key': 'the-api-key', timeout: '45m' } }
  const cluster = result.outputs.clusterId ?? ''
  return transcript(withoutScripts, {
    secrets: { password, 'api-key': 'the-api-key' },
    requests: [
      { method: 'POST', path: `/v2/clusters/${cluster}/backups`, body: { name: 'x' }, status: 200, code: 0 },
      ...Array.from({ length: 2 + Math.floor(Math.random() * 4) }, () => ({
        method: 'GET',
        path: `/v2/clusters/${cluster}`,
        status: 200,
        code: 0,
      })),
      { method: 'GET', path: '/v2/x', query: { pageSize: '100' }, status: 503, fault: 'overload' },
      { method: 'DELETE', path: '/v2/x', status: undefined, code: undefined, fault: 'cut' },
      { method: 'GET', path: '/v2/y', status: 200, code: '0' },
    ],
  })
}

test('is the same in every run', async () => {
  const [first, second] = [await textOf(), await textOf()]
  expect(first).toBe(second)
  await expect(first).toMatchFileSnapshot('toy/transcript.txt')
})

describe('secrets', () => {
  const secrets = { password }
  test.each([
    ['the log', `console.log('${password}')`],
    ['the state', `require('fs').appendFileSync(process.env.GITHUB_STATE, 'a=${password}\\n')`],
    ['the summary', `require('fs').appendFileSync(process.env.GITHUB_STEP_SUMMARY, '${password}\\n')`],
  ])('in %s are an error that does not show them', async (_, script) => {
    const result = { ...(await runToy(script)), given: {} }
    expect(() => transcript(result, { secrets })).toThrow(/LEAKED password/)
    expect(() => transcript(result, { secrets })).not.toThrow(new RegExp(password))
  })

  test('in a request are an error', async () => {
    const result = { ...(await runToy('')), given: {} }
    const requests = [{ method: 'POST', path: '/', body: { password } }]
    expect(() => transcript(result, { secrets, requests })).toThrow(/LEAKED/)
  })

  test('are masked by part or without a name', async () => {
    const result = await runToy(`console.log('::add-mask::hunter2'); console.log('::add-mask::elsewhere')`)
    const text = transcript({ ...result, given: {} }, { secrets })
    expect(text).toContain('## masks\n\n<part of password>\n<something without a name>\n')
    expect(text).not.toContain('elsewhere')
  })
})

test('a secret that looks like an id or a duration is found before it gets a name', async () => {
  const result = { ...(await runToy(`console.log('x 15 s y')`)), given: {} }
  expect(() => transcript(result, { secrets: { password: '15 s' } })).toThrow(/LEAKED/)
})

test('own names come first', async () => {
  const result = await runToy(`console.log('in01-abcdefabcdef000 in01-000000000000000')`)
  const text = transcript({ ...result, given: {} }, { names: { 'in01-abcdefabcdef000': '<production>' } })
  expect(text).toContain('<production> <cluster-1>')
})
