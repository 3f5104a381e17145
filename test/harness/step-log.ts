import { relative, sep } from 'node:path'
import type { Masker } from './masker.ts'

/** A message GitHub shows outside of the log. */
export type Annotation = {
  level: 'error' | 'warning' | 'notice'
  /** Masked, at most 4,096 characters. */
  message: string
  /** Not masked by the runner. */
  title?: string
  file?: string
  line?: string
}

/** Writes what GitHub shows of a step. */
export type StepLog = {
  /** The log as the runner uploads it: one entry a line, tags as `##[error]`, masks applied. */
  lines: string[]
  annotations: Annotation[]
  /** How many were given in all, those above the limit included. */
  counts: Record<Annotation['level'], number>
  write(text: string): void
  debug(text: string): void
  issue(level: Annotation['level'], message: string, properties?: ReadonlyMap<string, string>): void
}

const annotationsPerKind = 10
const longestMessage = 4096

/** Starts the log of a step; masks hide only what is written after they came. */
export function createStepLog(masker: Masker, workspace: string, debug: boolean): StepLog {
  const lines: string[] = []
  const annotations: Annotation[] = []
  const counts = { error: 0, warning: 0, notice: 0 }
  const write = (text: string): void => {
    lines.push(...masker.mask(text).split(/\r\n|\r|\n/))
  }
  return {
    lines,
    annotations,
    counts,
    write,
    debug(text) {
      if (!debug) return
      for (const line of text.replaceAll('\r\n', '\n').split('\n')) write(`##[debug]${line}`)
    },
    issue(level, message, properties) {
      if (message !== '') write(`##[${level}]${message}`)
      counts[level]++
      if (counts[level] > annotationsPerKind) return
      const title = properties?.get('title')
      const file = properties?.get('file')
      const line = properties?.get('line')
      annotations.push({
        level,
        message: masker.mask(message).slice(0, longestMessage),
        ...(title === undefined ? {} : { title }),
        ...(file === undefined ? {} : { file: insideWorkspace(file, workspace) }),
        ...(line === undefined ? {} : { line }),
      })
    },
  }
}

function insideWorkspace(file: string, workspace: string): string {
  return file.startsWith(workspace + sep) ? relative(workspace, file) : file
}
