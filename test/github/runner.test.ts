import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as runner from '../../src/github/runner.ts'
import { summaryPage } from '../../src/report.ts'
import { redact } from '../../src/secrets.ts'

// What a runner hands to a step, in a folder of its own. The module keeps what became known for as long as the
// process lives, as it does in a step; so every test has outputs and secrets of its own.
let folder = ''
let printed = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runner-'))
  printed = ''
  mkdirSync(join(folder, 'temp'))
  for (const [name, file] of [
    ['GITHUB_OUTPUT', 'output'],
    ['GITHUB_STATE', 'state'],
    ['GITHUB_STEP_SUMMARY', 'summary'],
  ] as const) {
    writeFileSync(join(folder, file), '')
    vi.stubEnv(name, join(folder, file))
  }
  vi.stubEnv('RUNNER_TEMP', join(folder, 'temp'))
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const read = (file: string) => readFileSync(join(folder, file), 'utf8')
/** Outputs or state, as `name=value` lines. */
const written = (file: string) =>
  [...read(file).matchAll(/^([\w-]+)<<(\S+)\n(.*?)\n\2$/gms)].map(([, name, , value]) => `${name}=${value}`)

test('a secret is masked before it is published, and is no fact', () => {
  runner.publish('password', 'pass-word-1')
  expect(printed).toBe('::add-mask::pass-word-1\n')
  expect(written('output')).toEqual(['password=pass-word-1'])
  expect(runner.published().has('password')).toBe(false)
  expect(redact('a pass-word-1 b')).toBe('a *** b')
})

test('a value is published once, without secrets, and not at all when there is none', () => {
  runner.mask('hidden-value-2')
  runner.publish('backupName', undefined)
  runner.publish('backupName', '')
  runner.publish('backupName', 'a hidden-value-2 b')
  runner.publish('backupName', 'a hidden-value-2 b')
  runner.publish('backupName', 'c')
  expect(written('output')).toEqual(['backupName=a *** b', 'backupName=c'])
  expect(runner.published().get('backupName')).toBe('c')
})

test.each([
  [
    'two-line-3a\nsecret-3b',
    ['::add-mask::two-line-3a', '::add-mask::secret-3b'],
    'x secret-3b y',
    'x *** y',
  ],
  ['long-secret-4\n{', ['::add-mask::long-secret-4'], '{ long-secret-4', '{ ***'],
  ['quo"ted-5', ['::add-mask::quo"ted-5'], '{"k":"quo\\"ted-5"}', '{"k":"***"}'],
  ['per/cent 6', ['::add-mask::per/cent 6'], '?k=per%2Fcent%206&', '?k=***&'],
])('the secret %j is masked by its lines and hidden in its forms', (secret, masks, text, clean) => {
  runner.mask(secret)
  expect(printed.trim().split('\n')).toEqual(masks)
  expect(redact(text)).toBe(clean)
  printed = ''
  runner.mask(secret)
  expect(printed).toBe('')
})

test('a secret that is too short is told and not masked, since that would garble other text', () => {
  runner.mask('abc')
  expect(printed).toMatch(/^::warning::A secret of only 3 characters is not masked/)
  expect(printed).not.toContain('abc')
  expect(redact('abcdef')).toBe('abcdef')
  printed = ''
  runner.mask('')
  expect(printed).toBe('')
})

test('what is printed holds no secret and no command', () => {
  runner.mask('hidden-value-7')
  runner.log('a hidden-value-7\n::error::b ##[group]')
  expect(printed.split('\n').slice(1)).toEqual(['a ***', '  | : :error: :b ## [group]', ''])
  printed = ''
  runner.warning('x hidden-value-7\n::set-output name=a::b')
  expect(printed).toBe('::warning::x ***%0A: :set-output name=a: :b\n')
  printed = ''
  runner.error('é'.repeat(5_000))
  expect(printed).toBe(`::error::${'é'.repeat(4_095)}…\n`)
})

test('a long list is cut for the output, told once, and whole in the receipt', () => {
  const items = Array.from({ length: 5 }, (_, index) => `${index}${'x'.repeat(99_990)}`)
  runner.publishList('deletedBackupIds', items)
  runner.publishList('deletedBackupIds', items)
  const [first = ''] = written('output')
  expect(JSON.parse(first.slice('deletedBackupIds='.length))).toEqual(items.slice(0, 4))
  expect(Buffer.byteLength(first)).toBeLessThanOrEqual(400_000 + 'deletedBackupIds='.length)
  expect(printed.match(/::warning::/g)).toHaveLength(1)
  expect(printed).toContain('holds the first 4 of 5 entries')
  expect(runner.published().get('deletedBackupIds')).toEqual(items)
})

test('lists are published without secrets in any depth', () => {
  runner.mask('hidden-value-8')
  runner.publishList('plan', [{ 'hidden-value-8': ['hidden-value-8', 1, null, { a: 'b hidden-value-8' }] }])
  expect(written('output')).toEqual(['plan=[{"***":["***",1,null,{"a":"b ***"}]}]'])
})

test('the receipt is flat, readable by its owner alone, and holds no secret', () => {
  vi.stubEnv('GITHUB_SERVER_URL', 'https://github.example')
  vi.stubEnv('GITHUB_REPOSITORY', 'owner/repo')
  vi.stubEnv('GITHUB_RUN_ID', '42')
  vi.stubEnv('GITHUB_RUN_ATTEMPT', '2')
  vi.stubEnv('GITHUB_SHA', 'abc')
  runner.mask('hidden-value-9')
  runner.publishFlag('created', true)
  runner.publish('password', 'pass-word-9')
  runner.writeReceipt({ operation: 'wait', error: 'no hidden-value-9 pass-word-9' })
  const path = written('output').at(-1)?.replace('receipt=', '') ?? ''
  expect(path.startsWith(join(folder, 'temp'))).toBe(true)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  const text = readFileSync(path, 'utf8')
  expect(JSON.parse(text)).toMatchObject({
    operation: 'wait',
    error: 'no *** ***',
    created: true,
    repository: 'owner/repo',
    sha: 'abc',
    runId: '42',
    runAttempt: '2',
    runUrl: 'https://github.example/owner/repo/actions/runs/42',
  })
  expect(text).not.toMatch(/"password"|hidden-value-9|pass-word-9/)
})

test('state survives, without secrets', () => {
  runner.mask('hidden-value-10')
  runner.saveState('intent', '{"name":"hidden-value-10"}')
  expect(written('state')).toEqual(['intent={"name":"***"}'])
})

test('a summary keeps below what the runner takes, and says that it was cut', () => {
  runner.writeSummary('é'.repeat(1024 * 1024))
  expect(Buffer.byteLength(read('summary'))).toBeLessThan(1024 * 1024)
  expect(read('summary')).toMatch(/é\n\n\*Cut: a summary holds at most 1 MiB\./)
  vi.stubEnv('GITHUB_STEP_SUMMARY', '')
  runner.writeSummary('nowhere to go')
})

test.each(['plain-secret-11', 'sp*cial|[chars]<12>', 'mail@host&13"'])(
  'no page shows the secret %s, whatever the service said',
  secret => {
    runner.mask(secret)
    const error = `The service refused: "bad key ${secret}"`
    runner.writeSummary(
      summaryPage({ operation: 'wait', status: 'failed', facts: new Map(), error, left: [] }),
    )
    const shown = read('summary').replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    expect(shown).toContain('bad key')
    expect(shown).not.toContain(secret)
  },
)
