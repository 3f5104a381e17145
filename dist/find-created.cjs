// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_lost_response = require("./lost-response.cjs");
const require_restore_cluster = require("./restore-cluster.cjs");
const require_find = require("./find.cjs");
// src/clusters/find-created.ts
async function findCreated(attempt, lost) {
	const { step } = attempt;
	step.log(`${lost.message} Checking whether the cluster is being created.`);
	const result = await require_lost_response.findLost(step, { lost }, async (cloud) => {
		const added = await createdSince(attempt, {
			...step,
			cloud
		});
		return added.length > 0 ? added : void 0;
	});
	switch (result.kind) {
		case "none": return;
		case "unknown": {
			const why = `The check failed: ${result.why}`;
			throw new require_inputs.OperationFailed(`${lost.message} ${why} ${require_restore_cluster.lookFirst(attempt)}`, { cause: lost });
		}
		case "found": return result.found;
	}
}
async function createdSince({ cluster, before, sentAt }, step) {
	const named = await require_find.clustersNamed(step, cluster.clusterName, cluster.projectId);
	const earliest = sentAt.now - sentAt.tolerance;
	return named.filter(({ clusterId, createTime = earliest }) => !before.includes(clusterId) && createTime >= earliest).map((found) => ({
		...found,
		isUnclear: found.createTime === void 0
	}));
}
exports.findCreated = findCreated;
