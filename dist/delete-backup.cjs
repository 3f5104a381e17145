// Made by "npm run build" from src/; licences in NOTICES.txt
const {isLatest} = require('./backups-choice.cjs')
const {deleteAndRead, isProtectedBackup, waitUntilGone} = require('./backups-protected.cjs')
const {backupRows} = require('./backups-description.cjs')
const {ofClusterOrListed} = require('./backups-find.cjs')
const {
	ApiError,
	NoResponseError,
	OperationFailed,
	capitalize,
	describeBackup,
	describeStatesOf,
	isNotFound,
	planned,
	quoteInput,
	sanitize,
	serviceTime,
	withMore
} = require('./step.cjs')
const {ofCluster} = require('./backups-of-cluster.cjs')
const {publishBackup} = require('./backups-publish.cjs')
const {isDeleted} = require('./backups-read.cjs')
const {expectChange} = require('./zilliz-ahead.cjs')
const {deleteBackup} = require('./zilliz-changes.cjs')
// src/operations/delete-backup.ts
function read(reader, common) {
	const backupId = reader.id('backup-id')
	if (isLatest(backupId))
		reader.report('backup-id', 'expected the id of a backup; delete-backup does not take "latest"')
	if (isProtectedBackup({protectedBackups: reader.ids('protected-backups')}, backupId))
		reader.report('backup-id', `${quoteInput(backupId)} is one of protected-backups: it is not deleted`)
	return {...common, clusterId: reader.id('cluster-id'), backupId, dryRun: reader.boolean('dry-run')}
}
async function run(request, step) {
	const {clusterId, backupId, dryRun} = request
	const {report} = step
	report.subject = `Deletion of backup ${backupId}`
	if (!dryRun) expectChange(step.cloud)
	step.publishList('deletedBackupIds', [])
	const found = await lookUp(step, request)
	if (found !== void 0) publishBackup(step, found)
	if (found === void 0 || isDeleted(found)) {
		const why = whyNothing(request, found)
		report.heading = `Nothing to delete: no backup ${backupId}`
		report.sentence = `${capitalize(why)}.`
		step.notice(`Nothing to delete: ${why}.`)
		return dryRun ? planned(step, []) : 'skipped'
	}
	const name = found.clusterName ?? clusterId
	report.rows.push(...backupRows(found, serviceTime(step.cloud).now).filter(row => toName.includes(row.name)))
	if (dryRun) {
		report.heading = `Dry run: backup ${backupId} of ${name} would be deleted`
		report.sentence = 'Nothing was deleted.'
		return planned(step, [deleteBackup(request)])
	}
	step.log(`Deleting backup ${backupId} of cluster ${clusterId}, which is ${sanitize(found.status)}.`)
	if (await deleteAndConfirm(step, request)) {
		report.heading = `Nothing to delete: backup ${backupId} is gone already`
		step.notice(`Nothing to delete: backup ${backupId} of cluster ${clusterId} is DELETED already.`)
		return 'skipped'
	}
	step.log(`Backup ${backupId} of cluster ${clusterId} is deleted. It cannot be restored any more.`)
	report.heading = `Backup ${backupId} of ${name} is deleted`
	report.sentence = 'It cannot be restored any more.'
	step.publishList('deletedBackupIds', [backupId])
	return 'succeeded'
}
const toName = ['Backup id', 'Name in the console', 'Type', 'Size', 'Created']
function whyNothing({clusterId, backupId}, found) {
	return found === void 0
		? `the list of all backups that the key can see has no backup ${backupId} of cluster ${clusterId}`
		: `backup ${backupId} of cluster ${clusterId} is ${found.status} already`
}
async function deleteAndConfirm(step, backup) {
	const {clusterId, backupId} = backup
	let mayBeDone = false
	const check = found => checkAgain(backup, found)
	const onSend = may => {
		mayBeDone = may
	}
	try {
		const outcome = await deleteAndRead(step, backup, {check, onSend})
		if (outcome === 'deleted') return false
		const left = await waitUntilGone(step, clusterId, new Map([[backupId, outcome]]))
		if (left.length === 0) return false
		throw new OperationFailed(
			`The deletion was sent, but cluster ${clusterId} still has backup ${describeStatesOf(left)}. Look at it in the console.`
		)
	} catch (error) {
		if (error instanceof GoneAlready) return true
		if (error instanceof Unreadable) {
			if ((await waitUntilGone(step, clusterId, new Map([[backupId, 'not-sent']]))).length === 0) return true
			throw error.refused
		}
		if (error instanceof OperationFailed || !mayBeDone) throw error
		const maybe = `Backup ${backupId} of cluster ${clusterId} may be deleted anyway.`
		throw withMore(error, {stake: maybe})
	}
}
function checkAgain(backup, found) {
	if (found instanceof ApiError) throw new Unreadable(found)
	ofCluster(backup, found)
	if (isDeleted(found)) throw new GoneAlready()
}
var GoneAlready = class extends Error {}
var Unreadable = class extends Error {
	refused
	constructor(refused) {
		super(refused.message)
		this.refused = refused
	}
}
async function lookUp(step, backup) {
	try {
		return await ofClusterOrListed(step, backup, await describeBackup(step.cloud, backup))
	} catch (error) {
		if (!(isNotFound(error, 'backup') || isNotFound(error, 'cluster') || error instanceof NoResponseError))
			throw error
		const {findAnywhere, refuseNameAsId} = await Promise.resolve().then(() => require('./not-found.cjs'))
		const listed = await findAnywhere(step, backup)
		if (listed === void 0) await refuseNameAsId(step, backup.clusterId, error)
		if (listed === void 0 || isDeleted(listed)) return listed
		throw withMore(error, {stake: `The list of all backups has it: ${describeStatesOf([listed])}.`})
	}
}
module.exports = {read, run}
