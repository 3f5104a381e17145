/** The end of the job. Most jobs leave nothing to clean up, so nothing else is loaded before that is known. */
// What the step saved for this process; the toolkit reads the same variables.
const { STATE_intent: intent = '', STATE_clusterId: clusterId = '' } = process.env

async function cleanUp(): Promise<void> {
  const { deleteAfterJob } = await import('./operations/delete-after-job.ts')
  const { stepCommon, writeSummary } = await import('./github/runner.ts')
  const { afterJobPage } = await import('./summary/failed-page.ts')
  await deleteAfterJob(intent, clusterId, outcome => writeSummary(afterJobPage(outcome, stepCommon())))
}

if (intent !== '') void cleanUp()
