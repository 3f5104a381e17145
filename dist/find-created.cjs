// Made by "npm run build" from src/; licences in NOTICES.txt
const {withMore} = require('./step.cjs')
const {findLost} = require('./lost-response.cjs')
const {mayHaveStarted} = require('./restore-cluster.cjs')
const {describeNamed} = require('./find2.cjs')
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
module.exports = {findCreated}
