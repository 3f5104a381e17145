import type { Contract } from './contract.ts'
import { keepLast } from './kept.ts'
import type { Problem, RequestRecord } from './requests.ts'

/** What requests and responses are held against, and where violations are noted. */
export interface Judge {
  contract: Contract
  problems: Problem[]
  /** How many problems are kept. */
  keepProblems: number
}

/** Checked before the variants change it, so that the simulator itself cannot drift from the contract. */
export function checkResponse(
  judge: Judge,
  record: RequestRecord,
  { status, body }: { status: number; body: unknown },
): void {
  for (const { text } of judge.contract.checkResponse(record.operationId, status, body)) {
    report(judge, record, { side: 'response', text })
  }
}

export function report(judge: Judge, record: RequestRecord, problem: Pick<Problem, 'side' | 'text'>): void {
  const noted = { request: record.number, operationId: record.operationId, ...problem }
  keepLast(judge.problems, noted, judge.keepProblems)
}
