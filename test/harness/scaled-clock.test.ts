import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { nodes } from './runner.ts'
import { runToy } from './toy/toy.ts'

describe.each(nodes)('on Node %s', node => {
  const live = async (script: string, speed = 100): Promise<{ said: unknown; durationMs: number }> => {
    const start = Date.now()
    const wrapped = `const say = x => console.log(JSON.stringify(x)); ${script}`
    const result = await runToy(wrapped, { node, clock: { origin: start, speed } })
    if (result.outcome !== 'success') throw new Error(result.log.join('\n'))
    return { said: JSON.parse(result.log[0] ?? ''), durationMs: result.durationMs }
  }

  test.each([
    ['setTimeout', 'await new Promise(r => setTimeout(r, 20_000))'],
    ['timers.setTimeout', `await new Promise(r => require('timers').setTimeout(r, 20_000))`],
    ['promisified', `await require('util').promisify(setTimeout)(20_000)`],
    ['timers/promises', `await require('timers/promises').setTimeout(20_000)`],
    ['timers/promises of a module', `await (await import('node:timers/promises')).setTimeout(20_000)`],
    ['scheduler', `await require('timers/promises').scheduler.wait(20_000)`],
    [
      'setInterval',
      'await new Promise(r => { let n = 0; const t = setInterval(() => { if (++n === 4) { clearInterval(t); r() } }, 5_000) })',
    ],
    [
      'setInterval of promises',
      `let n = 0; for await (const _ of require('timers/promises').setInterval(5_000)) if (++n === 4) break`,
    ],
    [
      'AbortSignal.timeout',
      `setTimeout(() => {}, 40_000).unref(); await new Promise(r => { const s = AbortSignal.timeout(20_000); s.onabort = r; setTimeout(() => {}, 21_000) })`,
    ],
  ])('%s waits for the clock', async (_, wait) => {
    const script = `
      const before = [Date.now(), performance.now(), Number(process.hrtime.bigint()) / 1e6, process.hrtime(), process.uptime() * 1e3]
      { ${wait} }
      const h = process.hrtime(before[3])
      say([Date.now() - before[0], performance.now() - before[1], Number(process.hrtime.bigint()) / 1e6 - before[2],
        h[0] * 1e3 + h[1] / 1e6, process.uptime() * 1e3 - before[4]])`
    const { said, durationMs } = await live(script)
    for (const passed of said as number[]) {
      expect(passed).toBeGreaterThan(19_500)
      expect(passed).toBeLessThan(150_000)
    }
    expect(durationMs).toBeLessThan(5_000)
  })

  test('every way to ask for the date gives the same scaled date', async () => {
    const script = `
      console.log(JSON.stringify([Date.now(), new Date().getTime(), +new Date(Date()),
        performance.timeOrigin + performance.now(), new Date() instanceof Date, new Date(0).toISOString(),
        Date.UTC(2020, 0), new Date().constructor === Date]))`
    // Sixteen hours ahead of the real clock, and a minute passes in 0.6 s.
    const result = await runToy(script, { node, clock: { origin: Date.now() - 600_000, speed: 100 } })
    const [now, made, text, high, ...rest] = JSON.parse(result.log[0] ?? '') as number[]
    expect((now ?? 0) - Date.now()).toBeGreaterThan(99 * 600_000 - 60_000)
    for (const other of [made, text, high]) expect(Math.abs((other ?? 0) - (now ?? 0))).toBeLessThan(60_000)
    expect(rest).toEqual([true, '1970-01-01T00:00:00.000Z', 1577836800000, true])
  })

  test('the clock runs from its origin', async () => {
    const longAgo = Date.now() - 60_000
    const result = await runToy('console.log(Date.now())', { node, clock: { origin: longAgo, speed: 10 } })
    const ahead = Number(result.log[0]) - Date.now()
    expect(ahead).toBeGreaterThan(9 * 60_000 - 10_000)
    expect(ahead).toBeLessThan(9 * 60_000 + 10_000)
  })

  test('a cleared timer is silent, an unreferenced one keeps nothing alive, a referenced one does', async () => {
    const { said, durationMs } = await live(`
      const said = []
      clearTimeout(setTimeout(() => said.push('cleared'), 1_000))
      clearInterval(setInterval(() => said.push('cleared'), 1_000))
      setTimeout(() => said.push('never'), 1e9).unref()
      setTimeout((a, b) => { said.push(a + b); say(said) }, 5_000, 'with ', 'arguments').unref().ref()`)
    expect(said).toEqual(['with arguments'])
    expect(durationMs).toBeLessThan(5_000)
  })

  test('what is too long for a timer still fires at once', async () => {
    const { said } = await live(`process.removeAllListeners('warning'); process.on('warning', () => {})
      setTimeout(() => say('at once'), 2 ** 31)`)
    expect(said).toBe('at once')
  })

  test("a socket's time-out follows", async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const { durationMs } = await live(`
      const request = require('http').get({ host: '127.0.0.1', port: ${port}, timeout: 20_000 })
      request.on('timeout', () => { say('timeout'); request.destroy() }).on('error', () => {})`)
    server.close()
    expect(durationMs).toBeGreaterThan(180)
    expect(durationMs).toBeLessThan(8_000)
  })
})

test('without a setting nothing is scaled', async () => {
  const result = await runToy(
    'console.log(Math.abs(Date.now() - performance.timeOrigin - performance.now()) < 50)',
  )
  expect(result.log).toEqual(['true'])
})
