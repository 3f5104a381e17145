/** The end of a job that has something to clean up: drops the cluster of `delete-after-job`, and says so on a page. */
import { stepCommon, writeSummary } from './github/runner.ts'
import { deleteAfterJob } from './operations/delete-after-job.ts'
import { afterJobPage } from './summary/failed-page.ts'

/** @param intent what the step was about to make, as it saved it; `clusterId` is '' where it was not known */
export function cleanUp(intent: string, clusterId: string): Promise<void> {
  return deleteAfterJob(intent, clusterId, outcome => writeSummary(afterJobPage(outcome, stepCommon())))
}
