// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_shared = require("./shared.cjs");
// src/operations/delete-cluster.ts
async function deleteCluster(request, step) {
	const { target, protectedClusters } = request;
	const found = await require_shared.lookUpTarget(step, target);
	if (found === void 0 || found.status === "DELETED") {
		const where = target.projectId === void 0 ? "" : ` in project ${target.projectId}`;
		step.notice(`Nothing to drop: there is no cluster with the id or name ${require_shared.quote(target.cluster)}${where}.`);
		return request.dryRun ? require_shared.planned(step, []) : "skipped";
	}
	const { clusterId, clusterName, status } = found;
	step.publish("clusterId", clusterId);
	step.publish("clusterName", clusterName);
	if (protectedClusters.includes(clusterId) || protectedClusters.includes(clusterName ?? "")) throw new require_shared.OperationFailed(`Cluster ${clusterId} (${require_shared.sanitize(status)}) is one of protected-clusters: it is not dropped.`);
	if (require_shared.isDeletingOrGone(status)) {
		step.notice(`Nothing to drop: cluster ${clusterId} is ${require_shared.sanitize(status)} already.`);
		return request.dryRun ? require_shared.planned(step, []) : "skipped";
	}
	if (request.dryRun) return require_shared.planned(step, [{
		method: "DELETE",
		path: require_shared.paths.dropCluster(clusterId)
	}]);
	step.log(`Dropping cluster ${clusterId}, which is ${require_shared.sanitize(status)}.`);
	await require_shared.drop(step, clusterId, request);
	step.note(`Cluster ${clusterId} is dropped. It stays in the recycle bin for 30 days, where the console can restore it; a free cluster does not.`);
	return "succeeded";
}
exports.deleteCluster = deleteCluster;
