// Made by "npm run build" from src/; licences in NOTICES.txt
const {createBackup} = require('./zilliz-changes.cjs')
const {ApiError, mayHaveSucceeded, send, serviceTime} = require('./step.cjs')
const {backupsRunning} = require('./backups-busy.cjs')
// src/backups/create.ts
async function startBackup(options, step, {listed, findToJoin, onJob}) {
	let seen = {listed, elsewhere: []}
	for (;;) {
		const {listed: own, elsewhere} = seen
		const late = elsewhere.filter(({clusterId}) => clusterId === options.clusterId)
		const joined = await findToJoin?.([...backupsRunning(own), ...late])
		if (joined !== void 0) return {kind: 'joined', backup: joined}
		const result = await tryToStart({
			options,
			step,
			before: await listedWhenFree(options, step, seen),
			sentAt: serviceTime(step.cloud),
			onJob
		})
		if (result.kind === 'started') {
			recordStarted(options, step, result.backup)
			return result
		}
		seen = result
	}
}
async function listedWhenFree(options, step, seen) {
	if (backupsRunning(seen.listed).length === 0 && seen.elsewhere.length === 0) return seen.listed
	const {waitWhileBusy} = await Promise.resolve().then(() => require('./in-the-way.cjs'))
	return waitWhileBusy(options, step, seen)
}
async function tryToStart(attempt) {
	const {options, step} = attempt
	const before = () => {
		attempt.sentAt = serviceTime(step.cloud)
	}
	try {
		return {kind: 'started', backup: await send(step.cloud, createBackup(options), {before})}
	} catch (error) {
		if (mayHaveSucceeded(error)) {
			const {adoptBackup} = await Promise.resolve().then(() => require('./find-started.cjs'))
			return {kind: 'started', backup: await adoptBackup(attempt, error)}
		}
		if (!(error instanceof ApiError)) throw error
		const {afterRefusal} = await Promise.resolve().then(() => require('./refused.cjs'))
		return {kind: 'busy', ...(await afterRefusal(attempt, error))}
	}
}
function recordStarted({clusterId, crossRegionCopies}, {inProgress, log}, {backupId, jobId}) {
	if (jobId !== void 0) inProgress.started({kind: 'job', jobId})
	inProgress.started({kind: 'backup', clusterId, backupId})
	log(`Backup ${backupId} of cluster ${clusterId} has started${jobId === void 0 ? '' : `: job ${jobId}`}.`)
	if (crossRegionCopies.length > 0)
		log(
			'Its copies in other regions start after it. The service reports no jobs for them, so the step does not wait for them.'
		)
}
module.exports = {startBackup}
