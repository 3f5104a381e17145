// Made by "npm run build" from src/; licences in NOTICES.txt
const {backupState} = require('./step.cjs')
// src/backups/busy.ts
function backupsRunning(backups) {
	return backups.filter(({status}) => backupState(status) === 'creating')
}
module.exports = {backupsRunning}
