// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, listInSentence, quote} = require('./step.cjs')
const {listAliases} = require('./verification-look-into.cjs')
// src/verification/no-alias.ts
const mostNamed = 50
async function noAlias(connection, of, cluster) {
	const others = await listAliases(connection, of.database)
	const named = listInSentence(others.map(quote), mostNamed)
	return new OperationFailed({
		what: `There is no alias ${quote(of.alias)} in database ${quote(of.database)} of cluster ${cluster}.`,
		next: `${others.length === 0 ? 'That database has none' : `Its aliases: ${named}`}. This operation switches an existing alias: check alias, and the database of the collection.`,
		help: 'not-all-is-there'
	})
}
module.exports = {noAlias}
