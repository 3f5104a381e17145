// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
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
function summaryPage({ operation, status, facts, error, notes, tables, left }) {
	const rows = [...facts].filter(([name]) => !notInTable.includes(name)).map(([name, value]) => `<tr><td>${name}</td><td>${cell(value)}</td></tr>`);
	return [
		`<h2>${marks[status]} ${escapeHtml(operation)}: ${status}</h2>`,
		...error === void 0 ? [] : [`<p>${escapeHtml(error).replaceAll("\n", "<br>")}</p>`],
		...notes.map((note) => `<p>${escapeHtml(note).replaceAll("\n", "<br>")}</p>`),
		...left.map(({ title, lines }) => `<p>${title}</p>\n<pre>${escapeHtml(lines.join("\n"))}</pre>`),
		...rows.length === 0 ? [] : [`<table><tr><th>Output</th><th>Value</th></tr>${rows.join("")}</table>`],
		...tables.map(showTable),
		""
	].join("\n");
}
function showTable({ columns, rows, more: beyond = 0 }) {
	const row = (kind) => (cells) => `<tr>${cells.map((text) => `<${kind}>${escapeHtml(require_shared.sanitize(text))}</${kind}>`).join("")}</tr>`;
	const shown = rows.slice(0, mostShown).map(row("td"));
	return `<table>${[row("th")(columns), ...shown].join("")}</table>${more(rows.length - shown.length + beyond)}`;
}
function more(items) {
	return items > 0 ? `<p>And ${items} more: the receipt has all.</p>` : "";
}
function cell(value) {
	if (Array.isArray(value)) return value.length === 0 ? "<code>[]</code>" : value.slice(0, mostShown).map((item) => typeof item === "string" ? `<code>${escapeHtml(item)}</code>` : `<pre>${escapeHtml(JSON.stringify(item, null, 2))}</pre>`).join("<br>") + more(value.length - mostShown);
	return `<code>${escapeHtml(typeof value === "object" ? JSON.stringify(value) : String(value))}</code>`;
}
function escapeHtml(text) {
	return require_inputs.redact(text).replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n").replace(/[^\P{C}\n]/gu, " ").replace(/\n(?:[^\S\n]*\n)+/g, "\n").replace(/[&<>"`*~[\]|\\@]/g, (character) => `&#${character.codePointAt(0)};`);
}
function explain(failure) {
	if (!(failure instanceof Error)) return `Unexpected failure: ${String(failure)}`;
	return [
		require_inputs.InputError,
		require_shared.OperationFailed,
		require_shared.ApiError,
		require_shared.NoResponseError,
		require_shared.TimedOut,
		require_shared.Cancelled
	].some((kind) => failure instanceof kind) ? failure.message : `Unexpected failure: ${failure.message}. This is a defect of the action: please report it.`;
}
exports.explain = explain;
exports.summaryPage = summaryPage;
