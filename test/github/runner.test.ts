import { describe, expect, test, vi } from 'vitest'
import * as runner from '../../src/github/runner.ts'
import { openReport } from '../../src/report.ts'
import { redact } from '../../src/secrets.ts'
import { failedPage } from '../../src/summary/failed-page.ts'
import { useStepFiles } from './step-files.ts'

const step = useStepFiles()

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
  expect(step.printed.trim().split('\n')).toEqual(masks)
  expect(redact(text)).toBe(clean)
  step.printed = ''
  runner.mask(secret)
  expect(step.printed).toBe('')
})

test('a secret that is too short gets a warning and is not masked, since that would garble other text', () => {
  runner.mask('abc')
  expect(step.printed).toMatch(/^::warning::A secret of only 3 characters is not masked/)
  expect(step.printed).not.toContain('abc')
  expect(redact('abcdef')).toBe('abcdef')
  step.printed = ''
  runner.mask('')
  expect(step.printed).toBe('')
})

test('printed text holds no secret and no command', () => {
  runner.mask('hidden-value-7')
  runner.log('a hidden-value-7\n::error::b ##[group]')
  expect(step.printed.split('\n').slice(1)).toEqual(['a ***', '  | : :error: :b ## [group]', ''])
  step.printed = ''
  runner.warning('x hidden-value-7\n::set-output name=a::b')
  expect(step.printed).toBe('::warning::x ***%0A: :set-output name=a: :b\n')
  step.printed = ''
  runner.error('é'.repeat(5_000), 'wait failed')
  expect(step.printed).toBe(`::error title=wait failed::${'é'.repeat(4_095)}…\n`)
  step.printed = ''
  runner.error('x', 'hidden-value-7\n::error::b')
  expect(step.printed).toBe('::error title=***%0A%3A %3Aerror%3A %3Ab::x\n')
})

describe('what the environment holds besides the inputs', () => {
  test('an input that the workflow left out is not an empty one ("Empty guard")', () => {
    vi.stubEnv('INPUT_DRY-RUN', undefined)
    expect(runner.readInput('dry-run')).toBeUndefined()
    for (const [text, read] of [
      ['', ''],
      [' \n\t', ''],
      [' true ', 'true'],
    ]) {
      vi.stubEnv('INPUT_DRY-RUN', text)
      expect(runner.readInput('dry-run')).toBe(read)
    }
  })

  test('is the key, masked, the address, and each variable that looks like an input', () => {
    vi.stubEnv('ZILLIZ_API_KEY', ' key-of-the-environment ')
    vi.stubEnv('ZILLIZ_BASE_URL', ' https://gateway.example.com ')
    vi.stubEnv('INPUT_DRY_RUN', ' true')
    vi.stubEnv('NOT_INPUT_X', 'true')
    const { apiKey, baseUrl, inputVariables } = runner.maskInputs()
    expect({ apiKey, baseUrl }).toEqual({
      apiKey: 'key-of-the-environment',
      baseUrl: 'https://gateway.example.com',
    })
    expect(step.printed).toContain('::add-mask::key-of-the-environment\n')
    expect(inputVariables.get('INPUT_DRY_RUN')).toBe(' true')
    expect(inputVariables.has('NOT_INPUT_X')).toBe(false)
    vi.stubEnv('ZILLIZ_API_KEY', undefined)
    vi.stubEnv('ZILLIZ_BASE_URL', undefined)
    expect(runner.maskInputs()).toMatchObject({ apiKey: '', baseUrl: '' })
  })
})

test.each([
  ['reader:word-of-a-reader-19', ['reader:word-of-a-reader-19', 'word-of-a-reader-19']],
  ['reader:with:colons-20', ['reader:with:colons-20', 'with:colons-20']],
  ['key-of-a-cluster-21', ['key-of-a-cluster-21']],
])('of data-token %j is masked all of it, and the password by itself', (token, masks) => {
  vi.stubEnv('INPUT_DATA-TOKEN', token)
  runner.maskInputs()
  expect(step.printed.match(/(?<=::add-mask::).*/g)).toEqual(masks)
  for (const secret of masks) expect(redact(`x ${secret} y`)).toBe('x *** y')
})

test('a password of data-token that is too short gets a warning, and the token is masked all the same', () => {
  vi.stubEnv('INPUT_DATA-TOKEN', 'reader-22:wxyz')
  runner.maskInputs()
  expect(step.printed).toContain('::add-mask::reader-22:wxyz\n')
  expect(step.printed).toContain('::warning::A secret of only 4 characters is not masked')
  expect(redact('x reader-22:wxyz y')).toBe('x *** y')
})

describe('the job summary', () => {
  test('has notes and warnings in their order, but no notice, no plain line of the log and no error', () => {
    const before = runner.reported().length
    runner.log('a line')
    runner.note('a note')
    runner.notice('a notice')
    runner.warning('a warning')
    runner.debug('for the curious')
    runner.error('an error', 'wait failed')
    expect(runner.reported().slice(before)).toEqual(['a note', 'a warning'])
    expect(step.printed.split('\n')).toEqual([
      'a line',
      'a note',
      '::notice::a notice',
      '::warning::a warning',
      '::debug::for the curious',
      '::error title=wait failed::an error',
      '',
    ])
  })

  test('a note and a notice are printed without secret and command', () => {
    runner.mask('hidden-value-17')
    step.printed = ''
    runner.note('a hidden-value-17\n::error::b ##[group]')
    expect(step.printed.split('\n')).toEqual(['a ***', '  | : :error: :b ## [group]', ''])
    step.printed = ''
    runner.notice(`x hidden-value-17\n::set-output name=a::b ${'é'.repeat(5_000)}`)
    expect(step.printed).toMatch(/^::notice::x \*\*\*%0A: :set-output name=a: :b é+…\n$/)
    expect(step.printed.length).toBeLessThan(4_200)
  })
})

describe('what a step to paste has of the workflow', () => {
  test.each([
    ['acme/backup', 'v1', '', { uses: 'acme/backup@v1', baseUrl: undefined }],
    ['acme/backup', 'refs/heads/a.b', '', { uses: 'acme/backup@refs/heads/a.b', baseUrl: undefined }],
    // `./`
    ['', '', '', { uses: undefined, baseUrl: undefined }],
    ['acme/backup', 'a b\n', '', { uses: undefined, baseUrl: undefined }],
    ['acme', 'v1', 'https://api.cloud.zilliz.com/', { uses: undefined, baseUrl: undefined }],
    ['acme', 'v1', 'https://host\u0007/', { uses: undefined, baseUrl: 'https://host /' }],
  ])('of %j at %j, with the address %j', (repository, ref, baseUrl, expected) => {
    vi.stubEnv('GITHUB_ACTION_REPOSITORY', repository)
    vi.stubEnv('GITHUB_ACTION_REF', ref)
    vi.stubEnv('INPUT_BASE-URL', '')
    vi.stubEnv('ZILLIZ_BASE_URL', '')
    for (const name of ['INPUT_BASE-URL', 'ZILLIZ_BASE_URL']) {
      vi.stubEnv(name, baseUrl)
      expect(runner.stepCommon()).toEqual(expected)
      vi.stubEnv(name, '')
    }
  })
})

test('state survives, without secrets', () => {
  runner.mask('hidden-value-10')
  runner.saveState('intent', '{"name":"hidden-value-10"}')
  expect(step.written('state')).toEqual(['intent={"name":"***"}'])
})

test('a summary keeps below what the runner takes, and says that it was cut', () => {
  runner.writeSummary(
    `<p>first</p><details><p>${'é'.repeat(1024)}<br>${'é'.repeat(1024 * 1024)}</p></details>`,
  )
  expect(Buffer.byteLength(step.read('summary'))).toBeLessThan(1024 * 1024)
  expect(step.read('summary')).toMatch(
    /é<br><\/p><\/details>\n<p>Cut: a summary has at most 1 MiB\. The receipt has all\.<\/p>\n$/,
  )
  vi.stubEnv('GITHUB_STEP_SUMMARY', '')
  runner.writeSummary('nowhere to go')
})

test.each(['plain-secret-11', 'sp*cial|[chars]<12>', 'mail@host&13"'])(
  'no job summary shows the secret %s, whatever the service said',
  secret => {
    // Noted before it is known to be a secret; the last one where a long text is cut.
    runner.note(`a note of ${secret}`)
    const report = openReport()
    report.tables.push({ columns: [secret], rows: [[secret], [`${'x'.repeat(493)}${secret}`]] })
    runner.mask(secret)
    runner.writeSummary(
      failedPage({
        operation: 'wait',
        status: 'failed',
        facts: new Map(),
        report,
        said: { what: 'The service refused.', answer: `"bad key ${secret}"` },
        problems: [],
        notes: runner.reported(),
        hints: [],
        common: { uses: undefined, baseUrl: undefined },
      }),
    )
    const shown = step.read('summary').replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    expect(shown).toContain('bad key')
    expect(shown).toContain('a note of ***')
    expect(shown).toContain(`x***</td>`)
    expect(shown).not.toContain(secret)
    expect(shown).not.toContain(secret.slice(0, 7))
  },
)
