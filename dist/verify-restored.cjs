// Made by "npm run build" from src/; licences in NOTICES.txt
const {waitForRunning} = require('./clusters-wait-for-new.cjs')
const {ActionError, withMore} = require('./step.cjs')
const {expectationsOf, showRestoredIsThere} = require('./verification-expectations.cjs')
const {lookInto, openCluster} = require('./verification-look-into.cjs')
// src/operations/verify-restored.ts
async function verifyRestored(step, restored, {expectations, stake}) {
	const {clusterId, pollInterval} = restored
	try {
		const connectAddress = restored.connectAddress ?? (await waitForRunning(step, clusterId, pollInterval))
		const cluster = {...restored, connectAddress}
		const {connection} = await openCluster(step, cluster)
		showRestoredIsThere(
			step,
			await lookInto(step, cluster, {
				connection,
				look: {expectations, allowedLoss: 0n, withBaseline: false, isOutput: true}
			})
		)
	} catch (error) {
		throw error instanceof ActionError && stake !== void 0 ? withMore(error, {stake}) : error
	}
}
const restoreSucceeded = 'The restore itself has succeeded.'
function expectationsOfBackup(step, contents, {clusterId, collectionStatus}) {
	const {expectations, warnings} = expectationsOf({
		wanted: void 0,
		contents,
		baseline: void 0,
		clusterId,
		loadRule: collectionStatus === 'KEEP' ? 'KEEP' : 'UNLOADED',
		listed: []
	})
	for (const warning of warnings) step.warning(warning)
	return expectations
}
function expectationsOfParts(step, parts) {
	if (parts.some(({collection}) => collection === void 0))
		step.warning(
			'The service does not list by database what the backup holds, so what was restored is not looked for. Checked: that the cluster is usable.'
		)
	return parts.flatMap(({collection}) =>
		collection === void 0 ? [] : [{name: collection.to, mustBeLoaded: collection.status === 'LOADED'}]
	)
}
module.exports = {expectationsOfBackup, expectationsOfParts, restoreSucceeded, verifyRestored}
