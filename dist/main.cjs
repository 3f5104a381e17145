// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_in_progress = require("./in-progress.cjs");
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/operations/index.ts
const operations = {
	"create-backup": () => Promise.resolve().then(() => require("./create-backup.cjs")),
	"restore-cluster": () => Promise.resolve().then(() => require("./restore-cluster.cjs")),
	"restore-collections": () => Promise.resolve().then(() => require("./restore-collections.cjs")),
	wait: () => Promise.resolve().then(() => require("./wait.cjs")),
	"list-backups": () => Promise.resolve().then(() => require("./list-backups.cjs")),
	"describe-backup": () => Promise.resolve().then(() => require("./describe-backup.cjs")),
	"delete-backup": () => Promise.resolve().then(() => require("./delete-backup.cjs")),
	"prune-backups": () => Promise.resolve().then(() => require("./prune-backups.cjs")),
	"export-backup": () => Promise.resolve().then(() => require("./export-backup.cjs")),
	"delete-cluster": () => Promise.resolve().then(() => require("./delete-cluster.cjs"))
};
// src/summary/page.ts
const marks = {
	succeeded: "✅",
	started: "🚀",
	skipped: "⏭️",
	planned: "📝",
	failed: "❌",
	"timed-out": "⌛",
	cancelled: "🛑"
};
const notInTable = [
	"status",
	"backup",
	"backups"
];
const mostShown = 500;
function summaryPage({ operation, status, facts, error, notes, tables, hints }) {
	const rows = [...facts].filter(([name]) => !notInTable.includes(name)).map(([name, value]) => `<tr><td>${name}</td><td>${cell(value)}</td></tr>`);
	return [
		`<h2>${marks[status]} ${require_inputs.escapeHtml(operation)}: ${status}</h2>`,
		...error === void 0 ? [] : [`<p>${require_inputs.escapeHtml(error).replaceAll("\n", "<br>")}</p>`],
		...notes.map((note) => `<p>${require_inputs.escapeHtml(note).replaceAll("\n", "<br>")}</p>`),
		...hints.map(({ title, lines }) => `<p>${title}</p>\n<pre>${require_inputs.escapeHtml(lines.join("\n"))}</pre>`),
		...rows.length === 0 ? [] : [`<table><tr><th>Output</th><th>Value</th></tr>${rows.join("")}</table>`],
		...tables.map(showTable),
		""
	].join("\n");
}
function showTable({ columns, rows, more: beyond = 0 }) {
	const row = (kind) => (cells) => `<tr>${cells.map((text) => `<${kind}>${require_inputs.escapeHtml(require_inputs.sanitize(text))}</${kind}>`).join("")}</tr>`;
	const shown = rows.slice(0, mostShown).map(row("td"));
	return `<table>${[row("th")(columns), ...shown].join("")}</table>${more(rows.length - shown.length + beyond)}`;
}
function more(items) {
	return items > 0 ? `<p>And ${items} more: the receipt has all.</p>` : "";
}
function cell(value) {
	if (Array.isArray(value)) {
		if (value.length === 0) return "<code>[]</code>";
		return value.slice(0, mostShown).map(listItem).join("<br>") + more(value.length - mostShown);
	}
	return `<code>${require_inputs.escapeHtml(typeof value === "object" ? JSON.stringify(value) : String(value))}</code>`;
}
function listItem(item) {
	return typeof item === "string" ? `<code>${require_inputs.escapeHtml(item)}</code>` : `<pre>${require_inputs.escapeHtml(JSON.stringify(item, null, 2))}</pre>`;
}
// src/main.ts
process.exitCode = 1;
const stop = new AbortController();
const clock = require_in_progress.systemClock(stop.signal);
const started = clock.elapsed();
const startedAt = new Date(clock.now()).toISOString();
const inProgress = require_in_progress.openInProgress();
let ended = false;
async function run() {
	const inputs = require_inputs.openInputs(require_shared.readInput, require_shared.maskInputs());
	const operation = await operations[inputs.operation]();
	const request = operation.read(inputs.reader, inputs.common);
	inputs.check();
	const deadline = clock.elapsed() + request.timeout;
	return operation.run(request, require_shared.openStep(request, {
		clock,
		deadline,
		stop: stop.signal
	}, inProgress));
}
function end(status, failure) {
	if (ended) return;
	ended = true;
	const error$1 = failure === void 0 ? void 0 : require_inputs.explain(failure);
	const hints = status === "succeeded" ? [] : require_in_progress.resumeHints(inProgress);
	const operation = require_shared.readInput("operation");
	if (failure instanceof Error) require_shared.debug(stackOf(failure));
	for (const { title, lines } of hints) for (const line of [title, ...lines.map((line) => `  ${line}`)]) require_shared.log(line);
	require_shared.log(`${operation || "No operation"}: ${status} after ${require_inputs.formatDuration(clock.elapsed() - started)}.`);
	const finishedAt = new Date(clock.now()).toISOString();
	const facts = require_shared.published();
	const broken = attempt(() => require_shared.publish("status", status), () => require_shared.writeReceipt({
		operation,
		startedAt,
		finishedAt,
		error: error$1
	}), () => require_shared.writeSummary(summaryPage({
		operation,
		status,
		facts,
		error: error$1,
		hints,
		...require_shared.summaryParts()
	})));
	if (broken.length > 0 && error$1 === void 0) attempt(() => require_shared.publish("status", "failed"));
	const sentences = [...error$1 === void 0 ? [] : [error$1], ...broken];
	if (sentences.length > 0) require_shared.error(sentences.join("\n"));
	else process.exitCode = 0;
}
function attempt(...actions) {
	return actions.flatMap((action) => {
		try {
			action();
			return [];
		} catch (error) {
			return [`Could not write for the runner: ${require_inputs.messageOf(error)}`];
		}
	});
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
	process.exit(1);
});
process.on("beforeExit", () => end("failed", new Error("the step stopped in the middle of its work")));
run().then((outcome) => end(outcome), (failure) => end(statusOf(failure), failure)).finally(require_shared.exitSoon);
