// Made by "npm run build" from src/; licences in NOTICES.txt
const {sameButCase, showInvisible} = require('./step.cjs')
const {describeContents, formatName, keyOf, showName} = require('./collections-contents.cjs')
const {openClaims} = require('./collections-names.cjs')
// src/collections/unserved.ts
function problemsOf(unserved, entries, contents) {
	const problems = unserved.map(mapping => `${mapping.line}: ${whyNot(mapping, contents)}`)
	if (problems.length > 0) problems.push(`the backup holds ${describeContents(contents)}`)
	return [...problems, ...collisions(entries)]
}
function whyNot(mapping, contents) {
	if (mapping.kind === 'collection') {
		const {from} = mapping
		return `${showName(from)} is not in the backup${otherSpelling(namesButCase(from, contents))}`
	}
	if (contents.kind !== 'by-database')
		return 'the service does not list which collections of the backup are in which database. Name them, or take everything with *'
	const wanted = mapping.kind === 'database' ? mapping.from : void 0
	return `the backup holds no collections of that database${otherSpelling(
		contents.collections.map(({database}) => database).filter(other => sameButCase(wanted, other)),
		'of '
	)}`
}
function namesButCase(name, contents) {
	if (contents.kind === 'unlisted') return []
	if (contents.kind === 'flat')
		return contents.collections.filter(other => sameButCase(name.collection, other))
	return contents.collections
		.filter(
			({database, collection}) =>
				sameButCase(name.database, database) && sameButCase(name.collection, collection)
		)
		.map(formatName)
}
function otherSpelling(names, before = '') {
	const each = [...new Set(names)].map(showInvisible).join(' and ')
	return each === '' ? '' : `, but ${before}${each}, which differs by case alone: write it so`
}
function collisions(entries) {
	const problems = []
	const claim = openClaims(problems)
	for (const {line, to} of entries) claim(`${showName(to)} is a destination`, keyOf(to), line)
	return problems
}
module.exports = {problemsOf}
