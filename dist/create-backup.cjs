// Made by "npm run build" from src/; licences in NOTICES.txt
const {backupsRunning} = require('./backups-busy.cjs')
const {startBackup} = require('./backups-create.cjs')
const {
	clusterNameIn,
	formatDuration,
	largestUnit,
	namedCluster,
	planned,
	serviceTime,
	timestamp,
	tookSoFar
} = require('./step.cjs')
const {publishBackup} = require('./backups-publish.cjs')
const {describeSource, listAny, unknownWhereForbidden} = require('./backups-source.cjs')
const {formatSize} = require('./backups-size.cjs')
const {showName} = require('./collections-contents.cjs')
const {expectChange} = require('./zilliz-ahead.cjs')
const {createBackup, requestedCollections} = require('./zilliz-changes.cjs')
// src/reports/backup.ts
const notHeld = [
	'collection TTL',
	'mmap settings of collections and fields',
	'the password of db_admin',
	'users and roles',
	'aliases'
]
function showBackup(step, asked, {backup, how}) {
	const {report} = step
	const {clusterName, backupId = '', backupName, createTime} = backup
	const name = clusterName ?? asked.clusterId
	if (how === 'made') report.heading = `Backup of ${name} is AVAILABLE`
	else if (how === 'started') report.heading = `Backup of ${name} has started`
	else report.heading = `No new backup of ${name}: another one serves`
	const facts = [
		backup.size ? formatSize(backup.size) : '',
		how === 'made' ? `made in ${tookSoFar(step)}` : ''
	].filter(Boolean)
	report.sentence = [
		...(createTime === void 0 || how === 'started' ? [] : writesIn(step, createTime)),
		how === 'started' ? 'It is to hold ' : 'It holds ',
		`${whatOf(asked)} `,
		namedCluster({clusterId: asked.clusterId, clusterName}),
		`${facts.map(fact => `, ${fact}`).join('')}. ${endOf(how)}`
	]
	report.rows.push({name: 'Backup id', value: {code: backupId}})
	if (backupName) report.rows.push({name: 'Name in the console', value: {code: backupName}})
	report.rows.push(...copiesRow(asked))
	report.folds.push(...collectionsFold(asked))
	if (how === 'started') return
	report.folds.push({title: 'What it does not hold', content: {kind: 'list', items: notHeld}})
}
function copiesRow({crossRegionCopies}) {
	return crossRegionCopies.length === 0
		? []
		: [{name: 'Copies asked for', value: `${crossRegionCopies.join(', ')} (the step does not wait for them)`}]
}
function collectionsFold({collections = []}) {
	if (collections.length < 2) return []
	return [{title: 'The collections', content: {kind: 'list', items: collections.map(showName)}}]
}
function endOf(how) {
	if (how === 'made') return 'It is kept, and costs money, until somebody deletes it.'
	return how === 'started' ? 'The step does not wait for it.' : how.used
}
function writesIn(step, createTime) {
	const age = largestUnit(serviceTime(step.cloud).now - createTime)
	return [
		'The backup began at ',
		{strong: `${timestamp(createTime).slice(0, 16).replace('T', ' ')} UTC`},
		` (${age} ago): later writes may not be in it. `
	]
}
function whatOf({collections}) {
	if (collections === void 0) return 'the whole cluster'
	const [only, ...others] = collections
	if (only === void 0 || others.length > 0) return `${collections.length} collections of`
	return `collection ${showName(only)} of`
}
function showPlannedBackup({report}, asked, {clusterName, busy}) {
	const {clusterId} = asked
	report.heading = `Dry run: a backup of ${clusterName ?? clusterId} would be started`
	const wait =
		busy.length === 0 ? '' : ` First it would wait for backup ${busy[0]?.backupId}, which is running.`
	report.sentence = [
		`It would hold ${whatOf(asked)} `,
		namedCluster({clusterId, clusterName}),
		`. Nothing was started.${wait}`
	]
	report.rows.push(...copiesRow(asked))
	report.folds.push(...collectionsFold(asked))
}
// src/operations/create-backup.ts
async function read(reader, common) {
	const request = {
		...common,
		clusterId: reader.id('cluster-id'),
		collections: await readCollections(reader),
		crossRegionCopies: reader.ids('cross-region-copies'),
		skipIfNewerThan: reader.optionalDuration('skip-if-newer-than'),
		ifBusy: reader.oneOf('if-busy', ['wait', 'fail', 'join']) ?? 'wait',
		wait: reader.boolean('wait'),
		pollInterval: reader.duration('poll-interval'),
		dryRun: reader.boolean('dry-run')
	}
	if (request.crossRegionCopies.length > 0) {
		const why = 'cannot be combined with cross-region-copies: a backup does not show which copies it has'
		if (request.skipIfNewerThan !== void 0) reader.report('skip-if-newer-than', why)
		if (request.ifBusy === 'join') reader.report('if-busy', `join ${why}`)
	}
	return request
}
async function readCollections(reader) {
	const text = reader.optional('collections')
	if (text === void 0) return void 0
	const {parseBackupCollections} = await Promise.resolve().then(() => require('./selection.cjs'))
	return parseBackupCollections(text, problem => reader.report('collections', problem))
}
async function run(request, step) {
	const {clusterId, dryRun} = request
	step.report.subject = `Backup of ${clusterId}`
	if (!dryRun) expectChange(step.cloud)
	const listed = await listAny(step, clusterId)
	const clusterName = listed.length === 0 ? await refuseSlip(step, clusterId) : clusterNameIn(listed)
	step.report.subject = `Backup of ${clusterName ?? clusterId}`
	const fresh = await findFresh(request, step, listed)
	if (fresh !== void 0) {
		publishUsed(request, step, fresh)
		showBackup(step, asked(request), {backup: fresh, how: young(request)})
		return dryRun ? planned(step, []) : 'skipped'
	}
	const findToJoin = request.ifBusy === 'join' ? joinFor(request, step) : void 0
	if (dryRun) return planRun(request, step, {listed, findToJoin, clusterName})
	return follow(request, step, {
		start: await startBackup(request, step, {listed, findToJoin, onJob: publishJob(step)}),
		clusterName
	})
}
async function findFresh({skipIfNewerThan, ...wanted}, step, listed) {
	if (skipIfNewerThan === void 0) return void 0
	const {freshBackup} = await Promise.resolve().then(() => require('./instead.cjs'))
	return freshBackup({...wanted, skipIfNewerThan}, step, listed)
}
function joinFor(wanted, step) {
	return async running => {
		const {backupToJoin} = await Promise.resolve().then(() => require('./instead.cjs'))
		return backupToJoin(wanted, step, running)
	}
}
async function follow(request, step, {start, clusterName}) {
	const {clusterId} = request
	const isOurs = start.kind === 'started'
	const {backupId} = start.backup
	const jobId = isOurs ? start.backup.jobId : void 0
	if (jobId !== void 0) publishJob(step)(jobId)
	publishBackup(step, start.backup)
	step.publishBoolean('created', isOurs)
	publishCollections(request, step)
	if (!request.wait) {
		const backup = {clusterName, ...start.backup}
		showBackup(step, asked(request), {backup, how: isOurs ? 'started' : wasRunning})
		return isOurs ? 'started' : 'skipped'
	}
	const read = {backup: start.backup}
	const onRead = found => {
		read.backup = found
		publishBackup(step, found)
	}
	const {waitUntilAvailable} = await Promise.resolve().then(() => require('./available.cjs'))
	await waitUntilAvailable(request, step, {running: {clusterId, backupId, jobId}, onRead})
	showBackup(step, asked(request), {backup: read.backup, how: isOurs ? 'made' : wasRunning})
	return 'succeeded'
}
function publishJob(step) {
	return jobId => {
		step.publish('jobId', jobId)
		step.publishList('jobIds', [jobId])
	}
}
function asked(request) {
	const {clusterId, collections, crossRegionCopies} = request
	return {clusterId, collections: collections && requestedCollections(request), crossRegionCopies}
}
function publishUsed(request, step, backup) {
	publishBackup(step, backup)
	step.publishBoolean('created', false)
	publishCollections(request, step)
}
const wasRunning = {used: 'It was running already when this step began.'}
function young({skipIfNewerThan = 0}) {
	return {used: `It is younger than skip-if-newer-than (${formatDuration(skipIfNewerThan)}).`}
}
function publishCollections(request, step) {
	if (request.collections !== void 0) step.publishList('collections', requestedCollections(request))
}
async function refuseSlip(step, clusterId) {
	return (await describeSource(step, clusterId).catch(unknownWhereForbidden))?.clusterName
}
async function planRun(request, step, {listed, findToJoin, clusterName}) {
	const {refuseSourceByPlan} = await Promise.resolve().then(() => require('./plans.cjs'))
	await refuseSourceByPlan(step, request.clusterId, 'backed up')
	const busy = backupsRunning(listed)
	const joined = await findToJoin?.(busy)
	if (joined !== void 0) {
		publishUsed(request, step, joined)
		showBackup(step, asked(request), {backup: joined, how: wasRunning})
		return planned(step, [])
	}
	if (busy.length > 0) {
		const {logThatItWouldWait} = await Promise.resolve().then(() => require('./in-the-way.cjs'))
		logThatItWouldWait(request, step, busy)
	}
	publishCollections(request, step)
	showPlannedBackup(step, asked(request), {clusterName, busy})
	return planned(step, [createBackup(request)])
}
module.exports = {read, run}
