// Made by "npm run build" from src/; licences in NOTICES.txt
const {defaultDatabase, showInvisible} = require('./step.cjs')
const {keyOf, showName} = require('./collections-contents.cjs')
const {problemOfName, readName} = require('./collections-names.cjs')
// src/collections/mapping.ts
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
module.exports = {keysOf, namesOf, readMapping}
