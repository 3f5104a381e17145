// Made by "npm run build" from src/; licences in NOTICES.txt
const require_step = require("./step.cjs");
const require_inputs = require("./inputs.cjs");
const require_runner = require("./runner.cjs");
const require_page = require("./page.cjs");
// src/operations/index.ts
const operations = {
	"create-backup": () => Promise.resolve().then(() => require("./create-backup.cjs")),
	"restore-cluster": () => Promise.resolve().then(() => require("./restore-cluster.cjs")).then((n) => n.restore_cluster_exports),
	"restore-collections": () => Promise.resolve().then(() => require("./restore-collections.cjs")),
	wait: () => Promise.resolve().then(() => require("./wait.cjs")),
	"list-backups": () => Promise.resolve().then(() => require("./list-backups.cjs")),
	"describe-backup": () => Promise.resolve().then(() => require("./describe-backup.cjs")),
	"delete-backup": () => Promise.resolve().then(() => require("./delete-backup.cjs")),
	"prune-backups": () => Promise.resolve().then(() => require("./prune-backups.cjs")),
	"export-backup": () => Promise.resolve().then(() => require("./export-backup.cjs")),
	"delete-cluster": () => Promise.resolve().then(() => require("./delete-cluster.cjs"))
};
// src/main.ts
process.exitCode = 1;
const stop = new AbortController();
const clock = require_step.systemClock(stop.signal);
const started = clock.elapsed();
const startedAt = new Date(clock.now()).toISOString();
const inProgress = require_step.openInProgress();
let ended = false;
async function run() {
	const inputs = require_inputs.openInputs(require_runner.readInput, require_runner.maskInputs());
	const operation = await operations[inputs.operation]();
	const request = operation.read(inputs.reader, inputs.common);
	inputs.check();
	const deadline = clock.elapsed() + request.timeout;
	return operation.run(request, require_step.openStep(request, {
		clock,
		deadline,
		stop: stop.signal
	}, inProgress));
}
function end(status, failure) {
	if (ended) return;
	ended = true;
	const error$1 = failure === void 0 ? void 0 : [require_inputs.explain(failure), ...whatWasDropped()].join(" ");
	const hints = status === "succeeded" ? [] : require_step.resumeHints(inProgress, status === "cancelled" || status === "timed-out");
	const operation = require_runner.readInput("operation") ?? "";
	if (failure instanceof Error) require_runner.debug(stackOf(failure));
	for (const { title, lines } of hints) for (const line of [title, ...lines.map((line) => `  ${line}`)]) require_runner.log(line);
	const elapsed = clock.elapsed() - started;
	require_runner.log(`${operation || "No operation"}: ${status} after ${require_inputs.formatDuration(elapsed)}.`);
	const finishedAt = new Date(clock.now()).toISOString();
	const facts = require_step.published();
	const write = (status, error) => [() => require_step.publish("status", status), () => require_step.writeReceipt({
		operation,
		startedAt,
		finishedAt,
		error
	})];
	const [broken] = require_inputs.attemptAll(() => require_step.publishNumber("duration", Math.round(elapsed / 100) / 10), ...write(status, error$1), () => require_runner.writeSummary(require_page.summaryPage({
		operation,
		status,
		facts,
		error: error$1,
		hints,
		...require_runner.summaryParts()
	})));
	const isSaid = broken === failure || broken instanceof require_inputs.RunnerFileError && failure instanceof require_inputs.RunnerFileError;
	const trouble = broken === void 0 || isSaid ? [] : [require_inputs.explain(broken)];
	if (trouble.length > 0 && error$1 === void 0) require_inputs.attemptAll(...write("failed", trouble.join(" ")));
	const sentences = [...error$1 === void 0 ? [] : [error$1], ...trouble];
	if (sentences.length > 0) require_runner.error(sentences.join("\n"));
	else process.exitCode = 0;
}
function whatWasDropped() {
	const { droppedClusterId: id } = inProgress;
	if (id === void 0) return [];
	return [`Cluster ${id}, which had the name, is dropped or may be: a dropped one stays in the recycle bin for 30 days and can be restored from there in the console.`];
}
function stackOf(error) {
	const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
	return `${error.stack ?? error.message}${cause}`;
}
function statusOf(failure) {
	if (failure instanceof require_inputs.Cancelled) return "cancelled";
	return failure instanceof require_inputs.TimedOut ? "timed-out" : "failed";
}
const cancelDelay = 1600;
require_runner.onCancel(() => {
	stop.abort(new require_inputs.Cancelled());
	setTimeout(() => {
		end("cancelled", new require_inputs.Cancelled());
		process.exit();
	}, cancelDelay).unref();
});
process.on("uncaughtException", (failure) => {
	end("failed", failure);
	process.exit(1);
});
process.on("beforeExit", () => end("failed", new Error("the step stopped in the middle of its work")));
run().then((outcome) => stop.signal.aborted ? end("cancelled", new require_inputs.Cancelled()) : end(outcome), (failure) => end(statusOf(failure), failure)).finally(require_runner.exitSoon);
