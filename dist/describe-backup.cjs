// Made by "npm run build" from src/; licences in NOTICES.txt
const {readBackupChoice, readBackupType} = require('./backups-choice.cjs')
const {backupRows} = require('./backups-description.cjs')
const {findBackup} = require('./backups-find.cjs')
const {backupLine} = require('./backups-tables.cjs')
const {serviceTime} = require('./step.cjs')
// src/operations/describe-backup.ts
function read(reader, common) {
	const backup = readBackupChoice(reader, readBackupType(reader))
	if (backup.kind !== 'latest' && reader.optional('backup-type') !== void 0)
		reader.report('backup-type', 'has an effect only with backup-id: latest')
	return {...common, clusterId: reader.id('cluster-id'), backup}
}
async function run(request, step) {
	step.report.subject = `Reading a backup of ${request.clusterId}`
	const found = await findBackup(step, request)
	step.publishObject('backup', found.raw)
	const {now} = serviceTime(step.cloud)
	step.log(backupLine(found, now))
	const {report} = step
	report.heading = `Backup ${found.backupName ?? found.backupId} of ${found.clusterName ?? request.clusterId} is ${found.status}`
	report.rows.push(...backupRows(found, now))
	return 'succeeded'
}
module.exports = {read, run}
