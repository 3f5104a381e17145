// Made by "npm run build" from src/; licences in NOTICES.txt
const {readBackupChoice} = require('./backups-choice.cjs')
const {checkedBackup, readBackup} = require('./backups-find.cjs')
const {findTarget, readTarget} = require('./clusters-find.cjs')
const {waitForRunning} = require('./clusters-running.cjs')
const {expectationsOf, needsList, showChecked, showVerified} = require('./verification-expectations.cjs')
const {listAllCollections, lookInto, openCluster} = require('./verification-look-into.cjs')
const {readToken} = require('./verification-token.cjs')
const {bothInTurn} = require('./waiting-wait-for-all.cjs')
// src/operations/verify.ts
async function read(reader, common) {
	const isGiven = name => reader.optional(name) !== void 0
	const withBackup = isGiven('cluster-id') || isGiven('backup-id')
	const withBaseline = isGiven('baseline')
	if (!withBackup && isGiven('max-age')) reader.report('max-age', 'has an effect only with backup-id: latest')
	if (!withBaseline && isGiven('allow-loss')) reader.report('allow-loss', 'has an effect only with baseline')
	return {
		...common,
		target: await readTarget(reader),
		source: withBackup ? {clusterId: reader.id('cluster-id'), backup: readBackupChoice(reader)} : void 0,
		wanted: isGiven('collections') ? await readCollections(reader, withBaseline) : void 0,
		...(await readComparison(reader)),
		loadRule: readLoadRule(reader, withBackup || withBaseline),
		token: await readToken(reader, common.apiKey),
		pollInterval: reader.duration('poll-interval')
	}
}
async function readCollections(reader, mayHaveArrows) {
	const {readWanted} = await Promise.resolve().then(() => require('./wanted.cjs'))
	return readWanted(reader, {mayHaveArrows})
}
async function readComparison(reader) {
	if (reader.optional('baseline') === void 0 && reader.optional('allow-loss') === void 0)
		return {allowedLoss: 0n}
	const {readAllowedLoss, readBaseline} = await Promise.resolve().then(() => require('./baseline.cjs'))
	return {baseline: readBaseline(reader), allowedLoss: readAllowedLoss(reader)}
}
function readLoadRule(reader, isKnownBefore) {
	const given = reader.oneOf('collection-status', ['KEEP', 'LOADED', 'UNLOADED'])
	if (given === 'KEEP' && !isKnownBefore)
		reader.report('collection-status', 'KEEP needs a backup or a baseline, which says what was loaded')
	return given ?? (isKnownBefore ? 'KEEP' : 'LOADED')
}
async function run(request, step) {
	const {target, source, token, pollInterval} = request
	step.report.subject = `Check of cluster ${target.cluster}`
	const [{clusterId, clusterName}, read] = await bothInTurn(
		step,
		own => publishTarget(own, target),
		async own => source && {source, backup: await readBackup(own, source)}
	)
	const backup = read && (await checkedBackup(step, read.source, {backup: read.backup, use: 'compared with'}))
	const cluster = {
		clusterId,
		clusterName,
		connectAddress: await waitForRunning(step, clusterId, pollInterval),
		token,
		pollInterval
	}
	showChecked(step, cluster, backup)
	const usable = await openCluster(step, cluster)
	const {expectations, warnings} = await expect(request, usable, {backup, clusterId})
	for (const warning of warnings) step.warning(warning)
	const {baseline, allowedLoss} = request
	const look = {expectations, allowedLoss, withBaseline: baseline !== void 0, isOutput: true}
	const verdicts = await lookInto(step, cluster, {connection: usable.connection, look})
	showVerified(step, cluster, {verdicts, withBaseline: look.withBaseline})
	return 'succeeded'
}
async function publishTarget(step, target) {
	const found = await findTarget(step, target)
	step.publish('clusterId', found.clusterId)
	step.publish('clusterName', found.clusterName)
	return found
}
async function expect({wanted, baseline, loadRule}, usable, {backup, clusterId}) {
	const contents = backup?.contents
	const listed = needsList(wanted, contents) ? await listAllCollections(usable) : []
	return expectationsOf({wanted, baseline, loadRule, clusterId, contents, listed})
}
module.exports = {read, run}
