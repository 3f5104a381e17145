// Made by "npm run build" from src/; licences in NOTICES.txt
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
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
	const { report } = step;
	report.subject = `Export of a backup of ${clusterId}`;
	const backup = await require_shared.chooseBackup(step, request, { use: "exported" });
	const { backupId } = backup;
	const change = require_shared.exportBackup({
		clusterId,
		backupId
	}, request);
	const what = `backup ${backupId} of ${backup.clusterName ?? clusterId}`;
	report.subject = `Export of ${what}`;
	report.rows.push(require_shared.backupRow(backup, require_shared.serviceTime(step.cloud).now), {
		name: "Integration",
		value: { code: integrationId }
	}, ...directory === void 0 ? [] : [{
		name: "Folder",
		value: { code: directory }
	}]);
	if (request.dryRun) {
		await require_shared.refuseSourceByPlan(step, clusterId, "exported from");
		report.heading = `Dry run: ${what} would be exported`;
		report.sentence = "Nothing was started.";
		return require_shared.planned(step, [change]);
	}
	const jobId = await require_shared.send(step.cloud, change).catch((error) => {
		throw require_shared.mayHaveSucceeded(error) ? inDoubt(error, backupId) : error;
	});
	step.inProgress.started({
		kind: "job",
		jobId
	});
	const folder = directory === void 0 ? "" : `, folder ${require_inputs.quote(directory)}`;
	step.log(`Export of backup ${backupId} to integration ${integrationId}${folder}: job ${jobId}.`);
	step.publish("jobId", jobId);
	step.publishList("jobIds", [jobId]);
	if (!request.wait) {
		report.heading = `Export of ${what} has started`;
		report.sentence = "The step does not wait for it.";
		return "started";
	}
	await require_shared.waitForAll(step, [require_shared.jobSuccessful(jobId, {
		grace: require_shared.notFoundGrace.created,
		isReadBack: false
	})], { pollInterval });
	report.heading = `Export of ${what} is complete`;
	report.sentence = `In ${require_shared.tookSoFar(step)}. The files stay in your storage until you delete them.`;
	return "succeeded";
}
function inDoubt(error, backupId) {
	return require_inputs.withMore(error, {
		stake: `The export of backup ${backupId} may have started anyway.`,
		next: "Look at the jobs in the console and at the storage before running this step again.",
		help: "it-may-have-started"
	});
}
exports.read = read;
exports.run = run;
