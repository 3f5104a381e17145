import { describe, expect, test } from 'vitest'
import type { StepOptions } from './runner.ts'
import { runToy } from './toy/toy.ts'

const save = `require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'jobId=j\\n')
  require('fs').appendFileSync(process.env.GITHUB_STATE, 'cluster=c\\n')`
const forever = 'setInterval(() => {}, 1e6)'
const ready = `console.log('ready')`
const whenReady: StepOptions = {
  onLine: (line, control) => line.text === 'ready' && control.cancel(),
}

describe('cancel', () => {
  test('without a handler the process is gone at once; what it wrote stays', async () => {
    const result = await runToy(`${save}; ${ready}; ${forever}`, whenReady)
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGINT', outcome: 'cancelled' })
    expect(result).toMatchObject({ outputs: { jobId: 'j' }, state: { cluster: 'c' } })
    expect(result.log.at(-1)).toBe('##[error]The operation was canceled.')
    expect(result.durationMs).toBeLessThan(5_000)
  })

  test('a handler may write and leave; the outcome is cancelled whatever its code', async () => {
    const script = `process.on('SIGINT', () => { ${save}; process.exit(0) }); ${ready}; ${forever}`
    const result = await runToy(script, whenReady)
    expect(result).toMatchObject({ exitCode: 0, outcome: 'cancelled', outputs: { jobId: 'j' } })
  })

  test('the ladder: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL', async () => {
    const script = `
      for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => console.log(s))
      ${ready}; ${forever}`
    const result = await runToy(script, { ...whenReady, ladderScale: 10 })
    expect(result).toMatchObject({ signal: 'SIGKILL', outcome: 'cancelled' })
    const [start, int, term] = result.rawLines
    expect(result.rawLines.map(line => line.text)).toEqual(['ready', 'SIGINT', 'SIGTERM'])
    const times = [
      (int?.ms ?? 0) - (start?.ms ?? 0),
      (term?.ms ?? 0) - (int?.ms ?? 0),
      result.durationMs - (term?.ms ?? 0),
    ]
    expect(times[0]).toBeLessThan(600)
    expect(times[1]).toBeGreaterThan(700)
    expect(times[1]).toBeLessThan(2_000)
    expect(times[2]).toBeGreaterThan(200)
    expect(times[2]).toBeLessThan(2_000)
  })

  test("the ladder follows the clock's speed", async () => {
    const script = `process.on('SIGINT', () => {}); process.on('SIGTERM', () => process.exit(9)); ${ready}; ${forever}`
    const result = await runToy(script, { ...whenReady, clock: { origin: Date.now(), speed: 25 } })
    expect(result).toMatchObject({ exitCode: 9, outcome: 'cancelled' })
    expect(result.durationMs).toBeLessThan(5_000)
  })

  test('children get no signal', async () => {
    const script = `
      const child = require('child_process').spawn(process.execPath,
        ['-e', "process.on('SIGINT', () => console.log('child got it')); console.log('ready'); setTimeout(() => {}, 400)"],
        { stdio: 'inherit' })
      process.on('SIGINT', () => console.log('parent got it'))`
    const result = await runToy(script, whenReady)
    expect(result.stdout).toEqual(['ready', 'parent got it'])
  })

  test('timeout-minutes is the same ladder and a failure', async () => {
    const onLine: NonNullable<StepOptions['onLine']> = (_, control) => control.cancel('timeout')
    const result = await runToy(`${ready}; ${forever}`, { onLine })
    expect(result).toMatchObject({ signal: 'SIGINT', outcome: 'failure' })
    expect(result.annotations).toEqual([{ level: 'error', message: 'The action has timed out.' }])
  })

  test('may come from outside of the log, and by the clock', async () => {
    const outside = runToy(forever, { onStart: control => void setTimeout(control.cancel, 150) })
    const byClock = runToy(forever, { signalAfter: { ms: 150 } })
    for (const result of [await outside, await byClock]) expect(result.signal).toBe('SIGINT')
  })

  test('after the end it is nothing', async () => {
    let cancel = (): void => undefined
    const result = await runToy(ready, {
      onStart: control => {
        cancel = () => control.cancel()
      },
    })
    const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length
    const before = timers()
    cancel()
    expect([timers(), result.outcome]).toEqual([before, 'success'])
  })
})

test('a killed step leaves what it wrote', async () => {
  const script = `process.on('SIGINT', () => {}); ${save}; console.log('::add-mask::abcdefgh'); ${ready}; ${forever}`
  const result = await runToy(script, {
    onLine: (line, control) => line.text === 'ready' && control.kill('SIGKILL'),
  })
  expect(result).toMatchObject({ signal: 'SIGKILL', outcome: 'failure', outputs: { jobId: 'j' } })
  expect(result.masks).toHaveLength(1)
})

test('standard input is closed', async () => {
  const result = await runToy(`process.stdin.on('end', () => console.log('closed')).resume()`)
  expect(result.log).toEqual(['closed'])
})

test('post runs after a cancelled main', async () => {
  const result = await runToy(`${save}; ${ready}; ${forever}`, {
    ...whenReady,
    with: { 'post-script': 'console.log(process.env.STATE_cluster)' },
    post: true,
  })
  expect(result).toMatchObject({ outcome: 'cancelled', post: { outcome: 'success', log: ['c'] } })
})
