// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	InputError,
	OperationFailed,
	counted,
	endpointRows,
	serviceTime,
	showInvisible,
	tookSoFar
} = require('./step.cjs')
const {keyOf, showName} = require('./collections-contents.cjs')
const {backupRow} = require('./backups-size.cjs')
const {formatCount, loadedState} = require('./verification-look-into.cjs')
// src/reports/verification.ts
function showChecked(step, {clusterId, connectAddress}, backup) {
	step.report.rows.push(
		...endpointRows(connectAddress),
		{name: 'Cluster id', value: {code: clusterId}},
		...(backup === void 0 ? [] : [backupRow(backup, serviceTime(step.cloud).now)])
	)
}
function showVerified(step, {clusterId, clusterName}, {verdicts, withBaseline}) {
	const {report} = step
	const name = clusterName ?? clusterId
	report.heading = verdicts.length === 0 ? `${name} is usable` : `${name} is usable and holds what it should`
	report.sentence = `${summaryOf(verdicts, withBaseline)} Checked in ${tookSoFar(step)}.`
}
function showRestoredIsThere({report}, verdicts) {
	report.rows.push({name: 'Verified', value: summaryOf(verdicts, false)})
}
function summaryOf(verdicts, withBaseline) {
	if (verdicts.length === 0) return 'Its endpoint answers; no collection was looked at.'
	const all = counted(verdicts.length, 'collection')
	const compared = verdicts.filter(({isCompared}) => isCompared).length
	const baseline = withBaseline ? ` ${compared} compared with the baseline.` : ''
	return `${all}: ${entitiesIn(verdicts)}.${baseline}`
}
function entitiesIn(verdicts) {
	const seen = verdicts.flatMap(({now}) => now ?? [])
	const exact = seen.filter(({exact}) => exact)
	const sum = pictures => formatCount(pictures.reduce((total, {entities}) => total + entities, 0))
	if (exact.length === seen.length) return `${sum(seen)} entities, counted one by one`
	if (exact.length === 0) return `about ${sum(seen)} entities, as metadata shows them`
	return `about ${sum(seen)} entities, ${sum(exact)} of them counted one by one`
}
// src/verification/stars.ts
function knownNames({contents, baseline, listed}) {
	const before = [
		...(contents?.kind === 'by-database' ? contents.collections : []),
		...(baseline?.pictures ?? [])
	]
	return {before: byKey(before), all: byKey([...before, ...(contents === void 0 ? listed : [])])}
}
function byKey(names) {
	const plain = names.map(({database, collection}) => ({database, collection}))
	return new Map(plain.map(name => [keyOf(name), name]))
}
function needsList(wanted, contents) {
	const stars = (wanted ?? []).filter(({mapping}) => mapping.kind !== 'collection')
	return contents === void 0 && stars.some(({mapping}) => !hasArrow(mapping))
}
function hasArrow(mapping) {
	return mapping.kind !== 'everything' && mapping.explicit
}
function covered(mapping, known) {
	if (mapping.kind === 'collection') return [{to: mapping.to, from: mapping.from}]
	const names = [...(hasArrow(mapping) ? known.before : known.all).values()]
	if (mapping.kind === 'everything') return names.map(name => ({to: name, from: name}))
	return names
		.filter(({database}) => database === mapping.from)
		.map(from => ({to: {...from, database: mapping.to}, from}))
}
function problemOfLine(mapping, known, {contents, baseline}) {
	if (mapping.kind === 'collection') {
		if (!mapping.explicit || known.before.has(keyOf(mapping.from))) return void 0
		return noneBefore(`collection ${showName(mapping.from)}`, {contents, baseline})
	}
	if (!isListed(contents)) return mapping.kind === 'database' ? notByDatabase : void 0
	if (covered(mapping, known).length > 0) return void 0
	const what = `collection${mapping.kind === 'database' ? ` of database ${showInvisible(mapping.from)}` : ''}`
	if (contents !== void 0 || hasArrow(mapping)) return noneBefore(what, {contents, baseline})
	throw new OperationFailed({
		what:
			baseline === void 0
				? `The cluster has no ${what}.`
				: `Neither the cluster nor the baseline has a ${what}.`,
		next: 'Check collections, and target-cluster.',
		help: 'not-all-is-there'
	})
}
function noneBefore(what, {contents, baseline}) {
	if (contents?.kind !== 'by-database') return `the baseline has no ${what}`
	return baseline === void 0
		? `the backup has no ${what}`
		: `neither the backup nor the baseline has a ${what}`
}
function isListed(contents) {
	return contents === void 0 || contents.kind === 'by-database'
}
const notByDatabase =
	'the service does not list which collections of the backup are in which database. Name them, or take * for whether the cluster is usable'
function checkedAnyway(wanted, {contents, baseline}) {
	const isName = ({mapping}) => mapping.kind === 'collection'
	if (isListed(contents) || wanted?.every(isName)) return []
	return [
		`The service does not list by database what the backup holds, so the cluster is not compared with it. Checked: ${[
			'that the cluster is usable',
			...(wanted?.some(isName) ? ['the collections that are named'] : []),
			...(baseline === void 0 ? [] : ['those of the baseline'])
		].join(', ')}.`
	]
}
// src/verification/expectations.ts
function expectationsOf(sources) {
	const {wanted} = sources
	const known = knownNames(sources)
	const expectationOf = expecting(sources)
	const all = new Map()
	const problems = []
	const add = (to, from, least) => {
		const earlier = all.get(keyOf(to))
		all.set(keyOf(to), {...expectationOf(to, from), least: least ?? earlier?.least})
	}
	if (wanted === void 0) for (const name of known.before.values()) add(name, name)
	for (const {mapping, least} of starsFirst(wanted ?? [])) {
		const problem = problemOfLine(mapping, known, sources)
		if (problem === void 0) for (const {to, from} of covered(mapping, known)) add(to, from, least)
		else problems.push(`collections: ${mapping.line}: ${problem}`)
	}
	if (problems.length > 0) throw new InputError(problems)
	return {expectations: [...all.values()], warnings: checkedAnyway(wanted, sources)}
}
function starsFirst(wanted) {
	const order = {everything: 0, database: 1, collection: 2}
	return [...wanted].sort((one, other) => order[one.mapping.kind] - order[other.mapping.kind])
}
function expecting({contents, baseline, loadRule, clusterId}) {
	const held = contents?.kind === 'by-database' ? contents.collections : []
	const states = new Map(held.map(collection => [keyOf(collection), collection.status]))
	const pictures = new Map(baseline?.pictures.map(picture => [keyOf(picture), picture]))
	return (name, from) => {
		const before = pictures.get(keyOf(from))
		const state = states.get(keyOf(from))
		const wasLoaded = state === void 0 ? before?.loadState === loadedState : state === 'LOADED'
		return {
			name,
			before,
			mustBeLoaded: loadRule === 'LOADED' || (loadRule === 'KEEP' && wasLoaded),
			keepsAliases: baseline?.clusterId === clusterId && keyOf(name) === keyOf(from)
		}
	}
}
module.exports = {expectationsOf, needsList, showChecked, showRestoredIsThere, showVerified}
