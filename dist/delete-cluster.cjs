// Made by "npm run build" from src/; licences in NOTICES.txt
const require_shared = require("./shared.cjs");
const require_drop = require("./drop.cjs");
const require_inputs = require("./inputs.cjs");
// src/operations/delete-cluster.ts
function read(reader, common) {
	return {
		...common,
		target: require_shared.readTarget(reader),
		protectedClusters: require_shared.readProtectedClusters(reader),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
async function run(request, step) {
	const { target, protectedClusters, dryRun } = request;
	const { report } = step;
	report.subject = `Drop of cluster ${target.cluster}`;
	const nothing = (why) => nothingToDrop(request, step, why);
	const found = await require_shared.lookUpTarget(step, target, protectedClusters);
	if (found === void 0 || found.status === "DELETED") {
		const where = target.projectId === void 0 ? "" : ` in project ${target.projectId}`;
		return nothing(`there is no cluster with the id or name ${require_inputs.quote(target.cluster)}${where}`);
	}
	const { clusterId, clusterName, status } = found;
	step.publish("clusterId", clusterId);
	step.publish("clusterName", clusterName);
	const rule = {
		clusterId,
		clusterName: clusterId === target.cluster ? void 0 : target.cluster,
		projectId: target.projectId,
		protectedClusters
	};
	const described = await require_shared.describeListed(step, found, { untilUnlisted: false });
	if (described === void 0) return nothing(`cluster ${clusterId} is in the list of clusters, but cannot be found any more`);
	if (require_shared.isDeletingOrGone(described.status)) return nothing(`cluster ${clusterId} is ${require_inputs.sanitize(described.status)} already`);
	require_drop.refuseDrop(rule, described);
	const name = clusterName ?? clusterId;
	report.rows.push({
		name: "Cluster id",
		value: { code: clusterId }
	});
	if (dryRun) {
		report.heading = `Dry run: cluster ${name} would be dropped`;
		report.sentence = `It is ${require_inputs.sanitize(described.status)}. Nothing was dropped.`;
		return require_shared.planned(step, [require_shared.dropCluster(clusterId)]);
	}
	step.log(`Dropping cluster ${clusterId}, which is ${require_inputs.sanitize(status)}.`);
	const outcome = await require_drop.drop(step, rule, request);
	if (outcome !== "dropped") return nothing(`cluster ${clusterId} is ${outcome} already`);
	step.log(`Cluster ${clusterId} is dropped. ${bin}`);
	report.heading = `Cluster ${name} is dropped`;
	report.sentence = bin;
	return "succeeded";
}
const bin = "It stays in the recycle bin for 30 days, where the console can restore it; a free cluster does not.";
function nothingToDrop({ target, dryRun }, step, why) {
	step.report.heading = `Nothing to drop: no cluster ${target.cluster}`;
	step.report.sentence = `${require_inputs.capitalize(why)}.`;
	step.notice(`Nothing to drop: ${why}.`);
	return dryRun ? require_shared.planned(step, []) : "skipped";
}
exports.read = read;
exports.run = run;
