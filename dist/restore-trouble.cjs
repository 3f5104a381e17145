// Made by "npm run build" from src/; licences in NOTICES.txt
const {attemptAll, nameTakenCodes, sanitize, withMore} = require('./step.cjs')
const {mayHaveStarted, noPassword, recordCreated} = require('./restore-cluster.cjs')
const {waitUntilNameIsFree} = require('./clusters-drop.cjs')
const {findLost} = require('./waiting-lost-response.cjs')
const {describeNamed} = require('./clusters-named.cjs')
const {offerSafeName} = require('./clusters-name.cjs')
// src/clusters/find-created.ts
async function findCreated(attempt, lost) {
	const {step} = attempt
	step.log(`${lost.message} Checking whether the cluster is being created.`)
	let seen = []
	const search = async cloud => {
		seen = await createdSince(attempt, {...step, cloud})
		return seen.length > 0 && !seen.some(({isUnclear}) => isUnclear) ? seen : void 0
	}
	const first = await findLost(step, {lost}, search)
	const result = first.kind === 'none' && seen.length > 0 ? await findLost(step, {lost}, search) : first
	switch (result.kind) {
		case 'none':
			return seen.length > 0 ? seen : void 0
		case 'unknown': {
			const {what, answer} = result.why
			throw withMore(lost, {...mayHaveStarted(attempt, `The check failed: ${what}`), answer})
		}
		case 'found':
			return result.found
	}
}
async function createdSince({cluster, before, sentAt}, step) {
	const earliest = sentAt.now - sentAt.tolerance
	return (await describeNamed(step, cluster, before))
		.filter(
			({createTime = earliest, clusterName = cluster.clusterName, projectId = cluster.projectId}) =>
				createTime >= earliest && clusterName === cluster.clusterName && projectId === cluster.projectId
		)
		.map(one => ({...one, isUnclear: one.createTime === void 0}))
}
// src/clusters/restore-trouble.ts
async function afterLostResponse(attempt, lost) {
	const isSecond = attempt.lost !== void 0
	attempt.lost ??= lost
	const {step} = attempt
	const {password, username, jobId} = lost.partial ?? {}
	if (password !== void 0) step.mask(password)
	attemptAll(
		() => step.publish('password', password),
		() => step.publish('username', username),
		() => step.publish('jobId', jobId),
		() => jobId !== void 0 && step.publishList('jobIds', [jobId])
	)
	if (jobId !== void 0) step.inProgress.started({kind: 'job', jobId})
	const found = await findCreated(attempt, lost)
	if (found !== void 0) return takeFound(attempt, found, lost)
	const nothing = 'The list of clusters has no new one of that name.'
	if (isSecond) throw withMore(lost, mayHaveStarted(attempt, nothing))
	step.log(`${lost.message} ${nothing} Names are unique in a project, so sending it once more is safe.`)
}
function takeFound(attempt, found, lost) {
	const [only, ...others] = found
	if (only === void 0 || others.length > 0 || only.isUnclear) {
		const several = `New clusters have that name, and nothing shows which is this step's: ${found.map(({clusterId}) => clusterId).join(', ')}.`
		throw withMore(lost, mayHaveStarted(attempt, several))
	}
	const created = {clusterId: only.clusterId, ...lost.partial}
	const {step} = attempt
	recordCreated(attempt, created, isCertain(attempt, only))
	step.publish('connectAddress', only.connectAddress)
	if (lost.partial !== void 0) {
		if (created.password === void 0) step.warning(noPassword)
		return created
	}
	step.report.outcome = 'but it has started: the password is lost'
	throw withMore(lost, {
		stake: `The restore has started anyway: cluster ${only.clusterId} is ${sanitize(only.status)}, and costs money. Its password was in the response that was lost.`,
		next: 'Two ways forward: reset the password of db_admin in the console, or run the step again with if-exists: replace.',
		help: 'it-may-have-started'
	})
}
function isCertain({step, since}, {createTime = Number.NEGATIVE_INFINITY}) {
	const {clockDifference} = step.cloud.session
	return clockDifference !== void 0 && createTime >= since + clockDifference - 2e3
}
const afterNameTaken = 5e3
async function afterRefusal(attempt, refused) {
	const {step, cluster, before, lost, pollInterval} = attempt
	const nameTaken = nameTakenCodes.some(code => code === refused.code)
	const found = nameTaken && lost !== void 0 ? await findCreated(attempt, lost) : void 0
	if (found !== void 0 && lost !== void 0) return takeFound(attempt, found, lost)
	if (nameTaken && before.length > 0) {
		step.log(`The name is still used by dropped cluster ${before.join(', ')}. Waiting for it.`)
		await step.clock.pause(Math.min(pollInterval, afterNameTaken))
		await waitUntilNameIsFree(step, {...cluster, pollInterval}, before)
		return
	}
	const offer = refused.code === 96010 ? offerSafeName(cluster.clusterName) : ''
	const next = offer && `${refused.parts.next}${offer}`
	throw withMore(refused, lost === void 0 ? {next} : mayHaveStarted(attempt))
}
module.exports = {afterLostResponse, afterRefusal}
