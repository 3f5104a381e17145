// Made by "npm run build" from src/; licences in NOTICES.txt
const {isLatest} = require('./backups-choice.cjs')
const {ofCluster} = require('./backups-of-cluster.cjs')
const {publishBackup} = require('./backups-publish.cjs')
const {findTarget, readOptionalTarget} = require('./clusters-find.cjs')
const {capitalize, idOf, tookSoFar} = require('./step.cjs')
const {backupAvailable} = require('./waiting-backup.cjs')
const {clusterRunning} = require('./waiting-cluster.cjs')
const {notFoundGrace, waitForAll} = require('./waiting-wait-for-all.cjs')
const {jobSuccessful} = require('./waiting-job.cjs')
// src/operations/wait.ts
async function read(reader, common) {
	const clusterId = reader.optionalId('cluster-id')
	const backupId = reader.optionalId('backup-id')
	const jobIds = reader.ids('job-id')
	const isGiven = name => reader.optional(name) !== void 0
	if (backupId !== void 0 && isLatest(backupId))
		reader.report('backup-id', 'expected the id of a backup; wait does not take "latest"')
	if (backupId !== void 0 && !isGiven('cluster-id'))
		reader.report('cluster-id', 'expected the source cluster of backup-id; it is empty')
	if (!isGiven('backup-id') && clusterId !== void 0)
		reader.report('cluster-id', 'has no effect without backup-id')
	if (isGiven('target-project-id') && !isGiven('target-cluster'))
		reader.report('target-project-id', 'has no effect without target-cluster')
	if (!isGiven('job-id') && !isGiven('backup-id') && !isGiven('target-cluster'))
		reader.report(
			'job-id',
			'wait needs at least one of job-id, backup-id with cluster-id, and target-cluster'
		)
	return {
		...common,
		jobIds,
		backup: clusterId !== void 0 && backupId !== void 0 ? {clusterId, backupId} : void 0,
		target: await readOptionalTarget(reader),
		pollInterval: reader.duration('poll-interval')
	}
}
async function run(request, step) {
	const {jobIds, backup, target, pollInterval} = request
	step.report.subject = 'Waiting'
	const conditions = []
	if (jobIds.length > 0) {
		step.publish('jobId', jobIds[0])
		step.publishList('jobIds', jobIds)
		const isReadBack = (backup !== void 0 || target !== void 0) && jobIds.length === 1
		const grace = notFoundGrace.given
		conditions.push(...jobIds.map(jobId => jobSuccessful(jobId, {grace, isReadBack, isInput: true})))
	}
	if (backup !== void 0) {
		step.publish('backupId', backup.backupId)
		const publishFound = found => {
			publishBackup(step, ofCluster(backup, found))
		}
		const condition = backupAvailable(backup, notFoundGrace.none, publishFound)
		const onNotFound = async refused => {
			const {explainNotFound} = await Promise.resolve().then(() => require('./not-found.cjs'))
			return explainNotFound(step, backup, refused)
		}
		conditions.push({...condition, onNotFound})
	}
	for (const {item} of conditions) step.inProgress.asked(item)
	if (target !== void 0) conditions.push(await targetRunning(step, target))
	await waitForAll(step, conditions, {pollInterval})
	showReached(step, conditions)
	return 'succeeded'
}
const reached = {job: 'SUCCESSFUL', backup: 'AVAILABLE', cluster: 'RUNNING'}
function showReached(step, conditions) {
	const {report} = step
	const rows = conditions.map(({item}) => {
		return {name: capitalize(item.kind), id: idOf(item), state: reached[item.kind]}
	})
	const [only, ...others] = rows
	report.heading =
		only !== void 0 && others.length === 0
			? `${only.name} ${only.id} is ${only.state}`
			: `All that was waited for is there: ${rows.length} of ${rows.length}`
	report.sentence = `After ${tookSoFar(step)}.`
	report.rows.push(...rows.map(({name, id, state}) => ({name, value: [{code: id}, ` ${state}`]})))
}
async function targetRunning(step, target) {
	const asGiven = {kind: 'cluster', clusterId: target.cluster}
	step.inProgress.asked(asGiven)
	const {clusterId} = await findTarget(step, target)
	step.inProgress.ended(asGiven)
	step.inProgress.asked({kind: 'cluster', clusterId})
	step.publish('clusterId', clusterId)
	return clusterRunning(clusterId, notFoundGrace.none, found => {
		step.publish('clusterName', found.clusterName)
		step.publish('connectAddress', found.connectAddress)
	})
}
module.exports = {read, run}
