// Made by "npm run build" from src/; licences in NOTICES.txt
const {listContents} = require('./collections-contents.cjs')
const {
	ageAndDate,
	formatDuration,
	largestUnit,
	listInSentence,
	namedCluster,
	sanitize,
	tableOf,
	timestamp
} = require('./step.cjs')
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
function backupRows(backup, now) {
	const {backupId, backupName, clusterId, clusterName, projectId, regionId} = backup
	const {backupType, creationMethod, status, size, expireTime} = backup
	const rows = {
		'Backup id': {code: backupId},
		'Name in the console': backupName && {code: backupName},
		Cluster: clusterId === void 0 ? clusterName : namedCluster({clusterId, clusterName}),
		Project: projectId && {code: projectId},
		Region: regionId,
		Type: backupType,
		Method: creationMethod,
		State: status,
		Size: formatSize(size),
		Created: ageAndDate(backup, now),
		Expires: creationMethod === 'AUTO' && expireTime !== void 0 ? timestamp(expireTime) : void 0,
		Contents: contentsOf(backup)
	}
	return Object.entries(rows).flatMap(([name, value]) => (value ? [{name, value}] : []))
}
function backupRow({backupId, createTime, size}, now) {
	const more = [createTime === void 0 ? '' : `${largestUnit(now - createTime)} old`, formatSize(size)]
		.filter(Boolean)
		.join(', ')
	return {name: 'Backup', value: more === '' ? {code: backupId} : [{code: backupId}, `, ${more}`]}
}
function backupLine(backup, now) {
	const {backupId, backupType, creationMethod, status, size, createTime} = backup
	const words = [backupId, backupType, creationMethod, status].filter(Boolean).join(' ')
	const age = createTime === void 0 ? 'of unknown age' : `${formatDuration(now - createTime)} old`
	return [sanitize(words), formatSize(size), age].filter(Boolean).join(', ')
}
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
function formatSize(bytes) {
	if (bytes === void 0 || bytes < 0) return ''
	let value = bytes
	let unit = 0
	while (value >= (unit === 0 ? 1e3 : 999.95) && unit < units.length - 1) {
		value /= 1e3
		unit++
	}
	return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
function clusterOf({clusterId, clusterName}) {
	if (clusterId === void 0 || clusterName === void 0) return clusterId ?? clusterName ?? ''
	return `${clusterName} (${clusterId})`
}
const longestContents = 450
function contentsOf({contents}) {
	const names = listContents(contents)
	if (names.length === 0) return 'not listed by the service'
	let length = 0
	const tooLong = names.findIndex(name => {
		length += name.length + 2
		return length > longestContents
	})
	if (tooLong === 0) return `${names.length} collections`
	return listInSentence(names, tooLong === -1 ? names.length : tooLong)
}
module.exports = {backupLine, backupRow, backupRows, backupsTable, formatSize}
