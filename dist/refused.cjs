// Made by "npm run build" from src/; licences in NOTICES.txt
const {listBackups, sanitize, withMore} = require('./step.cjs')
const {readAfterRefusal} = require('./waiting-after-refusal.cjs')
const {backupsRunning} = require('./backups-busy.cjs')
const {describeSource} = require('./backups-source.cjs')
// src/backups/refused.ts
const neverBusy = ['key', 'permission', 'not-found', 'parameter']
async function afterRefusal({options, step, before}, refused) {
	const {clusterId} = options
	if (refused.group === 'not-found') await describeSource(step, clusterId)
	if (
		refused.code === void 0 ||
		[401, 403, 404].includes(refused.status) ||
		neverBusy.includes(refused.group)
	)
		throw refused
	const found = await readAfterRefusal(refused, `cluster ${clusterId}`, async () => {
		const listed = await listBackups(step.cloud, clusterId)
		const ended = new Set(before.filter(({status}) => status === 'AVAILABLE').map(({backupId}) => backupId))
		const hasEnded = listed.some(({backupId, status}) => status === 'AVAILABLE' && !ended.has(backupId))
		if (hasEnded && options.ifBusy === 'fail') return {kind: 'ended'}
		if (backupsRunning(listed).length > 0 || hasEnded) return {kind: 'busy', listed, elsewhere: []}
		const all = await listBackups(step.cloud)
		const elsewhere = backupsRunning(all).filter(({creationMethod}) => creationMethod === 'MANUAL')
		if (elsewhere.length > 0) return {kind: 'busy', listed, elsewhere}
		return {kind: 'idle', ...(await describeSource(step, clusterId))}
	})
	if (found.kind === 'busy') return found
	if (found.kind === 'ended') throw ranUntilNow(refused, clusterId)
	const state = `Cluster ${clusterId} is ${sanitize(found.status)}.`
	throw withMore(refused, {stake: state})
}
function ranUntilNow(refused, clusterId) {
	return withMore(refused, {
		stake: `Another backup of cluster ${clusterId} was running until a moment ago.`,
		next: 'Run the step again, or let it wait with if-busy: wait.'
	})
}
module.exports = {afterRefusal}
