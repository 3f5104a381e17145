// Made by "npm run build" from src/; licences in NOTICES.txt
const {listInSentence, sanitize, showInvisible} = require('./step.cjs')
// src/collections/contents.ts
function formatName({database, collection}) {
	return `${database}.${collection}`
}
function showName(name) {
	return showInvisible(formatName(name))
}
function keyOf({database, collection}) {
	return JSON.stringify([database, collection])
}
function listContents(contents) {
	if (contents.kind === 'unlisted') return []
	return contents.kind === 'flat' ? contents.collections : contents.collections.map(formatName)
}
function missingCollections(contents, requested) {
	if (contents.kind === 'unlisted') return void 0
	const isFlat = contents.kind === 'flat'
	const listed = new Set(isFlat ? contents.collections : contents.collections.map(keyOf))
	return requested.filter(name => !listed.has(isFlat ? name.collection : keyOf(name))).map(formatName)
}
const mostNames = 50
function describeContents(contents) {
	const names = listContents(contents)
	return names.length === 0
		? 'collections that the service does not list'
		: listInSentence(names.map(sanitize), mostNames)
}
module.exports = {describeContents, formatName, keyOf, listContents, missingCollections, showName}
