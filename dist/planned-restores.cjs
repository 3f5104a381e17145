// Made by "npm run build" from src/; licences in NOTICES.txt
const {showName} = require('./collections-contents.cjs')
const {countOf, showSource} = require('./restore-collections.cjs')
// src/reports/planned-restores.ts
function showPlannedRestores(step, {target, backup, parts, withSafetyBackup}) {
	const {report} = step
	const name = target.clusterName ?? target.clusterId
	report.heading = `Dry run: ${countOf(parts)} would be restored into ${name}`
	report.sentence =
		'Nothing was started. The names under To must be free: what the service does with a collection that exists is not documented.'
	const safety = {name: 'Safety backup', value: withSafetyBackup ? 'of the whole target, first' : 'none'}
	showSource(step, {target, backup})
	report.rows.push(safety)
	report.tables.push({
		columns: ['From', 'To', 'State after'],
		rows: parts.map(({what, collection}) =>
			collection === void 0
				? [what, 'where it was', 'UNLOADED']
				: [{code: showName(collection.from)}, {code: showName(collection.to)}, collection.status]
		)
	})
}
module.exports = {showPlannedRestores}
