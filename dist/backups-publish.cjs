// Made by "npm run build" from src/; licences in NOTICES.txt
const {timestamp} = require('./step.cjs')
// src/backups/publish.ts
function publishBackup(step, {backupId, backupName, size, createTime}) {
	step.publish('backupId', backupId)
	step.publish('backupName', backupName)
	step.publishNumber('backupSize', size)
	if (createTime !== void 0) step.publish('backupTime', timestamp(createTime))
}
module.exports = {publishBackup}
