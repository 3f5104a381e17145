import { describe, expect, test } from 'vitest'
import { parseCommand } from './command-line.ts'

const registered = new Set(['error', 'add-mask', 'group'])
const parse = (line: string) => {
  const command = parseCommand(line, registered)
  return command && { ...command, properties: Object.fromEntries(command.properties) }
}

describe('::name::', () => {
  test.each([
    ['::error::text', { name: 'error', properties: {}, data: 'text' }],
    ['::ERROR::text', { name: 'ERROR', properties: {}, data: 'text' }],
    [' \t\u0085\u3000::error::after blanks', { name: 'error', properties: {}, data: 'after blanks' }],
    ['::error file=a.ts,line=3::x', { name: 'error', properties: { file: 'a.ts', line: '3' }, data: 'x' }],
    ['::error FILE=a=b,title=,=c::x', { name: 'error', properties: { file: 'a=b' }, data: 'x' }],
    ['::error file=a%3Ab%2Cc%250A::x%3A', { name: 'error', properties: { file: 'a:b,c%0A' }, data: 'x%3A' }],
    ['::error::a%0Ab%0Dc%25', { name: 'error', properties: {}, data: 'a\nb\rc%' }],
    ['::error::%250A is no line end', { name: 'error', properties: {}, data: '%0A is no line end' }],
    ['::error::a::b', { name: 'error', properties: {}, data: 'a::b' }],
    ['::error:\u00ad:hidden', { name: 'error', properties: {}, data: ':hidden' }],
  ])('%j', (line, command) => expect(parse(line)).toEqual(command))

  test.each([
    'text ::error::not at the start',
    ': :error::x',
    ':::error::x',
    '::error',
    '::error x',
    '::unknown::x',
    '\ufeff::error::x',
    '::error\t::x',
  ])('%j is text', line => expect(parse(line)).toBeUndefined())
})

describe('##[name]', () => {
  test.each([
    ['##[error]text', { name: 'error', properties: {}, data: 'text' }],
    ['anywhere ##[add-mask]x', { name: 'add-mask', properties: {}, data: 'x' }],
    ['##[error file=a;line=3]x', { name: 'error', properties: { file: 'a', line: '3' }, data: 'x' }],
    ['##[error file=a%3Bb%5Dc]d%5D%3B%0A', { name: 'error', properties: { file: 'a;b]c' }, data: 'd];\n' }],
    ['::unknown::##[error]x', { name: 'error', properties: {}, data: 'x' }],
  ])('%j', (line, command) => expect(parse(line)).toEqual(command))

  test.each([
    '##[ error]x',
    '##[unknown]x',
    '##[unknown] ##[error]only the first counts',
    '##[error',
    '# #[error]x',
  ])('%j is text', line => expect(parse(line)).toBeUndefined())
})
