// Made by "npm run build" from src/; licences in NOTICES.txt
const {readBackupChoice} = require('./backups-choice.cjs')
const {checkedBackup, readBackup} = require('./backups-find.cjs')
const {describeTarget} = require('./clusters-described-target.cjs')
const {readTarget} = require('./clusters-find.cjs')
const {readProtectedClusters} = require('./clusters-protected.cjs')
const {
	ApiError,
	Cancelled,
	InputError,
	NoResponseError,
	OperationFailed,
	counted,
	endpointRows,
	formatDuration,
	namedCluster,
	sameButCase,
	sanitize,
	send,
	serviceTime,
	textOf,
	tookSoFar,
	withMore
} = require('./step.cjs')
const {bothInTurn, notFoundGrace, waitForAll} = require('./waiting-wait-for-all.cjs')
const {jobSuccessful} = require('./waiting-job.cjs')
const {openSlots} = require('./waiting-slots.cjs')
const {retryWhileBusy} = require('./clusters-busy.cjs')
const {keysOf, namesOf, readMapping} = require('./collections-mapping.cjs')
const {contentLines, isJson, openClaims} = require('./collections-names.cjs')
const {restoreCollection} = require('./zilliz-changes.cjs')
const {formatName, keyOf, missingCollections, showName} = require('./collections-contents.cjs')
const {backupRow} = require('./backups-size.cjs')
const {readVerification} = require('./verification-token-of-restore.cjs')
const {expectChange} = require('./zilliz-ahead.cjs')
// src/reports/restore-collections.ts
function showSource(step, {target, backup}) {
	const {connectAddress} = target
	step.report.rows.push(
		{name: 'Into', value: namedCluster(target)},
		...endpointRows(connectAddress),
		backupRow(backup, serviceTime(step.cloud).now)
	)
}
function showSafetyBackup({report}, backupId) {
	const value = [{code: backupId}, ', kept until somebody deletes it']
	report.rows.push({name: 'Safety backup', value})
}
function showRestores(step, {name, parts, wait}) {
	const {report} = step
	report.heading = wait
		? `${countOf(parts)} restored into ${name}`
		: `${countOf(parts)} on the way into ${name}`
	report.sentence = wait ? `Restored in ${tookSoFar(step)}.` : 'The step does not wait for it.'
}
function countOf(parts) {
	if (parts.some(({collection}) => collection === void 0)) return 'everything'
	return counted(parts.length, 'collection')
}
// src/clusters/restore-into.ts
async function startAll(restores, step, cluster) {
	const slot = openSlots(step.clock)
	for (const [index, {what, change}] of restores.parts.entries())
		try {
			const jobId = await retryWhileBusy(step, cluster, () => slot().then(() => send(step.cloud, change)))
			step.inProgress.started({kind: 'job', jobId})
			step.log(`Restore of ${what} has started: job ${jobId}.`)
			restores.set(index, {status: 'started', jobId})
		} catch (error) {
			if (error instanceof Cancelled && error.inFlight)
				restores.set(index, {status: 'unknown', why: 'it may have started.'})
			if (
				!(error instanceof ApiError || error instanceof OperationFailed || error instanceof NoResponseError)
			)
				throw restores.withFailures(error)
			const isLost = error instanceof NoResponseError
			const {refused, unanswered} = await Promise.resolve().then(() => require('./not-restored.cjs'))
			const state = isLost ? unanswered(change, error) : refused(change, error.parts)
			step.log(`Restore of ${what}: ${state.why}`)
			restores.set(index, state)
			if (isLost) return
		}
}
async function waitForJobs(restores, step, {pollInterval}) {
	const conditions = restores
		.started()
		.map(({index, jobId, what}) => ({
			...jobSuccessful(jobId, {grace: notFoundGrace.created, of: what, isReadBack: false}),
			onEnd: failure => restores.set(index, endOf(jobId, failure))
		}))
	try {
		await waitForAll(step, conditions, {pollInterval})
	} catch (error) {
		if (!(error instanceof OperationFailed && restores.failures().length > 0))
			throw restores.withFailures(error)
	} finally {
		restores.publishAll()
	}
}
function endOf(jobId, failure) {
	if (failure === void 0) return {status: 'succeeded', jobId}
	const {line, reason, refusal} = failure
	if (refusal !== void 0)
		return {status: 'failed', jobId, why: textOf({what: refusal.what, answer: refusal.answer})}
	return {
		status: 'failed',
		jobId,
		why: `job ${jobId} ${line}${reason === void 0 ? '' : ` Reason: ${reason.text}.`}`,
		whole: reason?.whole
	}
}
// src/collections/mappings.ts
async function readMappings(reader) {
	const text = reader.optional('collections')
	if (text === void 0) {
		reader.report('collections', 'expected collections, or * for everything in the backup; it is empty')
		return []
	}
	return (await parseMappings(text, problem => reader.report('collections', problem))) ?? []
}
async function parseMappings(text, report) {
	const problems = []
	const mappings = isJson(text) ? await fromJson(text, problems) : fromLines(text, problems)
	if (problems.length === 0 && mappings.length === 0)
		problems.push('expected at least one collection; got none')
	problems.push(...overlaps(mappings))
	for (const problem of problems) report(problem)
	return problems.length === 0 ? mappings : void 0
}
const expectedLine =
	'expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*'
async function fromJson(text, problems) {
	const {readRestoreEntries} = await Promise.resolve().then(() => require('./db-collections.cjs'))
	const {fromEntry} = await Promise.resolve().then(() => require('./entries.cjs'))
	return readRestoreEntries(text, problems).map(fromEntry)
}
function fromLines(text, problems) {
	return contentLines(text).flatMap(({line, content}) => {
		const mapping = readMapping(line, content)
		if (typeof mapping !== 'string') return [mapping]
		problems.push(`${line}: ${expectedLine}; it ${mapping}`)
		return []
	})
}
function overlaps(mappings) {
	const problems = []
	const claim = openClaims(problems)
	for (const mapping of mappings) {
		const {line} = mapping
		if (mapping.kind === 'everything') {
			if (mappings.length > 1)
				problems.push(`${line}: * stands for everything in the backup; no other line can be combined with it`)
			continue
		}
		const [from, to] = namesOf(mapping)
		const [fromKey, toKey] = keysOf(mapping)
		claim(`${from} is given`, `from ${fromKey}`, line)
		claim(`${to} is a destination`, `to ${toKey}`, line)
		const whole = mapping.kind === 'collection' ? wholeDatabase(mappings, mapping.from.database) : void 0
		if (whole) problems.push(`${line}: ${from} is given already by ${whole.line}`)
	}
	return problems
}
function wholeDatabase(mappings, database) {
	return mappings.find(other => other.kind === 'database' && other.from === database)
}
// src/collections/expand.ts
async function expand(mappings, contents, status) {
	const entries = []
	const unserved = []
	for (const mapping of mappings) {
		if (mapping.kind === 'everything' && contents.kind !== 'by-database') return {kind: 'everything'}
		const expanded = expandOne(mapping, contents, status)
		if (expanded.length === 0) unserved.push(mapping)
		entries.push(...expanded)
	}
	const destinations = new Set(entries.map(({to}) => keyOf(to)))
	if (unserved.length > 0 || destinations.size < entries.length) {
		const {problemsOf} = await Promise.resolve().then(() => require('./unserved.cjs'))
		const problems = problemsOf(unserved, entries, contents)
		throw new InputError(problems.map(problem => `collections: ${problem}`))
	}
	return {kind: 'entries', entries: entries.map(({from, to, status}) => ({from, to, status}))}
}
function expandOne(mapping, contents, otherwise) {
	const {line} = mapping
	if (mapping.kind === 'collection') {
		const {from, to, status = otherwise} = mapping
		return (missingCollections(contents, [from]) ?? []).length === 0 ? [{line, from, to, status}] : []
	}
	if (contents.kind !== 'by-database') return []
	return unique(contents.collections).flatMap(from => {
		if (mapping.kind === 'everything') return [{line, from, to: from, status: otherwise}]
		if (from.database !== mapping.from) return []
		return [{line, from, to: {...from, database: mapping.to}, status: mapping.status ?? otherwise}]
	})
}
function unique(names) {
	const plain = names.map(({database, collection}) => ({database, collection}))
	return [...new Map(plain.map(name => [keyOf(name), name])).values()]
}
function describeRestore({from, to}) {
	const [source, destination] = [sanitize(formatName(from)), sanitize(formatName(to))]
	return keyOf(from) === keyOf(to) ? source : `${source} as ${destination}`
}
// src/collections/parts.ts
async function partsOf({clusterId: sourceId, mappings, collectionStatus}, step, {backup, clusterId}) {
	const source = {clusterId: sourceId, backupId: backup.backupId}
	const expansion = await expand(mappings, backup.contents, collectionStatus)
	if (expansion.kind === 'everything') {
		step.warning(
			`The service does not list what backup ${backup.backupId} holds by database, so everything is restored with one request. Its collections arrive unloaded.`
		)
		const what = 'everything'
		return [{what, collection: void 0, change: restoreCollection(source, {clusterId, what})}]
	}
	return expansion.entries.map(collection => {
		const what = describeRestore(collection)
		return {what, collection, change: restoreCollection(source, {clusterId, what, collection})}
	})
}
// src/collections/restore-table.ts
function openStopwatch(clock) {
	let from
	let to
	return {
		note(status) {
			if (status === 'started') from = clock.elapsed()
			else to = clock.elapsed()
		},
		took: () => (from === void 0 || to === void 0 ? '' : formatDuration(to - from))
	}
}
function restoreTable(parts, states, took) {
	const isDone = () => states.every(({status}) => status === 'succeeded')
	return {
		get columns() {
			return ['From', 'To', ...(isDone() ? [] : ['State']), 'Time', 'Job']
		},
		get rows() {
			const withState = !isDone()
			return parts.map(({what, collection}, index) => {
				const {status, jobId} = {jobId: void 0, status: 'not-started', ...states[index]}
				return [
					collection === void 0 ? what : {code: showName(collection.from)},
					collection === void 0 ? 'where it was' : {code: showName(collection.to)},
					...(withState ? [status === 'succeeded' || status === 'started' ? status : {strong: status}] : []),
					took(index),
					jobId === void 0 ? '' : {code: jobId}
				]
			})
		}
	}
}
// src/collections/restores.ts
const mostPublishedEach = 100
function openRestores(step, parts) {
	const states = parts.map(() => ({status: 'not-started'}))
	const times = parts.map(() => openStopwatch(step.clock))
	let changes = 0
	const publish = () => {
		const jobIds = states.flatMap(state => ('jobId' in state ? [state.jobId] : []))
		if (jobIds.length > 0) step.publish('jobId', jobIds[0])
		if (jobIds.length > 0) step.publishList('jobIds', jobIds)
		const entries = parts.flatMap((part, index) => entryOf(part, states[index]))
		step.publishList('collections', entries)
	}
	step.report.tables = [restoreTable(parts, states, index => times[index]?.took() ?? '')]
	const failures = () => parts.flatMap(({what}, index) => reasonOf(what, states[index]))
	publish()
	return {
		parts,
		set(index, state) {
			states[index] = state
			times[index]?.note(state.status)
			changes++
			if (changes % Math.ceil(parts.length / mostPublishedEach) === 0) publish()
		},
		started: () =>
			parts.flatMap(({what}, index) => {
				const state = states[index]
				return state !== void 0 && 'jobId' in state ? [{index, jobId: state.jobId, what}] : []
			}),
		named: status => parts.flatMap(({what}, index) => (states[index]?.status === status ? [what] : [])),
		failures,
		next: () => states.flatMap(state => ('next' in state && state.next ? [state.next] : []))[0],
		withFailures(error) {
			publish()
			const reasons = failures()
			return reasons.length === 0 ? error : withMore(error, {reasons})
		},
		publishAll: publish
	}
}
function reasonOf(of, state) {
	if (state === void 0 || !('why' in state) || !state.why) return []
	return [{of, text: state.why, whole: 'whole' in state ? state.whole : void 0}]
}
function entryOf({collection}, state) {
	if (collection === void 0 || state === void 0) return []
	const {from, to} = collection
	return [
		{
			...from,
			targetDatabase: to.database,
			targetCollection: to.collection,
			...('jobId' in state && {jobId: state.jobId}),
			status: state.status
		}
	]
}
// src/operations/restore-collections.ts
const restore_collections_exports = {read, run}
async function read(reader, common) {
	const clusterId = reader.id('cluster-id')
	const target = await readTarget(reader)
	const mappings = await readMappings(reader)
	const wait = reader.boolean('wait')
	if (sameButCase(target.cluster, clusterId)) {
		const {problemsIntoSource} = await Promise.resolve().then(() => require('./into-source.cjs'))
		for (const problem of problemsIntoSource(mappings)) reader.report('collections', problem)
	}
	return {
		...common,
		clusterId,
		backup: readBackupChoice(reader),
		target,
		mappings,
		collectionStatus: reader.oneOf('collection-status', ['LOADED', 'UNLOADED']) ?? 'LOADED',
		safetyBackup: readSafetyBackup(reader),
		protectedClusters: await readProtectedClusters(reader),
		wait,
		verify: await readVerification(reader, {apiKey: common.apiKey, wait}),
		pollInterval: reader.duration('poll-interval'),
		dryRun: reader.boolean('dry-run')
	}
}
function readSafetyBackup(reader) {
	const ifBusy = reader.oneOf('if-busy', ['wait', 'fail']) ?? 'wait'
	if (reader.boolean('safety-backup')) return {ifBusy}
	if (reader.optional('if-busy') !== void 0)
		reader.report('if-busy', 'has no effect without safety-backup: true')
}
async function run(request, step) {
	step.report.subject = `Restore into ${request.target.cluster}`
	if (!request.dryRun) expectChange(step.cloud)
	const [target, read] = await bothInTurn(
		step,
		own => targetOf(request, own),
		own => readBackup(own, request)
	)
	const backup = await checkedBackup(step, request, {backup: read, use: 'restored'})
	await refuseIntoSource(request, target, [request.clusterId, backup.clusterId])
	const parts = await partsOf(request, step, {backup, clusterId: target.clusterId})
	const safety = safetyOptions(request, target)
	if (request.dryRun) {
		const {plan} = await Promise.resolve().then(() => require('./plan-restores.cjs'))
		return plan(step, request.clusterId, {target, backup, parts, safety})
	}
	showSource(step, {target, backup})
	if (safety !== void 0) {
		const {takeSafetyBackup} = await Promise.resolve().then(() => require('./safety-backup.cjs'))
		await takeSafetyBackup(safety, step)
	}
	await restoreAll(request, step, {target, parts})
	const {verify, pollInterval, wait} = request
	if (verify !== void 0) await lookInto(verify, step, {target, parts, pollInterval})
	return wait ? 'succeeded' : 'started'
}
async function targetOf({target, protectedClusters}, step) {
	const found = await describeTarget(step, target, {
		protectedClusters,
		nothing: 'nothing is restored into it'
	})
	step.publish('clusterId', found.clusterId)
	step.publish('clusterName', found.clusterName)
	step.publish('connectAddress', found.connectAddress)
	return found
}
async function restoreAll(request, step, {target, parts}) {
	const {clusterId} = target
	const {pollInterval, wait} = request
	const restores = openRestores(step, parts)
	try {
		await startAll(restores, step, {clusterId, pollInterval})
	} finally {
		restores.publishAll()
	}
	if (wait) await waitForJobs(restores, step, request)
	const reached = restores.named(wait ? 'succeeded' : 'started')
	const name = target.clusterName ?? clusterId
	if (reached.length < parts.length) {
		const {countDone, notAllRestored} = await Promise.resolve().then(() => require('./not-restored.cjs'))
		step.report.outcome = countDone(restores, wait)
		throw notAllRestored(restores, {clusterId, name, wait})
	}
	showRestores(step, {name, parts, wait})
}
async function lookInto(token, step, {target, parts, pollInterval}) {
	const {clusterId, clusterName} = target
	const {expectationsOfParts, restoreSucceeded, verifyRestored} = await Promise.resolve().then(() =>
		require('./verify-restored.cjs')
	)
	await verifyRestored(
		step,
		{clusterId, clusterName, token, pollInterval},
		{expectations: expectationsOfParts(step, parts), stake: restoreSucceeded}
	)
}
async function refuseIntoSource({mappings}, target, sourceIds) {
	if (!sourceIds.some(id => sameButCase(id, target.clusterId))) return
	const {problemsIntoSource} = await Promise.resolve().then(() => require('./into-source.cjs'))
	const problems = problemsIntoSource(mappings)
	if (problems.length > 0) throw new InputError(problems.map(problem => `collections: ${problem}`))
}
function safetyOptions({safetyBackup, pollInterval}, {clusterId}) {
	return safetyBackup && {clusterId, crossRegionCopies: [], pollInterval, ...safetyBackup}
}
module.exports = {countOf, read, restore_collections_exports, run, showSafetyBackup, showSource}
