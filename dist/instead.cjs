// Made by "npm run build" from src/; licences in NOTICES.txt
const {missingCollections} = require('./collections-contents.cjs')
const {ApiError, backupState, formatDuration, sanitize, serviceTime} = require('./step.cjs')
const {requestedCollections, typeOfNewBackup} = require('./zilliz-changes.cjs')
const {newest} = require('./backups-newest.cjs')
const {ofCluster} = require('./backups-of-cluster.cjs')
const {describeOrRefusal} = require('./backups-read.cjs')
// src/backups/instead.ts
function serves(wanted, {backupType, contents}) {
	if (backupType !== typeOfNewBackup(wanted)) return false
	if (wanted.collections === void 0) return true
	if (contents.kind !== 'by-database') return false
	return missingCollections(contents, requestedCollections(wanted))?.length === 0
}
async function freshBackup(wanted, step, listed) {
	const {clusterId, skipIfNewerThan} = wanted
	const type = typeOfNewBackup(wanted)
	const candidates = {
		clusterId,
		listed: listed.filter(({backupType = type, status}) => backupType === type && status === 'AVAILABLE'),
		notBefore: serviceTime(step.cloud).now - skipIfNewerThan
	}
	const found = await newest(step, candidates, backup => serves(wanted, backup))
	if (found?.createTime === void 0) return void 0
	const age = Math.max(0, serviceTime(step.cloud).now - found.createTime)
	if (age >= skipIfNewerThan) return void 0
	const used = ofCluster({clusterId, backupId: found.backupId}, found)
	step.notice(
		`No new backup: ${found.backupId} of cluster ${clusterId} is ${formatDuration(age)} old, younger than skip-if-newer-than.`
	)
	return used
}
async function backupToJoin(wanted, step, running) {
	const {clusterId, skipIfNewerThan = Number.POSITIVE_INFINITY} = wanted
	for (const {backupId, creationMethod} of running) {
		if (creationMethod === 'AUTO') continue
		const found = await describeOrRefusal(step, {clusterId, backupId})
		if (found instanceof ApiError || found.creationMethod !== 'MANUAL') continue
		if (!['creating', 'available'].includes(backupState(found.status))) continue
		const {createTime} = ofCluster({clusterId, backupId}, found)
		const age = createTime === void 0 ? void 0 : Math.max(0, serviceTime(step.cloud).now - createTime)
		if (
			!(skipIfNewerThan === Number.POSITIVE_INFINITY || (age ?? NaN) < skipIfNewerThan) ||
			!serves(wanted, found)
		)
			continue
		const began = age === void 0 ? 'at an unknown time' : `${formatDuration(age)} ago`
		step.notice(
			`No new backup: ${backupId} of cluster ${clusterId} is ${sanitize(found.status)} and is used instead. It began ${began}, so later writes may not be in it.`
		)
		return found
	}
}
module.exports = {backupToJoin, freshBackup}
