// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/clusters/described-target.ts
async function describeTarget(step, target, { protectedClusters, nothing }) {
	const chosen = await require_shared.findTarget(step, target, protectedClusters);
	const found = await require_shared.describeCluster(step.cloud, chosen.clusterId);
	if (require_shared.isProtected(protectedClusters, found)) throw new require_inputs.OperationFailed(`Cluster ${found.clusterId} is one of protected-clusters: ${nothing}.`);
	if (chosen.clusterId !== target.cluster && found.clusterName !== void 0 && found.clusterName !== target.cluster) throw new require_inputs.OperationFailed(`Cluster ${found.clusterId} was chosen by the name ${require_inputs.quote(target.cluster)}, but its name is ${require_inputs.quote(found.clusterName)}: ${nothing}.`);
	const { projectId } = target;
	if (projectId !== void 0 && found.projectId !== void 0 && found.projectId !== projectId) throw new require_inputs.OperationFailed(`Cluster ${found.clusterId} was chosen in project ${projectId}, but it is in project ${require_inputs.sanitize(found.projectId)}: ${nothing}.`);
	return {
		...chosen,
		...found
	};
}
exports.describeTarget = describeTarget;
