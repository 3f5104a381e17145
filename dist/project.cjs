// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ApiError,
	NoResponseError,
	OperationFailed,
	TimedOut,
	listClusters,
	listInSentence,
	listProjects,
	otherCase,
	quote,
	sameButCase
} = require('./step.cjs')
// src/clusters/project.ts
const longestLook = 1e4
function unknownAfterTrouble(error) {
	if (error instanceof ApiError || error instanceof NoResponseError || error instanceof TimedOut) return []
	throw error
}
async function refuseProjectSlip(step, projectId) {
	const deadline = Math.min(step.cloud.deadline, step.clock.elapsed() + longestLook)
	const cloud = {...step.cloud, deadline}
	const known = (await listClusters(cloud).catch(unknownAfterTrouble)).flatMap(({projectId: id}) => id ?? [])
	if (known.includes(projectId)) return
	const projects = await listProjects(cloud).catch(unknownAfterTrouble)
	const ids = [...known, ...projects.map(({projectId: id}) => id)]
	if (ids.includes(projectId)) return
	const other = ids.find(id => sameButCase(id, projectId))
	if (other !== void 0) throw otherCase('target-project-id', projectId, other)
	const named = projects.find(({projectName}) => sameButCase(projectName, projectId))
	if (named !== void 0)
		throw new OperationFailed(
			`target-project-id: ${quote(projectId)} is the name of a project; expected is its id, ${named.projectId}.`
		)
	if (projects.length === 0) return
	throw new OperationFailed(
		`target-project-id: the key can see no project ${quote(projectId)}. It can see ${listInSentence(projects.map(({projectId: id}) => id))}.`
	)
}
module.exports = {refuseProjectSlip}
