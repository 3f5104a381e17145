/** Errors name a part of docs/TROUBLESHOOTING.md, and each part of it is named by an error. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readPage } from '../harness/markdown.ts'

const root = dirname(dirname(import.meta.dirname))

/** What no error can say: the step is green. */
const withoutError = ['everything-is-green-but-an-output-is-empty']

const anchors = readPage('docs/TROUBLESHOOTING.md')
  .anchors.filter(anchor => anchor !== 'troubleshooting')
  .sort()

const src = join(root, 'src')
const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(join(src, file), 'utf8'))
/** Of an error, and of a party that does not answer or refuses. */
const field = /\b(?:help(?:Address)?|unreached|refused|notAllowed)\b[^\n]*/g
const named = new Set(code.flatMap(text => (text.match(field) ?? []).join('\n').match(/'[a-z-]+'/g) ?? []))
const declared = [
  ...(code.join('\n').match(/export type Help =\n((?: {2}\| '[a-z-]+'\n)+)/)?.[1] ?? '').matchAll(
    /'([a-z-]+)'/g,
  ),
]
  .map(([, name = '']) => name)
  .sort()

test('each part of the page that is about an error is one that errors can name', () => {
  expect(declared).toEqual(anchors.filter(anchor => !withoutError.includes(anchor)))
})

test.each(declared)('an error names %s', name => {
  expect([...named]).toContain(`'${name}'`)
})
