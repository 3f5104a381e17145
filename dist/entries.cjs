// Made by "npm run build" from src/; licences in NOTICES.txt
// src/collections/entries.ts
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
module.exports = {fromEntry}
