// Made by "npm run build" from src/; licences in NOTICES.txt
const {readBackupChoice} = require('./backups-choice.cjs')
const {chooseBackup} = require('./backups-find.cjs')
const {refuseByPlan, refuseSourceByPlan} = require('./plans.cjs')
const {publishBackup} = require('./backups-publish.cjs')
const {describeSourceIfThere} = require('./backups-source.cjs')
const {
	ApiError,
	Cancelled,
	InputError,
	OperationFailed,
	attemptAll,
	endpointRows,
	isNotFound,
	listClusters,
	mayHaveSucceeded,
	messageOf,
	namedCluster,
	planned,
	quoteInput,
	sameButCase,
	send,
	serviceTime,
	tookSoFar,
	withMore
} = require('./step.cjs')
const {noticeUnknownEntries, readProtectedClusters} = require('./clusters-protected.cjs')
const {readNewName} = require('./clusters-name.cjs')
const {dropCluster, restoreCluster} = require('./zilliz-changes.cjs')
const {bothInTurn, notFoundGrace, waitForAll} = require('./waiting-wait-for-all.cjs')
const {jobSuccessful} = require('./waiting-job.cjs')
const {running} = require('./clusters-running.cjs')
const {backupRow} = require('./backups-size.cjs')
const {readVerification, tokenOfNew} = require('./verification-token-of-restore.cjs')
const {expectChange} = require('./zilliz-ahead.cjs')
// src/clusters/attempt.ts
function mayHaveStarted({cluster}, why = '') {
	return {
		stake: `${why} The restore may have started.`.trimStart(),
		next: `Look for cluster ${cluster.clusterName} of project ${cluster.projectId} in the console before running this step again.`,
		help: 'it-may-have-started'
	}
}
function noteSending(attempt) {
	const {step, cluster, deleteAfterJob, lost} = attempt
	const until = step.clock.now()
	if (lost === void 0) {
		attempt.sentAt = serviceTime(step.cloud)
		attempt.since = until
		attempt.clockDifference = step.cloud.session.clockDifference
	}
	const {clusterName, projectId} = cluster
	const guards = {neverIds: attempt.sourceIds, protectedClusters: attempt.protectedClusters}
	const {since, clockDifference} = attempt
	const intent = {clusterName, projectId, since, until, clockDifference, ...guards}
	if (deleteAfterJob) step.saveState('intent', JSON.stringify(intent))
}
function forgetIntent({step, deleteAfterJob, lost}) {
	if (deleteAfterJob && lost === void 0) step.saveState('intent', '')
}
// src/clusters/created.ts
const noPassword = 'The service gave no password for the new cluster. Reset it in the console.'
function recordCreated({step, cluster, deleteAfterJob}, created, mayBeDropped = true) {
	const {clusterId, username, password, jobId} = created
	if (password !== void 0) step.mask(password)
	step.inProgress.created(clusterId)
	if (jobId !== void 0) step.inProgress.started({kind: 'job', jobId})
	step.inProgress.started({kind: 'cluster', clusterId})
	const job = jobId === void 0 ? '' : `: job ${jobId}`
	step.log(`Restore into the new cluster ${clusterId} has started${job}.`)
	const [failure] = attemptAll(
		() => deleteAfterJob && mayBeDropped && step.saveState('clusterId', clusterId),
		() => step.publish('password', password),
		() => step.publish('clusterId', clusterId),
		() => step.publish('clusterName', cluster.clusterName),
		() => step.publishBoolean('created', true),
		() => step.publish('username', username),
		() => step.publish('jobId', jobId),
		() => jobId !== void 0 && step.publishList('jobIds', [jobId])
	)
	if (failure !== void 0) throw failure
}
// src/clusters/if-exists.ts
async function nameState(step, options) {
	const {clusterName, projectId, protectedClusters} = options
	const all = await listClusters(step.cloud, projectId)
	await noticeUnknownEntries(step, protectedClusters)
	if (options.isProjectGiven && !all.some(cluster => cluster.projectId === projectId))
		await (await Promise.resolve().then(() => require('./project.cjs'))).refuseProjectSlip(step, projectId)
	const there = all.filter(
		cluster => cluster.status !== 'DELETED' && (cluster.projectId ?? projectId) === projectId
	)
	const other = there.find(
		cluster => cluster.clusterName !== clusterName && sameButCase(cluster.clusterName, clusterName)
	)
	if (other !== void 0)
		throw (await Promise.resolve().then(() => require('./name-used.cjs'))).caseDiffers(clusterName, other)
	const named = there.filter(cluster => cluster.clusterName === clusterName)
	if (named.length === 0) return {kind: 'free'}
	const {usedName} = await Promise.resolve().then(() => require('./name-used.cjs'))
	return usedName(step, options, named)
}
// src/clusters/restore.ts
async function sendRestore(options, step) {
	const {deleteAfterJob} = options
	const attempt = {...options, step, sentAt: serviceTime(step.cloud), since: step.clock.now()}
	try {
		let created
		while (created === void 0) created = await sendOnce(attempt)
		return created
	} catch (error) {
		if (step.inProgress.createdClusterId !== void 0) throw error
		const mayExist = attempt.lost !== void 0 || (error instanceof Cancelled && error.inFlight)
		if (deleteAfterJob && !mayExist) attemptAll(() => step.saveState('intent', ''))
		if (attempt.lost === void 0 || error instanceof OperationFailed) throw error
		throw withMore(error, mayHaveStarted(options))
	}
}
async function sendOnce(attempt) {
	const {step, source, cluster} = attempt
	try {
		const created = await send(step.cloud, restoreCluster(source, cluster), {
			before: () => noteSending(attempt),
			afterNothing: () => forgetIntent(attempt)
		})
		recordCreated(attempt, created)
		if (created.password === void 0) step.warning(noPassword)
		return created
	} catch (error) {
		if (!mayHaveSucceeded(error) && !(error instanceof ApiError)) throw error
		const {afterLostResponse, afterRefusal} = await Promise.resolve().then(() =>
			require('./restore-trouble.cjs')
		)
		return error instanceof ApiError ? afterRefusal(attempt, error) : afterLostResponse(attempt, error)
	}
}
// src/clusters/wait-for-new.ts
async function waitForNew(step, {clusterId, jobId}, pollInterval) {
	const grace = notFoundGrace.created
	const job = jobId === void 0 ? [] : [jobSuccessful(jobId, {grace, isReadBack: true})]
	const cluster = running(step, clusterId, grace)
	try {
		await waitForAll(step, [...job, cluster.condition], {pollInterval, failFast: true, isNew: true})
		return cluster.address()
	} catch (error) {
		if (!(error instanceof OperationFailed || isNotFound(error, 'job'))) throw error
		step.inProgress.ended({kind: 'cluster', clusterId})
		const {whatBecame} = await Promise.resolve().then(() => require('./failed-restore.cjs'))
		throw withMore(error, {stake: await whatBecame(step, clusterId, messageOf(error))})
	}
}
// src/reports/restore-cluster.ts
const notRestored = [
	'users and roles',
	'collection TTL',
	'mmap settings',
	'aliases',
	'the old password: the new cluster has its own'
]
const signingIn = {
	name: 'Signing in',
	value: ['outputs ', {code: 'username'}, ' and ', {code: 'password'}, ' of this step']
}
function atTheEnd(deleteAfterJob) {
	return deleteAfterJob ? ', which happens when the job ends' : ''
}
function showRestored(step, restored, {wait}) {
	const {report} = step
	const {clusterId, clusterName, connectAddress, backup, deleteAfterJob, hasPassword} = restored
	const source = backup.clusterName ?? backup.clusterId ?? 'another cluster'
	report.heading = wait
		? `${clusterName} is RUNNING, restored from a backup of ${source}`
		: `${clusterName} is being restored from a backup of ${source}`
	report.sentence = `${wait ? `Restored in ${tookSoFar(step)}.` : 'The step does not wait for it.'} It costs money until it is dropped${atTheEnd(deleteAfterJob)}.`
	report.rows.push(
		...endpointRows(connectAddress),
		{name: 'Cluster id', value: {code: clusterId}},
		...(hasPassword ? [signingIn] : []),
		backupRow(backup, serviceTime(step.cloud).now)
	)
	report.folds.push({title: 'What does not come along', content: {kind: 'list', items: notRestored}})
	if (deleteAfterJob || !wait) return
	const content = {kind: 'step', operation: 'delete-cluster', inputs: [`target-cluster: ${clusterId}`]}
	report.folds.push({title: 'A step that drops it', content})
}
function showPlannedRestore(step, {backup, clusterName, projectId, cuSize, deleteAfterJob, dropped}) {
	const {report} = step
	const source = backup.clusterName ?? backup.clusterId ?? 'another cluster'
	report.heading = `Dry run: ${clusterName} ${dropped === void 0 ? 'would be restored' : 'would be dropped, and restored'} from a backup of ${source}`
	report.sentence = `Nothing was started. The new cluster would cost money until it is dropped${atTheEnd(deleteAfterJob)}.`
	const first =
		dropped === void 0 ? 'nothing' : [namedCluster({...dropped, clusterName}), `, which is ${dropped.status}`]
	report.rows.push(
		{name: 'From', value: namedCluster({clusterId: backup.clusterId ?? '', clusterName: backup.clusterName})},
		backupRow(backup, serviceTime(step.cloud).now),
		{name: 'To', value: `new cluster ${clusterName}`},
		{name: 'In project', value: {code: projectId}},
		{name: 'Compute units', value: String(cuSize)},
		{name: 'Dropped first', value: first}
	)
}
// src/operations/restore-cluster.ts
const restore_cluster_exports = {read, run}
async function read(reader, common) {
	const ifExists = reader.oneOf('if-exists', ['fail', 'reuse', 'replace']) ?? 'fail'
	const deleteAfterJob = reader.boolean('delete-after-job')
	const clusterName = readNewName(reader)
	const wait = reader.boolean('wait')
	const protectedClusters = await readProtectedClusters(reader)
	const own = protectedClusters.find(entry => sameButCase(clusterName, entry))
	if (own !== void 0 && (ifExists === 'replace' || deleteAfterJob))
		reader.report(
			'protected-clusters',
			`has ${quoteInput(own)}, the name of the new cluster, which ${ifExists === 'replace' ? 'if-exists: replace' : 'delete-after-job'} may drop`
		)
	return {
		...common,
		clusterId: reader.id('cluster-id'),
		backup: readBackupChoice(reader, 'CLUSTER'),
		clusterName,
		projectId: reader.optionalId('target-project-id'),
		cuSize: reader.wholeNumber('cu-size', {least: 1, most: 1024}),
		collectionStatus: reader.oneOf('collection-status', ['KEEP', 'RELEASE']) ?? 'KEEP',
		versionPolicy: reader.oneOf('restore-version-policy', ['LATEST', 'ORIGINAL']),
		ifExists,
		protectedClusters,
		deleteAfterJob,
		wait,
		verify: await readVerification(reader, {apiKey: common.apiKey, wait}),
		pollInterval: reader.duration('poll-interval'),
		dryRun: reader.boolean('dry-run')
	}
}
async function run(request, step) {
	const {clusterId, ifExists, protectedClusters, pollInterval} = request
	step.report.subject = `Restore into ${request.clusterName}`
	if (!request.dryRun) expectChange(step.cloud)
	const backup = await chooseBackup(step, request, {
		type: 'CLUSTER',
		use: 'restored',
		mayBeUnused: ifExists === 'reuse'
	})
	const cluster = {clusterName: request.clusterName, projectId: projectOf(request, backup)}
	const sourceIds = [...new Set([clusterId, backup.clusterId ?? clusterId])]
	const isProjectGiven = request.projectId !== void 0
	const name = {...cluster, isProjectGiven, ifExists, sourceIds, protectedClusters}
	const [state, sourceCuSize] = await bothInTurn(
		step,
		own => nameState(own, name),
		async own => (ifExists === 'reuse' ? void 0 : sizeOf(own, request))
	)
	if (state.kind === 'held' && ifExists === 'reuse')
		return (await Promise.resolve().then(() => require('./reuse-cluster.cjs'))).reuse(
			request,
			step,
			state.cluster
		)
	publishBackup(step, backup)
	const newCluster = {
		...cluster,
		cuSize: sourceCuSize ?? (await sizeOf(step, request)),
		collectionStatus: request.collectionStatus,
		versionPolicy: request.versionPolicy
	}
	const asked = {source: {clusterId, backupId: backup.backupId}, backup, cluster: newCluster}
	if (request.dryRun) return plan(request, step, {...asked, state})
	const before = await freeName(step, state, {...name, pollInterval})
	const guards = {sourceIds, protectedClusters}
	return restore(request, step, {...asked, ...guards, before})
}
async function freeName(step, state, options) {
	if (state.kind === 'free') return []
	const {makeRoom} = await Promise.resolve().then(() => require('./make-room.cjs'))
	return makeRoom(step, state, options)
}
async function plan({cuSize, deleteAfterJob}, step, {source, cluster, backup, state}) {
	if (cuSize !== void 0) await refuseSourceByPlan(step, source.clusterId, 'restored from')
	const dropped = state.kind === 'held' ? state.cluster : void 0
	showPlannedRestore(step, {backup, ...cluster, deleteAfterJob, dropped})
	const drops = dropped === void 0 ? [] : [dropCluster(dropped.clusterId)]
	return planned(step, [...drops, restoreCluster(source, cluster)])
}
async function restore(request, step, {backup, ...options}) {
	const {wait, clusterName, deleteAfterJob, pollInterval, verify, collectionStatus} = request
	const created = await sendRestore({...options, deleteAfterJob, pollInterval}, step)
	const connectAddress = wait ? await waitForNew(step, created, pollInterval) : void 0
	const {clusterId, password} = created
	showRestored(
		step,
		{clusterId, clusterName, connectAddress, backup, deleteAfterJob, hasPassword: password !== void 0},
		{wait}
	)
	if (verify !== void 0 && connectAddress !== void 0) {
		const {expectationsOfBackup, restoreSucceeded, verifyRestored} = await Promise.resolve().then(() =>
			require('./verify-restored.cjs')
		)
		const token = tokenOfNew(created, verify)
		step.mask(token.value)
		const expectations = expectationsOfBackup(step, backup.contents, {clusterId, collectionStatus})
		await verifyRestored(
			step,
			{clusterId, clusterName, connectAddress, token, pollInterval},
			{
				expectations,
				stake: `${restoreSucceeded}${deleteAfterJob ? '' : ` Cluster ${clusterId} costs money until it is dropped.`}`
			}
		)
	}
	return wait ? 'succeeded' : 'started'
}
function projectOf(request, backup) {
	const projectId = request.projectId ?? backup.projectId
	if (projectId !== void 0) return projectId
	throw new InputError([
		'target-project-id: the backup does not show its project; set the project of the new cluster'
	])
}
async function sizeOf(step, {clusterId, cuSize, dryRun}) {
	if (cuSize !== void 0) return cuSize
	const set = 'set the compute units of the new cluster'
	const source = await describeSourceIfThere(step, clusterId)
	if (source === void 0)
		throw new InputError([`cu-size: source cluster ${clusterId} is gone, so its size is not known; ${set}`])
	if (dryRun) refuseByPlan(source, 'restored from')
	if (source.cuSize !== void 0 && source.cuSize >= 1) return source.cuSize
	throw new InputError([`cu-size: the service does not show the size of source cluster ${clusterId}; ${set}`])
}
module.exports = {mayHaveStarted, noPassword, read, recordCreated, restore_cluster_exports, run}
