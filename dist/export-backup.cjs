// Made by "npm run build" from src/; licences in NOTICES.txt
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
const require_step = require("./step.cjs");
const require_wait_for_all = require("./wait-for-all.cjs");
const require_lost_response = require("./lost-response.cjs");
// src/operations/export-backup.ts
function read(reader, common) {
	const directory = reader.optional("directory");
	if (directory !== void 0 && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(directory)) reader.report("directory", `expected a folder without line ends and control characters; got ${require_inputs.quoteInput(directory)}`);
	return {
		...common,
		clusterId: reader.id("cluster-id"),
		backup: require_shared.readBackupChoice(reader),
		integrationId: reader.id("integration-id"),
		directory,
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
async function run(request, step) {
	const { clusterId, integrationId, directory, pollInterval } = request;
	const { backupId } = await require_shared.chooseBackup(step, request, { use: "exported" });
	const change = require_shared.exportBackup({
		clusterId,
		backupId
	}, request);
	if (request.dryRun) {
		await require_shared.refuseSourceByPlan(step, clusterId, "exported from");
		return require_step.planned(step, [change]);
	}
	const jobId = await require_shared.send(step.cloud, change).catch((error) => {
		if (!require_lost_response.mayHaveSucceeded(error)) throw error;
		throw new require_inputs.OperationFailed(`${error.message} The export of backup ${backupId} may have started anyway: look at the jobs in the console and at the storage before running this step again.`, { cause: error });
	});
	step.inProgress.started({
		kind: "job",
		jobId
	});
	const folder = directory === void 0 ? "" : `, folder ${require_inputs.quote(directory)}`;
	step.note(`Export of backup ${backupId} to integration ${integrationId}${folder}: job ${jobId}.`);
	step.publish("jobId", jobId);
	step.publishList("jobIds", [jobId]);
	if (!request.wait) return "started";
	await require_wait_for_all.waitForAll(step, [require_wait_for_all.jobSuccessful(jobId, {
		grace: require_wait_for_all.notFoundGrace.created,
		isReadBack: false
	})], { pollInterval });
	return "succeeded";
}
exports.read = read;
exports.run = run;
