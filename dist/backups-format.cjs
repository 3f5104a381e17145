// Made by "npm run build" from src/; licences in NOTICES.txt
const {listInSentence, sanitize, timestamp} = require('./step.cjs')
// src/backups/format.ts
function nameOf({backupId, backupType = 'no type', createTime}) {
	const time = createTime === void 0 ? 'no time' : timestamp(createTime)
	return `${sanitize(backupId)} (${sanitize(backupType)}, ${time})`
}
function clusterNameIn(backups) {
	return backups.find(({clusterName}) => clusterName !== void 0)?.clusterName
}
function describeStatesOf(backups) {
	const each = backups.map(({backupId, status}) => `${sanitize(backupId)} (${sanitize(status)})`)
	return listInSentence(each)
}
function describeTypesOf(backups) {
	if (backups.length === 0) return 'no backup at all'
	const each = backups.map(
		({backupId, backupType, status}) =>
			`${backupId} (${sanitize(backupType ?? 'no type')}, ${sanitize(status)})`
	)
	return listInSentence(each)
}
module.exports = {clusterNameIn, describeStatesOf, describeTypesOf, nameOf}
