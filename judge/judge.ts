/** Holds the simulator against what others have written: `npm run judge`. */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { schemathesis } from './schemathesis.ts'
import { vendorCli } from './vendor-cli.ts'
import { exitCode, shown } from './verdict.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: `${randomInt(2 ** 31)}` },
    examples: { type: 'string', default: '300' },
  },
})
for (const [flag, value] of Object.entries(values)) {
  if (!/^\d+$/.test(value)) throw new RangeError(`--${flag} must be a number, not "${value}"`)
}

const { seed, examples } = values
process.stdout.write(`The same requests again: npm run judge -- --seed ${seed} --examples ${examples}\n`)
const verdicts = [
  await vendorCli(),
  ...(await schemathesis({ seed: Number(seed), examples: Number(examples) })),
]
process.stdout.write(`\n${shown(verdicts)}`)
process.exitCode = exitCode(verdicts)
