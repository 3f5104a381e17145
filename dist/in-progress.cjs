// Made by "npm run build" from src/; licences in NOTICES.txt
// src/in-progress.ts
function openInProgress() {
	const items = new Map()
	const unread = new Set()
	let createdClusterId
	let droppedClusterId
	return {
		started(item) {
			items.set(keyOf(item), item)
			unread.delete(keyOf(item))
		},
		asked(item) {
			items.set(keyOf(item), item)
			unread.add(keyOf(item))
		},
		ended: item => void items.delete(keyOf(item)),
		created(clusterId) {
			createdClusterId = clusterId
		},
		get createdClusterId() {
			return createdClusterId
		},
		dropping(clusterId) {
			droppedClusterId = clusterId
		},
		get droppedClusterId() {
			return droppedClusterId
		},
		get items() {
			return [...items.values()]
		},
		get unread() {
			return [...items].flatMap(([key, item]) => (unread.has(key) ? [item] : []))
		}
	}
}
function idOf(item) {
	switch (item.kind) {
		case 'job':
			return item.jobId
		case 'backup':
			return item.backupId
		case 'cluster':
			return item.clusterId
	}
}
function keyOf(item) {
	const of = item.kind === 'backup' ? `${item.clusterId} ` : ''
	return `${item.kind} ${of}${idOf(item)}`
}
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
function helpAddress(help, {uses}) {
	const [repository, ref] = uses?.split('@') ?? []
	return ref === void 0
		? void 0
		: `https://github.com/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md#${help}`
}
function stepOf(operation, inputs, {uses, baseUrl}) {
	return [
		uses === void 0
			? '- uses: OWNER/zilliz-cloud-backup-restore@v0 # as your workflow names this action'
			: `- uses: ${uses}`,
		'  with:',
		`    operation: ${operation}`,
		"    api-key: ${{ secrets.ZILLIZ_API_KEY }} # your secret's name",
		...(baseUrl === void 0 ? [] : [`    base-url: ${baseUrl}`]),
		...inputs.map(line => `    ${line}`)
	]
}
module.exports = {helpAddress, idOf, openInProgress, resumeHints, stepOf}
