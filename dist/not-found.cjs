// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/backups/not-found.ts
async function explainNotFound(step, backup, refused) {
	const listed = await findAnywhere(step, backup);
	if (listed === void 0) await refuseNameAsId(step, backup.clusterId, refused);
	const stake = listed === void 0 ? void 0 : `The list of all backups has it: ${require_shared.describeStatesOf([listed])}.`;
	return require_inputs.withMore(refused, {
		stake,
		next: "Check backup-id and cluster-id."
	});
}
async function findAnywhere(step, backup) {
	const { clusterId, backupId } = backup;
	const all = await require_shared.listBackups(step.cloud);
	const listed = all.find((other) => other.backupId === backupId);
	if (listed !== void 0) return require_shared.ofCluster(backup, listed);
	const other = all.find(({ backupId: id }) => require_shared.sameButCase(id, backupId));
	if (other !== void 0) throw require_shared.otherCase("backup-id", backupId, other.backupId);
	const named = all.filter(({ backupName }) => require_shared.sameButCase(backupName, backupId));
	const [first] = named.filter(({ clusterId: id }) => id === void 0 || id === clusterId).concat(named);
	if (first === void 0) return void 0;
	throw new require_inputs.OperationFailed(`backup-id: ${require_inputs.quote(backupId)} is the name of a backup; expected is its id, ${require_shared.describeStatesOf([first])}.`);
}
async function explainMissing(step, clusterId, notFound) {
	await refuseNameAsId(step, clusterId, notFound);
	const { next = "", answer } = notFound.parts;
	const hint = /^in\d\d-/i.test(clusterId) ? next : `${looksLikeName} ${next}`;
	throw new require_inputs.OperationFailed({
		what: `No cluster ${require_inputs.quote(clusterId)}.`,
		next: hint,
		answer,
		help: "no-such-cluster"
	}, { cause: notFound });
}
const looksLikeName = "That looks like a name: an id looks like in01-92409d3fb64afeb.";
async function refuseNameAsId(step, clusterId, cause) {
	const listed = await require_shared.listClusters(step.cloud).catch((error) => {
		if (error instanceof require_shared.ApiError) return [];
		throw error;
	});
	if (listed.some((cluster) => cluster.clusterId === clusterId)) return;
	const other = listed.find((cluster) => require_shared.sameButCase(cluster.clusterId, clusterId));
	if (other !== void 0) throw require_shared.otherCase("cluster-id", clusterId, other.clusterId);
	const named = listed.find((cluster) => require_shared.sameButCase(cluster.clusterName, clusterId));
	if (named === void 0) return;
	throw new require_inputs.OperationFailed({
		what: `No cluster ${require_inputs.quote(clusterId)}.`,
		next: `That is the name of a cluster, and cluster-id takes its id: ${named.clusterId}.`,
		answer: cause.parts.answer,
		help: "no-such-cluster"
	}, { cause });
}
exports.explainMissing = explainMissing;
exports.explainNotFound = explainNotFound;
exports.findAnywhere = findAnywhere;
exports.refuseNameAsId = refuseNameAsId;
