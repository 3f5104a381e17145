// Made by "npm run build" from src/; licences in NOTICES.txt
const {fromEntry} = require('./entries.cjs')
const {readRestoreEntries} = require('./db-collections.cjs')
// src/verification/wanted-json.ts
function wantedFromJson(text, problems) {
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
module.exports = {wantedFromJson}
