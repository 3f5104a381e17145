import { describe, expect, test } from 'vitest'
import type { StepOptions } from './runner.ts'
import type { SetTimer } from './step-process.ts'
import { runToy } from './toy/toy.ts'

const save = `require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'jobId=j\\n')
  require('fs').appendFileSync(process.env.GITHUB_STATE, 'cluster=c\\n')`
const forever = 'setInterval(() => {}, 1e6)'
/** Windows has no signals: what is sent instead (signals.cjs) ends a process that does not listen. */
const isWindows = process.platform === 'win32'
const endedByFirst = isWindows ? { exitCode: 1, signal: null } : { exitCode: null, signal: 'SIGINT' }
const second = isWindows ? 'SIGBREAK' : 'SIGTERM'
const ready = `console.log('ready')`
const whenReady: StepOptions = {
  onLine: (line, control) => line.text === 'ready' && control.cancel(),
}

/** Timers that fire when the test says so. */
function manualTimers() {
  const timers = new Map<number, () => void>()
  const setTimer: SetTimer = (action, ms) => {
    timers.set(ms, action)
    return { cancel: () => void timers.delete(ms) }
  }
  return {
    setTimer,
    /** The waits that have not ended, shortest first. */
    pending: () => [...timers.keys()].sort((a, b) => a - b),
    fire(ms: number) {
      const action = timers.get(ms)
      if (action === undefined) throw new Error(`No timer of ${ms} ms, only ${[...timers.keys()]}`)
      timers.delete(ms)
      action()
    },
  }
}

describe('cancel', () => {
  test('without a handler the process is gone at once; what it wrote stays', async () => {
    const result = await runToy(`${save}; ${ready}; ${forever}`, whenReady)
    expect(result).toMatchObject({ ...endedByFirst, outcome: 'cancelled' })
    expect(result).toMatchObject({ outputs: { jobId: 'j' }, state: { cluster: 'c' } })
    expect(result.log.at(-1)).toBe('##[error]The operation was canceled.')
  })

  test('a handler may write and leave; the outcome is cancelled whatever its code', async () => {
    const script = `process.on('SIGINT', () => { ${save}; process.exit(0) }); ${ready}; ${forever}`
    const result = await runToy(script, whenReady)
    expect(result).toMatchObject({ exitCode: 0, outcome: 'cancelled', outputs: { jobId: 'j' } })
  })

  test('the ladder: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL', async () => {
    const script = `
      for (const s of ['SIGINT', '${second}']) process.on(s, () => console.log(s))
      ${ready}; ${forever}`
    const timers = manualTimers()
    const result = await runToy(script, {
      setTimer: timers.setTimer,
      onLine({ text }, control) {
        if (text === 'ready') control.cancel()
        if (text === 'SIGINT') timers.fire(7_500)
        if (text === second) timers.fire(10_000)
      },
    })
    expect(result.rawLines.map(line => line.text)).toEqual(['ready', 'SIGINT', second])
    expect(result).toMatchObject({ signal: 'SIGKILL', outcome: 'cancelled' })
    expect(timers.pending()).toEqual([])
  })

  test.each<[by: string, options: StepOptions]>([
    ["the clock's speed", { clock: { origin: Date.now(), speed: 25 } }],
    ['its own scale', { clock: { origin: Date.now(), speed: 4 }, ladderScale: 25 }],
  ])('the ladder is divided by %s', async (_, options) => {
    const script = `process.on('SIGINT', () => console.log('SIGINT')); process.on('${second}', () => process.exit(9))
      ${ready}; ${forever}`
    const timers = manualTimers()
    const result = await runToy(script, {
      ...options,
      setTimer: timers.setTimer,
      onLine({ text }, control) {
        if (text === 'ready') control.cancel()
        if (text !== 'SIGINT') return
        expect(timers.pending()).toEqual([300, 400, 90_000])
        timers.fire(300)
      },
    })
    expect(result).toMatchObject({ exitCode: 9, outcome: 'cancelled' })
  })

  test('children get no signal', async () => {
    // The child runs until the parent ends it, which it does when it gets the signal.
    const child = `process.on('SIGINT', () => console.log('child got it'))
      process.stdin.on('end', () => setTimeout(() => {}, 100)).resume()
      console.log('ready')`
    const script = `
      const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}],
        { stdio: ['pipe', 'inherit', 'inherit'] })
      process.on('SIGINT', () => { console.log('parent got it'); child.stdin.end() })`
    const result = await runToy(script, whenReady)
    expect(result.stdout).toEqual(['ready', 'parent got it'])
    expect(result).toMatchObject({ exitCode: 0, outcome: 'cancelled' })
  })

  test('timeout-minutes is the same ladder and a failure', async () => {
    const onLine: NonNullable<StepOptions['onLine']> = (_, control) => control.cancel('timeout')
    const result = await runToy(`${ready}; ${forever}`, { onLine })
    expect(result).toMatchObject({ ...endedByFirst, outcome: 'failure' })
    expect(result.annotations).toEqual([{ level: 'error', message: 'The action has timed out.' }])
  })

  test('may come from outside of the log', async () => {
    const result = await runToy(forever, { onStart: control => void setImmediate(control.cancel) })
    expect(result).toMatchObject({ ...endedByFirst, outcome: 'cancelled' })
  })

  test('after the end has no effect', async () => {
    let cancel = (): void => undefined
    const timers = manualTimers()
    const result = await runToy(ready, {
      setTimer: timers.setTimer,
      onStart: control => {
        cancel = () => control.cancel()
      },
    })
    cancel()
    expect([timers.pending(), result.outcome]).toEqual([[], 'success'])
  })
})

test('a step that hangs fails the test with all that was seen', async () => {
  const timers = manualTimers()
  const hanging = runToy(`console.log('waiting'); ${forever}`, {
    timeoutMs: 300,
    setTimer: timers.setTimer,
    onLine: () => timers.fire(300),
  })
  await expect(hanging).rejects.toThrow(/still running after 300 ms[\s\S]*waiting/)
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
