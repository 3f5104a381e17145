import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { nodes } from './runner.ts'
import { runToy } from './toy/toy.ts'

describe.each(nodes)('on Node %s', node => {
  /** What a script reports for which time passes that much faster, and the real time of its process. */
  const run = async (script: string, speed = 300): Promise<{ reported: unknown; durationMs: number }> => {
    const wrapped = `const report = x => console.log(JSON.stringify(x)); ${script}`
    const result = await runToy(wrapped, { node, clock: { origin: Date.now(), speed } })
    if (result.outcome !== 'success') throw new Error(result.log.join('\n'))
    return { reported: JSON.parse(result.log[0] ?? ''), durationMs: result.durationMs }
  }

  // A minute at the speed of 300; in real time it would outlast what the harness allows a step.
  test.each([
    ['setTimeout', 'await new Promise(r => setTimeout(r, 60_000))'],
    ['timers.setTimeout', `await new Promise(r => require('timers').setTimeout(r, 60_000))`],
    ['promisified', `await require('util').promisify(setTimeout)(60_000)`],
    ['timers/promises', `await require('timers/promises').setTimeout(60_000)`],
    ['timers/promises of a module', `await (await import('node:timers/promises')).setTimeout(60_000)`],
    ['scheduler', `await require('timers/promises').scheduler.wait(60_000)`],
    [
      'setInterval',
      'await new Promise(r => { let n = 0; const t = setInterval(() => { if (++n === 4) { clearInterval(t); r() } }, 15_000) })',
    ],
    [
      'setInterval of promises',
      `let n = 0; for await (const _ of require('timers/promises').setInterval(15_000)) if (++n === 4) break`,
    ],
    [
      'AbortSignal.timeout',
      `setTimeout(() => {}, 120_000).unref(); await new Promise(r => { const s = AbortSignal.timeout(60_000); s.onabort = r; setTimeout(() => {}, 63_000) })`,
    ],
  ])('%s waits for the clock', async (_, wait) => {
    const script = `
      const before = [Date.now(), performance.now(), Number(process.hrtime.bigint()) / 1e6, process.hrtime(), process.uptime() * 1e3]
      { ${wait} }
      const h = process.hrtime(before[3])
      report([Date.now() - before[0], performance.now() - before[1], Number(process.hrtime.bigint()) / 1e6 - before[2],
        h[0] * 1e3 + h[1] / 1e6, process.uptime() * 1e3 - before[4]])`
    const { reported, durationMs } = await run(script)
    for (const passed of reported as number[]) {
      expect(passed).toBeGreaterThan(58_500)
      // No clock of the process runs faster than that.
      expect(passed).toBeLessThanOrEqual(durationMs * 300)
    }
  })

  test('every way to ask for the date gives the same scaled date', async () => {
    const script = `
      const first = Date.now()
      const dates = [new Date().getTime(), performance.timeOrigin + performance.now(), +new Date(Date())]
      const last = Date.now()
      console.log(JSON.stringify({ first, dates, last, types: [new Date() instanceof Date,
        new Date(0).toISOString(), Date.UTC(2020, 0), new Date().constructor === Date] }))`
    const clock = { origin: Date.now() - 600_000, speed: 100 }
    const result = await runToy(script, { node, clock })
    const { first, dates, last, types } = JSON.parse(result.log[0] ?? '')
    for (const date of dates) {
      // The text of a date has whole seconds only.
      expect(date).toBeGreaterThan(first - 1_000)
      expect(date).toBeLessThanOrEqual(last + 1)
    }
    expect(types).toEqual([true, '1970-01-01T00:00:00.000Z', 1577836800000, true])
  })

  test('the clock runs from its origin', async () => {
    const origin = Date.now() - 60_000
    const scaled = (real: number) => origin + (real - origin) * 10
    const before = Date.now()
    const result = await runToy('console.log(Date.now())', { node, clock: { origin, speed: 10 } })
    // The two processes may not agree to the millisecond on the real time.
    expect(Number(result.log[0])).toBeGreaterThanOrEqual(scaled(before - 1_000))
    expect(Number(result.log[0])).toBeLessThanOrEqual(scaled(Date.now() + 1_000))
  })

  test('a cleared timer is silent, an unreferenced one keeps nothing alive, a referenced one does', async () => {
    const { reported } = await run(`
      const reported = []
      clearTimeout(setTimeout(() => reported.push('cleared'), 1_000))
      clearInterval(setInterval(() => reported.push('cleared'), 1_000))
      setTimeout(() => reported.push('never'), 1e9).unref()
      setTimeout((a, b) => { reported.push(a + b); report(reported) }, 15_000, 'with ', 'arguments').unref().ref()`)
    expect(reported).toEqual(['with arguments'])
  })

  test('what is too long for a timer still fires at once', async () => {
    const { reported } = await run(`process.removeAllListeners('warning'); process.on('warning', () => {})
      setTimeout(() => report('at once'), 2 ** 31)`)
    expect(reported).toBe('at once')
  })

  test("a socket's time-out follows", async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const { reported } = await run(`
      const before = Date.now()
      const request = require('http').get({ host: '127.0.0.1', port: ${port}, timeout: 60_000 })
      request.on('timeout', () => { report(Date.now() - before); request.destroy() }).on('error', () => {})`)
    server.close()
    expect(reported).toBeGreaterThan(58_500)
  })
})

test('without a setting nothing is scaled', async () => {
  const script = `
    const first = Date.now()
    const high = performance.timeOrigin + performance.now()
    const last = Date.now()
    console.log(first - 50 < high && high < last + 50)`
  expect((await runToy(script)).log).toEqual(['true'])
})
