import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './project-copy.ts'

const design = readFileSync(join(root, 'DESIGN.md'), 'utf8')

test('every fact and unknown that a comment cites stands in the notes of DESIGN.md', () => {
  const cited = ['src', 'simulator'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .flatMap(file => readFileSync(join(root, folder, file), 'utf8').match(/\b[FU]\d{1,3}\b/g) ?? []),
  )
  const noted = new Set([...design.matchAll(/^\| ([FU]\d+) \|/gm)].map(([, number]) => number))
  expect(cited.length).toBeGreaterThan(50)
  expect([...new Set(cited)].filter(number => !noted.has(number))).toEqual([])
})
