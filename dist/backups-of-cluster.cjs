// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, describeStatesOf, otherCase, sameButCase, sanitize} = require('./step.cjs')
// src/backups/of-cluster.ts
function ofCluster({clusterId, backupId}, backup) {
	if (backup.backupId !== backupId) throw otherCase('backup-id', backupId, backup.backupId)
	if (backup.clusterId === void 0 || backup.clusterId === clusterId) return backup
	if (sameButCase(backup.clusterId, clusterId)) throw otherCase('cluster-id', clusterId, backup.clusterId)
	throw new OperationFailed(
		`Backup ${describeStatesOf([backup])} belongs to cluster ${sanitize(backup.clusterId)}, not to cluster ${clusterId}, so nothing is done with it. Check cluster-id and backup-id.`
	)
}
module.exports = {ofCluster}
