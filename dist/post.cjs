// Made by "npm run build" from src/; licences in NOTICES.txt
// src/post.ts
const {STATE_intent: intent = '', STATE_clusterId: clusterId = ''} = process.env
async function cleanUp() {
	const {deleteAfterJob} = await Promise.resolve().then(() => require('./delete-after-job.cjs'))
	const {stepCommon, writeSummary} = await Promise.resolve()
		.then(() => require('./shared.cjs'))
		.then(n => n.runner_exports)
	const {afterJobPage} = await Promise.resolve().then(() => require('./failed-page.cjs'))
	await deleteAfterJob(intent, clusterId, outcome => writeSummary(afterJobPage(outcome, stepCommon())))
}
if (intent !== '') cleanUp()
