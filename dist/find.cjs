// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	OperationFailed,
	formatDuration,
	isNotFound,
	listInSentence,
	quote,
	sanitize,
	serviceTime,
	timestamp,
	withMore
} = require('./step.cjs')
const {
	backupState,
	describeBackup,
	describeCluster,
	describeClusterIfThere,
	listBackups,
	otherCase,
	sameButCase
} = require('./states.cjs')
// src/backups/format.ts
function nameOf({backupId, backupType = 'no type', createTime}) {
	const time = createTime === void 0 ? 'no time' : timestamp(createTime)
	return `${sanitize(backupId)} (${sanitize(backupType)}, ${time})`
}
function clusterNameIn(backups) {
	return backups.find(({clusterName}) => clusterName !== void 0)?.clusterName
}
function describeStatesOf(backups) {
	const each = backups.map(({backupId, status}) => `${sanitize(backupId)} (${sanitize(status)})`)
	return listInSentence(each)
}
function describeTypesOf(backups) {
	if (backups.length === 0) return 'no backup at all'
	const each = backups.map(
		({backupId, backupType, status}) =>
			`${backupId} (${sanitize(backupType ?? 'no type')}, ${sanitize(status)})`
	)
	return listInSentence(each)
}
// src/backups/read.ts
function isDeleted({status}) {
	return backupState(status) === 'deleted'
}
async function describeOrRefusal(step, backup) {
	try {
		return await describeBackup(step.cloud, backup)
	} catch (error) {
		if (error instanceof ApiError && !error.isAuthError) return error
		throw error
	}
}
async function stillListed(step, clusterId, backupIds) {
	if (backupIds.size === 0) return []
	return (await listBackups(step.cloud, clusterId)).filter(
		backup => backupIds.has(backup.backupId) && !isDeleted(backup)
	)
}
async function readState(step, backup) {
	const found = await describeOrRefusal(step, backup)
	if (!(found instanceof ApiError)) return found
	const [listed] = await stillListed(step, backup.clusterId, new Set([backup.backupId]))
	return listed
}
function ofCluster({clusterId, backupId}, backup) {
	if (backup.backupId !== backupId) throw otherCase('backup-id', backupId, backup.backupId)
	if (backup.clusterId === void 0 || backup.clusterId === clusterId) return backup
	if (sameButCase(backup.clusterId, clusterId)) throw otherCase('cluster-id', clusterId, backup.clusterId)
	throw new OperationFailed(
		`Backup ${describeStatesOf([backup])} belongs to cluster ${sanitize(backup.clusterId)}, not to cluster ${clusterId}, so nothing is done with it. Check cluster-id and backup-id.`
	)
}
// src/backups/source.ts
async function describeSource(step, clusterId) {
	const found = await describeCluster(step.cloud, clusterId).catch(error =>
		explainIfMissing(step, clusterId, error)
	)
	if (found.clusterId !== clusterId) throw otherCase('cluster-id', clusterId, found.clusterId)
	return found
}
async function listBackupsOf(step, clusterId) {
	const listed = await listAny(step, clusterId)
	if (listed.length === 0) await describeSource(step, clusterId)
	return listed
}
function listAny(step, clusterId) {
	return listBackups(step.cloud, clusterId).catch(error => explainIfMissing(step, clusterId, error))
}
async function explainIfMissing(step, clusterId, error) {
	if (!isNotFound(error, 'cluster')) throw error
	return (await Promise.resolve().then(() => require('./not-found.cjs'))).explainMissing(
		step,
		clusterId,
		error
	)
}
const plansWithoutBackup = ['free', 'serverless']
function refuseByPlan({clusterId, plan}, use) {
	if (plan === void 0 || !plansWithoutBackup.includes(plan.toLowerCase())) return
	throw new OperationFailed({
		what: `Cluster ${clusterId} is of plan ${quote(plan)} and cannot be ${use}: backups are for Dedicated clusters only.`,
		next: 'Choose a Dedicated cluster, or change the plan of this one in the console.'
	})
}
async function describeSourceIfThere(step, clusterId) {
	const source = await describeClusterIfThere(step.cloud, clusterId)
	if (source !== void 0 && source.clusterId !== clusterId)
		throw otherCase('cluster-id', clusterId, source.clusterId)
	return source
}
async function refuseSourceByPlan(step, clusterId, use) {
	const source = await describeSourceIfThere(step, clusterId).catch(unknownWhereForbidden)
	if (source !== void 0) refuseByPlan(source, use)
}
function unknownWhereForbidden(error) {
	if (!(error instanceof ApiError) || error.group !== 'permission') throw error
}
// src/backups/newest.ts
async function newest(step, {clusterId, listed, notBefore = 0}, serves) {
	const dated = await withTimes(step, clusterId, listed)
	for (const sameTime of grouped(newestFirst(dated), ({createTime}) => createTime)) {
		const described = []
		for (const {backupId} of sameTime) {
			const found = await describeIfThere(step, {clusterId, backupId})
			if (found !== void 0) described.push(found)
		}
		const [best] = newestFirst(described.filter(found => found.status === 'AVAILABLE' && serves(found)))
		if (best !== void 0) return best
		const isTooOld = ({createTime}) => createTime !== void 0 && createTime < notBefore
		if (described.length > 0 && described.every(isTooOld)) return void 0
	}
}
async function withTimes(step, clusterId, listed) {
	const dated = []
	for (const backup of listed) {
		const {backupId, createTime} = backup
		const described = createTime === void 0 ? await describeIfThere(step, {clusterId, backupId}) : backup
		if (described !== void 0) dated.push({...backup, createTime: described.createTime})
	}
	return dated
}
function newestFirst(backups) {
	const time = ({createTime}) => createTime ?? Number.NEGATIVE_INFINITY
	return [...backups].sort((one, other) => (time(one) === time(other) ? 0 : time(other) - time(one)))
}
function grouped(items, key) {
	const groups = new Map()
	for (const item of items) {
		const group = groups.get(key(item))
		if (group === void 0) groups.set(key(item), [item])
		else group.push(item)
	}
	return [...groups.values()]
}
async function describeIfThere(step, backup) {
	const found = await describeOrRefusal(step, backup)
	if (!(found instanceof ApiError)) return found
	const [left] = await stillListed(step, backup.clusterId, new Set([backup.backupId]))
	if (left === void 0) return void 0
	throw withMore(found, {stake: 'The list of backups still has it.'})
}
// src/backups/find.ts
function readBackupChoice(reader, backupType) {
	const backupId = reader.id('backup-id')
	const maxAge = reader.optionalDuration('max-age')
	if (isLatest(backupId)) return {kind: 'latest', maxAge, backupType}
	if (reader.optional('max-age') !== void 0)
		reader.report('max-age', 'has an effect only with backup-id: latest')
	return {kind: 'id', backupId}
}
function isLatest(backupId) {
	return backupId.toLowerCase() === 'latest'
}
function readBackupType(reader) {
	const type = reader.oneOf('backup-type', ['any', 'CLUSTER', 'COLLECTION'])
	return type === 'any' ? void 0 : type
}
async function findBackup(step, request) {
	const backup = await readBackup(step, request)
	publishBackup(step, backup)
	return backup
}
function readBackup(step, {clusterId, backup: choice}) {
	return choice.kind === 'latest'
		? latestBackup(step, clusterId, choice)
		: namedBackup(step, {clusterId, backupId: choice.backupId})
}
function publishBackup(step, {backupId, backupName, size, createTime}) {
	step.publish('backupId', backupId)
	step.publish('backupName', backupName)
	step.publishNumber('backupSize', size)
	if (createTime !== void 0) step.publish('backupTime', timestamp(createTime))
}
async function chooseBackup(step, request, use) {
	return checkedBackup(step, request, {backup: await readBackup(step, request), ...use})
}
function checkedBackup(step, request, {backup, type, use, mayBeUnused = false}) {
	if (!mayBeUnused) publishBackup(step, backup)
	const name = `Backup ${backup.backupId} of cluster ${request.clusterId}`
	const {backupId, status} = backup
	if (status !== 'AVAILABLE') {
		if (status === 'CREATING')
			step.inProgress.started({kind: 'backup', clusterId: request.clusterId, backupId})
		throw new OperationFailed({
			what: `${name} is ${sanitize(status)}; only an AVAILABLE backup can be ${use}.`,
			next: status === 'CREATING' ? 'Wait for it with operation: wait.' : void 0,
			help: 'no-backup-to-restore'
		})
	}
	if (type !== void 0 && backup.backupType !== type)
		throw new OperationFailed({
			what: `${name} is of type ${sanitize(backup.backupType ?? 'unknown')}, and a new cluster needs one of type ${type}.`,
			next: 'Its collections can be restored into an existing cluster with operation: restore-collections.',
			help: 'no-backup-to-restore'
		})
	return backup
}
async function namedBackup(step, backup) {
	try {
		return await ofClusterOrListed(step, backup, await describeBackup(step.cloud, backup))
	} catch (error) {
		if (!isNotFound(error, 'backup') && !isNotFound(error, 'cluster')) throw error
		const {explainNotFound} = await Promise.resolve().then(() => require('./not-found.cjs'))
		throw await explainNotFound(step, backup, error)
	}
}
async function ofClusterOrListed(step, backup, found) {
	const {clusterId} = ofCluster(backup, found)
	if (clusterId !== void 0) return found
	const {findAnywhere} = await Promise.resolve().then(() => require('./not-found.cjs'))
	return {...found, clusterId: (await findAnywhere(step, backup))?.clusterId}
}
async function latestBackup(step, clusterId, {maxAge, backupType: type}) {
	const listed = await listBackupsOf(step, clusterId)
	const serves = ({backupType}) => type === void 0 || backupType === type
	const mayServe = backup => backup.backupType === void 0 || serves(backup)
	const chosen = await newest(
		step,
		{clusterId, listed: listed.filter(backup => backup.status === 'AVAILABLE' && mayServe(backup))},
		serves
	)
	const found = chosen && ofCluster({clusterId, backupId: chosen.backupId}, chosen)
	const kind = type === void 0 ? '' : ` of type ${type}`
	if (found === void 0)
		throw new OperationFailed({
			what: `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${describeTypesOf(listed)}.`,
			help: 'no-backup-to-restore'
		})
	const {createTime} = found
	const age = createTime === void 0 ? void 0 : Math.max(0, serviceTime(step.cloud).now - createTime)
	if (maxAge !== void 0 && (age === void 0 || age > maxAge)) {
		const old = age === void 0 ? 'of unknown age' : `${formatDuration(age)} old`
		throw new OperationFailed({
			what: `The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${formatDuration(maxAge)}.`,
			help: 'no-backup-to-restore'
		})
	}
	const old = age === void 0 ? '' : `, ${formatDuration(age)} old`
	step.log(`backup-id: latest is ${found.backupId}${old}.`)
	return found
}
module.exports = {
	checkedBackup,
	chooseBackup,
	clusterNameIn,
	describeOrRefusal,
	describeSource,
	describeSourceIfThere,
	describeStatesOf,
	findBackup,
	grouped,
	isDeleted,
	isLatest,
	listAny,
	listBackupsOf,
	nameOf,
	newest,
	newestFirst,
	ofCluster,
	ofClusterOrListed,
	publishBackup,
	readBackup,
	readBackupChoice,
	readBackupType,
	readState,
	refuseByPlan,
	refuseSourceByPlan,
	stillListed,
	unknownWhereForbidden
}
