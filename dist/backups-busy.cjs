// Made by "npm run build" from src/; licences in NOTICES.txt
const {backupState} = require('./zilliz-states.cjs')
// src/backups/busy.ts
const busy_exports = {backupsRunning}
function backupsRunning(backups) {
	return backups.filter(({status}) => backupState(status) === 'creating')
}
module.exports = {backupsRunning, busy_exports}
