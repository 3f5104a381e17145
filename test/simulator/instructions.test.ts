import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readFlags } from '../../simulator/flags.ts'
import { startSimulator } from '../../simulator/index.ts'
import { actionName } from '../harness/workflow/files.ts'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const page = read('docs/try-without-an-account.md')

test('the key and the cluster id of the instructions are those of the simulator', async () => {
  await using cloud = await startSimulator()
  const keys = [...page.matchAll(/ZILLIZ_API_KEY(?:=| --body )(\S+)/g)].map(([, key]) => key)
  expect(new Set(keys)).toEqual(new Set([cloud.apiKey]))
  const ids = [...page.matchAll(/\bin01-\w+/g)].map(([id]) => id)
  expect(new Set(ids)).toEqual(new Set([cloud.clusterId]))
})

// That example is run in the tests of the examples.
test('the workflow of the instructions is the example that they copy', () => {
  const [, copied = ''] = /^cp zilliz-cloud-backup-restore\/(\S+) /m.exec(page) ?? []
  const [, workflow = ''] = /^```yaml\n(.*?)^```$/ms.exec(page) ?? []
  expect(parse(workflow)).toEqual(parse(read(copied)))
})

test('act is told the name of the action that the workflow uses', () => {
  const [, name] = /--local-repository ([^=\s]+)=/.exec(page) ?? []
  expect(name).toMatch(actionName)
})

test.each(['docs/try-without-an-account.md', 'simulator/README.md', 'README.md', 'CONTRIBUTING.md'])(
  'the simulator understands its command lines in %s',
  file => {
    const lines = [...read(file).matchAll(/npm run (?:--silent )?simulator -- ([^`#\n]+)/g)].map(
      ([, flags = '']) => flags.trim(),
    )
    const wrong = lines.filter(line => typeof readFlags(wordsOf(line)) === 'string')
    expect(wrong).toEqual([])
    if (file.includes('simul') || file.includes('docs/')) expect(lines.length).toBeGreaterThan(3)
  },
)

/** As a shell splits them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
