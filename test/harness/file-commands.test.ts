import { describe, expect, test } from 'vitest'
import { parsePairs, parsePaths } from './file-commands.ts'
import { runToy } from './toy/toy.ts'

describe('pairs', () => {
  test.each<[string, string, [string, string][]]>([
    ['nothing', '\n\n', []],
    ['a line', 'a=b\n', [['a', 'b']]],
    ['a last line without its end', 'a=b', [['a', 'b']]],
    ['an equals sign in the value', 'a=b=c\n', [['a', 'b=c']]],
    ['a heredoc mark in the value', 'a=b<<c\n', [['a', 'b<<c']]],
    ['an empty value', 'a=\n', [['a', '']]],
    ['a carriage return, which is part of the value', 'a=b\r\n', [['a', 'b\r']]],
    [
      'a heredoc',
      'a<<EOF\none\n\ntwo=2\nEOF\nb=c\n',
      [
        ['a', 'one\n\ntwo=2'],
        ['b', 'c'],
      ],
    ],
    ['an empty heredoc', 'a<<EOF\nEOF\n', [['a', '']]],
    ['a heredoc of an empty line', 'a<<EOF\n\nEOF\n', [['a', '']]],
    ['a heredoc that ends with the file', 'a<<EOF\nb\nEOF', [['a', 'b']]],
    ['a delimiter with an equals sign', 'a<<E=F\nb\nE=F\n', [['a', 'b']]],
    [
      'a later one of the same name',
      'a=1\na=2\n',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
  ])('%s', (_, text, pairs) => expect(parsePairs(text)).toEqual({ pairs }))

  test.each([
    ['text', "Invalid format 'text'"],
    ['<<EOF\nb\nEOF', "Invalid format '<<EOF'. Name must not be empty"],
    ['a<<\nb\n', 'delimiter must not be empty'],
    ['a<<EOF\nb\n', "Matching delimiter not found 'EOF'"],
    ['a<<EOF\nb', 'EOF marker missing new line'],
    ['a<<EOF\nb\nEOF \n', "Matching delimiter not found 'EOF'"],
  ])('%j is refused', (text, message) => {
    const result = parsePairs(`good=1\n${text}`)
    expect(result.pairs).toEqual([['good', '1']])
    expect(result.error).toContain(message)
  })
})

test('paths: empty lines are none, the last of two equal ones counts', () => {
  expect(parsePaths('/a\r\n\n/b\n/a')).toEqual(['/b', '/a'])
})

describe('in a step', () => {
  const append = (file: string, text: string): string =>
    `require('fs').appendFileSync(process.env.${file}, ${JSON.stringify(text)})`

  test('a malformed file fails the step; what stands before the mistake counts', async () => {
    const result = await runToy(append('GITHUB_OUTPUT', 'a=1\nbroken\nb=2\n'))
    expect(result).toMatchObject({ outcome: 'failure', exitCode: 0, outputs: { a: '1' } })
    expect(result.annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid format 'broken'",
    ])
  })

  test('an output without a name fails the step', async () => {
    expect(await runToy(append('GITHUB_OUTPUT', '=1\n'))).toMatchObject({ outcome: 'failure', outputs: {} })
  })

  test('environment and path are for the next step; NODE_OPTIONS is refused with a word', async () => {
    const env = append('GITHUB_ENV', 'A=1\nNODE_OPTIONS=--require evil\n')
    const result = await runToy(`${env}; ${append('GITHUB_PATH', '/x\n')}`)
    expect(result).toMatchObject({ env: { A: '1' }, path: ['/x'], outcome: 'success' })
    expect(result.env).not.toHaveProperty('NODE_OPTIONS')
    expect(result.annotations[0]?.message).toContain("Can't store NODE_OPTIONS")
  })

  test('deleted files are nothing to read', async () => {
    const result = await runToy(`for (const n of ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'])
      require('fs').rmSync(process.env['GITHUB_' + n])`)
    expect(result).toMatchObject({ outcome: 'success', outputs: {}, summary: '' })
  })
})
