// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/clusters/project.ts
const mostNamed = 10;
const longestLook = 1e4;
function unknownAfterTrouble(error) {
	if (error instanceof require_shared.ApiError || error instanceof require_shared.NoResponseError || error instanceof require_inputs.TimedOut) return [];
	throw error;
}
async function refuseProjectSlip(step, projectId) {
	const deadline = Math.min(step.cloud.deadline, step.clock.elapsed() + longestLook);
	const cloud = {
		...step.cloud,
		deadline
	};
	const known = (await require_shared.listClusters(cloud).catch(unknownAfterTrouble)).flatMap(({ projectId: id }) => id ?? []);
	if (known.includes(projectId)) return;
	const projects = await require_shared.listProjects(cloud).catch(unknownAfterTrouble);
	const ids = [...known, ...projects.map(({ projectId: id }) => id)];
	if (ids.includes(projectId)) return;
	const other = ids.find((id) => require_shared.sameButCase(id, projectId));
	if (other !== void 0) throw require_shared.otherCase("target-project-id", projectId, other);
	const named = projects.find(({ projectName }) => require_shared.sameButCase(projectName, projectId));
	if (named !== void 0) throw new require_inputs.OperationFailed(`target-project-id: ${require_inputs.quote(projectId)} is the name of a project; expected is its id, ${named.projectId}.`);
	if (projects.length === 0) return;
	throw new require_inputs.OperationFailed(`target-project-id: the key can see no project ${require_inputs.quote(projectId)}. It can see ${require_inputs.listInSentence(projects.map(({ projectId: id }) => id), mostNamed)}.`);
}
exports.refuseProjectSlip = refuseProjectSlip;
