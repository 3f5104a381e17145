// Made by "npm run build" from src/; licences in NOTICES.txt
const {keyOf, showName} = require('./collections-contents.cjs')
const {fromEntry, readMapping} = require('./collections-mapping.cjs')
const {contentLines, isJson, openClaims} = require('./collections-names.cjs')
const {showInvisible} = require('./step.cjs')
// src/verification/wanted.ts
async function readWanted(reader, {mayHaveArrows}) {
	const text = reader.optional('collections')
	if (text === void 0) return void 0
	const problems = []
	const wanted = await parseWanted(text, problems)
	if (problems.length === 0 && wanted.length === 0)
		problems.push('expected at least one collection; got none')
	if (!mayHaveArrows) problems.push(...arrowsIn(wanted))
	problems.push(...repetitions(wanted))
	for (const problem of problems) reader.report('collections', problem)
	return problems.length === 0 ? wanted : void 0
}
async function parseWanted(text, problems) {
	if (isJson(text)) return fromJson(text, problems)
	return contentLines(text).flatMap(({line, content}) => {
		const [names = '', number, ...more] = content.split('>=').map(part => part.trim())
		const least = number === void 0 ? void 0 : leastOf(number)
		const mapping = numberProblem(least, more.length > 0) ?? readMapping(line, names)
		if (typeof mapping !== 'string') return [{mapping, least}]
		problems.push(`${line}: ${expectedLine}; it ${mapping}`)
		return []
	})
}
const expectedLine =
	'expected collection, database.collection, database.* or *, and then perhaps >= and a number of entities'
function leastOf(text) {
	return /^\d{1,15}$/.test(text) ? Number(text) : NaN
}
function numberProblem(least, hasMore) {
	if (hasMore) return 'has more than one >='
	return Number.isNaN(least) ? 'has no whole number after >=' : void 0
}
async function fromJson(text, problems) {
	const {readRestoreEntries} = await Promise.resolve().then(() => require('./db-collections.cjs'))
	return readRestoreEntries(text, problems).flatMap(entry => {
		if (entry.collection.status === void 0) return [{mapping: withArrow(entry)}]
		problems.push(`${entry.line}: destCollectionStatus has no effect here: use collection-status`)
		return []
	})
}
function withArrow(entry) {
	const mapping = fromEntry(entry)
	return entry.destDatabase === void 0 || mapping.kind !== 'collection'
		? mapping
		: {...mapping, explicit: true}
}
function arrowsIn(wanted) {
	return wanted.flatMap(({mapping}) => {
		if (mapping.kind === 'everything' || !mapping.explicit) return []
		return [`${mapping.line}: an arrow leads from a name in the baseline, and there is no baseline`]
	})
}
function repetitions(wanted) {
	const problems = []
	const claim = openClaims(problems)
	for (const {mapping} of wanted) {
		const {key, name} = targetOf(mapping)
		claim(`${name} is given`, key, mapping.line)
	}
	return problems
}
function targetOf(mapping) {
	switch (mapping.kind) {
		case 'everything':
			return {key: '*', name: '*'}
		case 'database':
			return {key: `${mapping.to}.*`, name: showInvisible(`${mapping.to}.*`)}
		case 'collection':
			return {key: keyOf(mapping.to), name: showName(mapping.to)}
	}
}
module.exports = {readWanted}
