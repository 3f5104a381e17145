import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startSimulator } from '../../simulator/index.ts'

const scaledClock = join(import.meta.dirname, '../harness/scaled-clock.cjs')

/** Prints the seconds by which the `Date` of a response is ahead of the client's own clock. */
const client = `
  fetch(process.argv[1]).then(response => {
    console.log((Date.parse(response.headers.get('date')) - Date.now()) / 1000)
  })
`

const fixed = Date.UTC(2025, 0, 1)

test.each([
  [0, undefined],
  [600, undefined],
  [-600, undefined],
  [0, fixed],
])(
  'a client whose clock is scaled sees a service clock %i s ahead, from the start %s on',
  async (skew, start) => {
    const origin = Date.now() - 60_000
    const given = start === undefined ? { origin } : { origin, start }
    await using cloud = await startSimulator({ speed: 60, ...given, variants: { clockSkewSeconds: skew } })
    // The minute before is an hour in the world.
    const ahead = cloud.world.now() - (start ?? origin) - 3_600_000
    expect(ahead).toBeGreaterThanOrEqual(0)
    expect(ahead).toBeLessThan(600_000)
    const args = ['--require', scaledClock, '--eval', client, `${cloud.baseUrl}/v2/regions`]
    const env = { ...process.env, HARNESS_CLOCK: JSON.stringify(cloud.clock) }
    const { stdout } = await promisify(execFile)(process.execPath, args, { env })
    // A world second is 17 ms of real time here, so a busy machine is some behind; real time would be an hour behind.
    expect(Number(stdout) - skew).toBeGreaterThan(-200)
    expect(Number(stdout) - skew).toBeLessThanOrEqual(2)
  },
)
