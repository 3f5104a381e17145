import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { operations } from '../../src/contract.ts'
import { root } from './project-copy.ts'

interface Field {
  type: string
  id?: string
  attributes: { label?: string; value?: string; options?: (string | { label: string })[] }
}

const folder = join(root, '.github/ISSUE_TEMPLATE')
const files = readdirSync(folder).sort()
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8')
const fieldsOf = (file: string): Field[] => parse(textOf(file)).body

test('the forms are found', () => {
  expect(files).toEqual(['bug.yml', 'config.yml', 'question.yml'])
})

test('a bug is reported of an operation that there is', () => {
  const field = fieldsOf('bug.yml').find(({ id }) => id === 'operation')
  expect(field?.attributes.options).toEqual([...operations, 'none of them'])
})

describe.each(files.filter(file => file !== 'config.yml'))('%s', file => {
  const fields = fieldsOf(file)
  const asked = fields.filter(({ type }) => type !== 'markdown')

  test('asks for something, each thing once', () => {
    expect(asked.length).toBeGreaterThan(0)
    for (const values of [asked.map(({ id }) => id), asked.map(({ attributes }) => attributes.label)]) {
      expect(values.filter(value => !value)).toEqual([])
      expect(new Set(values).size).toBe(values.length)
    }
  })

  test('warns of pasting secrets before it asks', () => {
    expect(fields[0]?.type).toBe('markdown')
    expect(fields[0]?.attributes.value).toContain('Never paste an API key, a token or a password.')
  })
})

test.each(files)('every page that %s links to is there', file => {
  const linked = [...textOf(file).matchAll(/\/blob\/main\/([\w./-]+\.md)/g)].map(([, path = '']) => path)
  expect(linked.length).toBeGreaterThan(0)
  expect(linked.filter(path => !existsSync(join(root, path)))).toEqual([])
})

test('a security problem is reported in private', () => {
  const { contact_links: links } = parse(textOf('config.yml'))
  expect(links.map(({ url }: { url: string }) => url)).toContainEqual(
    expect.stringMatching(/\/security\/advisories\/new$/),
  )
})
