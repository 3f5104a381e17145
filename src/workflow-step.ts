/** A step of a workflow as people paste it, and where the documentation of the running version stands. */
import type { Help } from './errors.ts'

/** What every step has besides its operation. */
export interface StepCommon {
  /** `owner/repo@ref`, as the workflow names this action; undefined where the runner does not show it. */
  uses: string | undefined
  /** Undefined where it is the default. */
  baseUrl: string | undefined
}

/** Where docs/TROUBLESHOOTING.md of the running version stands; undefined where the runner does not show it. */
export function helpAddress(help: Help, { uses }: StepCommon): string | undefined {
  const [repository, ref] = uses?.split('@') ?? []
  return ref === undefined
    ? undefined
    : `https://github.com/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md#${help}`
}

/** A step of a workflow, as YAML. */
export function stepOf(
  operation: string,
  inputs: readonly string[],
  { uses, baseUrl }: StepCommon,
): string[] {
  return [
    uses === undefined
      ? '- uses: OWNER/zilliz-cloud-backup-restore@v1 # as your workflow names this action'
      : `- uses: ${uses}`,
    '  with:',
    `    operation: ${operation}`,
    "    api-key: ${{ secrets.ZILLIZ_API_KEY }} # your secret's name",
    ...(baseUrl === undefined ? [] : [`    base-url: ${baseUrl}`]),
    ...inputs.map(line => `    ${line}`),
  ]
}
