// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	OperationFailed,
	describeStatesOf,
	listBackups,
	listClusters,
	otherCase,
	quote,
	sameButCase,
	withMore
} = require('./step.cjs')
const {ofCluster} = require('./backups-of-cluster.cjs')
// src/backups/not-found.ts
async function explainNotFound(step, backup, refused) {
	const listed = await findAnywhere(step, backup)
	if (listed === void 0) await refuseNameAsId(step, backup.clusterId, refused)
	const stake = listed === void 0 ? void 0 : `The list of all backups has it: ${describeStatesOf([listed])}.`
	return withMore(refused, {stake, next: 'Check backup-id and cluster-id.'})
}
async function findAnywhere(step, backup) {
	const {clusterId, backupId} = backup
	const all = await listBackups(step.cloud)
	const listed = all.find(other => other.backupId === backupId)
	if (listed !== void 0) return ofCluster(backup, listed)
	const other = all.find(({backupId: id}) => sameButCase(id, backupId))
	if (other !== void 0) throw otherCase('backup-id', backupId, other.backupId)
	const named = all.filter(({backupName}) => sameButCase(backupName, backupId))
	const [first] = named.filter(({clusterId: id}) => id === void 0 || id === clusterId).concat(named)
	if (first === void 0) return void 0
	throw new OperationFailed(
		`backup-id: ${quote(backupId)} is the name of a backup; expected is its id, ${describeStatesOf([first])}.`
	)
}
async function explainMissing(step, clusterId, notFound) {
	await refuseNameAsId(step, clusterId, notFound)
	const {next = '', answer} = notFound.parts
	const hint = /^in\d\d-/i.test(clusterId) ? next : `${looksLikeName} ${next}`
	throw new OperationFailed(
		{what: `No cluster ${quote(clusterId)}.`, next: hint, answer, help: 'no-such-cluster'},
		{cause: notFound}
	)
}
const looksLikeName = 'That looks like a name: an id looks like in01-92409d3fb64afeb.'
async function refuseNameAsId(step, clusterId, cause) {
	const listed = await listClusters(step.cloud).catch(error => {
		if (error instanceof ApiError) return []
		throw error
	})
	if (listed.some(cluster => cluster.clusterId === clusterId)) return
	const other = listed.find(cluster => sameButCase(cluster.clusterId, clusterId))
	if (other !== void 0) throw otherCase('cluster-id', clusterId, other.clusterId)
	const named = listed.find(cluster => sameButCase(cluster.clusterName, clusterId))
	if (named === void 0) return
	throw new OperationFailed(
		{
			what: `No cluster ${quote(clusterId)}.`,
			next: `That is the name of a cluster, and cluster-id takes its id: ${named.clusterId}.`,
			answer: cause.parts.answer,
			help: 'no-such-cluster'
		},
		{cause}
	)
}
module.exports = {explainMissing, explainNotFound, findAnywhere, refuseNameAsId}
