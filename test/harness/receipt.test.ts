import { expect, test } from 'vitest'
import { addedByReceipt, receiptProblems } from './receipt.ts'
import { runToy } from './toy/toy.ts'

const started = '2026-05-01T12:00:00.000Z'
const finished = '2026-05-01T12:00:01.000Z'
const same = {
  operation: 'wait',
  startedAt: started,
  finishedAt: finished,
  jobIds: ['a', 'b'],
  created: true,
}

/** The result of a step with these outputs, whose receipt holds that text. */
async function stepWith(receipt: unknown, outputs: Record<string, string>, warning = '') {
  const lines = Object.entries({ jobIds: '["a","b"]', created: 'true', ...outputs }).map(pair =>
    pair.join('='),
  )
  const script = `
    const { appendFileSync, writeFileSync } = require('fs')
    const path = process.env.RUNNER_TEMP + '/receipt.json'
    writeFileSync(path, ${JSON.stringify(typeof receipt === 'string' ? receipt : JSON.stringify(receipt))})
    appendFileSync(process.env.GITHUB_OUTPUT, ${JSON.stringify(lines.join('\n'))} + '\\nreceipt=' + path + '\\n')
    if (${JSON.stringify(warning)} !== '') console.log('::warning::${warning}')`
  const result = await runToy(script, { with: { operation: 'wait' } })
  // The first one says that the toy action has no input `operation`.
  return { ...result, annotations: result.annotations.slice(1) }
}

test('a receipt that repeats the outputs adds nothing, and has no problem', async () => {
  const step = await stepWith({ ...same, runId: '7' }, { password: 'p' })
  expect([addedByReceipt(step), receiptProblems(step)]).toEqual([undefined, []])
})

test('what only the receipt has is added', async () => {
  const step = await stepWith({ ...same, error: 'no' }, {})
  expect([addedByReceipt(step), receiptProblems(step)]).toEqual([{ error: 'no' }, []])
})

test.each<[what: string, receipt: object, outputs: Record<string, string>, problem: string]>([
  ['another value', { ...same, created: false }, {}, 'created is true, in the receipt false'],
  ['another list', { ...same, jobIds: ['a'] }, {}, 'jobIds is ["a","b"], in the receipt ["a"]'],
  ['no value', same, { jobId: 'a' }, 'jobId is a, in the receipt undefined'],
  ['another operation', { ...same, operation: '' }, {}, 'operation is wait, in the receipt '],
  [
    'an end before its start',
    { ...same, startedAt: finished, finishedAt: started },
    {},
    `it started at ${finished} and finished at ${started}`,
  ],
  ['no time', { ...same, startedAt: undefined }, {}, `it started at undefined and finished at ${finished}`],
])('a receipt with %s has a problem', async (_, receipt, outputs, problem) => {
  expect(receiptProblems(await stepWith(receipt, outputs))).toEqual([problem])
})

test('only an output that a warning names may be cut', async () => {
  const whole = { ...same, jobIds: ['a', 'b', 'c'] }
  const step = await stepWith(whole, {}, 'Output jobIds holds the first 2 of 3 entries')
  expect([addedByReceipt(step), receiptProblems(step)]).toEqual([{ jobIds: ['a', 'b', 'c'] }, []])
  expect(receiptProblems(await stepWith(whole, {}, 'Output jobId holds the first 2'))).toHaveLength(1)
})

test('a file that holds no JSON object is a problem', async () => {
  const [problem] = receiptProblems(await stepWith('[]', {}))
  expect(problem).toMatch(/^there is no JSON object at .*receipt\.json$/)
})
