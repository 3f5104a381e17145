// Made by "npm run build" from src/; licences in NOTICES.txt
const {showInvisible} = require('./step.cjs')
const {contentLines, isJson, openClaims, problemOfName, readName, readRestoreEntries} = require('./names.cjs')
const {defaultDatabase} = require('./states.cjs')
const {keyOf, showName} = require('./contents.cjs')
// src/collections/mappings.ts
function readMappings(reader) {
	const text = reader.optional('collections')
	if (text === void 0) {
		reader.report('collections', 'expected collections, or * for everything in the backup; it is empty')
		return []
	}
	return parseMappings(text, problem => reader.report('collections', problem)) ?? []
}
function parseMappings(text, report) {
	const problems = []
	const mappings = isJson(text)
		? readRestoreEntries(text, problems).map(fromEntry)
		: fromLines(text, problems)
	if (problems.length === 0 && mappings.length === 0)
		problems.push('expected at least one collection; got none')
	problems.push(...overlaps(mappings))
	for (const problem of problems) report(problem)
	return problems.length === 0 ? mappings : void 0
}
const expectedLine =
	'expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*'
function fromLines(text, problems) {
	return contentLines(text).flatMap(({line, content}) => {
		const mapping = readMapping(line, content)
		if (typeof mapping !== 'string') return [mapping]
		problems.push(`${line}: ${expectedLine}; it ${mapping}`)
		return []
	})
}
function readMapping(line, content) {
	const [source = '', destination, ...more] = content.split('->').map(part => part.trim())
	return more.length === 0 ? readLine(line, source, destination) : 'has more than one arrow'
}
function readLine(line, source, destination) {
	const explicit = destination !== void 0
	if (source === '*') return explicit ? 'has an arrow after *' : {kind: 'everything', line}
	const from = databaseOfStar(source)
	if (from !== void 0) {
		const to = explicit ? databaseOfStar(destination) : from
		if (to === void 0) return 'has a destination that is not of the form database.*'
		return problemOfName(from) ?? problemOfName(to) ?? {kind: 'database', line, from, to, explicit}
	}
	const name = readName(source, defaultDatabase)
	if (typeof name === 'string') return name
	const to = explicit ? readName(destination, name.database) : name
	return typeof to === 'string'
		? `has a destination that ${to}`
		: {kind: 'collection', line, from: name, to, explicit}
}
function databaseOfStar(text) {
	return text.endsWith('.*') ? text.slice(0, -2) : void 0
}
function fromEntry({line, database, destDatabase, collection}) {
	const {name, destName, status} = collection
	return {
		kind: 'collection',
		line,
		from: {database, collection: name},
		to: {database: destDatabase ?? database, collection: destName ?? name},
		explicit: destName !== void 0,
		status
	}
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
function namesOf(mapping) {
	return mapping.kind === 'database'
		? [showInvisible(`${mapping.from}.*`), showInvisible(`${mapping.to}.*`)]
		: [showName(mapping.from), showName(mapping.to)]
}
function keysOf(mapping) {
	return mapping.kind === 'database'
		? [`${mapping.from}.*`, `${mapping.to}.*`]
		: [keyOf(mapping.from), keyOf(mapping.to)]
}
function problemsIntoSource(mappings) {
	return mappings.flatMap(mapping => {
		if (mapping.kind === 'everything') return [everythingIntoSource]
		const [from] = namesOf(mapping)
		const [fromKey, toKey] = keysOf(mapping)
		if (mapping.explicit || fromKey !== toKey) return []
		return [
			`the target is the source cluster itself, and ${from} would keep its name. Give it a new one (${from} -> ${mapping.kind === 'database' ? 'restored.*' : `${from}_restored`}) or say with the arrow that it is to keep it (${from} -> ${from})`
		]
	})
}
const everythingIntoSource =
	'the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)'
module.exports = {fromEntry, problemsIntoSource, readMapping, readMappings}
