// Made by "npm run build" from src/; licences in NOTICES.txt
const {forEachAtOnce} = require('./waiting-at-once.cjs')
const {listCollections} = require('./verification-look-into.cjs')
const {sameButCase} = require('./step.cjs')
// src/verification/other-cases.ts
async function nameOtherCases(cluster, findings) {
	const missing = [...findings].flatMap(([{name}, finding]) => {
		return finding.kind === 'missing' && !finding.hasNoDatabase && !finding.aliasOf ? [{name, finding}] : []
	})
	const databases = [...new Set(missing.map(({name}) => name.database))]
	await forEachAtOnce(databases, {most: 8}, async database => {
		const listed = await listCollections(cluster, database)
		for (const {name, finding} of missing)
			if (name.database === database)
				finding.other = listed.find(one => one !== name.collection && sameButCase(one, name.collection))
	})
}
module.exports = {nameOtherCases}
