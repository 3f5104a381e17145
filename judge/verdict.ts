/** What one judge says. What was skipped was not judged, and never counts as passed. */
export interface Verdict {
  name: string
  outcome: 'passed' | 'failed' | 'skipped'
  detail: string
}

export function shown(verdicts: readonly Verdict[]): string {
  const lines = verdicts.map(({ name, outcome, detail }) => `${name}: ${outcome}: ${detail}\n`)
  const count = (wanted: Verdict['outcome']) => verdicts.filter(({ outcome }) => outcome === wanted).length
  return `${lines.join('')}${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`
}

export const exitCode = (verdicts: readonly Verdict[]) =>
  verdicts.some(({ outcome }) => outcome === 'failed') ? 1 : 0
