// Made by "npm run build" from src/; licences in NOTICES.txt
const {__exportAll} = require('./rolldown-runtime.cjs')
const {
	chooseBackup,
	describeSourceIfThere,
	publishBackup,
	readBackupChoice,
	refuseByPlan,
	refuseSourceByPlan
} = require('./find.cjs')
const {
	ApiError,
	Cancelled,
	InputError,
	OperationFailed,
	attemptAll,
	endpointRows,
	nameTakenCodes,
	namedCluster,
	planned,
	quote,
	quoteInput,
	sanitize,
	send,
	serviceTime,
	tookSoFar,
	withMore
} = require('./step.cjs')
const {listClusters, sameButCase} = require('./states.cjs')
const {isDeletingOrGone} = require('./busy2.cjs')
const {drop, waitUntilNameIsFree} = require('./drop.cjs')
const {describeListed, withStates} = require('./find2.cjs')
const {
	isProtected,
	noticeUnknownEntries,
	offerSafeName,
	readNewName,
	readProtectedClusters
} = require('./protected.cjs')
const {mayHaveSucceeded} = require('./lost-response.cjs')
const {dropCluster, restoreCluster} = require('./changes.cjs')
const {waitForNew, waitForRunning} = require('./wait-for-new.cjs')
const {backupRow} = require('./tables.cjs')
const {readVerification, tokenOfNew} = require('./token.cjs')
const {bothInTurn} = require('./wait-for-all.cjs')
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
// src/clusters/if-exists.ts
async function nameState(step, options) {
	const {clusterName, projectId, ifExists, protectedClusters} = options
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
	if (other !== void 0) throw caseDiffers(clusterName, other)
	const named = there.filter(cluster => cluster.clusterName === clusterName)
	const staying = named.filter(({status}) => !isDeletingOrGone(status))
	const [holder] = staying
	if (named.length === 0) return {kind: 'free'}
	if (holder === void 0) return {kind: 'leaving', clusterIds: named.map(({clusterId}) => clusterId)}
	const taken = `The name ${quote(clusterName)} is used in project ${projectId} by cluster ${withStates(staying)}.`
	const refuse = (next, why = '') =>
		new OperationFailed({what: [taken, why].filter(Boolean).join(' '), next, help: 'the-name-is-used'})
	const chooseAnother = 'Choose another target-cluster.'
	if (staying.length > 1) throw refuse(chooseAnother, 'With several, none is reused or replaced.')
	const found = await describeListed(step, holder, {untilUnlisted: true})
	if (found === void 0 || isDeletingOrGone(found.status))
		return {kind: 'leaving', clusterIds: named.map(({clusterId}) => clusterId)}
	if (ifExists === 'fail')
		throw refuse(
			'Choose another target-cluster, or set if-exists to reuse (keeps the cluster, restores nothing) or replace (drops it first).'
		)
	const why = whyNotToUse(options, found)
	if (why !== void 0)
		throw refuse(chooseAnother, `${why}, which is never ${ifExists === 'reuse' ? 'reused' : 'replaced'}.`)
	return {kind: 'held', cluster: found}
}
function caseDiffers(clusterName, {clusterId, clusterName: other = ''}) {
	return new OperationFailed(
		`target-cluster: cluster ${clusterId} has the name ${quote(other)}, which differs from ${quote(clusterName)} by case alone. Choose another name, or write it so.`
	)
}
function whyNotToUse(options, found) {
	const {sourceIds, protectedClusters, clusterName, projectId} = options
	if (sourceIds.some(id => sameButCase(found.clusterId, id))) return 'It is the source cluster'
	if (isProtected(protectedClusters, found)) return 'It is one of protected-clusters'
	if (found.clusterName !== void 0 && found.clusterName !== clusterName)
		return `Its own name is another one, ${quote(found.clusterName)}`
	if (found.projectId !== void 0 && found.projectId !== projectId)
		return `It is in another project, ${sanitize(found.projectId)}`
}
async function replace(step, {clusterId}, {pollInterval, ...options}) {
	const {clusterName, projectId, sourceIds, protectedClusters} = options
	step.log(`Dropping cluster ${clusterId} to replace it.`)
	const {dropping: onSend} = step.inProgress
	const outcome = await drop(
		step,
		{clusterId, clusterName, projectId, neverIds: sourceIds, protectedClusters, onSend},
		{pollInterval}
	)
	if (outcome === 'dropped')
		step.note(
			`Cluster ${clusterId}, which had the name, is dropped. It stays in the recycle bin for 30 days.`
		)
	await waitUntilNameIsFree(step, {clusterName, projectId, pollInterval}, [clusterId])
	return outcome
}
async function makeRoom(step, state, options) {
	switch (state.kind) {
		case 'free':
			return []
		case 'leaving':
			step.log(`The name is used by ${state.clusterIds.join(', ')}, which is on its way out. Waiting for it.`)
			await waitUntilNameIsFree(step, options, state.clusterIds)
			return state.clusterIds
		case 'held':
			return (await replace(step, state.cluster, options)) === 'gone' ? [] : [state.cluster.clusterId]
	}
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
		if (mayHaveSucceeded(error)) return afterLostResponse(attempt, error)
		if (error instanceof ApiError) return afterRefusal(attempt, error)
		throw error
	}
}
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
async function afterLostResponse(attempt, lost) {
	const isSecond = attempt.lost !== void 0
	attempt.lost ??= lost
	const {step} = attempt
	const {password, username, jobId} = lost.partial ?? {}
	if (password !== void 0) step.mask(password)
	attemptAll(
		() => step.publish('password', password),
		() => step.publish('username', username),
		() => step.publish('jobId', jobId),
		() => jobId !== void 0 && step.publishList('jobIds', [jobId])
	)
	if (jobId !== void 0) step.inProgress.started({kind: 'job', jobId})
	const {findCreated} = await Promise.resolve().then(() => require('./find-created.cjs'))
	const found = await findCreated(attempt, lost)
	if (found !== void 0) return takeFound(attempt, found, lost)
	const nothing = 'The list of clusters has no new one of that name.'
	if (isSecond) throw withMore(lost, mayHaveStarted(attempt, nothing))
	step.log(`${lost.message} ${nothing} Names are unique in a project, so sending it once more is safe.`)
}
function takeFound(attempt, found, lost) {
	const [only, ...others] = found
	if (only === void 0 || others.length > 0 || only.isUnclear) {
		const several = `New clusters have that name, and nothing shows which is this step's: ${found.map(({clusterId}) => clusterId).join(', ')}.`
		throw withMore(lost, mayHaveStarted(attempt, several))
	}
	const created = {clusterId: only.clusterId, ...lost.partial}
	const {step} = attempt
	recordCreated(attempt, created, isCertain(attempt, only))
	step.publish('connectAddress', only.connectAddress)
	if (lost.partial !== void 0) {
		if (created.password === void 0) step.warning(noPassword)
		return created
	}
	step.report.outcome = 'but it has started: the password is lost'
	throw withMore(lost, {
		stake: `The restore has started anyway: cluster ${only.clusterId} is ${sanitize(only.status)}, and costs money. Its password was in the response that was lost.`,
		next: 'Two ways forward: reset the password of db_admin in the console, or run the step again with if-exists: replace.',
		help: 'it-may-have-started'
	})
}
function isCertain({step, since}, {createTime = Number.NEGATIVE_INFINITY}) {
	const {clockDifference} = step.cloud.session
	return clockDifference !== void 0 && createTime >= since + clockDifference - 2e3
}
const afterNameTaken = 5e3
async function afterRefusal(attempt, refused) {
	const {step, cluster, before, lost, pollInterval} = attempt
	const nameTaken = nameTakenCodes.some(code => code === refused.code)
	const adopt = await Promise.resolve().then(() => require('./find-created.cjs'))
	const found = nameTaken && lost !== void 0 ? await adopt.findCreated(attempt, lost) : void 0
	if (found !== void 0 && lost !== void 0) return takeFound(attempt, found, lost)
	if (nameTaken && before.length > 0) {
		step.log(`The name is still used by dropped cluster ${before.join(', ')}. Waiting for it.`)
		await step.clock.pause(Math.min(pollInterval, afterNameTaken))
		await waitUntilNameIsFree(step, {...cluster, pollInterval}, before)
		return
	}
	const offer = refused.code === 96010 ? offerSafeName(cluster.clusterName) : ''
	const next = offer && `${refused.parts.next}${offer}`
	throw withMore(refused, lost === void 0 ? {next} : mayHaveStarted(attempt))
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
function showReused({report}, {clusterId, clusterName, connectAddress}) {
	report.heading = `Existing cluster ${clusterName} used, nothing restored`
	report.sentence =
		'Its data is what it was before. No password is known: use the one you have, or restore anew with if-exists: replace.'
	report.rows.push(...endpointRows(connectAddress), {name: 'Cluster id', value: {code: clusterId}})
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
var restore_cluster_exports = __exportAll({read: () => read, run: () => run})
async function read(reader, common) {
	const ifExists = reader.oneOf('if-exists', ['fail', 'reuse', 'replace']) ?? 'fail'
	const deleteAfterJob = reader.boolean('delete-after-job')
	const clusterName = readNewName(reader)
	const wait = reader.boolean('wait')
	const protectedClusters = readProtectedClusters(reader)
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
	if (state.kind === 'held' && ifExists === 'reuse') return reuse(request, step, state.cluster)
	publishBackup(step, backup)
	const newCluster = {
		...cluster,
		cuSize: sourceCuSize ?? (await sizeOf(step, request)),
		collectionStatus: request.collectionStatus,
		versionPolicy: request.versionPolicy
	}
	const asked = {source: {clusterId, backupId: backup.backupId}, backup, cluster: newCluster}
	if (request.dryRun) return plan(request, step, {...asked, state})
	const before = await makeRoom(step, state, {...name, pollInterval})
	const guards = {sourceIds, protectedClusters}
	return restore(request, step, {...asked, ...guards, before})
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
async function reuse(request, step, existing) {
	const {clusterId} = existing
	const {clusterName, pollInterval} = request
	step.publish('clusterId', clusterId)
	step.publish('clusterName', existing.clusterName)
	step.publish('connectAddress', existing.connectAddress)
	step.publishBoolean('created', false)
	step.notice(
		`Existing cluster ${clusterId} already has the name ${quote(clusterName)} and is used: nothing is restored.`
	)
	const isWaitedFor = request.wait && !request.dryRun
	const address = isWaitedFor ? await waitForRunning(step, clusterId, pollInterval) : existing.connectAddress
	showReused(step, {clusterId, clusterName, connectAddress: address})
	if (isWaitedFor && request.verify !== void 0 && address !== void 0) {
		const {verifyRestored} = await Promise.resolve().then(() => require('./verify-restored.cjs'))
		await verifyRestored(
			step,
			{clusterId, clusterName, connectAddress: address, token: request.verify, pollInterval},
			{expectations: []}
		)
	}
	if (request.dryRun) return planned(step, [])
	return isWaitedFor ? 'succeeded' : 'skipped'
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
module.exports = {mayHaveStarted, read, restore_cluster_exports, run}
