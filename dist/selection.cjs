// Made by "npm run build" from src/; licences in NOTICES.txt
const {defaultDatabase, showInvisible} = require('./step.cjs')
const {keyOf, showName} = require('./collections-contents.cjs')
const {contentLines, isJson, openClaims, readName} = require('./collections-names.cjs')
// src/collections/selection.ts
async function parseBackupCollections(text, report) {
	const problems = []
	const names = isJson(text) ? await namesFromJson(text, problems) : namesFromLines(text, problems)
	if (problems.length === 0) problems.push(...problemsOfNames(names))
	for (const problem of problems) report(problem)
	const [first] = names
	if (problems.length > 0 || first === void 0) return void 0
	return {database: first.name.database, collections: names.map(({name}) => name.collection)}
}
function problemsOfNames(names) {
	if (names.length === 0) return ['expected at least one collection; got none']
	const problems = []
	const claim = openClaims(problems)
	for (const {line, name} of names) claim(`${showName(name)} is given`, keyOf(name), line)
	const databases = [...new Set(names.map(({name}) => name.database))]
	if (databases.length > 1) {
		const each = databases.map(showInvisible).join(' and ')
		problems.push(`a backup takes collections of one database only; these are of ${each}`)
	}
	return problems
}
async function namesFromJson(text, problems) {
	const {readBackupEntries} = await Promise.resolve().then(() => require('./db-collections.cjs'))
	return readBackupEntries(text, problems)
}
function namesFromLines(text, problems) {
	return contentLines(text).flatMap(({line, content}) => {
		const name =
			content.includes('->') || content.includes('*')
				? 'has an arrow or *, which are for restores'
				: readName(content, defaultDatabase)
		if (typeof name !== 'string') return [{line, name}]
		problems.push(`${line}: expected a collection or database.collection; it ${name}`)
		return []
	})
}
module.exports = {parseBackupCollections}
