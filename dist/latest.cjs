// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, describeTypesOf, formatDuration, serviceTime} = require('./step.cjs')
const {newest} = require('./backups-newest.cjs')
const {ofCluster} = require('./backups-of-cluster.cjs')
const {listBackupsOf} = require('./backups-source.cjs')
// src/backups/latest.ts
async function latestBackup(step, clusterId, {maxAge, backupType: type}) {
	const listed = await listBackupsOf(step, clusterId)
	const serves = ({backupType}) => type === void 0 || backupType === type
	const mayServe = backup => backup.backupType === void 0 || serves(backup)
	const wanted = listed.filter(backup => backup.status === 'AVAILABLE' && mayServe(backup))
	const chosen = await newest(step, {clusterId, listed: wanted}, serves)
	const found = chosen && ofCluster({clusterId, backupId: chosen.backupId}, chosen)
	const kind = type === void 0 ? '' : ` of type ${type}`
	if (found === void 0)
		throw new OperationFailed({
			what: `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${describeTypesOf(listed)}.`,
			help: 'no-backup-to-restore'
		})
	const {createTime} = found
	const age = createTime === void 0 ? void 0 : Math.max(0, serviceTime(step.cloud).now - createTime)
	if (maxAge !== void 0 && (age === void 0 || age > maxAge)) {
		const old = age === void 0 ? 'of unknown age' : `${formatDuration(age)} old`
		throw new OperationFailed({
			what: `The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${formatDuration(maxAge)}.`,
			help: 'no-backup-to-restore'
		})
	}
	const old = age === void 0 ? '' : `, ${formatDuration(age)} old`
	step.log(`backup-id: latest is ${found.backupId}${old}.`)
	return found
}
module.exports = {latestBackup}
