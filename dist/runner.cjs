// Made by "npm run build" from src/; licences in NOTICES.txt
const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_toolkit = require("./toolkit.cjs");
const require_inputs = require("./inputs.cjs");
let node_fs = require("node:fs");
// src/github/event.ts
function getsNoSecrets() {
	const { GITHUB_ACTOR: actor, GITHUB_EVENT_NAME: event = "", GITHUB_EVENT_PATH: path = "" } = process.env;
	if (actor === "dependabot[bot]") return true;
	if (event === "pull_request_target") return false;
	const { pull_request: pullRequest, repository } = readPayload(path);
	return pullRequest !== void 0 && pullRequest.head?.repo?.full_name !== repository?.full_name;
}
function readPayload(path) {
	try {
		const payload = JSON.parse((0, node_fs.readFileSync)(path, "utf8"));
		return typeof payload === "object" && payload !== null ? payload : {};
	} catch {
		return {};
	}
}
// src/github/runner.ts
var runner_exports = require_rolldown_runtime.__exportAll({
	stepCommon: () => stepCommon,
	writeSummary: () => writeSummary
});
const largestSummary = 1044480;
const longestAnnotation = 4096;
const notes = [];
function readInput(name) {
	return process.env[`INPUT_${name.toUpperCase()}`] === void 0 ? void 0 : require_toolkit.getInput(name);
}
const tooShort = new Set();
function mask(secret) {
	if (secret === "") return;
	const lines = require_inputs.secretLines(secret).filter((line) => line.trim().length >= 6);
	if (require_inputs.rememberSecret(secret)) for (const line of lines) require_toolkit.setSecret(line);
	if (lines.length === 0 && !tooShort.has(secret)) {
		tooShort.add(secret);
		warning(`A secret of only ${secret.length} characters is not masked, since that would blank out unrelated text. This action prints it nowhere; see that later steps do not either.`);
	}
}
function maskInputs() {
	const apiKey = (process.env.ZILLIZ_API_KEY ?? "").trim();
	for (const secret of [
		readInput("api-key"),
		apiKey,
		readInput("github-token")
	]) mask(secret ?? "");
	const variables = Object.entries(process.env).filter(([name]) => name.toUpperCase().startsWith("INPUT_"));
	return {
		apiKey,
		baseUrl: (process.env.ZILLIZ_BASE_URL ?? "").trim(),
		getsNoSecrets: getsNoSecrets(),
		inputVariables: new Map(variables.map(([name, value = ""]) => [name, value]))
	};
}
function stepCommon() {
	const { GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" } = process.env;
	const isShown = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref);
	const baseUrl = readInput("base-url") || process.env.ZILLIZ_BASE_URL?.trim() || "";
	const isDefault = baseUrl === "" || baseUrl.replace(/\/+$/, "") === "https://api.cloud.zilliz.com";
	return {
		uses: isShown ? `${repository}@${ref}` : void 0,
		baseUrl: isDefault ? void 0 : require_inputs.sanitize(baseUrl)
	};
}
const reported = () => notes;
function note(text) {
	notes.push(text);
	log(text);
}
function log(text) {
	for (const line of safeLines(text)) require_toolkit.info(line);
}
function debug(text) {
	require_toolkit.debug(safeLines(text).join("\n"));
}
function notice(text) {
	require_toolkit.notice(annotation(text));
}
function warning(text) {
	notes.push(text);
	require_toolkit.warning(annotation(text));
}
const error = (text, title) => require_toolkit.error(annotation(text), { title: annotation(title) });
function safeLines(text) {
	return require_inputs.toLogLines(require_inputs.redact(text));
}
function annotation(text) {
	const whole = safeLines(text).map((line) => line.replace(/^ {2}\| /, "")).join("\n");
	return whole.length > longestAnnotation ? `${whole.slice(0, 4095)}…` : whole;
}
function saveState(name, value) {
	try {
		require_toolkit.saveState(name, require_inputs.redact(value));
	} catch (cause) {
		throw new require_inputs.RunnerFileError(`Could not save the state for the end of the job: ${require_inputs.messageOf(cause)}.`, { cause });
	}
}
function writeSummary(page) {
	const path = process.env.GITHUB_STEP_SUMMARY;
	if (!path) return;
	const whole = require_inputs.redact(page);
	const fitting = require_inputs.cutHtml(whole, largestSummary);
	const cut = "\n<p>Cut: a summary has at most 1 MiB. The receipt has all.</p>\n";
	try {
		(0, node_fs.appendFileSync)(path, fitting === whole ? fitting : `${fitting}${cut}`);
	} catch (cause) {
		throw new require_inputs.RunnerFileError(`Could not write the summary for the runner: ${require_inputs.messageOf(cause)}.`, { cause });
	}
}
function onCancel(act) {
	for (const signal of [
		"SIGINT",
		"SIGTERM",
		"SIGBREAK"
	]) process.on(signal, act);
}
const exitDelay = 300;
function exitSoon() {
	setTimeout(() => process.exit(), exitDelay).unref();
}
exports.debug = debug;
exports.error = error;
exports.exitSoon = exitSoon;
exports.log = log;
exports.mask = mask;
exports.maskInputs = maskInputs;
exports.note = note;
exports.notice = notice;
exports.onCancel = onCancel;
exports.readInput = readInput;
exports.reported = reported;
exports.runner_exports = runner_exports;
exports.saveState = saveState;
exports.stepCommon = stepCommon;
exports.warning = warning;
exports.writeSummary = writeSummary;
