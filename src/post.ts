/** The end of the job. Most jobs leave nothing to clean up, so nothing else is loaded before that is known. */
// What the step saved for this process; the toolkit reads the same variables.
const { STATE_intent: intent = '', STATE_clusterId: clusterId = '' } = process.env

if (intent !== '') void import('./clean-up.ts').then(({ cleanUp }) => cleanUp(intent, clusterId))
