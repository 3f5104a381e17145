// Made by "npm run build" from src/; licences in NOTICES.txt
const {describeTarget} = require('./clusters-described-target.cjs')
const {readTarget} = require('./clusters-find.cjs')
const {readProtectedClusters} = require('./clusters-protected.cjs')
const {waitForRunning} = require('./clusters-running.cjs')
const {formatName, keyOf} = require('./collections-contents.cjs')
const {problemOfName} = require('./collections-names.cjs')
const {
	OperationFailed,
	defaultDatabase,
	endpointRows,
	mayHaveSucceeded,
	namedCluster,
	planned,
	quote,
	quoteInput,
	send,
	withMore
} = require('./step.cjs')
const {alterAlias, describeAlias, lookInto, openCluster} = require('./verification-look-into.cjs')
const {saysMissing} = require('./zilliz-data-plane.cjs')
const {readToken} = require('./verification-token.cjs')
const {readWanted} = require('./wanted.cjs')
// src/reports/alias.ts
function showSwitched(step, cluster) {
	const {connectAddress} = cluster
	step.report.rows.push({name: 'Cluster', value: namedCluster(cluster)}, ...endpointRows(connectAddress))
}
function showNotNeeded({report}, {alias, now}) {
	report.heading = `Nothing to switch: ${alias} points at ${formatName(now)} already`
	report.sentence = 'The collection was looked at; nothing was changed.'
}
function showPlanned({report}, {alias, now, before}) {
	report.heading =
		keyOf(now) === keyOf(before)
			? `Dry run: ${alias} points at ${formatName(now)} already`
			: `Dry run: ${alias} would point at ${formatName(now)}`
	report.sentence = `It points at ${formatName(before)}. Nothing was changed.`
}
function showAlias({report}, switched) {
	const {alias, now, before} = switched
	report.heading = `${alias} points at ${formatName(now)}`
	report.sentence = `Before, it pointed at ${formatName(before)}, which is still there.`
	if (problemOfName(before.collection) !== void 0 || problemOfName(before.database) !== void 0) return
	report.folds.push({
		title: 'A step that switches back',
		content: {kind: 'step', operation: 'switch-alias', inputs: inputsBack(switched)}
	})
}
function inputsBack({alias, before, clusterId, token}) {
	const own =
		token.from === 'data-token' ? ["data-token: ${{ secrets.ZILLIZ_DATA_TOKEN }} # your secret's name"] : []
	return [`target-cluster: ${clusterId}`, `alias: ${alias}`, `collections: ${formatName(before)}`, ...own]
}
// src/verification/alias-sent.ts
async function sendOrLost(connection, change) {
	try {
		await send(connection, change)
		return
	} catch (error) {
		if (mayHaveSucceeded(error)) return error
		throw error
	}
}
const runAgain = 'Run this step again: it changes nothing where the alias points there already.'
const settledAfter = 5e3
const betweenReads = 1e3
async function readBack({clock}, connection, {alias, collection, previous}) {
	const end = clock.elapsed() + settledAfter
	const read = async () => {
		for (;;) {
			const at = await describeAlias(connection, alias)
			if (at === collection || clock.elapsed() >= end) return at
			await clock.pause(betweenReads)
		}
	}
	const at = await read().catch(error => {
		throw withMore(error, {stake: 'The cluster accepted the switch.', next: runAgain})
	})
	if (at === collection) return
	throw new OperationFailed({
		what: `The cluster accepted the switch of alias ${quote(alias.alias)}, but it points at ${quote(at)}${at === previous ? ' still' : ''}.`,
		next: 'Look in the console where it points, then run this step again.',
		help: 'not-all-is-there'
	})
}
// src/verification/alias.ts
async function whereItPoints(connection, of, cluster) {
	try {
		return await describeAlias(connection, of)
	} catch (error) {
		if (!saysMissing(error, 'alias', 'database')) throw error
		throw await (await Promise.resolve().then(() => require('./no-alias.cjs'))).noAlias(
			connection,
			of,
			cluster
		)
	}
}
async function pointAlias(step, connection, wanted) {
	const {alias, collection} = wanted
	const lost = await sendOrLost(connection, alterAlias(alias, collection))
	if (lost === void 0) await readBack(step, connection, wanted)
	else
		await (await Promise.resolve().then(() => require('./alias-in-doubt.cjs'))).seeThrough(step, connection, {
			...wanted,
			lost
		})
	step.log(`Alias ${alias.alias} of database ${alias.database} points at ${collection}.`)
}
// src/operations/switch-alias.ts
const switch_alias_exports = {read, run}
async function read(reader, common) {
	return {
		...common,
		target: await readTarget(reader),
		alias: readAlias(reader),
		expectation: await readCollection(reader),
		protectedClusters: await readProtectedClusters(reader),
		token: await readToken(reader, common.apiKey),
		pollInterval: reader.duration('poll-interval'),
		dryRun: reader.boolean('dry-run')
	}
}
function readAlias(reader) {
	const alias = reader.optional('alias')
	const got = alias === void 0 ? 'it is empty' : `got ${quoteInput(alias)}`
	if (alias === void 0 || problemOfName(alias) !== void 0)
		reader.report(
			'alias',
			`expected the name of an existing alias, ASCII letters, digits, _ and $, no digit first, at most 255; ${got}`
		)
	return alias ?? ''
}
async function readCollection(reader) {
	if (reader.optional('collections') === void 0)
		reader.report('collections', 'expected the one collection that the alias is to point at; it is empty')
	const wanted = await readWanted(reader, {mayHaveArrows: false})
	const [only] = wanted ?? []
	if (wanted !== void 0 && (wanted.length > 1 || only?.mapping.kind !== 'collection'))
		reader.report('collections', 'expected exactly one collection, which the alias is to point at')
	return {name: nameOf(only), least: only?.least, mustBeLoaded: true}
}
function nameOf(wanted) {
	if (wanted?.mapping.kind === 'collection') return wanted.mapping.to
	return {database: defaultDatabase, collection: ''}
}
async function run(request, step) {
	const {expectation, token, pollInterval, protectedClusters, dryRun} = request
	const {database, collection} = expectation.name
	const alias = {database, alias: request.alias}
	step.report.subject = `Switch of alias ${request.alias}`
	const {clusterId, clusterName} = await describeTarget(step, request.target, {
		protectedClusters,
		nothing: 'no alias of it is switched'
	})
	step.publish('clusterId', clusterId)
	step.publish('clusterName', clusterName)
	const cluster = {
		clusterId,
		clusterName,
		connectAddress: await waitForRunning(step, clusterId, pollInterval),
		token,
		pollInterval
	}
	showSwitched(step, cluster)
	const {connection} = await openCluster(step, cluster)
	const look = {
		expectations: [expectation],
		allowedLoss: 0n,
		withBaseline: false,
		isOutput: false,
		next: 'Run this step again when the collection is what it should be.'
	}
	const seeWhole = async () => {
		step.report.tables = []
		await lookInto(step, cluster, {connection, look})
	}
	await seeWhole()
	const previous = await whereItPoints(connection, alias, clusterName ?? clusterId)
	const before = {database, collection: previous}
	step.publish('collection', formatName(expectation.name))
	step.publish('previousCollection', formatName(before))
	const switched = {alias: request.alias, now: expectation.name, before, clusterId, token}
	const isThere = previous === collection
	if (dryRun) {
		showPlanned(step, switched)
		return planned(step, isThere ? [] : [alterAlias(alias, collection)])
	}
	if (isThere) {
		showNotNeeded(step, switched)
		step.notice(`Alias ${request.alias} points at ${formatName(before)} already.`)
		return 'skipped'
	}
	await pointAlias(step, connection, {alias, collection, previous, seeWhole})
	showAlias(step, switched)
	return 'succeeded'
}
module.exports = {read, readBack, run, runAgain, sendOrLost, switch_alias_exports}
