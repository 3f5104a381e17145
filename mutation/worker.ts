/** A process with Vitest open in the copy: gets a mutant and tests, and says which of them failed. */
import type { Batch } from './plan.ts'
import { openTests } from './tests.ts'

export type Order = { mutant: string; batch: Batch }
/** The first test that failed. */
export type Reply = { failed: { file: string; id: string; name: string } | undefined }

const [, , folder = ''] = process.argv
const tests = await openTests(folder, { quiet: true, workers: 1 })
process.on('message', (order: Order) => void carryOut(order).then(reply => process.send?.(reply)))
process.on('disconnect', () => process.exit())
process.send?.('ready')

async function carryOut({ mutant, batch }: Order): Promise<Reply> {
  process.env.__STRYKER_ACTIVE_MUTANT__ = mutant
  const ran = await tests.runTests(batch)
  return { failed: ran.find(({ state }) => state === 'failed') }
}
