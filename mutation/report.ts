/** The table of the coverage, as text. */
import type { CoverageMap } from 'istanbul-lib-coverage'
import istanbul from 'istanbul-lib-report'
import reports from 'istanbul-reports'

/** @returns the lines that were run, in per cent of all */
export function printCoverage(coverageMap: CoverageMap, limit: number): number {
  const below = coverageMap.files().filter(path => {
    const { lines } = coverageMap.fileCoverageFor(path).toSummary()
    return lines.pct < limit
  })
  const context = istanbul.createContext({ dir: '.', coverageMap })
  reports.create('text-summary').execute(context)
  console.log(`${coverageMap.files().length} files; below ${limit} % of the lines:`)
  for (const path of below) {
    const file = coverageMap.fileCoverageFor(path)
    console.log(`  ${path}  ${file.toSummary().lines.pct} %  lines ${file.getUncoveredLines().join(', ')}`)
  }
  return coverageMap.getCoverageSummary().lines.pct
}
