// Made by "npm run build" from src/; licences in NOTICES.txt
const {keysOf, namesOf} = require('./collections-mapping.cjs')
// src/collections/into-source.ts
function problemsIntoSource(mappings) {
	return mappings.flatMap(mapping => {
		if (mapping.kind === 'everything') return [everythingIntoSource]
		const [from] = namesOf(mapping)
		const [fromKey, toKey] = keysOf(mapping)
		if (mapping.explicit || fromKey !== toKey) return []
		return [
			`the target is the source cluster itself, and ${from} would keep its name. Give it a new one (${from} -> ${mapping.kind === 'database' ? 'restored.*' : `${from}_restored`}) or say with the arrow that it is to keep it (${from} -> ${from})`
		]
	})
}
const everythingIntoSource =
	'the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)'
module.exports = {problemsIntoSource}
