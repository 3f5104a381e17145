// Made by "npm run build" from src/; licences in NOTICES.txt
const {missingCollections} = require('./collections-contents.cjs')
const {
	ApiError,
	Cancelled,
	OperationFailed,
	partsOf,
	sanitize,
	send,
	serviceTime,
	withMore
} = require('./step.cjs')
const {readAfterRefusal} = require('./waiting-after-refusal.cjs')
const {backupAvailable, jobSuccessful, notFoundGrace, waitForAll} = require('./waiting-wait-for-all.cjs')
const {mayHaveSucceeded} = require('./waiting-lost-response.cjs')
const {createBackup, requestedCollections} = require('./zilliz-changes.cjs')
const {listBackups} = require('./zilliz-states.cjs')
const {backupsRunning, waitWhileBusy} = require('./backups-busy.cjs')
const {describeSource, isDeleted, readState} = require('./backups-find.cjs')
// src/backups/left.ts
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
// src/backups/create.ts
async function startBackup(options, step, {listed, findToJoin = async () => void 0, onJob}) {
	let seen = {listed}
	for (;;) {
		const {listed: own, elsewhere = []} = seen
		const late = elsewhere.filter(({clusterId}) => clusterId === options.clusterId)
		const joined = await findToJoin([...backupsRunning(own), ...late])
		if (joined !== void 0) return {kind: 'joined', backup: joined}
		const result = await tryToStart({
			options,
			step,
			before: await waitWhileBusy(options, step, seen),
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
		if (error instanceof ApiError) return afterRefusal(attempt, error)
		throw error
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
async function waitUntilAvailable({pollInterval, ...asked}, step, {running: {jobId, ...backup}, onRead}) {
	if (jobId !== void 0) {
		const job = jobSuccessful(jobId, {grace: notFoundGrace.created, isReadBack: true})
		let hasFailed = false
		const onEnd = failure => {
			hasFailed = failure !== void 0 && failure.refusal === void 0
		}
		await waitForAll(step, [{...job, onEnd}], {pollInterval}).catch(async error => {
			if (!(error instanceof OperationFailed)) throw error
			const left = await whatIsLeft(step, backup, hasFailed ? 'failed' : 'cannot be read')
			const next = `Run the step again. If the job cannot be read again, open a ticket at Zilliz with job ${jobId}.`
			throw withMore(error, hasFailed ? left : {next, ...left})
		})
	}
	const check = found => {
		onRead?.(found)
		const missing = missingCollections(found.contents, requestedCollections(asked)) ?? []
		return missing.length === 0 ? void 0 : `it does not hold ${missing.map(sanitize).join(', ')}`
	}
	await waitForAll(step, [backupAvailable(backup, notFoundGrace.created, check)], {pollInterval})
}
const neverBusy = ['key', 'permission', 'not-found', 'parameter']
async function afterRefusal({options, step, before}, refused) {
	const {clusterId} = options
	if (refused.group === 'not-found') await describeSource(step, clusterId)
	if (
		refused.code === void 0 ||
		[401, 403, 404].includes(refused.status) ||
		neverBusy.includes(refused.group)
	)
		throw refused
	const found = await readAfterRefusal(refused, `cluster ${clusterId}`, async () => {
		const listed = await listBackups(step.cloud, clusterId)
		const ended = new Set(before.filter(({status}) => status === 'AVAILABLE').map(({backupId}) => backupId))
		const hasEnded = listed.some(({backupId, status}) => status === 'AVAILABLE' && !ended.has(backupId))
		if (hasEnded && options.ifBusy === 'fail') return {kind: 'ended'}
		if (backupsRunning(listed).length > 0 || hasEnded) return {kind: 'busy', listed, elsewhere: []}
		const all = await listBackups(step.cloud)
		const elsewhere = backupsRunning(all).filter(({creationMethod}) => creationMethod === 'MANUAL')
		if (elsewhere.length > 0) return {kind: 'busy', listed, elsewhere}
		return {kind: 'idle', ...(await describeSource(step, clusterId))}
	})
	if (found.kind === 'busy') return found
	if (found.kind === 'ended') throw ranUntilNow(refused, clusterId)
	const state = `Cluster ${clusterId} is ${sanitize(found.status)}.`
	throw withMore(refused, {stake: state})
}
function ranUntilNow(refused, clusterId) {
	return withMore(refused, {
		stake: `Another backup of cluster ${clusterId} was running until a moment ago.`,
		next: 'Run the step again, or let it wait with if-busy: wait.'
	})
}
module.exports = {startBackup, waitUntilAvailable}
