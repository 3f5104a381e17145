// Made by "npm run build" from src/; licences in NOTICES.txt
const {__exportAll} = require('./rolldown-runtime.cjs')
const {backupState} = require('./zilliz-states.cjs')
// src/backups/busy.ts
var busy_exports = __exportAll({backupsRunning: () => backupsRunning})
function backupsRunning(backups) {
	return backups.filter(({status}) => backupState(status) === 'creating')
}
module.exports = {backupsRunning, busy_exports}
