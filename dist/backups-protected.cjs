// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	NoResponseError,
	describeStatesOf,
	sameButCase,
	sanitize,
	send,
	waitUntil,
	whileWaiting,
	withMore
} = require('./step.cjs')
const {deleteBackup} = require('./zilliz-changes.cjs')
const {describeOrRefusal, isDeleted, readState, stillListed} = require('./backups-read.cjs')
const {stateUnknown} = require('./waiting-after-refusal.cjs')
// src/backups/delete.ts
var Ended = class extends Error {
	deletion
	constructor(deletion) {
		super(deletion)
		this.deletion = deletion
	}
}
async function deleteAndRead(step, backup, {check, onSend}) {
	let sent = 0
	const describeFirst = async () => {
		const found = await (sent > 0 ? describeOrFault(step, backup) : describeOrRefusal(step, backup))
		if (sent > 0 && found instanceof Error) throw new Ended('unreadable')
		if (found instanceof NoResponseError) throw found
		if (sent > 0 && !(found instanceof ApiError) && isDeleted(found)) throw new Ended('deleted')
		check(found)
		onSend(++sent > 0)
	}
	const afterNothing = () => onSend(--sent > 0)
	try {
		await send(step.cloud, deleteBackup(backup), {before: describeFirst, afterNothing})
	} catch (error) {
		if (error instanceof Ended) return error.deletion
		if (!(error instanceof ApiError) || sent === 0) throw error
		await afterRefusal(step, backup, error)
		return 'deleted'
	}
	const found = await describeOrFault(step, backup)
	if (found instanceof Error) return 'unreadable'
	return isDeleted(found) ? 'deleted' : 'shown'
}
async function describeOrFault(step, backup) {
	return describeOrRefusal(step, backup).catch(error => {
		if (error instanceof NoResponseError) return error
		throw error
	})
}
async function afterRefusal(step, backup, refused) {
	if (refused.isAuthError) throw withMore(refused, {})
	const name = `backup ${backup.backupId}`
	const found = await readState(step, backup).catch(error => {
		if (error instanceof ApiError) throw stateUnknown(refused, name, error)
		step.log(refused.message)
		throw error
	})
	if (found === void 0 || isDeleted(found)) return
	const state = `Backup ${backup.backupId} is ${sanitize(found.status)}.`
	throw withMore(refused, {stake: state})
}
const grace = 6e4
const maxPause = 5e3
async function waitUntilGone(step, clusterId, backups) {
	if (backups.size === 0) return []
	const {clock} = step
	const start = clock.elapsed()
	const ids = new Set(backups.keys())
	const patient = whileWaiting(step)
	let left = []
	const poll = async () => {
		left = await stillListed(patient, clusterId, ids)
		if (!left.some(({backupId}) => backups.get(backupId) !== 'not-sent'))
			left.push(...(await stillDescribed(patient, clusterId, backups)))
		return !left.some(({backupId}) => backups.get(backupId) !== 'not-sent') ||
			clock.elapsed() - start >= grace
			? {done: left}
			: {progress: void 0}
	}
	const stillOpen = () =>
		left.length === 0
			? 'whether it is deleted could not be read'
			: `still there in cluster ${clusterId}: ${describeStatesOf(left)}`
	return waitUntil(step, poll, {maxPause, stillOpen})
}
async function stillDescribed(step, clusterId, backups) {
	const left = []
	for (const [backupId, why] of backups) {
		if (why !== 'shown') continue
		const found = await describeOrRefusal(step, {clusterId, backupId})
		if (!(found instanceof ApiError) && !isDeleted(found)) left.push(found)
	}
	return left
}
// src/backups/protected.ts
function isProtectedBackup({protectedBackups = []}, id) {
	return protectedBackups.some(entry => sameButCase(id, entry))
}
module.exports = {deleteAndRead, isProtectedBackup, waitUntilGone}
