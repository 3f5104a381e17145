// Made by "npm run build" from src/; licences in NOTICES.txt
const {waitUntilAvailable} = require('./available.cjs')
const {startBackup} = require('./backups-create.cjs')
const {showSafetyBackup} = require('./restore-collections.cjs')
const {listBackups} = require('./step.cjs')
// src/operations/safety-backup.ts
async function takeSafetyBackup(options, step) {
	const {clusterId} = options
	const {backup} = await startBackup(options, step, {listed: await listBackups(step.cloud, clusterId)})
	step.publish('safetyBackupId', backup.backupId)
	await waitUntilAvailable(options, step, {running: {...backup, clusterId}})
	showSafetyBackup(step, backup.backupId)
}
module.exports = {takeSafetyBackup}
