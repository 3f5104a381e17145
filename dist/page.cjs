// Made by "npm run build" from src/; licences in NOTICES.txt
const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_inputs = require("./inputs.cjs");
// src/summary/page.ts
var page_exports = require_rolldown_runtime.__exportAll({ afterJobPage: () => afterJobPage });
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
function afterJobPage({ dropped, text }) {
	return `<h2>${dropped ? "🗑️ delete-after-job: dropped" : "❌ delete-after-job: not dropped"}</h2>\n<p>${require_inputs.escapeHtml(text)}</p>\n`;
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
exports.page_exports = page_exports;
exports.summaryPage = summaryPage;
