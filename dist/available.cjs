// Made by "npm run build" from src/; licences in NOTICES.txt
const {missingCollections} = require('./collections-contents.cjs')
const {OperationFailed, sanitize} = require('./step.cjs')
const {backupAvailable} = require('./waiting-backup.cjs')
const {notFoundGrace, waitForAll} = require('./waiting-wait-for-all.cjs')
const {jobSuccessful} = require('./waiting-job.cjs')
const {requestedCollections} = require('./zilliz-changes.cjs')
// src/backups/available.ts
async function waitUntilAvailable({pollInterval, ...asked}, step, {running: {jobId, ...backup}, onRead}) {
	if (jobId !== void 0) {
		const job = jobSuccessful(jobId, {grace: notFoundGrace.created, isReadBack: true})
		let hasFailed = false
		const onEnd = failure => {
			hasFailed = failure !== void 0 && failure.refusal === void 0
		}
		await waitForAll(step, [{...job, onEnd}], {pollInterval, isNew: true}).catch(async error => {
			if (!(error instanceof OperationFailed)) throw error
			const {withWhatIsLeft} = await Promise.resolve().then(() => require('./left.cjs'))
			throw await withWhatIsLeft(error, step, {backup, jobId, hasFailed})
		})
	}
	const check = found => {
		onRead?.(found)
		const missing = missingCollections(found.contents, requestedCollections(asked)) ?? []
		return missing.length === 0 ? void 0 : `it does not hold ${missing.map(sanitize).join(', ')}`
	}
	await waitForAll(step, [backupAvailable(backup, notFoundGrace.created, check)], {pollInterval})
}
module.exports = {waitUntilAvailable}
