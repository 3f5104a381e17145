// Made by "npm run build" from src/; licences in NOTICES.txt
const {readBackupType} = require('./backups-choice.cjs')
const {
	ApiError,
	OperationFailed,
	attemptAll,
	clusterNameIn,
	counted,
	describeStatesOf,
	formatDuration,
	isNotFound,
	listInSentence,
	nameOf,
	partsOf,
	planned,
	sanitize,
	serviceTime,
	textOf,
	withMore
} = require('./step.cjs')
const {endedEarly, sentencesOf, severalFailed} = require('./several.cjs')
const {forEachAtOnce} = require('./waiting-at-once.cjs')
const {deleteAndRead, isProtectedBackup, waitUntilGone} = require('./backups-protected.cjs')
const {describeOrRefusal, isDeleted, stillListed} = require('./backups-read.cjs')
const {openSlots} = require('./waiting-slots.cjs')
const {grouped, newestFirst} = require('./backups-order.cjs')
const {listBackupsOf} = require('./backups-source.cjs')
const {noticeUnknown, unknownOf} = require('./clusters-protected.cjs')
const {formatSize} = require('./backups-size.cjs')
const {backupsTable} = require('./backups-tables.cjs')
const {deleteBackup} = require('./zilliz-changes.cjs')
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
// src/backups/retention.ts
async function evaluate(rule, step, listed) {
	const slot = openSlots(step.clock, readsPerSecond)
	let candidates = candidatesOf(rule, await settleTies({...rule, slot}, step, candidatesOf(rule, listed)))
	const confirmed = new Set()
	const gone = []
	for (;;) {
		const result = applyRule(rule, candidates, serviceTime(step.cloud).now)
		const described = await describeKept({...rule, slot}, step, {kept: result.kept, confirmed})
		if (described.size === 0) {
			const names = describeStatesOf(gone)
			if (gone.length > 0)
				step.warning(`Not counted: the list of backups still has them, but they are gone: ${names}.`)
			return result
		}
		for (const [backupId, found] of described) if (found !== void 0) confirmed.add(backupId)
		candidates = candidatesOf(
			rule,
			candidates.flatMap(backup => {
				const {backupId} = backup
				if (!described.has(backupId)) return backup
				const found = described.get(backupId)
				if (found === void 0) gone.push(backup)
				return found ?? []
			})
		)
	}
}
const readsPerSecond = 12
function candidatesOf(rule, backups) {
	return backups.filter(backup => isCandidate(rule, backup))
}
const mostDescribed = 100
async function describeKept({clusterId, slot}, step, {kept, confirmed}) {
	const found = new Map()
	const isOpen = ({backupId}) => !confirmed.has(backupId)
	const toDescribe = kept.flatMap(ofType => ofType.slice(0, mostDescribed)).filter(isOpen)
	await forEachAtOnce(toDescribe, {slot}, async ({backupId}) => {
		const described = await describeOrRefusal(step, {clusterId, backupId})
		if (described instanceof ApiError && !isNotFound(described, 'backup')) throw described
		found.set(backupId, described instanceof ApiError ? void 0 : described)
	})
	const others = kept.flatMap(ofType => ofType.slice(mostDescribed)).filter(isOpen)
	const ids = new Set(others.map(({backupId}) => backupId))
	const listed = new Map((await stillListed(step, clusterId, ids)).map(backup => [backup.backupId, backup]))
	for (const backup of others) {
		const now = listed.get(backup.backupId)
		found.set(backup.backupId, now && {...backup, status: now.status})
	}
	return found
}
function isCandidate({clusterId, backupType}, backup) {
	return (
		backup.creationMethod === 'MANUAL' &&
		backup.status === 'AVAILABLE' &&
		(backup.clusterId === void 0 || backup.clusterId === clusterId) &&
		(backupType === void 0 || backup.backupType === backupType)
	)
}
function unclearOf({backupType: wanted}, listed) {
	return listed.filter(
		({status, creationMethod, backupType}) =>
			status === 'AVAILABLE' &&
			creationMethod !== 'AUTO' &&
			(creationMethod === void 0 || (wanted !== void 0 && backupType === void 0))
	)
}
function describeResult(rule, {candidates, toDelete}) {
	const {clusterId, backupType} = rule
	return `Manual AVAILABLE backups${backupType === void 0 ? '' : ` of type ${backupType}`} of cluster ${clusterId}: ${candidates.length}. ${describeRule(rule)} To delete: ${toDelete.length}.`
}
function describeRule({keepLast, keepDaily, keepWeekly, keepMonthly, olderThan}) {
	const [last, ...others] = [
		{number: keepDaily, name: 'day'},
		{number: keepWeekly, name: 'week'},
		{number: keepMonthly, name: 'month'}
	]
		.flatMap(({number, name}) => (number === void 0 ? [] : counted(number, name)))
		.reverse()
	const each = [others.reverse().join(', '), last].filter(Boolean).join(' and ')
	return `Rule: keep the newest ${keepLast} of each type${each === '' ? '' : `, and the newest of each of the last ${each} that have a backup`}; delete the rest${olderThan === void 0 ? '' : ` when older than ${formatDuration(olderThan)}`}.`
}
async function settleTies({clusterId, slot}, step, backups) {
	const tied = grouped(
		backups.filter(({createTime}) => createTime !== void 0),
		({backupType, createTime}) => `${backupType} ${createTime}`
	)
		.filter(group => group.length > 1)
		.flat()
	const described = new Map()
	const refusals = new Map()
	await forEachAtOnce(tied, {slot}, async ({backupId}) => {
		const found = await describeOrRefusal(step, {clusterId, backupId})
		if (found instanceof ApiError) refusals.set(backupId, found)
		else described.set(backupId, found)
	})
	const [left] = await stillListed(step, clusterId, new Set(refusals.keys()))
	const stake = 'The list of backups still has it.'
	if (left !== void 0) throw withMore(refusals.get(left.backupId), {stake})
	return backups
		.filter(({backupId}) => !refusals.has(backupId))
		.map(backup => described.get(backup.backupId) ?? backup)
}
// src/backups/prune-one.ts
var Kept = class extends Error {
	state
	parts
	constructor(state) {
		super()
		this.state = state
		this.parts = state !== void 0 && 'said' in state ? state.said : {what: ''}
	}
}
async function deleteOne({rule, step, states}, one, isOver) {
	const {backup} = one
	const {backupId} = backup
	const ref = {clusterId: rule.clusterId, backupId}
	const set = state => {
		states.set(backupId, state)
		if (state.kind === 'skipped' || state.kind === 'failed') step.log(textOf(state.said))
	}
	const check = found => {
		const state = stateToKeep(rule, found, one)
		if (state !== void 0 || isOver()) throw new Kept(state)
	}
	const onSend = mayBeDone => {
		if (mayBeDone) set({kind: 'sent'})
		else states.delete(backupId)
	}
	try {
		const outcome = await deleteAndRead(step, ref, {check, onSend})
		const said = {what: `Backup ${backupId}: the deletion was sent, but it is still there.`}
		set(outcome === 'deleted' ? {kind: outcome} : {kind: outcome, said})
		if (outcome !== 'shown') step.log(`Deleted backup ${nameOf(backup)}.`)
	} catch (error) {
		const open = states.get(backupId)?.kind === 'sent' && !(error instanceof OperationFailed)
		if (!open) states.delete(backupId)
		if (error instanceof Kept && !open) {
			if (error.state !== void 0) set(error.state)
			return
		}
		if (!(error instanceof Kept) && !isOfOne(error)) throw error
		const parts = error instanceof Kept ? error.parts : partsOf(error)
		const stake = open ? [parts.stake, `Backup ${backupId} may be deleted anyway.`] : [parts.stake]
		set({kind: 'failed', said: {...parts, stake: stake.filter(Boolean).join(' ')}})
	}
}
function isOfOne(error) {
	const refused = error instanceof OperationFailed ? error.cause : error
	return refused instanceof ApiError && refused.group !== 'key'
}
function stateToKeep(rule, found, one) {
	const {backupId, backupType} = one.backup
	if (found instanceof ApiError) {
		const stake = 'The list of backups still has it, so it was not deleted.'
		return {kind: 'not-sent', said: {...found.parts, stake}}
	}
	const why =
		backupType !== void 0 && found.backupType !== void 0 && backupType !== found.backupType
			? `is of type ${sanitize(found.backupType ?? '')}, not ${sanitize(backupType ?? '')}`
			: whyKept$1(rule, found, one)
	return why === void 0 ? void 0 : {kind: 'skipped', said: {what: `Backup ${backupId} ${why}.`}}
}
function whyKept$1(rule, found, {backup, cutoff, mustHaveItsTime}) {
	const {creationMethod = 'UNKNOWN', backupType = '', status, clusterId = '', createTime} = found
	if (isDeleted(found)) return `is ${sanitize(status)} already`
	if (!isCandidate(rule, found))
		return `is ${sanitize(`${creationMethod} ${backupType} ${status}`)} of cluster ${sanitize(clusterId)} by now`
	if (createTime === void 0) return 'has no creation time in its description'
	if (createTime > cutoff) return 'is too young for the rule, as its description shows'
	return mustHaveItsTime && createTime !== backup.createTime
		? 'was made at another time than the list shows, as its description does'
		: void 0
}
// src/backups/prune.ts
const deletionsPerSecond = 5
async function deleteAll(rule, step, {toDelete, states}) {
	const pruning = {rule, step, total: toDelete.length, states}
	const publish = publisher(pruning)
	try {
		const pace = {clock: step.clock, perSecond: deletionsPerSecond}
		await forEachAtOnce(toDelete, {pace}, async (one, isOver) => {
			await deleteOne(pruning, one, isOver)
			publish('now and then')
		})
		await confirm(pruning)
	} catch (error) {
		attemptAll(() => publish('all'))
		throw endedEarly(error, progressOf(pruning), saidOf(pruning, 'failed'))
	} finally {
		const skipped = saidOf(pruning, 'skipped')
		if (skipped.length > 0) step.warning(`Skipped:\n${sentencesOf(skipped).join('\n')}`)
	}
	publish('all')
	const deleted = idsOf(pruning, 'deleted', 'unreadable').length
	const failures = saidOf(pruning, 'failed')
	if (failures.length > 0) {
		const count = `${failures.length} of ${toDelete.length} backups could not be deleted. Deleted: ${deleted}.`
		throw severalFailed(count, failures)
	}
	step.log(`${deleted} of ${toDelete.length} backups are deleted. They cannot be restored any more.`)
	return deleted
}
const mostPublishedEach = 300
function publisher(pruning) {
	let published = 0
	return when => {
		const ids = idsOf(pruning, 'deleted', 'unreadable')
		const size = ids.length
		const grown = size > published && (size <= mostPublishedEach || size >= published * 1.05)
		if (when === 'now and then' && !grown) return
		published = size
		pruning.step.publishList('deletedBackupIds', ids)
	}
}
async function confirm({rule, step, states}) {
	const unconfirmed = new Map()
	for (const [backupId, {kind}] of states)
		if (kind === 'not-sent' || kind === 'shown' || kind === 'unreadable') unconfirmed.set(backupId, kind)
	const left = await waitUntilGone(step, rule.clusterId, unconfirmed)
	const stillThere = new Map(left.map(backup => [backup.backupId, backup]))
	for (const backupId of unconfirmed.keys()) {
		const state = states.get(backupId)
		const backup = stillThere.get(backupId)
		if (backup !== void 0 && state !== void 0 && 'said' in state) {
			const stake = [state.said.stake, `Now it is ${sanitize(backup.status)}.`].filter(Boolean).join(' ')
			const said = {...state.said, stake}
			states.set(backupId, {kind: 'failed', said})
			step.log(textOf(said))
		} else if (state?.kind === 'not-sent') {
			const what = `Backup ${backupId} is gone already.`
			states.set(backupId, {kind: 'skipped', said: {what}})
			step.log(what)
		} else states.set(backupId, {kind: 'deleted'})
	}
}
function progressOf(pruning) {
	const deleted = idsOf(pruning, 'deleted', 'unreadable')
	const open = idsOf(pruning, 'sent', 'shown')
	const unconfirmed =
		idsOf(pruning, 'unreadable').length > 0 ? ' The list of backups has not confirmed it yet.' : ''
	const progress = `${deleted.length} of ${pruning.total} backups were deleted.${unconfirmed}`
	if (open.length === 0) return progress
	return `${progress}\nThese may be deleted anyway: ${listInSentence(open)}.`
}
function idsOf({states}, ...kinds) {
	return [...states].flatMap(([backupId, {kind}]) => (kinds.includes(kind) ? [backupId] : []))
}
function saidOf({states}, kind) {
	return [...states.values()].flatMap(state => (state.kind === kind ? [state.said] : []))
}
// src/reports/prune.ts
function showPlannedPruning(rule, step, {listed, result, name}) {
	const {report} = step
	const backups = result.toDelete.map(({backup}) => backup)
	report.heading = `Dry run: ${countOf(backups, result)} of ${name} would be deleted${sizeOf(backups)}`
	report.sentence = `${describeRule(rule)} Nothing was deleted.`
	showTable(rule, step, {listed, result, fate: () => 'would be deleted'})
}
function showPruned(rule, step, {listed, result, name, states}) {
	const {report} = step
	const isDeleted = ({backupId}) => ['deleted', 'unreadable'].includes(states.get(backupId)?.kind ?? '')
	const deleted = result.toDelete.map(({backup}) => backup).filter(isDeleted)
	const final = deleted.length === 0 ? '' : ' What is deleted cannot be restored any more.'
	report.heading =
		result.toDelete.length === 0
			? `Nothing to delete: ${result.candidates.length} manual backups of ${name} stay`
			: `${countOf(deleted, result)} of ${name} are deleted${sizeOf(deleted)}`
	report.sentence = `${describeRule(rule)}${final}`
	showTable(rule, step, {listed, result, fate: ({backupId}) => fates[states.get(backupId)?.kind ?? 'none']})
}
const fates = {
	none: {strong: 'not reached: the step ended before'},
	'not-sent': {strong: 'not deleted'},
	sent: {strong: 'may be deleted'},
	shown: {strong: 'deletion accepted, not confirmed'},
	unreadable: 'deleted',
	deleted: 'deleted',
	skipped: {strong: 'skipped: it changed meanwhile'},
	failed: {strong: 'could not be deleted'}
}
function countOf(backups, {candidates}) {
	return `${backups.length} of ${candidates.length} manual backups`
}
function sizeOf(backups) {
	const bytes = backups.reduce((sum, {size = 0}) => sum + size, 0)
	return bytes > 0 ? `, ${formatSize(bytes)}` : ''
}
function showTable(rule, step, {listed, result, fate}) {
	if (listed.length === 0) return
	const toDelete = new Set(result.toDelete.map(({backup}) => backup.backupId))
	const described = new Map(result.candidates.map(backup => [backup.backupId, backup]))
	const all = listed.map(backup => described.get(backup.backupId) ?? backup)
	const last = backup =>
		toDelete.has(backup.backupId) ? fate(backup) : [{strong: 'stays'}, `: ${whyKept(rule, backup, result)}`]
	const oldestFirst = newestFirst(all).reverse()
	step.report.tables.push(backupsTable(oldestFirst, serviceTime(step.cloud).now, last))
}
function whyKept(rule, backup, {reasons}) {
	const reason = reasons.get(backup.backupId)
	return reason === void 0 ? whyNotCounted(rule, backup) : describeReason(rule, reason)
}
function describeReason({keepLast, olderThan = 0}, reason) {
	switch (reason.by) {
		case 'protected':
			return 'protected'
		case 'last':
			return keepLast === 1 ? 'the newest of its type' : `among the newest ${keepLast} of its type`
		case 'day':
		case 'week':
		case 'month':
			return `newest of ${reason.by} ${reason.period}`
		case 'younger':
			return `younger than ${formatDuration(olderThan)}`
		case 'tied':
			return 'as old as one that stays'
		case 'no-time':
			return 'no readable time'
	}
}
function whyNotCounted({backupType: wanted}, backup) {
	const {status, creationMethod, backupType} = backup
	if (status !== 'AVAILABLE') return status
	if (creationMethod === 'AUTO') return 'automatic'
	if (creationMethod !== 'MANUAL') return 'the service does not show who made it'
	if (wanted === void 0 || backupType === wanted) return 'gone already, as its description shows'
	return backupType === void 0 ? 'the service does not show its type' : `not of type ${wanted}`
}
// src/operations/prune-backups.ts
const mostKept = 1e6
function read(reader, common) {
	const keepLast = reader.wholeNumber('keep-last', {least: 1, most: mostKept})
	if (reader.optional('keep-last') === void 0)
		reader.report('keep-last', `expected a whole number from 1 to ${mostKept}; it is empty`)
	return {
		...common,
		clusterId: reader.id('cluster-id'),
		keepLast: keepLast ?? mostKept,
		keepDaily: reader.wholeNumber('keep-daily', {least: 1, most: mostKept}),
		keepWeekly: reader.wholeNumber('keep-weekly', {least: 1, most: mostKept}),
		keepMonthly: reader.wholeNumber('keep-monthly', {least: 1, most: mostKept}),
		protectedBackups: reader.ids('protected-backups'),
		olderThan: reader.optionalDuration('older-than'),
		backupType: readBackupType(reader),
		dryRun: reader.boolean('dry-run')
	}
}
async function run(request, step) {
	const {clusterId, protectedBackups = [], dryRun} = request
	const {report} = step
	report.subject = `Pruning the backups of ${clusterId}`
	step.publishList('deletedBackupIds', [])
	const listed = await listBackupsOf(step, clusterId)
	const ids = listed.map(({backupId}) => backupId)
	const unknown = unknownOf(protectedBackups, ids)
	noticeUnknown(step, `protected-backups: not among the backups of cluster ${clusterId}`, unknown)
	warnOfUnclear(step, unclearOf(request, listed))
	const result = await evaluate(request, step, listed)
	const {toDelete} = result
	warnOfKept(step, result)
	const sentence = describeResult(request, result)
	if (toDelete.length === 0) step.notice(`Nothing to delete. ${sentence}`)
	else step.log(sentence)
	const name = clusterNameIn(listed) ?? clusterId
	report.subject = `Pruning the backups of ${name}`
	const shown = {listed, result, name, states: new Map()}
	if (dryRun) {
		showPlannedPruning(request, step, shown)
		return planned(
			step,
			toDelete.map(({backup: {backupId}}) => deleteBackup({clusterId, backupId}))
		)
	}
	if (toDelete.length === 0) {
		showPruned(request, step, shown)
		return 'skipped'
	}
	try {
		return (await deleteAll(request, step, {toDelete, states: shown.states})) > 0 ? 'succeeded' : 'skipped'
	} finally {
		showPruned(request, step, shown)
	}
}
function warnOfUnclear(step, unclear) {
	if (unclear.length === 0) return
	step.warning(
		`Kept, since the list of backups does not show their type or who made them: ${describeStatesOf(unclear)}.`
	)
}
function warnOfKept(step, {candidates, reasons}) {
	const keptBy = by => candidates.filter(({backupId}) => reasons.get(backupId)?.by === by)
	const withoutTime = keptBy('no-time')
	const tied = keptBy('tied')
	if (withoutTime.length > 0)
		step.warning(`Kept, since the service shows no creation time for them: ${describeStatesOf(withoutTime)}.`)
	if (tied.length > 0)
		step.warning(`Kept, since a backup that is kept has the same creation time: ${describeStatesOf(tied)}.`)
}
module.exports = {read, run}
