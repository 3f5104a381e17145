// Made by "npm run build" from src/; licences in NOTICES.txt
const require_clock = require("./clock.cjs");
const require_inputs = require("./inputs.cjs");
const require_in_progress = require("./in-progress.cjs");
const require_shared = require("./shared.cjs");
const require_page = require("./page.cjs");
// src/failure.ts
function whatIsSaid(failure, operation, { session, inProgress }) {
	const parts = require_inputs.partsOf(failure);
	const nothing = changesSomething(operation) && session.changes === 0 ? nothingDone(operation) : void 0;
	const running = failure instanceof require_inputs.Cancelled || failure instanceof require_inputs.TimedOut ? saidOfRunning(inProgress, operation) : void 0;
	const stake = [
		nothing,
		parts.stake,
		running?.stake,
		whatWasDropped(inProgress)
	].filter(Boolean);
	const later = !(failure instanceof require_inputs.TimedOut) || parts.next !== void 0 ? void 0 : whenNothingRuns(operation, session);
	return {
		...parts,
		stake: stake.join(" "),
		next: [parts.next, running?.next ?? later].filter(Boolean).join(" "),
		help: parts.help ?? (failure instanceof require_inputs.TimedOut ? "timed-out" : void 0)
	};
}
function nothingDone(operation) {
	return operation === "switch-alias" ? "Nothing was changed." : "Nothing was started.";
}
function changesSomething(operation) {
	const name = require_inputs.operations.find((known) => known === operation);
	return name !== void 0 && require_inputs.covers(require_inputs.inputs["dry-run"].operations, name);
}
const mostNamed = 5;
function saidOfRunning({ items, unread, createdClusterId }, operation) {
	const running = items.filter((item) => !unread.includes(item)).map((item) => `${item.kind} ${require_in_progress.idOf(item)}`);
	if (running.length === 0) return void 0;
	const [only, ...others] = running;
	const goOn = others.length === 0 ? `${only} goes on at the service.` : `These go on at the service: ${require_inputs.listInSentence(running, mostNamed)}.`;
	const cost = createdClusterId === void 0 ? "" : " The new cluster costs money until it is dropped.";
	const again = notAgain[operation];
	const next = again === void 0 ? longer : `${again} ${waitForIt}`;
	return {
		stake: `${require_inputs.capitalize(goOn)}${cost}`,
		next
	};
}
function whenNothingRuns(operation, { changes }) {
	return changes > 0 && notAgain[operation] !== void 0 ? "Look in the console what is done before running this step again." : longer;
}
const longer = "Run this step again, with a longer timeout.";
const notAgain = {
	"create-backup": "Do not run this step again as it is: that would start a second backup, unless it has if-busy: join and skip-if-newer-than.",
	"restore-cluster": "Do not run this step again as it is: the name is taken now.",
	"restore-collections": "Do not run this step again as it is: that would send the same restores again.",
	"export-backup": "Do not run this step again as it is: that would start a second export."
};
const waitForIt = "Wait with the step that stands in the log and on the job summary.";
function whatWasDropped({ droppedClusterId: id }) {
	if (id === void 0) return void 0;
	return `Cluster ${id}, which had the name, is dropped or may be: a dropped one stays in the recycle bin for 30 days and can be restored from there in the console.`;
}
function wholeReasons(said) {
	const whole = (said?.reasons ?? []).flatMap(({ of, whole }) => whole === void 0 ? [] : [{
		of,
		reason: whole
	}]);
	return whole.length === 0 ? void 0 : whole;
}
function titleOf(operation, status, problems) {
	if (problems > 0) return problems === 1 ? "1 problem with the inputs" : `${problems} problems with the inputs`;
	const what = operation === "" ? "step" : operation;
	if (status === "timed-out") return `${what} timed out`;
	return status === "cancelled" ? `${what} was cancelled` : `${what} failed`;
}
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
	"delete-cluster": () => Promise.resolve().then(() => require("./delete-cluster.cjs")),
	"prune-clusters": () => Promise.resolve().then(() => require("./prune-clusters.cjs")),
	verify: () => Promise.resolve().then(() => require("./verify.cjs")),
	"switch-alias": () => Promise.resolve().then(() => require("./switch-alias.cjs"))
};
// src/main.ts
process.exitCode = 1;
const stop = new AbortController();
const clock = require_clock.systemClock(stop.signal);
const started = clock.elapsed();
const startedAt = new Date(clock.now()).toISOString();
const inProgress = require_in_progress.openInProgress();
const session = require_shared.openSession();
const report = require_shared.openReport();
let ended = false;
let comment;
async function run() {
	const given = require_inputs.openInputs(require_shared.readInput, require_shared.maskInputs());
	comment = given.comment;
	const operation = await operations[given.operation]();
	const request = operation.read(given.reader, given.common);
	given.check();
	const deadline = clock.elapsed() + request.timeout;
	return operation.run(request, require_shared.openStep(request, {
		clock,
		deadline,
		stop: stop.signal
	}, {
		inProgress,
		session,
		report
	}));
}
function end(status, failure) {
	if (ended) return void 0;
	ended = true;
	const operation = known(require_shared.readInput("operation"));
	const said = failure === void 0 ? void 0 : whatIsSaid(failure, operation, {
		session,
		inProgress
	});
	const error$1 = said && require_inputs.textOf(said);
	const wasCutShort = status === "cancelled" || status === "timed-out";
	const common = require_shared.stepCommon();
	const hints = status === "succeeded" ? [] : require_in_progress.resumeHints(inProgress, wasCutShort, common);
	if (failure instanceof Error) require_shared.debug(stackOf(failure));
	logHints(hints, said?.help && require_in_progress.helpAddress(said.help, common));
	const elapsed = clock.elapsed() - started;
	require_shared.log(`${operation || "No operation"}: ${status} after ${require_inputs.formatDuration(elapsed)}.`);
	const finishedAt = new Date(clock.now()).toISOString();
	const facts = require_shared.published();
	const reasons = wholeReasons(said);
	const write = (status, error) => [() => require_shared.publish("status", status), () => require_shared.writeReceipt({
		operation,
		startedAt,
		finishedAt,
		error,
		reasons
	})];
	const problems = failure instanceof require_inputs.InputError ? failure.problems : [];
	const notes = require_shared.reported();
	const page = {
		operation,
		status,
		facts,
		report,
		said,
		problems,
		hints,
		notes,
		common
	};
	const [broken] = require_inputs.attemptAll(() => require_shared.publishNumber("duration", Math.round(elapsed / 100) / 10), ...write(status, error$1), () => require_shared.writeSummary(require_page.summaryPage(page)));
	const isSaid = broken === failure || broken instanceof require_inputs.RunnerFileError && failure instanceof require_inputs.RunnerFileError;
	const trouble = broken === void 0 || isSaid ? [] : [require_inputs.explain(broken)];
	if (trouble.length > 0 && error$1 === void 0) require_inputs.attemptAll(...write("failed", trouble.join(" ")));
	const sentences = [...error$1 === void 0 ? [] : [error$1], ...trouble];
	if (sentences.length > 0) require_shared.error(sentences.join("\n"), titleOf(operation, status, problems.length));
	else process.exitCode = 0;
	return trouble.length === 0 ? page : {
		...page,
		status: "failed",
		said: { what: sentences.join("\n") }
	};
}
function logHints(hints, help) {
	for (const { title, lines } of hints) for (const line of [title, ...lines.map((line) => `  ${line}`)]) require_shared.log(line);
	if (help !== void 0) require_shared.log(`More about this error: ${help}`);
}
async function endWithComment(status, failure) {
	const page = end(status, failure);
	if (page === void 0 || comment === void 0 || stop.signal.aborted) return;
	const { commentOnPr } = await Promise.resolve().then(() => require("./comment-on-pr.cjs"));
	await commentOnPr(page, {
		...comment,
		now: clock.now(),
		stop: stop.signal
	});
}
function known(operation = "") {
	return require_inputs.operations.find((name) => name === operation.toLowerCase()) ?? operation;
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
require_shared.onCancel(() => {
	stop.abort(new require_inputs.Cancelled());
	setTimeout(() => {
		end("cancelled", new require_inputs.Cancelled());
		process.exit();
	}, cancelDelay).unref();
});
process.on("uncaughtException", (failure) => {
	end("failed", failure);
	process.exit();
});
process.on("beforeExit", () => end("failed", new Error("the step stopped in the middle of its work")));
run().then((outcome) => stop.signal.aborted ? void end("cancelled", new require_inputs.Cancelled()) : endWithComment(outcome), (failure) => endWithComment(statusOf(failure), failure)).finally(require_shared.exitSoon);
