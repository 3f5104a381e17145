// Made by "npm run build" from src/; licences in NOTICES.txt
const {describeBackup, isNotFound} = require('./step.cjs')
const {ofCluster} = require('./backups-of-cluster.cjs')
const {publishBackup} = require('./backups-publish.cjs')
// src/backups/find.ts
async function findBackup(step, request) {
	const backup = await readBackup(step, request)
	publishBackup(step, backup)
	return backup
}
async function readBackup(step, {clusterId, backup: choice}) {
	if (choice.kind === 'id') return namedBackup(step, {clusterId, backupId: choice.backupId})
	const {latestBackup} = await Promise.resolve().then(() => require('./latest.cjs'))
	return latestBackup(step, clusterId, choice)
}
async function chooseBackup(step, request, use) {
	return checkedBackup(step, request, {backup: await readBackup(step, request), ...use})
}
async function checkedBackup(step, {clusterId}, {backup, type, use, mayBeUnused = false}) {
	if (!mayBeUnused) publishBackup(step, backup)
	if (backup.status === 'AVAILABLE' && (type === void 0 || backup.backupType === type)) return backup
	const {refuseUnfit} = await Promise.resolve().then(() => require('./unfit.cjs'))
	return refuseUnfit(step, {clusterId, backup}, {type, use})
}
async function namedBackup(step, backup) {
	try {
		return await ofClusterOrListed(step, backup, await describeBackup(step.cloud, backup))
	} catch (error) {
		if (!isNotFound(error, 'backup') && !isNotFound(error, 'cluster')) throw error
		const {explainNotFound} = await Promise.resolve().then(() => require('./not-found.cjs'))
		throw await explainNotFound(step, backup, error)
	}
}
async function ofClusterOrListed(step, backup, found) {
	const {clusterId} = ofCluster(backup, found)
	if (clusterId !== void 0) return found
	const {findAnywhere} = await Promise.resolve().then(() => require('./not-found.cjs'))
	return {...found, clusterId: (await findAnywhere(step, backup))?.clusterId}
}
module.exports = {checkedBackup, chooseBackup, findBackup, ofClusterOrListed, readBackup}
