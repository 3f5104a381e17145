// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_create = require("./create.cjs");
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/operations/create-backup.ts
async function createBackup(request, step) {
	const { clusterId } = request;
	const listed = await require_shared.listBackups(step.cloud, clusterId);
	const fresh = await freshBackup(request, step, listed);
	if (fresh !== void 0) {
		step.publish("backupId", fresh.backupId);
		step.publish("backupName", fresh.backupName);
		step.publishFlag("created", false);
		return request.dryRun ? require_shared.planned(step, []) : "skipped";
	}
	if (request.dryRun) {
		await require_shared.describeCluster(step.cloud, clusterId);
		const busy = require_create.backupsRunning(listed);
		if (busy.length > 0) step.log(`${require_create.busySentence(request, busy)} The step would wait for it to end.`);
		const path = require_shared.paths.createBackup(clusterId);
		return require_shared.planned(step, [{
			method: "POST",
			path,
			body: require_create.backupBody(request)
		}]);
	}
	const started = await require_create.startBackup(request, step, listed);
	step.publish("jobId", started.jobId);
	if (started.jobId !== void 0) step.publishList("jobIds", [started.jobId]);
	step.publish("backupId", started.backupId);
	step.publish("backupName", started.backupName);
	step.publishFlag("created", true);
	if (!request.wait) return "started";
	await require_create.waitUntilAvailable(request, step, started);
	return "succeeded";
}
async function freshBackup(request, step, listed) {
	const { clusterId, skipIfNewerThan } = request;
	if (skipIfNewerThan === void 0) return void 0;
	const ofType = listed.filter((backup) => backup.backupType === require_create.backupType(request) && backup.status === "AVAILABLE");
	const holdsAll = ({ contents }) => request.collections === void 0 || contents.kind === "by-database" && require_shared.missingCollections(contents, require_create.requestedCollections(request))?.length === 0;
	const found = await require_shared.newest(step, clusterId, ofType, holdsAll);
	if (found?.createTime === void 0) return void 0;
	const age = step.clock.now() - found.createTime;
	if (age >= skipIfNewerThan) return void 0;
	step.notice(`No new backup: ${found.backupId} of cluster ${clusterId} is ${require_inputs.formatDuration(age)} old, younger than skip-if-newer-than.`);
	return found;
}
exports.createBackup = createBackup;
