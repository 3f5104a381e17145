/** All mutants of `src/`, each in its place and none of them on. */
import { Instrumenter } from '@stryker-mutator/instrumenter'
import type { Source } from './copy.ts'

export type Place = { line: number; column: number }
export type Mutant = {
  id: string
  /** What it is, whatever its number and its line. */
  key: string
  path: string
  mutator: string
  /** Lines count from 1, columns from 0. */
  start: Place
  end: Place
  original: string
  replacement: string
}

const silent = () => undefined
const logger = {
  ...{ trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
}

export async function withMutants(
  files: readonly Source[],
): Promise<{ mutants: Mutant[]; instrumented: Source[] }> {
  const instrumenter = new Instrumenter(logger)
  const given = files.map(({ path, text }) => ({ name: path, content: text, mutate: true }))
  const result = await instrumenter.instrument(given, { plugins: null, excludedMutations: [], ignorers: [] })
  const times = new Map<string, number>()
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const mutants = result.mutants.map(({ id, fileName, mutatorName, replacement, location }) => {
    const [start, end] = [location.start, location.end].map(({ line, column }) => ({
      line: line + 1,
      column,
    }))
    if (start === undefined || end === undefined) throw new Error(`mutant ${id} is nowhere`)
    const original = textBetween(texts.get(fileName) ?? '', start, end)
    const what = `${fileName} ${mutatorName} ${original} → ${replacement}`
    const nth = (times.get(what) ?? 0) + 1
    times.set(what, nth)
    const key = `${what} #${nth}`
    return { id, key, path: fileName, mutator: mutatorName, start, end, original, replacement }
  })
  return { mutants, instrumented: result.files.map(({ name, content }) => ({ path: name, text: content })) }
}

function textBetween(text: string, start: Place, end: Place): string {
  const lines = text.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column : 0, index === last ? end.column : undefined))
    .join('\n')
}
