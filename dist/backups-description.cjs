// Made by "npm run build" from src/; licences in NOTICES.txt
const {listContents} = require('./collections-contents.cjs')
const {ageAndDate, listInSentence, namedCluster, timestamp} = require('./step.cjs')
const {formatSize} = require('./backups-size.cjs')
// src/backups/description.ts
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
module.exports = {backupRows}
