// Made by "npm run build" from src/; licences in NOTICES.txt
// src/backups/choice.ts
function readBackupChoice(reader, backupType) {
	const backupId = reader.id('backup-id')
	const maxAge = reader.optionalDuration('max-age')
	if (isLatest(backupId)) return {kind: 'latest', maxAge, backupType}
	if (reader.optional('max-age') !== void 0)
		reader.report('max-age', 'has an effect only with backup-id: latest')
	return {kind: 'id', backupId}
}
function isLatest(backupId) {
	return backupId.toLowerCase() === 'latest'
}
function readBackupType(reader) {
	const type = reader.oneOf('backup-type', ['any', 'CLUSTER', 'COLLECTION'])
	return type === 'any' ? void 0 : type
}
module.exports = {isLatest, readBackupChoice, readBackupType}
