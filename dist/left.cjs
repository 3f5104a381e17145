// Made by "npm run build" from src/; licences in NOTICES.txt
const {Cancelled, partsOf, sanitize, withMore} = require('./step.cjs')
const {isDeleted, readState} = require('./backups-read.cjs')
// src/backups/left.ts
async function withWhatIsLeft(error, step, {backup, jobId, hasFailed}) {
	const left = await whatIsLeft(step, backup, hasFailed ? 'failed' : 'cannot be read')
	const next = `Run the step again. If the job cannot be read again, open a ticket at Zilliz with job ${jobId}.`
	return withMore(error, hasFailed ? left : {next, ...left})
}
async function whatIsLeft(step, backup, job) {
	const {backupId} = backup
	try {
		const found = await readState(step, backup)
		if (found?.status !== 'CREATING') step.inProgress.ended({kind: 'backup', ...backup})
		if (found === void 0 && job === 'cannot be read')
			return {
				stake: `Backup ${backupId} cannot be read either: it may be running.`,
				next: 'Look at the backups in the console before running this step again.'
			}
		if (found === void 0 || isDeleted(found)) {
			step.report.outcome = 'nothing was backed up'
			return {stake: 'Your data is unchanged. No backup was left (looked up after the failure).'}
		}
		const status = sanitize(found.status)
		if (status === 'AVAILABLE')
			return {stake: `Backup ${backupId} is ${status} although its job ${job}: do not rely on it.`}
		step.report.outcome = 'nothing was backed up'
		return {
			stake: `Your data is unchanged. Backup ${backupId} is left, ${status}. ${status === 'CREATING' ? 'It may stay so.' : 'Delete it with operation: delete-backup.'}`
		}
	} catch (error) {
		if (error instanceof Cancelled) throw error
		step.inProgress.ended({kind: 'backup', ...backup})
		const {what, answer} = partsOf(error)
		return {stake: `What is left of backup ${backupId} is not known: ${what}`, answer}
	}
}
module.exports = {withWhatIsLeft}
