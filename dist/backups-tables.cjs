// Made by "npm run build" from src/; licences in NOTICES.txt
const {ageAndDate, formatDuration, sanitize, tableOf} = require('./step.cjs')
const {formatSize} = require('./backups-size.cjs')
// src/backups/tables.ts
function backupsTable(backups, now, last) {
	const columns = [
		{name: 'Created', cell: backup => ageAndDate(backup, now)},
		{name: 'Backup', cell: ({backupId}) => ({code: backupId})},
		{name: 'Cluster', cell: clusterOf, isOptional: true},
		{name: 'Type', cell: ({backupType = ''}) => backupType, isOptional: true},
		{name: 'Method', cell: ({creationMethod = ''}) => creationMethod, isOptional: true},
		{name: 'State', cell: ({status}) => status, isOptional: true},
		{name: 'Size', cell: ({size}) => formatSize(size).replaceAll(' ', '\xA0')},
		...(last === void 0 ? [] : [{name: '', cell: last}])
	]
	return tableOf(columns, backups)
}
function clusterOf({clusterId, clusterName}) {
	if (clusterId === void 0 || clusterName === void 0) return clusterId ?? clusterName ?? ''
	return `${clusterName} (${clusterId})`
}
function backupLine(backup, now) {
	const {backupId, backupType, creationMethod, status, size, createTime} = backup
	const words = [backupId, backupType, creationMethod, status].filter(Boolean).join(' ')
	const age = createTime === void 0 ? 'of unknown age' : `${formatDuration(now - createTime)} old`
	return [sanitize(words), formatSize(size), age].filter(Boolean).join(', ')
}
module.exports = {backupLine, backupsTable}
