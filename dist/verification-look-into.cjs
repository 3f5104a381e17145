// Made by "npm run build" from src/; licences in NOTICES.txt
const {formatName, keyOf, showName} = require('./collections-contents.cjs')
const {
	ActionError,
	ApiError,
	Cancelled,
	NoResponseError,
	OperationFailed,
	TimedOut,
	capitalize,
	counted,
	fields,
	firstLines,
	formatDuration,
	listInSentence,
	number,
	optionalText,
	pathOf,
	progressLog,
	quote,
	sanitize,
	tableOf,
	text,
	textOf,
	waitUntil,
	withMore
} = require('./step.cjs')
const {forEachAtOnce} = require('./waiting-at-once.cjs')
const {
	ask,
	decodeNames,
	isTemporary,
	openDataPlane,
	saysMissing,
	saysNotLoaded
} = require('./zilliz-data-plane.cjs')
const {ignoreTrouble} = require('./waiting-wait-for-all.cjs')
// src/zilliz/aliases.ts
function listAliases(to, database, collection) {
	const body = {dbName: database, ...(collection !== void 0 && {collectionName: collection})}
	const tried = `list the aliases of database ${quote(database)}`
	return ask(to, ['aliases', 'list'], {body, tried, decode: decodeNames})
}
function describeAlias(to, {database, alias}) {
	const tried = `read where alias ${quote(alias)} of database ${quote(database)} points`
	const decode = data => {
		const from = fields(data, 'alias')
		if (text(from, 'aliasName') !== alias) throw new Error('the response is about another alias')
		return text(from, 'collectionName')
	}
	return ask(to, ['aliases', 'describe'], {body: {dbName: database, aliasName: alias}, tried, decode})
}
function alterAlias({database, alias}, collection) {
	return {
		method: 'POST',
		path: pathOf('vectordb', 'aliases', 'alter'),
		body: {dbName: database, aliasName: alias, collectionName: collection},
		tried: `point alias ${quote(alias)} of database ${quote(database)} at ${quote(collection)}`,
		right: 'data',
		isTemporary,
		decode: () => void 0
	}
}
// src/zilliz/collection-reads.ts
function listDatabases(to) {
	return ask(to, ['databases', 'list'], {
		body: {},
		tried: 'list the databases of the cluster',
		decode: data => decodeNames(data ?? void 0)
	})
}
function listCollections(to, database) {
	const tried = `list the collections of database ${quote(database)}`
	return ask(to, ['collections', 'list'], {body: {dbName: database}, tried, decode: decodeNames})
}
const loadedState = 'LoadStateLoaded'
const loadingState = 'LoadStateLoading'
const notLoadedState = 'LoadStateNotLoad'
function describeCollection(to, name) {
	const tried = `describe collection ${nameOf$1(name)}`
	return ask(to, ['collections', 'describe'], {body: bodyOf(name), tried, decode: decodeDescription})
}
function readLoadState(to, name) {
	const tried = `read the load state of collection ${nameOf$1(name)}`
	const decode = data => text(fields(data, 'load state'), 'loadState')
	return ask(to, ['collections', 'get_load_state'], {body: bodyOf(name), tried, decode})
}
function countExactly(to, name) {
	const body = {...bodyOf(name), filter: '', outputFields: ['count(*)'], consistencyLevel: 'Strong'}
	const tried = `count the entities of collection ${nameOf$1(name)}`
	const decode = data => countIn(Array.isArray(data) ? data[0] : void 0, 'count(*)')
	return ask(to, ['entities', 'query'], {body, tried, decode, endsOnTimeout: true})
}
function countFromMetadata(to, name) {
	const tried = `read the number of entities of collection ${nameOf$1(name)}`
	const decode = data => countIn(data, 'rowCount')
	return ask(to, ['collections', 'get_stats'], {body: bodyOf(name), tried, decode})
}
function bodyOf({database, collection}) {
	return {dbName: database, collectionName: collection}
}
function nameOf$1({database, collection}) {
	return quote(`${database}.${collection}`)
}
function countIn(data, name) {
	const count = number(fields(data, 'count')[name])
	if (count === void 0 || !Number.isSafeInteger(count) || count < 0)
		throw new Error(`the response has no ${name}`)
	return count
}
function decodeDescription(data) {
	const from = fields(data, 'collection')
	if (!Array.isArray(from.fields)) throw new Error('the response has no fields')
	return {
		collection: optionalText(from, 'collectionName'),
		loadState: optionalText(from, 'load'),
		fields: from.fields.map(field => fieldText(fields(field, 'field'))),
		aliases: from.aliases === void 0 || from.aliases === null ? void 0 : decodeNames(from.aliases)
	}
}
function fieldText(field) {
	const dimension = (Array.isArray(field.params) ? field.params : [])
		.map(param => fields(param, 'parameter'))
		.find(({key}) => key === 'dim')?.value
	const size = dimension === void 0 ? '' : `(${dimension})`
	const primary = field.primaryKey === true ? ' primary' : ''
	return `${text(field, 'name')} ${text(field, 'type')}${size}${primary}`
}
// src/verification/compare.ts
function isTooFew(now, before, allowedLoss) {
	return BigInt(now) * 100000000n < BigInt(before) * (100000000n - allowedLoss)
}
function fieldFaults(before, now) {
	const found = new Map(now.fields.map(field => [nameOf(field), field]))
	return before.fields.flatMap(field => {
		const name = nameOf(field)
		const current = found.get(name)
		if (current === field) return []
		const was = quote(field.slice(name.length + 1))
		return [
			current === void 0
				? `field ${quote(name)} is gone`
				: `field ${quote(name)} was ${was} and is ${quote(current.slice(name.length + 1))}`
		]
	})
}
function nameOf(field) {
	return field.split(' ', 1)[0] ?? ''
}
function lostAliases(before, now) {
	return before.aliases.filter(alias => !now.aliases.includes(alias))
}
// src/verification/inspect.ts
async function inspectAll({log, ...step}, cluster, {expectations, findings, pollInterval}) {
	const {clock} = step
	const start = clock.elapsed()
	const progress = progressLog(clock)
	const all = counted(expectations.length, 'collection')
	const say = line => log(`${formatDuration(clock.elapsed() - start)}  ${line}`)
	const loading = () => expectations.filter(one => findings.get(one)?.kind === 'loading')
	let open = expectations
	const poll = async () => {
		await forEachAtOnce(open, {most: 8}, async expectation => {
			findings.set(expectation, await inspect(cluster, expectation))
			if (progress.isDue()) say(`${findings.size} of ${all} looked at`)
		})
		open = loading()
		if (open.length === 0) return {done: void 0}
		const line = stillLoading(open)
		if (progress.isNew('loading', line) || progress.isDue()) say(line)
		return {progress: void 0}
	}
	const stillOpen = () => {
		const unseen = expectations.length - findings.size
		return [
			...(unseen === 0 ? [] : [`${unseen} of ${all} ${unseen === 1 ? 'is' : 'are'} not looked at yet`]),
			...(loading().length === 0 ? [] : [stillLoading(loading())])
		].join('; ')
	}
	await waitUntil(step, poll, {maxPause: pollInterval, stillOpen})
	if (![...findings.values()].some(({kind}) => kind === 'missing')) return
	const {nameOtherCases} = await Promise.resolve().then(() => require('./other-cases.cjs'))
	await nameOtherCases({...cluster, triesOnce: true}, findings).catch(ignoreTrouble)
}
function stillLoading([first, ...others]) {
	if (others.length > 0) return `${others.length + 1} collections are still loading`
	return `collection ${first === void 0 ? '' : sanitize(formatName(first.name))} is still loading`
}
async function inspect(cluster, expectation) {
	const {name, mustBeLoaded, before, keepsAliases = false} = expectation
	const described = await describeCollection(cluster, name).catch(asMissing)
	if ('kind' in described) return described
	const {collection = name.collection} = described
	if (collection !== name.collection) return {kind: 'missing', aliasOf: collection}
	const loadState = described.loadState ?? (await readLoadState(cluster, name))
	if (loadState === 'LoadStateNotExist') return {kind: 'missing'}
	if (mustBeLoaded && loadState === 'LoadStateLoading') return {kind: 'loading'}
	const counted = await count(cluster, name, loadState).catch(asMissing)
	if ('kind' in counted) return counted
	const aliases = described.aliases ?? (await listAliases(cluster, name.database, name.collection))
	const now = {...name, loadState, ...counted, fields: described.fields, aliases}
	return {
		kind: 'there',
		now,
		lostAliases: await whereTheyPoint(
			cluster,
			name,
			before !== void 0 && keepsAliases ? lostAliases(before, now) : []
		)
	}
}
function asMissing(error) {
	if (saysMissing(error, 'database')) return {kind: 'missing', hasNoDatabase: true}
	if (saysMissing(error, 'collection')) return {kind: 'missing'}
	throw error
}
async function count(cluster, name, loadState) {
	if (loadState === 'LoadStateLoaded')
		try {
			return {entities: await countExactly(cluster, name), exact: true}
		} catch (error) {
			if (!(error instanceof NoResponseError && error.trouble === 'timeout') && !saysNotLoaded(error))
				throw error
		}
	return {entities: await countFromMetadata(cluster, name), exact: false}
}
async function whereTheyPoint(cluster, {database, collection}, aliases) {
	const lost = []
	for (const alias of aliases) {
		const at = await describeAlias(cluster, {database, alias}).catch(error => {
			if (saysMissing(error, 'alias')) return void 0
			throw error
		})
		if (at !== collection) lost.push({alias, at})
	}
	return lost
}
// src/verification/judge.ts
function judge(expectation, finding, allowedLoss) {
	const {name, before, least} = expectation
	const verdict = {name: sanitize(formatName(name)), before, now: void 0}
	const nothing = {isCompared: false, isLeastAbout: false}
	if (finding.kind === 'missing')
		return {...verdict, ...nothing, faults: [missingFault(expectation, finding)]}
	if (finding.kind === 'loading') return {...verdict, ...nothing, faults: ['is still loading']}
	const {now} = finding
	const isCompared = before?.exact === true && now.exact
	const faults = [
		...loadFaults(expectation, now),
		...countFaults(now, {least, before: isCompared ? before : void 0, allowedLoss}),
		...(before === void 0 ? [] : fieldFaults(before, now)),
		...finding.lostAliases.map(aliasFault)
	]
	const isLeastAbout = (least ?? 0) > 0 && !now.exact
	return {...verdict, now, faults, isCompared, isLeastAbout}
}
function missingFault({name}, {hasNoDatabase, other, aliasOf}) {
	if (aliasOf !== void 0) return `is not a collection, but an alias of ${quote(aliasOf)}`
	if (hasNoDatabase) return 'is not there, nor is its database'
	if (other === void 0) return 'is not there'
	const right = showName({...name, collection: other})
	return `is not there, but ${sanitize(right)}, which differs by case alone: write it so`
}
function loadFaults({mustBeLoaded}, {loadState}) {
	return mustBeLoaded && loadState !== 'LoadStateLoaded' ? [`is not loaded (${sanitize(loadState)})`] : []
}
function countFaults(now, {least = 0, before, allowedLoss}) {
	const isLost = before !== void 0 && isTooFew(now.entities, before.entities, allowedLoss)
	const beyond = allowedLoss === 0n ? '' : ', a loss beyond allow-loss'
	const reasons = [
		...(now.entities < least ? [`asked for ${formatCount(least)}`] : []),
		...(isLost ? [`before ${formatCount(before.entities)}${beyond}`] : [])
	]
	return reasons.length === 0 ? [] : [`has too few entities: ${countOf(now)}, ${reasons.join(', and ')}`]
}
function aliasFault({alias, at}) {
	return at === void 0 ? `alias ${quote(alias)} is gone` : `alias ${quote(alias)} points at ${quote(at)}`
}
function countOf({entities, exact}) {
	return exact ? formatCount(entities) : `about ${formatCount(entities)}`
}
function formatCount(count) {
	return count.toLocaleString('en-US')
}
const exactly = 'Only loaded collections are counted exactly, and only where that takes less than 30s.'
function warningsOf(verdicts) {
	const uncompared = verdicts.filter(({before, now, isCompared}) => before && now && !isCompared)
	const about = verdicts.filter(({isLeastAbout}) => isLeastAbout)
	return [
		...warning('Not compared with the baseline, since these were not counted exactly both times', uncompared),
		...warning(
			'The least number of these is compared with metadata, which may count deleted entities too',
			about
		)
	]
}
function warning(what, verdicts) {
	if (verdicts.length === 0) return []
	const names = verdicts.map(({name}) => name)
	return [`${what}: ${listInSentence(names)}. ${exactly}`]
}
// src/verification/table.ts
const stateWords = {[loadedState]: 'loaded', [loadingState]: 'loading', [notLoadedState]: 'not loaded'}
function verdictTable(verdicts, withBaseline) {
	const short = verdicts.filter(({faults}) => faults.length > 0)
	const rest = verdicts.filter(({faults}) => faults.length === 0)
	const columns = [
		{name: 'Collection', cell: ({name}) => ({code: name})},
		...(withBaseline ? [{name: 'Before', cell: ({before}) => countCell(before)}] : []),
		{name: withBaseline ? 'Now' : 'Entities', cell: ({now}) => countCell(now)},
		{name: 'Load state', cell: ({now}) => (now === void 0 ? '' : stateOf(now))},
		{name: 'Result', cell: verdict => resultOf(verdict, withBaseline)}
	]
	return tableOf(columns, [...short, ...rest])
}
function countCell(picture) {
	return picture === void 0 ? '' : countOf(picture)
}
function stateOf({loadState}) {
	return stateWords[loadState] ?? sanitize(loadState)
}
function resultOf({faults, before, now, isCompared}, withBaseline) {
	if (faults.length > 0) return {strong: capitalize(faults.join('; '))}
	const copied = before === void 0 || now === void 0 ? '' : aliasesOf(before, now)
	if (before === void 0) return withBaseline ? 'Not in the baseline' : 'As expected'
	if (isCompared) return `As expected${copied}`
	return `Not compared: not counted exactly${copied}`
}
function aliasesOf(before, now) {
	const lost = before.aliases.filter(alias => !now.aliases.includes(alias))
	return lost.length === 0 ? '' : `; aliases of the original: ${lost.map(sanitize).join(', ')}`
}
function verdictLine({name, before, now, faults}) {
	if (faults.length > 0) return `${name}: ${faults.join('; ')}`
	const was = before === void 0 ? '' : ` (before ${countOf(before)})`
	return now === void 0 ? name : `${name}: ${countOf(now)} entities${was}, ${stateOf(now)}`
}
// src/verification/usable.ts
const tokenGrace = 18e4
const networkGrace = 18e4
async function waitUntilUsable(step, cluster, {clusterId, tokenFrom, pollInterval}) {
	const {clock} = step
	const start = clock.elapsed()
	const progress = progressLog(clock)
	const network = networkWatch(step, cluster)
	let refusedSince
	let last = {what: 'It was not asked'}
	const poll = async () => {
		try {
			return {done: await listDatabases({...cluster, triesOnce: true})}
		} catch (error) {
			if (!(error instanceof ApiError || error instanceof NoResponseError)) throw error
			const now = clock.elapsed()
			if (error instanceof ApiError) {
				if (!error.isAuthError) throw error
				refusedSince ??= now
				if (now - refusedSince >= tokenGrace) throw refusedToken(clusterId, tokenFrom, error)
			}
			network.note(error)
			last = error.parts
			const line = textOf({what: last.what, answer: last.answer})
			const trouble = line.replace(/request id [^,)]*/, '')
			if (progress.isNew('endpoint', trouble) || progress.isDue())
				step.log(`${formatDuration(now - start)}  ${line}`)
			return {retryAfter: error instanceof NoResponseError ? error.retryAfter : void 0}
		}
	}
	const stillOpen = () => `the endpoint of cluster ${clusterId} is not usable yet`
	return waitUntil(step, poll, {maxPause: pollInterval, stillOpen}).catch(error => {
		if (!(error instanceof TimedOut)) throw error
		const {what, next, answer} = last
		throw withMore(error, {what, next, answer, help: 'the-cluster-does-not-answer'})
	})
}
function refusedToken(clusterId, from, error) {
	const {next, answer, help} = error.parts
	return new OperationFailed(
		{
			what: `Cluster ${clusterId} is RUNNING, but its endpoint has not accepted the token for ${formatDuration(tokenGrace)}. The token is ${from}.`,
			next,
			answer,
			help: help ?? 'the-cluster-does-not-accept-the-token'
		},
		{cause: error}
	)
}
function networkWatch({clock, log}, cluster) {
	let since
	let isSaid = false
	return {
		note(error) {
			const trouble = error instanceof NoResponseError ? error.trouble : void 0
			since = trouble === 'network' || trouble === 'timeout' ? (since ?? clock.elapsed()) : void 0
			if (isSaid || since === void 0 || clock.elapsed() - since < networkGrace) return
			isSaid = true
			log(
				`The endpoint has not responded for ${formatDuration(networkGrace)}. Usual reasons: the network allow list of the cluster does not have the address of this runner; the cluster has a private link only, which needs a self-hosted runner in that network; a firewall or a proxy blocks ${new URL(cluster.baseUrl).host}.`
			)
		}
	}
}
// src/verification/look-into.ts
async function openCluster(step, cluster) {
	const {clusterId, connectAddress, token, pollInterval} = cluster
	const connection = await openDataPlane(step.cloud, connectAddress, token.value)
	const databases = await waitUntilUsable(step, connection, {clusterId, tokenFrom: token.from, pollInterval})
	step.log(`The endpoint of cluster ${clusterId} answers.`)
	return {connection, databases}
}
async function listAllCollections({connection, databases}) {
	const found = []
	await forEachAtOnce(databases, {most: 8}, async database => {
		const collections = await listCollections(connection, database)
		found.push(...collections.map(collection => ({database, collection})))
	})
	return found.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}
async function lookInto(step, {clusterId, clusterName, pollInterval}, {connection, look}) {
	const {expectations, allowedLoss, withBaseline} = look
	const findings = new Map()
	const judged = () =>
		expectations.flatMap(expectation => {
			const finding = findings.get(expectation)
			return finding === void 0 ? [] : [judge(expectation, finding, allowedLoss)]
		})
	try {
		await inspectAll(step, connection, {expectations, findings, pollInterval})
	} catch (error) {
		const verdicts = judged()
		show(step, verdicts, look)
		const {reasonsOf} = await Promise.resolve().then(() => require('./short.cjs'))
		const reasons = reasonsOf(verdicts)
		if (error instanceof Cancelled || !(error instanceof ActionError) || reasons.length === 0) throw error
		throw withMore(error, {reasons, help: error.parts.help ?? 'not-all-is-there'})
	}
	const verdicts = judged()
	show(step, verdicts, look)
	const name = clusterName ?? clusterId
	const isShort = verdicts.some(({faults}) => faults.length > 0)
	if (!isShort && (!withBaseline || verdicts.some(({isCompared}) => isCompared))) return verdicts
	const {nothingCompared, short} = await Promise.resolve().then(() => require('./short.cjs'))
	throw isShort ? short(step, {name, verdicts, next: look.next}) : nothingCompared(name, verdicts)
}
const mostLogged = 20
function show(step, verdicts, {withBaseline, isOutput}) {
	const seen = verdicts.flatMap(({now}) => (now === void 0 ? [] : [now]))
	if (isOutput) step.publishList('verifiedCollections', seen)
	if (verdicts.length === 0) return
	step.report.tables.push(verdictTable(verdicts, withBaseline))
	const lines = verdicts.map(verdictLine)
	for (const line of firstLines(lines, mostLogged)) step.log(line)
	for (const warning of warningsOf(verdicts)) step.warning(warning)
}
module.exports = {
	alterAlias,
	describeAlias,
	formatCount,
	listAliases,
	listAllCollections,
	listCollections,
	loadedState,
	lookInto,
	openCluster
}
