// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_busy = require("./busy.cjs");
const require_drop = require("./drop.cjs");
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/operations/delete-cluster.ts
function read(reader, common) {
	return {
		...common,
		target: require_shared.readTarget(reader),
		protectedClusters: reader.list("protected-clusters"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
async function run(request, step) {
	const { target, protectedClusters, dryRun } = request;
	const nothing = (why) => {
		step.notice(`Nothing to drop: ${why}.`);
		return dryRun ? require_shared.planned(step, []) : "skipped";
	};
	const found = await require_shared.lookUpTarget(step, target);
	if (found === void 0 || found.status === "DELETED") {
		const where = target.projectId === void 0 ? "" : ` in project ${target.projectId}`;
		return nothing(`there is no cluster with the id or name ${require_inputs.quote(target.cluster)}${where}`);
	}
	const { clusterId, clusterName, status } = found;
	step.publish("clusterId", clusterId);
	step.publish("clusterName", clusterName);
	if (require_shared.isProtected(found, protectedClusters)) throw new require_inputs.OperationFailed(`Cluster ${clusterId} (${require_inputs.sanitize(status)}) is one of protected-clusters: it is not dropped.`);
	if (require_busy.isDeletingOrGone(status)) return nothing(`cluster ${clusterId} is ${require_inputs.sanitize(status)} already`);
	if (dryRun) return require_shared.planned(step, [require_shared.dropCluster(clusterId)]);
	step.log(`Dropping cluster ${clusterId}, which is ${require_inputs.sanitize(status)}.`);
	await require_drop.drop(step, clusterId, request);
	step.note(`Cluster ${clusterId} is dropped. It stays in the recycle bin for 30 days, where the console can restore it; a free cluster does not.`);
	return "succeeded";
}
exports.read = read;
exports.run = run;
