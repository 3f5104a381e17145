// Made by "npm run build" from src/; licences in NOTICES.txt
const {stepOf} = require('./step.cjs')
// src/resume.ts
function resumeHints(inProgress, wasCutShort, common) {
	const unread = new Set(inProgress.unread)
	const items = inProgress.items.filter(item => wasCutShort || !unread.has(item))
	if (items.length === 0) return []
	const wait = {
		title: items.some(item => !unread.has(item))
			? 'Still running at the service. A step that waits for it:'
			: 'Not read before the end. A step that waits for it:',
		lines: stepOf('wait', waitInputs(items), common)
	}
	const {createdClusterId: id} = inProgress
	if (id === void 0) return [wait]
	return [
		wait,
		{
			title: 'A step that drops the cluster instead:',
			lines: stepOf('delete-cluster', [`target-cluster: ${id}`], common)
		}
	]
}
function waitInputs(items) {
	const jobIds = items.flatMap(item => (item.kind === 'job' ? [item.jobId] : []))
	const others = items.flatMap(item => {
		if (item.kind === 'backup') return [`cluster-id: ${item.clusterId}`, `backup-id: ${item.backupId}`]
		return item.kind === 'cluster' ? [`target-cluster: ${item.clusterId}`] : []
	})
	return [...(jobIds.length > 0 ? [`job-id: ${jobIds.join(', ')}`] : []), ...others]
}
module.exports = {resumeHints}
