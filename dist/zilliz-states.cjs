// Made by "npm run build" from src/; licences in NOTICES.txt
// src/zilliz/states.ts
const jobs = {
	PENDING: 'pending',
	IN_PROGRESS: 'pending',
	CANCELING: 'pending',
	CANCELLING: 'pending',
	SUCCESSFUL: 'successful',
	SUCCEEDED: 'succeeded',
	FAILED: 'failed',
	ERROR: 'failed',
	CANCELED: 'failed',
	CANCELLED: 'failed',
	TIMEOUT: 'failed'
}
function jobState(status) {
	return lookUp(jobs, status) ?? 'unknown'
}
const backups = {
	CREATING: 'creating',
	AVAILABLE: 'available',
	FAILED: 'failed',
	ERROR: 'failed',
	CANCELED: 'failed',
	CANCELLED: 'failed',
	DELETING: 'deleted',
	DELETED: 'deleted'
}
function backupState(status) {
	return lookUp(backups, status) ?? 'unknown'
}
const clusters = {
	RUNNING: 'running',
	CREATING: 'busy',
	RESTORE_BACKUP: 'busy',
	MODIFYING: 'busy',
	RESIZING: 'busy',
	UPGRADING: 'busy',
	MIGRATING: 'busy',
	RESUMING: 'busy',
	WRITING_OPERATION: 'busy',
	SET_PRIVATE_LINK: 'busy',
	SUSPENDING: 'stopped',
	SUSPENDED: 'stopped',
	STOPPING: 'stopped',
	STOPPED: 'stopped',
	FREEZING: 'stopped',
	FROZEN: 'stopped',
	DELETING: 'deleted',
	DELETED: 'deleted'
}
function clusterState(status) {
	return lookUp(clusters, status) ?? 'unknown'
}
function lookUp(states, status) {
	return Object.hasOwn(states, status) ? states[status] : void 0
}
module.exports = {backupState, clusterState, jobState}
