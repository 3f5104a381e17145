// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
const require_page = require("./page.cjs");
// src/main.ts
process.exitCode = 1;
const stop = new AbortController();
const clock = require_shared.systemClock(stop.signal);
const started = clock.elapsed();
const startedAt = new Date(clock.now()).toISOString();
const running = { jobIds: new Set() };
let ended = false;
async function story() {
	const fallbackKey = require_shared.maskInputs();
	const request = require_inputs.parseInputs(require_shared.readInput, fallbackKey);
	const deadline = clock.elapsed() + request.timeout;
	return run(request, require_shared.openStep(request, {
		clock,
		deadline,
		stop: stop.signal
	}, running));
}
async function run(request, step) {
	switch (request.operation) {
		case "create-backup": return (await Promise.resolve().then(() => require("./create-backup.cjs"))).createBackup(request, step);
		case "restore-cluster": return (await Promise.resolve().then(() => require("./restore-cluster.cjs"))).restoreCluster(request, step);
		case "restore-collections": return (await Promise.resolve().then(() => require("./restore-collections.cjs"))).restoreCollections(request, step);
		case "wait": return (await Promise.resolve().then(() => require("./wait.cjs"))).wait(request, step);
		case "list-backups": return (await Promise.resolve().then(() => require("./list-backups.cjs"))).listAllBackups(request, step);
		case "describe-backup": return (await Promise.resolve().then(() => require("./describe-backup.cjs"))).describeOneBackup(request, step);
		case "delete-backup": return (await Promise.resolve().then(() => require("./delete-backup.cjs"))).deleteOneBackup(request, step);
		case "prune-backups": return (await Promise.resolve().then(() => require("./prune-backups.cjs"))).pruneBackups(request, step);
		case "export-backup": return (await Promise.resolve().then(() => require("./export-backup.cjs"))).exportOneBackup(request, step);
		case "delete-cluster": return (await Promise.resolve().then(() => require("./delete-cluster.cjs"))).deleteCluster(request, step);
	}
}
function end(status, failure) {
	if (ended) return;
	ended = true;
	const error$1 = failure === void 0 ? void 0 : require_page.explain(failure);
	const left = status === "succeeded" ? [] : require_shared.resumeHints(running);
	const operation = require_shared.readInput("operation");
	if (failure instanceof Error) require_shared.debug(stackOf(failure));
	for (const { title, lines } of left) for (const line of [title, ...lines.map((line) => `  ${line}`)]) require_shared.log(line);
	require_shared.log(`${operation || "No operation"}: ${status} after ${require_inputs.formatDuration(clock.elapsed() - started)}.`);
	const finishedAt = new Date(clock.now()).toISOString();
	const broken = attempt(() => require_shared.publish("status", status), () => require_shared.writeReceipt({
		operation,
		startedAt,
		finishedAt,
		error: error$1
	}), () => require_shared.writeSummary(require_page.summaryPage({
		operation,
		status,
		facts: require_shared.published(),
		error: error$1,
		...require_shared.pageParts(),
		left
	})));
	if (broken.length > 0 && error$1 === void 0) attempt(() => require_shared.publish("status", "failed"));
	const sentences = [...error$1 === void 0 ? [] : [error$1], ...broken];
	if (sentences.length > 0) require_shared.error(sentences.join("\n"));
	else process.exitCode = 0;
}
function attempt(...deeds) {
	return deeds.flatMap((deed) => {
		try {
			deed();
			return [];
		} catch (error) {
			return [`Could not write for the runner: ${error instanceof Error ? error.message : error}`];
		}
	});
}
function stackOf(error) {
	const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
	return `${error.stack ?? error.message}${cause}`;
}
function statusOf(failure) {
	if (failure instanceof require_shared.Cancelled) return "cancelled";
	return failure instanceof require_shared.TimedOut ? "timed-out" : "failed";
}
const leaveWithin = 300;
const cancelWithin = 1600;
for (const signal of [
	"SIGINT",
	"SIGTERM",
	"SIGBREAK"
]) process.on(signal, () => {
	stop.abort(new require_shared.Cancelled());
	setTimeout(() => {
		end("cancelled", new require_shared.Cancelled());
		process.exit();
	}, cancelWithin).unref();
});
process.on("uncaughtException", (failure) => {
	end("failed", failure);
	process.exit(1);
});
process.on("beforeExit", () => end("failed", new Error("the step stopped in the middle of its work")));
story().then((outcome) => end(outcome), (failure) => end(statusOf(failure), failure)).finally(() => setTimeout(() => process.exit(), leaveWithin).unref());
