// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, quote, sameButCase, sanitize} = require('./step.cjs')
const {isDeletingOrGone} = require('./clusters-busy.cjs')
const {describeListed, withStates} = require('./clusters-named.cjs')
const {isProtected} = require('./clusters-protected.cjs')
// src/clusters/name-used.ts
async function usedName(step, options, named) {
	const {clusterName, projectId, ifExists} = options
	const staying = named.filter(({status}) => !isDeletingOrGone(status))
	const [holder] = staying
	if (holder === void 0) return {kind: 'leaving', clusterIds: named.map(({clusterId}) => clusterId)}
	const taken = `The name ${quote(clusterName)} is used in project ${projectId} by cluster ${withStates(staying)}.`
	const refuse = (next, why = '') =>
		new OperationFailed({what: [taken, why].filter(Boolean).join(' '), next, help: 'the-name-is-used'})
	const chooseAnother = 'Choose another target-cluster.'
	if (staying.length > 1) throw refuse(chooseAnother, 'With several, none is reused or replaced.')
	const found = await describeListed(step, holder, {untilUnlisted: true})
	if (found === void 0 || isDeletingOrGone(found.status))
		return {kind: 'leaving', clusterIds: named.map(({clusterId}) => clusterId)}
	if (ifExists === 'fail')
		throw refuse(
			'Choose another target-cluster, or set if-exists to reuse (keeps the cluster, restores nothing) or replace (drops it first).'
		)
	const why = whyNotToUse(options, found)
	if (why !== void 0)
		throw refuse(chooseAnother, `${why}, which is never ${ifExists === 'reuse' ? 'reused' : 'replaced'}.`)
	return {kind: 'held', cluster: found}
}
function caseDiffers(clusterName, {clusterId, clusterName: other = ''}) {
	return new OperationFailed(
		`target-cluster: cluster ${clusterId} has the name ${quote(other)}, which differs from ${quote(clusterName)} by case alone. Choose another name, or write it so.`
	)
}
function whyNotToUse(options, found) {
	const {sourceIds, protectedClusters, clusterName, projectId} = options
	if (sourceIds.some(id => sameButCase(found.clusterId, id))) return 'It is the source cluster'
	if (isProtected(protectedClusters, found)) return 'It is one of protected-clusters'
	if (found.clusterName !== void 0 && found.clusterName !== clusterName)
		return `Its own name is another one, ${quote(found.clusterName)}`
	if (found.projectId !== void 0 && found.projectId !== projectId)
		return `It is in another project, ${sanitize(found.projectId)}`
}
module.exports = {caseDiffers, usedName}
