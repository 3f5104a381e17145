// Made by "npm run build" from src/; licences in NOTICES.txt
const {isObject, messageOf, quoteInput, showInvisible} = require('./step.cjs')
// src/zilliz/db-collections.ts
function readBackupEntries(json, problems) {
	return readEntries(json, ['dbName', 'collectionNames'], problems).flatMap(({line, entry}) => {
		const {dbName, collectionNames} = entry
		const names = Array.isArray(collectionNames) && collectionNames.length > 0 ? collectionNames : void 0
		if (!isOptionalText(dbName) || names === void 0 || !names.every(isName)) {
			problems.push(`${line}: expected {"dbName": text, "collectionNames": [at least one name]}`)
			return []
		}
		const database = dbName || 'default'
		return names.map(collection => ({line, name: {database, collection}}))
	})
}
function readRestoreEntries(json, problems) {
	return readEntries(json, ['dbName', 'destDbName', 'collections'], problems).flatMap(
		({line, entry: {dbName, destDbName, collections}}) => {
			if (!isOptionalText(dbName) || !isOptionalText(destDbName)) {
				problems.push(`${line}: expected dbName and destDbName to be text`)
				return []
			}
			const databases = {database: dbName || 'default', destDatabase: destDbName || void 0}
			const items = collections ?? []
			if (!Array.isArray(items) || items.length === 0) {
				const problem = Array.isArray(items)
					? noCollections(databases)
					: 'expected collections to be an array of objects'
				problems.push(`${line}: ${problem}`)
				return []
			}
			return items.flatMap((item, index) => {
				const place = `${line}, collection ${index + 1}`
				const collection = readCollection(item)
				if (collection === void 0) problems.push(`${place}: ${expectedCollection}`)
				return collection === void 0 ? [] : [{line: place, ...databases, collection}]
			})
		}
	)
}
function noCollections({database, destDatabase}) {
	const whole = destDatabase === void 0 ? `${database}.*` : `${database}.* -> ${destDatabase}.*`
	return `has no collections, which must not be taken for the whole database. Name them, or give the line ${showInvisible(whole)} instead of JSON`
}
const expectedCollection =
	'expected {"collectionName": text, "destCollectionName": text, "destCollectionStatus": "LOADED" or "UNLOADED"}, the last two optional'
const collectionFields = ['collectionName', 'destCollectionName', 'destCollectionStatus']
function readCollection(item) {
	if (!isObject(item) || Object.keys(item).some(key => !collectionFields.includes(key))) return void 0
	const {collectionName, destCollectionName, destCollectionStatus} = item
	const status = typeof destCollectionStatus === 'string' ? destCollectionStatus.toUpperCase() : void 0
	if (!isName(collectionName) || !isOptionalText(destCollectionName)) return void 0
	if (destCollectionStatus !== void 0 && status !== 'LOADED' && status !== 'UNLOADED') return void 0
	return {name: collectionName, destName: destCollectionName || void 0, status}
}
function readEntries(json, known, problems) {
	let entries
	try {
		entries = JSON.parse(json)
	} catch (error) {
		const [place = ''] = / at position \d+/.exec(messageOf(error)) ?? []
		problems.push(`begins with [ but is not valid JSON${place}; got ${quoteInput(json)}`)
		return []
	}
	return entries.flatMap((entry, index) => {
		const line = `entry ${index + 1}`
		const unknown = isObject(entry) ? Object.keys(entry).filter(key => !known.includes(key)) : void 0
		if (isObject(entry) && unknown?.length === 0) return [{line, entry}]
		const got = unknown ? `unknown field ${unknown.map(quoteInput).join(', ')}` : 'no object'
		problems.push(`${line}: expected an object of ${known.join(', ')}; got ${got}`)
		return []
	})
}
function isName(value) {
	return typeof value === 'string' && value.trim() !== ''
}
function isOptionalText(value) {
	return value === void 0 || typeof value === 'string'
}
module.exports = {readBackupEntries, readRestoreEntries}
