// Made by "npm run build" from src/; licences in NOTICES.txt
const {backupsRunning} = require('./backups-busy.cjs')
const {logThatItWouldWait} = require('./in-the-way.cjs')
const {refuseByPlan, refuseSourceByPlan} = require('./plans.cjs')
const {showName} = require('./collections-contents.cjs')
const {countOf, showSource} = require('./restore-collections.cjs')
const {listBackups, planned} = require('./step.cjs')
const {createBackup} = require('./zilliz-changes.cjs')
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
// src/operations/plan-restores.ts
async function plan(step, sourceId, {target, backup, parts, safety}) {
	refuseByPlan(target, 'restored into')
	await refuseSourceByPlan(step, sourceId, 'restored from')
	if (safety !== void 0) await checkBusy(safety, step)
	showPlannedRestores(step, {target, backup, parts, withSafetyBackup: safety !== void 0})
	const changes = parts.map(({change}) => change)
	return planned(step, safety === void 0 ? changes : [createBackup(safety), ...changes])
}
async function checkBusy(options, step) {
	const busy = backupsRunning(await listBackups(step.cloud, options.clusterId))
	if (busy.length > 0) logThatItWouldWait(options, step, busy)
}
module.exports = {plan}
