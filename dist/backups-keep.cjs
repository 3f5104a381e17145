// Made by "npm run build" from src/; licences in NOTICES.txt
const {ApiError, NoResponseError, sanitize, send, whileWaiting, withMore} = require('./step.cjs')
const {sameButCase} = require('./zilliz-reads.cjs')
const {deleteBackup} = require('./zilliz-changes.cjs')
const {describeStatesOf} = require('./backups-format.cjs')
const {describeOrRefusal, isDeleted, readState, stillListed} = require('./backups-read.cjs')
const {stateUnknown} = require('./waiting-after-refusal.cjs')
const {waitUntil} = require('./waiting-poll.cjs')
const {grouped, newestFirst} = require('./backups-order.cjs')
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
// src/backups/periods.ts
const day = 864e5
function periodOf(period, time) {
	if (period === 'week') return isoWeek(time)
	const date = new Date(time).toISOString().replace(/T.*/, '')
	return period === 'day' ? date : date.replace(/-\d\d$/, '')
}
function isoWeek(time) {
	const days = Math.floor(time / day)
	const monday = days - ((((days + 3) % 7) + 7) % 7)
	const year = new Date((monday + 3) * day).getUTCFullYear()
	const week = Math.floor((monday + 3 - Date.UTC(year, 0, 1) / day) / 7) + 1
	return `${year}-W${String(week).padStart(2, '0')}`
}
// src/backups/keep.ts
function isDated(backup) {
	return backup.createTime !== void 0
}
function applyRule(rule, candidates, now) {
	const reasons = new Map()
	const result = {toDelete: [], kept: [], reasons, candidates}
	for (const {backupId} of candidates.filter(backup => !isDated(backup)))
		reasons.set(backupId, isProtectedBackup(rule, backupId) ? {by: 'protected'} : {by: 'no-time'})
	for (const ofType of grouped(candidates.filter(isDated), ({backupType}) => backupType))
		applyToType(rule, newestFirst(ofType), {now, result, reasons})
	result.toDelete.sort((one, other) => (one.backup.createTime ?? 0) - (other.backup.createTime ?? 0))
	return result
}
function applyToType(rule, sorted, {now, result, reasons}) {
	const {keepLast, olderThan, keepDaily, keepWeekly, keepMonthly} = rule
	const oldEnough = olderThan === void 0 ? Number.POSITIVE_INFINITY : now - olderThan
	const held = heldOf(rule, sorted)
	const heldTimes = new Set([...held.keys()].map(({createTime}) => createTime))
	const oldestOfLast = sorted[keepLast - 1]?.createTime ?? Number.NEGATIVE_INFINITY
	const cutoff = Math.min(oldEnough, oldestOfLast - 1)
	const mustHaveItsTime = [keepDaily, keepWeekly, keepMonthly].some(number => number !== void 0)
	const before = result.toDelete.length
	for (const backup of sorted) {
		const {backupId, createTime} = backup
		const reason = isProtectedBackup(rule, backupId) ? {by: 'protected'} : held.get(backup)
		if (reason !== void 0) reasons.set(backupId, reason)
		else if (createTime > oldEnough) reasons.set(backupId, {by: 'younger'})
		else if (heldTimes.has(createTime)) reasons.set(backupId, {by: 'tied'})
		else result.toDelete.push({backup, cutoff, mustHaveItsTime})
	}
	if (result.toDelete.length > before) result.kept.push([...held.keys()])
}
function heldOf({keepLast, keepDaily = 0, keepWeekly = 0, keepMonthly = 0}, sorted) {
	const found = new Map(sorted.slice(0, keepLast).map(backup => [backup, {by: 'last'}]))
	const rules = [
		['day', keepDaily],
		['week', keepWeekly],
		['month', keepMonthly]
	]
	for (const [by, most] of rules) {
		const periods = new Set()
		for (const backup of sorted) {
			const period = periodOf(by, backup.createTime)
			if (periods.has(period)) continue
			if (periods.size >= most) break
			periods.add(period)
			if (!found.has(backup)) found.set(backup, {by, period})
		}
	}
	return new Map([...found].sort(([one], [other]) => other.createTime - one.createTime))
}
function isProtectedBackup({protectedBackups = []}, id) {
	return protectedBackups.some(entry => sameButCase(id, entry))
}
module.exports = {applyRule, deleteAndRead, isProtectedBackup, waitUntilGone}
