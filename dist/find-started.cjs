// Made by "npm run build" from src/; licences in NOTICES.txt
const {missingCollections} = require('./collections-contents.cjs')
const {ApiError, describeStatesOf, isNotFound, listBackups, withMore} = require('./step.cjs')
const {findLost} = require('./waiting-lost-response.cjs')
const {requestedCollections, typeOfNewBackup} = require('./zilliz-changes.cjs')
const {backupsRunning} = require('./backups-busy.cjs')
const {describeOrRefusal} = require('./backups-read.cjs')
// src/backups/find-started.ts
const look =
	'The backup may have started anyway: look at the backups of the cluster in the console before running this step again.'
const mostDescribed = 10
async function adoptBackup(attempt, lost) {
	const {options, step} = attempt
	step.log(`${lost.message} Checking whether the backup has started.`)
	let running = []
	const refused = new Set()
	let seen = {mine: [], unclear: []}
	const result = await findLost(step, {lost}, async cloud => {
		const listed = await listBackups(cloud, options.clusterId)
		running = backupsRunning(listed)
		seen = await classify(attempt, {listed, refused}, {...step, cloud})
		return seen.mine.length > 0 && seen.unclear.length === 0 ? seen.mine : void 0
	})
	const [only, ...others] = result.kind === 'found' ? result.found : []
	if (only !== void 0 && others.length === 0) {
		step.log(`Backup ${only.backupId} was made since then and is used as this step's backup.`)
		return {backupId: only.backupId, backupName: only.backupName, jobId: lost.partial?.jobId}
	}
	const {jobId} = lost.partial ?? {}
	const named = jobId === void 0 ? '' : ` The response named its job, ${jobId}.`
	if (jobId !== void 0) attempt.onJob?.(jobId)
	const why = result.kind === 'unknown' ? result.why : void 0
	const what = why === void 0 ? describeSeen(seen, running) : `The check failed: ${why.what} ${look}`
	throw withMore(lost, {stake: `${what}${named}`, answer: why?.answer, help: 'it-may-have-started'})
}
function describeSeen({mine, unclear}, running) {
	const maybe = [...mine, ...unclear]
	if (maybe.length > 0)
		return `New since then, and not known to be this step's: ${describeStatesOf(maybe)}. ${look}`
	if (running.length === 0) return `The list of backups has no new one. ${look}`
	return `Backup ${describeStatesOf(running)} is running, and the list of backups has none that this step could have started. The service most likely refused this one because of it: run the job again when that backup has ended.`
}
async function classify({options, before, sentAt}, {listed, refused}, step) {
	const known = new Set(before.map(({backupId}) => backupId))
	const type = typeOfNewBackup(options)
	const added = listed.filter(
		({backupId, creationMethod, backupType}) =>
			!known.has(backupId) && (creationMethod ?? 'MANUAL') === 'MANUAL' && (backupType ?? type) === type
	)
	const result = {mine: [], unclear: []}
	for (const backup of added.slice(0, mostDescribed)) {
		const {clusterId} = options
		if (refused.has(backup.backupId)) {
			result.unclear.push(backup)
			continue
		}
		const found = await describeOrRefusal(step, {clusterId, backupId: backup.backupId})
		if (found instanceof ApiError && !isNotFound(found, 'backup')) refused.add(backup.backupId)
		const verdict = found instanceof ApiError ? 'unclear' : isMine(found, options, sentAt)
		if (verdict === 'mine') result.mine.push(backup)
		if (verdict === 'unclear') result.unclear.push(backup)
	}
	result.unclear.push(...added.slice(mostDescribed))
	return result
}
function isMine(found, options, sentAt) {
	const {createTime, creationMethod, backupType, clusterId} = found
	if (
		creationMethod === 'AUTO' ||
		(backupType !== void 0 && backupType !== typeOfNewBackup(options)) ||
		(clusterId !== void 0 && clusterId !== options.clusterId)
	)
		return 'not mine'
	if (createTime !== void 0 && createTime < sentAt.now - sentAt.tolerance) return 'not mine'
	const holdsAsked = holdsExactly(found, requestedCollections(options))
	if (holdsAsked === false) return 'not mine'
	return creationMethod !== void 0 && backupType !== void 0 && createTime !== void 0 && holdsAsked !== void 0
		? 'mine'
		: 'unclear'
}
function holdsExactly({contents}, requested) {
	if (requested.length === 0) return true
	if (contents.kind !== 'by-database') return void 0
	return (
		contents.collections.length === requested.length && missingCollections(contents, requested)?.length === 0
	)
}
module.exports = {adoptBackup}
