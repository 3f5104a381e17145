// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, sanitize} = require('./step.cjs')
// src/backups/unfit.ts
function refuseUnfit(step, {clusterId, backup}, {type, use}) {
	const {backupId, status, backupType = 'unknown'} = backup
	const name = `Backup ${backupId} of cluster ${clusterId}`
	if (status === 'AVAILABLE')
		throw new OperationFailed({
			what: `${name} is of type ${sanitize(backupType)}, and a new cluster needs one of type ${type}.`,
			next: 'Its collections can be restored into an existing cluster with operation: restore-collections.',
			help: 'no-backup-to-restore'
		})
	if (status === 'CREATING') step.inProgress.started({kind: 'backup', clusterId, backupId})
	throw new OperationFailed({
		what: `${name} is ${sanitize(status)}; only an AVAILABLE backup can be ${use}.`,
		next: status === 'CREATING' ? 'Wait for it with operation: wait.' : void 0,
		help: 'no-backup-to-restore'
	})
}
module.exports = {refuseUnfit}
