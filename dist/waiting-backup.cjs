// Made by "npm run build" from src/; licences in NOTICES.txt
const {backupState, describeBackup, sanitize, whileWaiting} = require('./step.cjs')
// src/waiting/backup.ts
function backupAvailable(backup, grace, check) {
	const {clusterId, backupId} = backup
	return {
		what: `backup ${backupId}`,
		item: {kind: 'backup', clusterId, backupId},
		notFoundGrace: grace,
		async read(step) {
			const found = await describeBackup(whileWaiting(step).cloud, backup)
			const problem = check(found)
			const {status} = found
			switch (backupState(status)) {
				case 'available':
					return problem === void 0
						? {state: 'met', line: 'AVAILABLE'}
						: {state: 'failed', line: `AVAILABLE, but ${problem}.`}
				case 'failed':
				case 'deleted':
					return {state: 'failed', line: `${status} and will not become AVAILABLE.`}
				case 'creating':
				case 'unknown':
					return {state: 'pending', line: sanitize(status)}
			}
		}
	}
}
module.exports = {backupAvailable}
