// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, listBackups, sanitize, waitUntil, whileWaiting} = require('./step.cjs')
const {pauseBeforeRead} = require('./waiting-after-refusal.cjs')
const {backupsRunning} = require('./backups-busy.cjs')
// src/backups/in-the-way.ts
function busySentence({clusterId, ifBusy}, busy) {
	const names = busy.map(({backupId, creationMethod, clusterId: of = clusterId}) => {
		const elsewhere = of === clusterId ? '' : ` of cluster ${sanitize(of)}`
		return creationMethod
			? `${backupId}${elsewhere} (${sanitize(creationMethod)})`
			: `${backupId}${elsewhere}`
	})
	const sentence = `${busy.every(({clusterId: of = clusterId}) => of !== clusterId) ? 'Another cluster is being backed up' : `Cluster ${clusterId} is being backed up already`}: ${names.join(', ')} is CREATING.`
	if (ifBusy !== 'fail') return sentence
	throw new OperationFailed({
		what: sentence,
		next: 'Wait for it, or let this step wait with if-busy: wait.',
		help: 'another-backup-is-running'
	})
}
function logThatItWouldWait(options, step, busy) {
	step.log(`${busySentence(options, busy)} The step would wait for it to end.`)
}
async function waitWhileBusy(options, step, {listed, elsewhere}) {
	const {clusterId, pollInterval} = options
	const busy = [...backupsRunning(listed), ...elsewhere]
	step.log(`${busySentence(options, busy)} Waiting for it to end, since only one can run at a time.`)
	await pauseBeforeRead(step, pollInterval)
	const {cloud} = whileWaiting(step)
	const others = new Set(elsewhere.map(({backupId}) => backupId))
	const isOver = async () => {
		if (others.size === 0) return true
		return !backupsRunning(await listBackups(cloud)).some(({backupId}) => others.has(backupId))
	}
	const stillOpen = () =>
		others.size > 0
			? 'a backup of another cluster is still running'
			: `another backup of cluster ${clusterId} is still running`
	const poll = async () => {
		const now = await listBackups(cloud, clusterId)
		return backupsRunning(now).length === 0 && (await isOver()) ? {done: now} : {progress: void 0}
	}
	return waitUntil(step, poll, {maxPause: pollInterval, stillOpen})
}
module.exports = {logThatItWouldWait, waitWhileBusy}
