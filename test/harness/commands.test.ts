import { describe, expect, test } from 'vitest'
import { printing, runToy } from './toy/toy.ts'

const run = (...lines: string[]) => runToy(printing(...lines))

describe('hostile lines', () => {
  test('a lone carriage return begins a line', async () => {
    const result = await run('harmless\r::error::not harmless\rrest')
    expect(result.log).toEqual(['harmless', '##[error]not harmless', 'rest'])
    expect(result.rawLines.map(line => line.text)).toEqual(['harmless', '::error::not harmless', 'rest'])
  })

  test('stderr is searched too', async () => {
    const result = await runToy(`console.error('::set-output name=a::from stderr')`)
    expect(result.outputs).toEqual({ a: 'from stderr' })
  })

  test('set-output and save-state still work, with a warning', async () => {
    const result = await run('##[set-output name=status]succeeded', '::save-state name=cluster::in01')
    expect(result).toMatchObject({ outputs: { status: 'succeeded' }, state: { cluster: 'in01' } })
    expect(result.annotations.map(({ level }) => level)).toEqual(['warning', 'warning'])
    expect(result.outcome).toBe('success')
  })

  test.each([
    '::set-env name=A::b',
    '::add-path::/evil',
    '::set-output::x',
    '::echo::maybe',
    '::add-matcher::/none',
  ])('%s fails the step', async line => {
    const result = await run(line, 'and goes on')
    expect(result.outcome).toBe('failure')
    expect(result.commandErrors).toHaveLength(1)
    expect(result.annotations.filter(({ level }) => level === 'error')).toHaveLength(2)
    expect(result).toMatchObject({ env: {}, path: [], exitCode: 0 })
    expect(result.log.at(-1)).toBe('and goes on')
  })

  test('stop-commands stops everything, masks included, until its token comes', async () => {
    const result = await run(
      '::stop-commands::token-123',
      '::add-mask::hunter2hunter2',
      '::error::quiet',
      'hunter2hunter2',
      '::token-12::',
      '::TOKEN-123::',
      '::error::loud',
      '::token-123::',
    )
    expect(result.masks).toEqual([])
    expect(result.annotations).toEqual([{ level: 'error', message: 'loud' }])
    expect(result.log).toEqual([
      '::stop-commands::***',
      '::add-mask::hunter2hunter2',
      '::error::quiet',
      'hunter2hunter2',
      '::token-12::',
      '::TOKEN-123::',
      '##[error]loud',
      '::***::',
    ])
  })

  test.each(['', 'pause-logging', 'Error'])('the stop token %j is refused', async token => {
    const result = await run(`::stop-commands::${token}`, '::notice::still heard')
    expect(result.annotations.at(-1)).toEqual({ level: 'notice', message: 'still heard' })
    expect(result.outcome).toBe('failure')
  })
})

describe('annotations', () => {
  test('carry title and file, a path inside the workspace is relative', async () => {
    const result = await runToy(
      `console.log('::warning title=T,file=' + process.cwd() + '/a/b.ts,line=2::m'); console.log('::notice::n')`,
    )
    expect(result.annotations).toEqual([
      { level: 'warning', message: 'm', title: 'T', file: 'a/b.ts', line: '2' },
      { level: 'notice', message: 'n' },
    ])
  })

  test('are at most ten of a kind, 4,096 characters each', async () => {
    const errors = Array.from({ length: 11 }, (_, i) => `::error::${i}`)
    const result = await run(...errors, `::notice::${'x'.repeat(5_000)}`)
    expect(result.annotations.filter(({ level }) => level === 'error')).toHaveLength(10)
    expect(result.annotationCounts).toEqual({ error: 11, warning: 0, notice: 1 })
    expect(result.annotations.at(-1)?.message).toHaveLength(4_096)
    expect(result.log).toContain('##[error]10')
  })

  test('of several lines are several lines of the log', async () => {
    expect((await run('::error::a%0Ab')).log).toEqual(['##[error]a', 'b'])
  })
})

describe('masks', () => {
  test('hide what comes after them, in log and annotations, but not in titles', async () => {
    const result = await run(
      'early-secret',
      '::add-mask::early-secret',
      'late early-secret',
      '::error title=early-secret::with early-secret',
    )
    expect(result.log).toEqual(['early-secret', 'late ***', '##[error]with ***'])
    expect(result.annotations).toEqual([{ level: 'error', message: 'with ***', title: 'early-secret' }])
    expect(result.masks).toEqual([{ value: 'early-secret', rawLine: 1 }])
    expect(result.rawLines[2]?.text).toBe('late early-secret')
  })

  test('of several lines hide each line', async () => {
    const whole = 'first line\n  second line '
    const lines = ['a first line', 'a second line b', Buffer.from(whole).toString('base64')]
    const result = await run(`::add-mask::${whole.replace('\n', '%0A')}`, ...lines)
    expect(result.log).toEqual(['a ***', 'a *** b', '***'])
  })

  test('of several lines of JSON hide every brace', async () => {
    expect((await run('::add-mask::{%0A"a": 1%0A}', '{"b": 2}')).log).toEqual(['***"b": 2***'])
  })

  test('of nothing are a warning', async () => {
    const result = await run('::add-mask::  ', '  ')
    expect(result.annotations).toMatchObject([{ level: 'warning' }])
    expect(result.log.at(-1)).toBe('  ')
  })

  test('are echoed without their value', async () => {
    const result = await run(
      '::echo::on',
      '::add-mask::hunter2hunter2',
      '::group::G',
      '::echo::off',
      '::group::H',
    )
    expect(result.log).toEqual(['::add-mask::***', '::group::G', '##[group]G', '::echo::off', '##[group]H'])
    expect(result.groups).toEqual(['G', 'H'])
  })
})
