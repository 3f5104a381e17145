// Made by "npm run build" from src/; licences in NOTICES.txt
const {Cancelled, sanitize} = require('./step.cjs')
const {isDeletingOrGone, isGone, stateOf} = require('./clusters-busy.cjs')
// src/clusters/failed-restore.ts
async function whatBecame(step, clusterId, said) {
	try {
		const state = await stateOf(step, clusterId)
		if (isDeletingOrGone(state)) step.inProgress.created(void 0)
		if (isGone(state)) return `Cluster ${clusterId} is gone.`
		const sentence = [' is', ':'].some(is => said.includes(`Cluster ${clusterId}${is} ${sanitize(state)}`))
			? ''
			: `Cluster ${clusterId} is ${sanitize(state)}.`
		return isDeletingOrGone(state) ? sentence : `${sentence} ${offerDrop(step, clusterId)}`.trim()
	} catch (error) {
		if (error instanceof Cancelled) throw error
		return `The state of cluster ${clusterId} is not known. ${offerDrop(step, clusterId)}`
	}
}
function offerDrop({report, inProgress}, clusterId) {
	const inputs = [`target-cluster: ${clusterId}`]
	const content = {kind: 'step', operation: 'delete-cluster', inputs}
	if (inProgress.items.length === 0) report.folds.push({title: 'A step that drops it', content})
	return `It may stay, keep the name and cost money: before this step runs again, drop it with operation: delete-cluster and ${inputs[0]}.`
}
module.exports = {whatBecame}
