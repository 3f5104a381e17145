// Made by "npm run build" from src/; licences in NOTICES.txt
const {ApiError, backupState, describeBackup, listBackups} = require('./step.cjs')
// src/backups/read.ts
function isDeleted({status}) {
	return backupState(status) === 'deleted'
}
async function describeOrRefusal(step, backup) {
	try {
		return await describeBackup(step.cloud, backup)
	} catch (error) {
		if (error instanceof ApiError && !error.isAuthError) return error
		throw error
	}
}
async function stillListed(step, clusterId, backupIds) {
	if (backupIds.size === 0) return []
	return (await listBackups(step.cloud, clusterId)).filter(
		backup => backupIds.has(backup.backupId) && !isDeleted(backup)
	)
}
async function readState(step, backup) {
	const found = await describeOrRefusal(step, backup)
	if (!(found instanceof ApiError)) return found
	const [listed] = await stillListed(step, backup.clusterId, new Set([backup.backupId]))
	return listed
}
module.exports = {describeOrRefusal, isDeleted, readState, stillListed}
