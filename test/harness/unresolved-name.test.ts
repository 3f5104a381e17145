import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/index.ts'
import { nodes, type StepOptions } from './runner.ts'
import { runToy } from './toy/toy.ts'

let cloud: Simulator
beforeAll(async () => {
  cloud = await startSimulator({ dataPlane: true })
  cloud.world.endpoint('production', { host: 'localhost' })
})
afterAll(() => cloud.close())

describe.each(nodes)('on Node %s', node => {
  /** What a process gets that tries again each second until the name is resolved, and the time of its clock then. */
  const attempts = async (options: StepOptions) => {
    const url = `${await cloud.connectAddress('production')}/v2/vectordb/databases/list`
    const script = `
      const get = () => new Promise(resolve => require('http')
        .get(${JSON.stringify(url)}, response => resolve(response.resume().statusCode))
        .on('error', ({ code }) => resolve(code)))
      const seen = []
      do {
        seen.push([await get(), Date.now()])
        await new Promise(resolve => setTimeout(resolve, 1_000))
      } while (seen.at(-1)[0] === 'ENOTFOUND')
      console.log(JSON.stringify(seen))`
    const result = await runToy(script, { node, ...options })
    if (result.outcome !== 'success') throw new Error(result.log.join('\n'))
    return JSON.parse(result.log.at(-1) ?? '') as [code: string | number, time: number][]
  }
  const clock = () => ({ origin: Date.now(), speed: 200 })

  test('a name is not resolved for so many look-ups', async () => {
    const seen = await attempts({ clock: clock(), unresolved: { host: 'localhost', times: 2 } })
    expect(seen.map(([code]) => code)).toEqual(['ENOTFOUND', 'ENOTFOUND', 404])
  })

  test('or until a time of its own clock', async () => {
    const started = clock()
    const until = started.origin + 60_000
    const seen = await attempts({ clock: started, unresolved: { host: 'localhost', until } })
    expect(seen.at(-1)).toEqual([404, expect.any(Number)])
    expect(seen.at(-1)?.[1]).toBeGreaterThanOrEqual(until)
  })

  test('another name is', async () => {
    const [first] = await attempts({ clock: clock(), unresolved: { host: 'elsewhere' } })
    expect(first?.[0]).toBe(404)
  })
})
