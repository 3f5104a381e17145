// Made by "npm run build" from src/; licences in NOTICES.txt
const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_inputs = require("./inputs.cjs");
const require_toolkit = require("./toolkit.cjs");
let node_fs = require("node:fs");
let node_os = require("node:os");
let node_path = require("node:path");
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
	const token = readInput("data-token") ?? "";
	const password = token.slice(token.indexOf(":") + 1);
	const secrets = [
		readInput("api-key"),
		apiKey,
		readInput("github-token"),
		token,
		password
	];
	for (const secret of secrets) mask(secret ?? "");
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
// src/github/outputs.ts
const largestList = 4e5;
const facts = new Map();
const cut = new Set();
function setOutput(name, value) {
	try {
		require_toolkit.setOutput(name, value);
	} catch (cause) {
		throw new require_inputs.RunnerFileError(`Could not write output ${name} for the runner: ${require_inputs.messageOf(cause)}.`, { cause });
	}
}
function publish(name, value) {
	if (value === void 0 || value === "") return;
	if (require_inputs.secretOutputs.includes(name)) {
		mask(value);
		setOutput(name, value);
		return;
	}
	const clean = require_inputs.redact(value);
	if (facts.get(name) === clean) return;
	facts.set(name, clean);
	setOutput(name, clean);
}
function publishBoolean(name, value) {
	facts.set(name, value);
	setOutput(name, String(value));
}
function publishNumber(name, value) {
	if (value === void 0 || facts.get(name) === value) return;
	facts.set(name, value);
	setOutput(name, String(value));
}
function publishList(name, items) {
	const whole = redactDeep(items);
	facts.set(name, whole);
	let size = 2;
	const fitting = whole.filter((item) => {
		size += Buffer.byteLength(JSON.stringify(item)) + 1;
		return size <= largestList;
	});
	setOutput(name, JSON.stringify(fitting));
	if (fitting.length < whole.length && !cut.has(name)) {
		cut.add(name);
		warning(`Output ${name} holds the first ${fitting.length} of ${whole.length} entries, since a job's outputs are limited; the file of output receipt has all.`);
	}
}
function publishObject(name, value) {
	const whole = redactDeep(value);
	facts.set(name, whole);
	const sized = Object.entries(whole).map(([key, field]) => ({
		key,
		bytes: Buffer.byteLength(JSON.stringify([key, field]))
	}));
	let size = 2;
	const tooMuch = sized.sort((one, other) => one.bytes - other.bytes).filter(({ bytes }) => {
		size += bytes;
		return size > largestList;
	}).map(({ key }) => key).reverse();
	const missing = new Set(tooMuch);
	const fitting = Object.entries(whole).filter(([key]) => !missing.has(key));
	setOutput(name, JSON.stringify(Object.fromEntries(fitting)));
	if (missing.size > 0) warning(`Output ${name} omits ${require_inputs.listInSentence(tooMuch.map((key) => key.slice(0, 50)), 10)}, since a job's outputs are limited; the file of output receipt has all.`);
}
function redactDeep(value) {
	if (typeof value === "string") return require_inputs.redact(value);
	if (Array.isArray(value)) return value.map(redactDeep);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [require_inputs.redact(key), redactDeep(item)]));
}
function published() {
	return facts;
}
function runUrl() {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = process.env;
	return server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : void 0;
}
function workflow() {
	const { env } = process;
	return {
		repository: env.GITHUB_REPOSITORY || void 0,
		sha: env.GITHUB_SHA || void 0,
		runId: env.GITHUB_RUN_ID || void 0,
		runAttempt: env.GITHUB_RUN_ATTEMPT || void 0,
		runUrl: runUrl()
	};
}
function writeReceipt(step) {
	const { receipt: _itself, ...known } = Object.fromEntries(facts);
	const receipt = redactDeep({
		...step,
		...known,
		...workflow()
	});
	try {
		receiptPath ??= (0, node_path.join)((0, node_fs.mkdtempSync)((0, node_path.join)(process.env.RUNNER_TEMP || (0, node_os.tmpdir)(), "zilliz-cloud-")), "receipt.json");
		(0, node_fs.writeFileSync)(receiptPath, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 384 });
	} catch (cause) {
		throw new require_inputs.RunnerFileError(`Could not write the receipt for the runner: ${require_inputs.messageOf(cause)}.`, { cause });
	}
	publish("receipt", receiptPath);
}
let receiptPath;
// src/report.ts
function openReport() {
	return {
		rows: [],
		tables: [],
		folds: []
	};
}
function plainText(cell) {
	if (typeof cell === "string") return cell;
	if ("code" in cell) return cell.code;
	if ("text" in cell) return cell.text;
	return "strong" in cell ? cell.strong : cell.map(plainText).join("");
}
function endpointRows(connectAddress) {
	return connectAddress === void 0 ? [] : [{
		name: "Endpoint",
		value: { code: connectAddress }
	}];
}
function namedCluster({ clusterId, clusterName }) {
	return clusterName === void 0 ? { code: clusterId } : [
		{ strong: clusterName },
		" (",
		{ code: clusterId },
		")"
	];
}
function ageAndDate({ createTime }, now) {
	if (createTime === void 0) return "unknown";
	return `${largestUnit(now - createTime)} ago, ${require_inputs.timestamp(createTime).split("T")[0]}`.replaceAll(" ", "\xA0");
}
function largestUnit(milliseconds) {
	return require_inputs.formatDuration(Math.max(0, milliseconds)).split(" ")[0] ?? "";
}
// src/zilliz/codes.ts
const groups = {
	key: [
		21119,
		1800,
		80001,
		80002
	],
	permission: [
		96012,
		96013,
		96014,
		96015,
		96016,
		96027,
		96028,
		40022
	],
	"not-found": [
		96018,
		96026,
		40021,
		80020
	],
	conflict: [
		96017,
		40013,
		40003
	],
	unsupported: [
		96021,
		96022,
		80021
	],
	parameter: [
		96e3,
		96001,
		96002,
		96003,
		96004,
		96005,
		96006,
		96007,
		96008,
		96009,
		96010,
		96011,
		96023,
		96025,
		96029,
		96030,
		96031,
		96032,
		96033,
		96034,
		96035,
		96036,
		96037
	],
	"operation-failed": [
		96038,
		96039,
		96040
	]
};
const nameTakenCodes = [96017, 40013];
const badNameCode = 96010;
function groupOf(code) {
	for (const [group, codes] of Object.entries(groups)) if (codes.some((known) => known === code)) return group;
}
// src/zilliz/party.ts
const controlPlane = {
	name: "Zilliz Cloud",
	short: "the service",
	check: "Check base-url, and whether the network of this runner reaches it.",
	checkTls: "Check base-url. ",
	unreached: "zilliz-cloud-was-not-reached",
	page: {
		next: "Check base-url: https://api.cloud.zilliz.com, or https://api.cloud.zilliz.com.cn for the China site.",
		help: "a-web-page-was-answered-instead-of-the-api"
	},
	redirected: "Redirects are not followed: check base-url.",
	credential: "API key",
	checkCredential: "Check the secret behind api-key, and base-url: keys of the global and the China site differ.",
	refused: "api-key-refused",
	notAllowed: "this-api-key-may-not"
};
const checkNetwork = "Check whether the network of this runner reaches the cluster: its allow list, a private link or a firewall may keep a runner out.";
const dataPlane = {
	name: "the cluster",
	short: "the cluster",
	check: checkNetwork,
	checkTls: "",
	unreached: "the-cluster-does-not-answer",
	page: {
		next: checkNetwork,
		help: "the-cluster-does-not-answer"
	},
	redirected: "Redirects are not followed, since the token is for the cluster alone: check what stands between this runner and the cluster.",
	credential: "Token",
	checkCredential: "data-token takes what the cluster accepts: an API key with privileges on this cluster (one that is limited to certain clusters may have none on a new one), or user:password.",
	refused: "the-cluster-does-not-accept-the-token",
	notAllowed: "the-cluster-does-not-accept-the-token"
};
// src/zilliz/refusals.ts
const rights = {
	read: "read access to the cluster and its project: check the scope of the key",
	backup: "the backup privileges of the project: a project admin, or a custom role with the resource backup, and a scope that covers the cluster",
	cluster: "the right to make and drop clusters: a project admin, or a custom role that has it",
	data: "privileges on this cluster: data-token takes an API key that has them, or user:password of a user with such a role"
};
const hints = {
	key: "",
	permission: "",
	"not-found": "Check the id, and that the key belongs to the organization and has the cluster in its scope.",
	conflict: "The state or the name of the cluster or backup does not allow this: look in the console.",
	unsupported: "Backups are for Dedicated clusters only: choose one, or change the plan of this cluster in the console.",
	parameter: "Check the inputs of this step against the message.",
	"operation-failed": "The message gives the reason. A cluster must be running, and no other backup or restore may be in its way."
};
function describeResponse({ status, code, message, requestId }) {
	return [
		message ? require_inputs.quote(message) : "no message",
		`HTTP ${status}`,
		...code === void 0 ? [] : [`code ${require_inputs.sanitize(String(code))}`],
		requestId === void 0 ? "no request id" : `request id ${require_inputs.sanitize(requestId)}`
	].join(", ");
}
function unexpectedResponse(what, facts, next) {
	return {
		what,
		next,
		answer: describeResponse(facts)
	};
}
function saidByService({ tried, right, party = controlPlane }, { status, code }, group) {
	const what = `Could not ${tried}: ${party.short} refused.`;
	const { credential, checkCredential } = party;
	if (status >= 300 && status < 400) return {
		what,
		next: party.redirected
	};
	if (group === "key") return {
		what: `${credential} refused: could not ${tried}.`,
		next: checkCredential,
		help: party.refused
	};
	if (code === 96028) return {
		what,
		next: "This is for projects of the Enterprise plan only."
	};
	if (group === "permission") {
		const next = `It needs ${rights[right]}.`;
		return {
			what: `This ${lowerFirst(credential)} may not ${tried}.`,
			next,
			help: party.notAllowed
		};
	}
	if (party !== controlPlane) return {
		what,
		next: reasonHint
	};
	if (code === 40003) return {
		what,
		next: hints.conflict,
		help: "the-cluster-is-not-ready"
	};
	if (group !== void 0) return {
		what,
		next: hints[group]
	};
	return {
		what,
		next: right === "backup" || right === "cluster" ? `${reasonHint} ${limitHint}` : reasonHint
	};
}
function lowerFirst(text) {
	return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
const reasonHint = "The message gives the reason.";
const limitHint = "A quota or a plan is changed in the console.";
function saidByStranger({ tried, baseUrl, party = controlPlane }, { status }) {
	const what = `Could not ${tried}: something other than ${party.name} responded at ${baseUrl}.`;
	if (status >= 300 && status < 400) return {
		what,
		next: party.redirected
	};
	if (party !== controlPlane) return {
		what,
		next: checkOf(party, status)
	};
	const between = "Check base-url, and what may stand in between, such as a proxy or a firewall.";
	return {
		what,
		next: status === 401 ? `${between} Check the secret behind api-key too.` : between
	};
}
function checkOf({ check, checkCredential }, status) {
	if (status === 401) return checkCredential;
	return status === 403 ? `${checkCredential} ${check}` : check;
}
// src/zilliz/errors.ts
const groupOfStatus = {
	401: "key",
	403: "permission",
	404: "not-found"
};
var ApiError = class extends require_inputs.ActionError {
	name = "ApiError";
	status;
	code;
	requestId;
	group;
	constructor(asked, facts) {
		const group = groupOf(facts.code) ?? groupOfStatus[facts.status];
		const said = facts.code === void 0 ? saidByStranger(asked, facts) : saidByService(asked, facts, group);
		super({
			...said,
			answer: describeResponse(facts)
		});
		this.status = facts.status;
		this.code = facts.code;
		this.requestId = facts.requestId;
		this.group = group;
	}
	get isAuthError() {
		return this.group === "key" || this.group === "permission" || this.status === 401 || this.status === 403;
	}
};
var NoResponseError = class extends require_inputs.ActionError {
	name = "NoResponseError";
	kind;
	retryAfter;
	trouble;
	partial;
	isFinal;
	constructor(parts, { kind = "lost", retryAfter, trouble, partial, isFinal = false, cause } = {}) {
		super(parts, { cause });
		this.kind = kind;
		this.retryAfter = retryAfter;
		this.trouble = trouble;
		this.partial = partial;
		this.isFinal = isFinal;
	}
};
var IncompleteResponse = class extends Error {
	name = "IncompleteResponse";
	partial;
	constructor(message, partial, options) {
		super(message, options);
		this.partial = partial;
	}
};
const notFoundCodes = {
	job: [96026],
	cluster: [
		96018,
		40021,
		80020
	],
	backup: []
};
function isNotFound(error, resource) {
	if (!(error instanceof ApiError) || error.code === void 0) return false;
	if (notFoundCodes[resource].some((code) => code === error.code)) return true;
	return !(groupOf(error.code) !== void 0) && (resource === "backup" || error.status === 404) && !error.isAuthError;
}
// src/zilliz/in-flight.ts
const cancelGracePeriod = 1200;
async function allowedToFinish(stop, tried, attempt) {
	const abort = new AbortController();
	let timer;
	const stopped = () => {
		const lost = `The step was cancelled before the response came: the request to ${tried} may have been carried out.`;
		timer = setTimeout(() => abort.abort(new require_inputs.Cancelled(lost, { inFlight: true })), cancelGracePeriod);
	};
	stop.addEventListener("abort", stopped, { once: true });
	try {
		return await attempt(abort.signal);
	} finally {
		clearTimeout(timer);
		stop.removeEventListener("abort", stopped);
	}
}
// src/zilliz/response.ts
function readResponse(response, expected, { baseUrl, now, party = controlPlane }) {
	const { status } = response;
	const json = parse(response.text);
	const envelope = asEnvelope(json);
	const said = {
		message: messageIn(json),
		requestId: requestId(response.headers)
	};
	const facts = {
		status,
		code: envelope?.code,
		...said
	};
	const wait = retryAfter(response.headers, now);
	const code = typeof envelope?.code === "number" ? envelope.code : void 0;
	const load = loadOf(status, code !== void 0 && expected.isTemporary?.(code) === true, party);
	if (load !== void 0) {
		const options = {
			kind: "throttled",
			retryAfter: wait,
			trouble: status === 429 ? "load" : void 0
		};
		throw new NoResponseError(unexpectedResponse(load, facts), options);
	}
	if (isRefusal(status, envelope)) {
		const { tried, right } = expected;
		throw new ApiError({
			tried,
			right,
			baseUrl,
			party
		}, {
			...facts,
			code
		});
	}
	const fault = (what, cause) => {
		const partial = cause instanceof IncompleteResponse ? cause.partial : partialIn(json);
		const more = isPage(response) ? party.page : {};
		return new NoResponseError({
			...unexpectedResponse(what, facts),
			...more
		}, {
			retryAfter: wait,
			partial,
			cause
		});
	};
	if (status < 200 || status >= 300) throw fault(`${party.short} or its gateway failed`);
	if (envelope !== void 0 && !envelope.success) throw fault("the code is not a number");
	const bare = json !== void 0 && (expected.bare?.(json) ?? false);
	if (!bare && envelope === void 0) throw fault(whatInstead(response, json));
	try {
		return expected.decode(bare ? json : json.data, response.text.length);
	} catch (error) {
		throw fault(require_inputs.messageOf(error), error);
	}
}
function loadOf(status, isTemporary, { short }) {
	if (status === 425 || status === 429) return `${short} asks for fewer requests`;
	return isTemporary && status < 500 ? `${short} is not ready for it` : void 0;
}
function isPage({ status, headers, text }) {
	return (/html/i.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html)/i.test(text)) && status >= 200 && status < 300;
}
function whatInstead(response, json) {
	if (isPage(response)) return "a web page was answered instead of the API";
	return json === void 0 ? "the response is not JSON" : "the response has no code";
}
function partialIn(json) {
	if (typeof json !== "object" || json === null) return void 0;
	const from = "data" in json && typeof json.data === "object" && json.data !== null ? json.data : json;
	const text = (name) => typeof from[name] === "string" && from[name] !== "" ? from[name] : void 0;
	const jobId = text("jobId");
	const partial = {
		jobId: jobId !== void 0 && require_inputs.isSafeId(jobId) ? jobId : void 0,
		username: text("username"),
		password: text("password")
	};
	return Object.values(partial).some((value) => value !== void 0) ? partial : void 0;
}
function isRefusal(status, envelope) {
	if (status >= 300 && status < 500 && status !== 408) return true;
	return status < 300 && envelope?.success === false && typeof envelope.code === "number";
}
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
function asEnvelope(json) {
	if (typeof json !== "object" || json === null || !("code" in json)) return void 0;
	const raw = json.code;
	const code = typeof raw === "string" && /^-?\d{1,9}$/.test(raw) ? Number(raw) : raw;
	if (typeof code === "string" && code !== "") return {
		code,
		success: false
	};
	if (typeof code !== "number" || !Number.isFinite(code)) return void 0;
	return {
		code,
		success: code === 0 || code === 200
	};
}
function messageIn(json) {
	if (typeof json !== "object" || json === null || !("message" in json)) return void 0;
	return typeof json.message === "string" ? json.message : void 0;
}
function requestId(headers) {
	for (const name of [
		"requestid",
		"x-request-id",
		"x-kong-request-id"
	]) {
		const value = headers[name];
		if (typeof value === "string" && value !== "") return value;
	}
}
function retryAfter(headers, now) {
	for (const name of ["retry-after", "ratelimit-reset"]) {
		const value = headers[name];
		if (typeof value !== "string") continue;
		if (/^\d{1,9}$/.test(value)) return Number(value) * 1e3;
		const date = name === "retry-after" ? Date.parse(value) : NaN;
		if (!Number.isNaN(date)) return Math.max(0, date - now);
	}
}
// src/zilliz/retry.ts
const mostTlsTries = 3;
const firstPause$1 = 500;
const longestPause = 15e3;
const lastTry = 1e3;
const spread = 500;
const early = 10;
function retryPause(attempts, retryAfter, random) {
	const grown = Math.min(longestPause, firstPause$1 * 2 ** Math.min(attempts, 10));
	return Math.max(grown * (.5 + random / 2), retryAfter ?? 0);
}
async function retry(attempt, policy) {
	const { clock, deadline } = policy;
	const start = clock.elapsed();
	const logTrouble = troubleLog(policy);
	for (let attempts = 0;; attempts++) try {
		return await whileTooMany(policy, start).then(attempt);
	} catch (error) {
		if (!(error instanceof NoResponseError) || error.isFinal) throw error;
		const now = clock.elapsed();
		const pause = retryPause(attempts, error.retryAfter, Math.random());
		noteLoad(policy, error, now + pause);
		const { parts } = error;
		const what = `Could not ${policy.tried}: ${parts.what}.`;
		if (!policy.shouldRetry(error)) throw final(error, {
			...parts,
			what
		});
		const budget = policy.maxDuration - (now - start);
		if (error.retryAfter === void 0 ? pause > budget : budget <= 0) {
			const answer = withTries(parts.answer, triedFor(error, attempts, now - start));
			const next = (error.trouble === "tls" ? void 0 : parts.next) ?? whatToDo;
			throw final(error, {
				...parts,
				what,
				next,
				answer
			});
		}
		if (error.trouble === "tls" && !policy.hasResponded() && attempts + 1 >= mostTlsTries) {
			const answer = withTries(parts.answer, `tried ${attempts + 1} times`);
			throw final(error, {
				...parts,
				what,
				answer
			});
		}
		logTrouble(require_inputs.textOf({
			what,
			answer: parts.answer
		}));
		const timeout = {
			...parts,
			what: `${timedOut$1}${what}`
		};
		if (error.retryAfter === void 0 && now - start >= policy.makeWayAfter) throw new require_inputs.TimedOut(timeout, { cause: error });
		const room = deadline - now - lastTry;
		if (room <= 0) throw new require_inputs.TimedOut(timeout, { cause: attempts === 0 ? void 0 : error });
		await clock.pause(Math.min(pause, room, budget));
	}
}
function noteLoad({ load }, { trouble }, until) {
	if (load !== void 0 && trouble === "load") load.notBefore = Math.max(load.notBefore, until);
}
async function whileTooMany({ clock, deadline, maxDuration, load }, start) {
	const end = Math.min(deadline - lastTry, start + maxDuration);
	const notBefore = () => load?.notBefore ?? 0;
	for (let now = clock.elapsed(); now < Math.min(notBefore() - early, end); now = clock.elapsed()) await clock.pause(Math.min(notBefore() + Math.random() * spread, end) - now);
}
const timedOut$1 = "The step timed out. ";
const whatToDo = "Look at the network and the status page of the service, then run the step again.";
function withTries(answer, tries) {
	return answer === void 0 ? tries : `${answer}, ${tries}`;
}
function triedFor({ retryAfter }, attempts, duration) {
	const tries = attempts === 0 ? "tried once" : `tried ${attempts + 1} times in ${require_inputs.formatDuration(duration)}`;
	return retryAfter === void 0 ? tries : `${tries}, asked to wait ${require_inputs.formatDuration(retryAfter)}`;
}
const betweenLines = 3e4;
function troubleLog({ clock, log }) {
	let loggedAt = Number.NEGATIVE_INFINITY;
	let logged = "";
	return (sentence) => {
		const now = clock.elapsed();
		const trouble = sentence.replace(/request id [^)]*/, "");
		if (trouble === logged && now - loggedAt < betweenLines) return;
		log(`${sentence} Trying again.`);
		logged = trouble;
		loggedAt = now;
	};
}
function final(cause, parts) {
	const { kind, retryAfter, trouble, partial } = cause;
	return new NoResponseError(parts, {
		kind,
		retryAfter,
		trouble,
		partial,
		isFinal: true,
		cause
	});
}
// src/zilliz/service-time.ts
const toleranceOfService = 2e3;
const toleranceOfRunner = 3e5;
function serviceTime({ clock, session }) {
	const { clockDifference } = session;
	return clockDifference === void 0 ? {
		now: clock.now(),
		tolerance: toleranceOfRunner
	} : {
		now: clock.now() + clockDifference,
		tolerance: toleranceOfService
	};
}
function noteServiceTime({ clock, session }, date, receivedAt) {
	const time = Date.parse(date ?? "");
	const sinceThen = Math.round(clock.elapsed() - receivedAt);
	if (!Number.isNaN(time)) session.clockDifference = time - (clock.now() - sinceThen);
}
const mostAhead = 3e5;
function withoutFutureTime(to, item) {
	const { createTime } = item;
	return createTime === void 0 || createTime <= serviceTime(to).now + mostAhead ? item : {
		...item,
		createTime: void 0
	};
}
// src/response-body.ts
const maxResponseSize = 16777216;
var UnusableBody = class extends Error {
	name = "UnusableBody";
};
function readBody(message) {
	return new Promise((resolve, reject) => {
		const chunks = [];
		let size = 0;
		message.on("data", (chunk) => {
			size += chunk.length;
			if (size > maxResponseSize) {
				chunks.length = 0;
				reject(new UnusableBody(`the response is larger than ${maxResponseSize / 1024 / 1024} MB`));
				message.destroy();
				return;
			}
			chunks.push(chunk);
		});
		message.on("error", (error) => reject(error.message === "aborted" ? cutShort(error) : error));
		message.on("close", () => {
			if (message.complete) resolve(Buffer.concat(chunks).toString("utf8"));
			else reject(cutShort());
		});
	});
}
function cutShort(cause) {
	return new UnusableBody("the response was cut short", { cause });
}
// src/zilliz/kept.ts
const longestIdle = 3e4;
function agentOf(kept, url) {
	if (require_toolkit.getProxyUrl(url) !== "") return void 0;
	if (kept.agent === void 0) {
		const made = new require_toolkit.HttpClient(void 0, [], { keepAlive: true }).getAgent(url);
		made.options.timeout = longestIdle;
		kept.agent = made;
	}
	return kept.agent;
}
function maySayClosed(error) {
	const { code } = error;
	return code === "ECONNRESET" || code === "EPIPE";
}
// src/zilliz/transport.ts
function sendRequest(request) {
	const abort = new AbortController();
	return new Promise((resolve, reject) => {
		const end = (settle) => {
			clearTimeout(timer);
			request.stop.removeEventListener("abort", stopped);
			settle();
			abort.abort();
		};
		const fail = (error) => end(() => reject(error));
		const stopped = () => fail(request.stop.reason);
		const late = `no complete response within ${Math.ceil(request.timeout / 1e3)} s`;
		const timer = setTimeout(() => fail(new NoResponseError(late, { trouble: "timeout" })), request.timeout);
		if (request.stop.aborted) {
			stopped();
			return;
		}
		request.stop.addEventListener("abort", stopped);
		reach(request, abort.signal).then(async ({ message }) => {
			const receivedAt = request.elapsed();
			const { statusCode: status = 0, headers } = message;
			return {
				status,
				headers,
				receivedAt,
				text: await readBody(message)
			};
		}).then((response) => end(() => resolve(response)), (error) => fail(networkFault(error, request)));
	});
}
async function reach(request, abort) {
	const agent = request.kept && agentOf(request.kept, request.url);
	const isReused = agent !== void 0 && Object.keys(agent.freeSockets).length > 0;
	try {
		return await send$1(request, {
			abort,
			agent
		});
	} catch (error) {
		if (!isReused || !maySayClosed(error)) throw error;
		return send$1(request, { abort });
	}
}
function send$1(request, sending) {
	const client = new require_toolkit.HttpClient(request.userAgent, [requestHandler(request, sending)], {
		allowRedirects: false,
		allowRetries: false
	});
	const body = request.body === void 0 ? null : JSON.stringify(request.body);
	const headers = {
		accept: "application/json",
		...body === null ? {} : { "content-type": "application/json" }
	};
	return client.request(request.method, request.url, body, headers);
}
function requestHandler({ apiKey, url }, { abort, agent }) {
	return {
		prepareRequest(options) {
			options.headers = {
				...options.headers,
				authorization: `Bearer ${apiKey}`
			};
			options.signal = abort;
			if (agent !== void 0) options.agent = agent;
			if (require_toolkit.getProxyUrl(url) === "") options.host = options.host?.replace(/^\[(.*)\]$/, "$1");
		},
		canHandleAuthentication: () => false,
		handleAuthentication: () => Promise.reject(new Error("not used"))
	};
}
function networkFault(error, { url, party = controlPlane }) {
	const kind = neverArrived(error) ? "never-sent" : "lost";
	const trouble = isTls(error) ? "tls" : "network";
	return new NoResponseError(partsOfFault(error, url, party), {
		kind,
		trouble,
		cause: error
	});
}
function partsOfFault(error, url, party) {
	if (error instanceof UnusableBody) return { what: error.message };
	const answer = require_inputs.messagesOf(error).join("; ");
	const reason = whyNotReached(error, url, party);
	if (reason === void 0) return {
		what: "the connection broke",
		answer
	};
	return {
		what: `${reason.what}, so ${party.name} was not reached`,
		next: reason.next,
		answer,
		help: party.unreached
	};
}
function whyNotReached(error, url, { check, checkTls }) {
	const { host } = new URL(url);
	if (isOfProxy(error)) return {
		what: `the proxy ${new URL(require_toolkit.getProxyUrl(url)).host} opened no connection`,
		next: "Check the proxy, and the variable https_proxy or http_proxy that names it."
	};
	if (isTls(error)) return {
		what: isOfCertificate(error) ? `the certificate of ${host} is not trusted` : `no TLS connection to ${host}`,
		next: `${checkTls}${tlsHint}`
	};
	if (hasSyscall(error, "getaddrinfo")) return {
		what: `no DNS answer for ${host}`,
		next: check
	};
	return hasSyscall(error, "connect") ? {
		what: `no connection to ${host}`,
		next: check
	} : void 0;
}
const tlsHint = "Where a proxy or a private certificate authority signs, set NODE_EXTRA_CA_CERTS to its certificate.";
function hasSyscall(error, name) {
	if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every((one) => hasSyscall(one, name));
	return error instanceof Error && error.syscall === name;
}
function isOfProxy(error) {
	return error instanceof Error && error.message.startsWith("tunneling socket could not be established");
}
function isTls(error) {
	if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isTls);
	if (!(error instanceof Error)) return false;
	if (isOfCertificate(error)) return true;
	const { code = "" } = error;
	return (code === "EPROTO" || code.startsWith("ERR_SSL_")) && handshake.test(`${code} ${error.message}`);
}
function isOfCertificate(error) {
	if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isOfCertificate);
	return error instanceof Error && certificate.test(error.code ?? "");
}
const certificate = /^(CERT_|UNABLE_TO_(GET|VERIFY|DECRYPT)_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_|ERR_TLS_CERT_)/;
function neverArrived(error) {
	if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverArrived);
	if (!(error instanceof Error)) return false;
	const { syscall } = error;
	return syscall === "getaddrinfo" || syscall === "connect" || isTls(error) || isOfProxy(error);
}
const handshake = /wrong.version.number|unsupported.protocol|handshake.failure|no.shared.cipher|protocol.version|unknown.ca|unrecognized.name|http.request/i;
// src/zilliz/connection.ts
const requestTimeout = 3e4;
const maxRetryTime = 12e4;
function openSession() {
	return {
		hasResponded: false,
		changes: 0,
		kept: {},
		load: { notBefore: 0 }
	};
}
function retryingUntilDeadline(connection) {
	return {
		...connection,
		retryUntilDeadline: true
	};
}
function read(to, { path, body, endsOnTimeout = false, ...expected }) {
	return sendRetrying(to, {
		method: body === void 0 ? "GET" : "POST",
		path,
		body,
		endsOnTimeout
	}, {
		right: "read",
		...expected
	});
}
function send(to, change, hooks = {}) {
	const { method, path, body, ...expected } = change;
	const { tried } = expected;
	if (method === "DELETE") return sendRetrying(to, {
		method,
		path,
		hooks
	}, expected);
	const attempt = async () => {
		await hooks.before?.();
		return counted(to, hooks, () => allowedToFinish(to.stop, tried, (stop) => {
			const limits = {
				timeout: requestTimeout,
				stop
			};
			return sendOnce(to, {
				method,
				path,
				body
			}, {
				...expected,
				...limits
			});
		}));
	};
	const shouldRetry = (error) => error.kind !== "lost";
	return retry(attempt, {
		...retryPolicy(to, tried),
		maxDuration: maxRetryTime,
		shouldRetry
	});
}
function didNothing(error) {
	return error instanceof ApiError || error instanceof NoResponseError && error.kind !== "lost";
}
async function counted({ session }, hooks, sendIt) {
	session.changes++;
	try {
		return await sendIt();
	} catch (error) {
		if (didNothing(error)) session.changes--;
		if (error instanceof NoResponseError && didNothing(error)) hooks.afterNothing?.();
		throw error;
	}
}
function sendRetrying(to, { hooks, endsOnTimeout = false, ...request }, expected) {
	const attempt = async () => {
		await hooks?.before?.();
		const left = to.deadline - to.clock.elapsed();
		const limits = {
			timeout: Math.min(requestTimeout, left),
			stop: to.stop
		};
		const kept = hooks === void 0 ? to.session.kept : void 0;
		const sendIt = () => sendOnce(to, request, {
			...expected,
			...limits,
			kept
		});
		try {
			return await (hooks === void 0 ? sendIt() : counted(to, hooks, sendIt));
		} catch (error) {
			const cutShort = left < requestTimeout && to.clock.elapsed() >= to.deadline - 50;
			if (error instanceof NoResponseError && cutShort) throw timedOut(expected.tried);
			throw error;
		}
	};
	const policy = retryPolicy(to, expected.tried);
	const isOver = (error) => endsOnTimeout && error.trouble === "timeout";
	return retry(attempt, {
		...policy,
		shouldRetry: (error) => policy.shouldRetry(error) && !isOver(error)
	});
}
async function sendOnce(to, { path, ...request }, { timeout, stop, kept, ...expected }) {
	if (to.stop.aborted) throw new require_inputs.Cancelled();
	if (to.clock.elapsed() >= to.deadline) throw timedOut(expected.tried);
	const response = await sendRequest({
		...request,
		url: `${to.baseUrl}${path}`,
		apiKey: to.apiKey,
		userAgent: `zilliz-cloud-backup-restore/${require_inputs.version}`,
		timeout,
		elapsed: to.clock.elapsed,
		stop,
		party: to.party,
		kept
	});
	to.session.hasResponded = true;
	noteServiceTime(to, response.headers.date, response.receivedAt);
	return readResponse(response, expected, {
		baseUrl: to.baseUrl,
		now: serviceTime(to).now,
		party: to.party
	});
}
function retryPolicy(to, tried) {
	return {
		tried,
		clock: to.clock,
		deadline: to.deadline,
		maxDuration: to.retryUntilDeadline ? Number.POSITIVE_INFINITY : maxRetryTime,
		shouldRetry: () => to.triesOnce !== true,
		makeWayAfter: to.makeWayAfter ?? Number.POSITIVE_INFINITY,
		hasResponded: () => to.session.hasResponded,
		load: to.session.load,
		log: to.log
	};
}
function timedOut(tried) {
	return new require_inputs.TimedOut(`Could not ${tried}: the step timed out.`);
}
// src/step.ts
function openStep({ apiKey, baseUrl, timeout }, time, { inProgress, session, report }) {
	const { clock, deadline } = time;
	const say = {
		log,
		mask,
		note,
		notice,
		warning,
		report
	};
	const keep = {
		publish,
		publishBoolean,
		publishList,
		publishNumber,
		publishObject,
		saveState
	};
	const cloud = {
		...time,
		apiKey,
		baseUrl,
		log,
		session
	};
	return {
		...say,
		...keep,
		cloud,
		clock,
		deadline,
		timeout,
		inProgress
	};
}
function whileWaiting(step) {
	return {
		...step,
		cloud: retryingUntilDeadline(step.cloud)
	};
}
const mostLogged = 20;
const mostFolded = 500;
function planned(step, changes) {
	const requests = changes.map(({ method, path, body }) => ({
		method,
		path,
		...body !== void 0 && { body }
	}));
	step.publishList("plan", requests);
	const lines = requests.map(({ method, path }) => `Would send ${method} ${path}.`);
	if (lines.length > 0) step.report.folds.push(requestsFold(requests));
	for (const line of require_inputs.firstLines(lines, mostLogged, (count) => `And ${count} more.`)) step.log(line);
	if (lines.length === 0) step.log("Would send nothing that changes anything.");
	return "planned";
}
function requestsFold(requests) {
	const lines = requests.map(({ method, path, body }) => [`${method} ${path}`, ...body === void 0 ? [] : [JSON.stringify(body)]].join(" "));
	return {
		title: lines.length === 1 ? "The request that would be sent" : `The ${lines.length} requests that would be sent`,
		content: {
			kind: "text",
			text: require_inputs.firstLines(lines, mostFolded, (count) => `And ${count} more: the output plan has all.`).join("\n")
		}
	};
}
function tookSoFar({ clock, deadline, timeout }) {
	return require_inputs.formatDuration(clock.elapsed() - (deadline - timeout));
}
// src/collections/contents.ts
function formatName({ database, collection }) {
	return `${database}.${collection}`;
}
function showName(name) {
	return require_inputs.showInvisible(formatName(name));
}
function keyOf({ database, collection }) {
	return JSON.stringify([database, collection]);
}
function listContents(contents) {
	if (contents.kind === "unlisted") return [];
	return contents.kind === "flat" ? contents.collections : contents.collections.map(formatName);
}
function missingCollections(contents, requested) {
	if (contents.kind === "unlisted") return void 0;
	const isFlat = contents.kind === "flat";
	const listed = new Set(isFlat ? contents.collections : contents.collections.map(keyOf));
	return requested.filter((name) => !listed.has(isFlat ? name.collection : keyOf(name))).map(formatName);
}
const mostNames = 50;
function describeContents(contents) {
	const names = listContents(contents);
	return names.length === 0 ? "collections that the service does not list" : require_inputs.listInSentence(names.map(require_inputs.sanitize), mostNames);
}
// src/waiting/after-refusal.ts
async function readAfterRefusal(refused, what, read) {
	try {
		return await read();
	} catch (error) {
		if (error instanceof require_inputs.Cancelled) throw error;
		throw stateUnknown(refused, what, error);
	}
}
function stateUnknown(refused, what, why) {
	const { what: trouble, answer } = require_inputs.partsOf(why);
	const parts = require_inputs.partsOf(require_inputs.withMore(refused, {
		stake: `The state of ${what} is not known: ${trouble}`,
		answer
	}));
	const cause = why instanceof ApiError && why.isAuthError ? why : refused;
	return new require_inputs.OperationFailed(parts, { cause });
}
const firstPause = 2e3;
function pauseBeforeRead({ clock }, pollInterval) {
	return clock.pause(Math.min(pollInterval, firstPause));
}
// src/zilliz/fields.ts
function fields(value, what) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`the response has no ${what}`);
	return value;
}
function optionalText(from, name) {
	const value = from[name];
	return typeof value === "string" && value !== "" ? value : void 0;
}
function text(from, name) {
	const value = optionalText(from, name);
	if (value === void 0) throw new Error(`the response has no ${name}`);
	return value;
}
function id(from, name) {
	const value = text(from, name);
	if (!require_inputs.isSafeId(value)) throw new Error(`the response has an invalid ${name}`);
	return value;
}
function optionalId(from, name) {
	const value = optionalText(from, name);
	return value !== void 0 && require_inputs.isSafeId(value) ? value : void 0;
}
function upper(value) {
	return value?.toUpperCase();
}
function number(value) {
	const read = typeof value === "string" && value.trim() !== "" ? Number(value.trim()) : value;
	return typeof read === "number" && Number.isFinite(read) ? read : void 0;
}
const lastMoment = 864e13;
const mostSeconds = 1e11;
function time(value) {
	const epoch = number(value);
	if (epoch !== void 0) {
		const milliseconds = epoch < mostSeconds ? epoch * 1e3 : epoch;
		return milliseconds > 0 && milliseconds <= lastMoment ? milliseconds : void 0;
	}
	if (typeof value !== "string") return void 0;
	const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value.replace(" ", "T")}Z`;
	const parsed = Date.parse(zoned);
	return Number.isNaN(parsed) ? void 0 : parsed;
}
// src/zilliz/decode.ts
const defaultDatabase = "default";
function decodeJob(data) {
	const from = fields(data, "job");
	const progress = from.progress;
	const percent = number(typeof progress === "string" ? progress.replace(/\s*%\s*$/, "") : progress);
	return {
		jobId: id(from, "jobId"),
		status: text(from, "status").toUpperCase(),
		progress: percent !== void 0 && percent >= 0 && percent <= 100 ? percent : void 0,
		reason: optionalText(from, "reason")
	};
}
function decodeProjects(data) {
	if (!Array.isArray(data)) throw new Error("the response has no list of projects");
	return data.map((item) => {
		const from = fields(item, "project");
		return {
			projectId: id(from, "projectId"),
			projectName: optionalText(from, "projectName")
		};
	});
}
function decodeCluster(data) {
	const from = fields(data, "cluster");
	return {
		clusterId: id(from, "clusterId"),
		clusterName: optionalText(from, "clusterName"),
		projectId: optionalText(from, "projectId"),
		regionId: optionalText(from, "regionId"),
		status: text(from, "status").toUpperCase(),
		cuSize: number(from.cuSize),
		plan: optionalText(from, "plan"),
		connectAddress: optionalText(from, "connectAddress"),
		createTime: time(from.createTime)
	};
}
function decodeBackup(data) {
	const from = fields(data, "backup");
	return {
		backupId: id(from, "backupId"),
		backupName: optionalText(from, "backupName"),
		backupType: upper(optionalText(from, "backupType")),
		creationMethod: upper(optionalText(from, "creationMethod")),
		status: text(from, "status").toUpperCase(),
		clusterId: optionalText(from, "clusterId"),
		clusterName: optionalText(from, "clusterName"),
		projectId: optionalText(from, "projectId"),
		regionId: optionalText(from, "regionId"),
		createTime: time(from.createTime),
		expireTime: time(from.expireTime),
		size: number(from.size),
		contents: decodeContents(from),
		raw: from
	};
}
function decodeContents(from) {
	const nested = (Array.isArray(from.dbCollections) ? from.dbCollections : []).flatMap((entry) => {
		const database = fields(entry, "database");
		return entries(database.collections).map((entry) => ({
			database: optionalText(database, "dbName") ?? "default",
			collection: text(entry, "collectionName"),
			status: upper(optionalText(entry, "status"))
		}));
	});
	if (nested.length > 0) return {
		kind: "by-database",
		collections: nested
	};
	const flat = entries(from.collections).map((entry) => text(entry, "collectionName"));
	return flat.length > 0 ? {
		kind: "flat",
		collections: flat
	} : { kind: "unlisted" };
}
function entries(list) {
	return Array.isArray(list) ? list.map((entry) => fields(entry, "collection")) : [];
}
function decodeList(data, key, decode) {
	const list = Array.isArray(data) ? data : fields(data, `list of ${key}`)[key];
	if (!Array.isArray(list)) throw new Error(`the response has no list of ${key}`);
	const page = Array.isArray(data) ? {} : data;
	return {
		items: list.map(decode),
		pageSize: number(page.pageSize),
		count: number(page.count)
	};
}
// src/zilliz/pages.ts
const largestPage = 100;
const mostPages = 1e3;
const mostBytes = 33554432;
async function readPages(to, list) {
	const { id, query, path, decode, ...expected } = list;
	const found = new Map();
	let bytes = 0;
	const decodeCounting = (data, size) => {
		bytes += size;
		return decode(data, size);
	};
	for (let page = 1; page <= mostPages && bytes <= mostBytes; page++) {
		const parameters = new URLSearchParams({
			...query,
			pageSize: `${largestPage}`,
			currentPage: `${page}`
		});
		const { items, pageSize, count = 0 } = await read(to, {
			...expected,
			path: `${path}?${parameters}`,
			decode: decodeCounting
		});
		const before = found.size;
		for (const item of items) found.set(id(item), item);
		const full = Math.min(pageSize ?? largestPage, largestPage);
		if (items.length < full && count <= found.size || found.size === before) return [...found.values()];
	}
	throw new require_inputs.OperationFailed(`Could not ${list.tried}: the list is too long, or has no end. It was given up after ${found.size} entries, ${Math.round(bytes / 1024 / 1024)} MB.`);
}
// src/zilliz/requests.ts
function pathOf(...parts) {
	return `/v2/${parts.map(encodeURIComponent).join("/")}`;
}
// src/zilliz/reads.ts
async function listBackups(to, clusterId) {
	const all = await readPages(to, {
		path: pathOf("backups"),
		query: clusterId === void 0 ? {} : { clusterId },
		tried: clusterId === void 0 ? "list the backups" : `list the backups of cluster ${clusterId}`,
		decode: (data) => decodeList(data, "backups", decodeBackup),
		id: (backup) => backup.backupId
	});
	if (clusterId !== void 0) refuseOtherCase(clusterId, all);
	return all.filter((backup) => clusterId === void 0 || (backup.clusterId ?? clusterId) === clusterId).map((backup) => withoutFutureTime(to, backup));
}
async function describeBackup(to, { clusterId, backupId }) {
	return withoutFutureTime(to, await read(to, {
		path: pathOf("clusters", clusterId, "backups", backupId),
		tried: `read backup ${backupId} of cluster ${clusterId}`,
		decode: (data) => aboutRequested("backupId", backupId, decodeBackup(data))
	}));
}
function describeJob(to, jobId) {
	return read(to, {
		path: pathOf("jobs", jobId),
		tried: `read job ${jobId}`,
		decode: (data) => aboutRequested("jobId", jobId, decodeJob(data)),
		bare: (json) => typeof json === "object" && json !== null && !("code" in json) && "jobId" in json
	});
}
async function listClusters(to, projectId) {
	const all = await readPages(to, {
		path: pathOf("clusters"),
		query: projectId === void 0 ? {} : { projectId },
		tried: "list the clusters",
		decode: (data) => decodeList(data, "clusters", decodeCluster),
		bare: Array.isArray,
		id: (cluster) => cluster.clusterId
	});
	return (projectId === void 0 ? all : all.filter((cluster) => (cluster.projectId ?? projectId) === projectId)).map((cluster) => withoutFutureTime(to, cluster));
}
function listProjects(to) {
	return read(to, {
		path: pathOf("projects"),
		tried: "list the projects",
		decode: decodeProjects
	});
}
async function describeCluster(to, clusterId) {
	return withoutFutureTime(to, await read(to, {
		path: pathOf("clusters", clusterId),
		tried: `read cluster ${clusterId}`,
		decode: (data) => aboutRequested("clusterId", clusterId, decodeCluster(data))
	}));
}
function refuseOtherCase(clusterId, listed) {
	const other = listed.find((backup) => backup.clusterId !== clusterId && sameButCase(backup.clusterId, clusterId));
	if (other?.clusterId !== void 0) throw otherCase("cluster-id", clusterId, other.clusterId);
}
function aboutRequested(name, requested, found) {
	if (!sameButCase(found[name], requested)) throw new Error(`the response is about another ${name}`);
	return found;
}
function sameButCase(one, other) {
	return one?.toLowerCase() === other.toLowerCase();
}
function otherCase(input, given, right) {
	return new require_inputs.OperationFailed(`${input}: there is no ${require_inputs.quote(given)}, but ${require_inputs.quote(right)}, which differs by case alone. Write it so.`);
}
// src/zilliz/states.ts
const jobs = {
	PENDING: "pending",
	IN_PROGRESS: "pending",
	CANCELING: "pending",
	CANCELLING: "pending",
	SUCCESSFUL: "successful",
	SUCCEEDED: "succeeded",
	FAILED: "failed",
	ERROR: "failed",
	CANCELED: "failed",
	CANCELLED: "failed",
	TIMEOUT: "failed"
};
function jobState(status) {
	return lookUp(jobs, status) ?? "unknown";
}
const backups = {
	CREATING: "creating",
	AVAILABLE: "available",
	FAILED: "failed",
	ERROR: "failed",
	CANCELED: "failed",
	CANCELLED: "failed",
	DELETING: "deleted",
	DELETED: "deleted"
};
function backupState(status) {
	return lookUp(backups, status) ?? "unknown";
}
const clusters = {
	RUNNING: "running",
	CREATING: "busy",
	RESTORE_BACKUP: "busy",
	MODIFYING: "busy",
	RESIZING: "busy",
	UPGRADING: "busy",
	MIGRATING: "busy",
	RESUMING: "busy",
	WRITING_OPERATION: "busy",
	SET_PRIVATE_LINK: "busy",
	SUSPENDING: "stopped",
	SUSPENDED: "stopped",
	STOPPING: "stopped",
	STOPPED: "stopped",
	FREEZING: "stopped",
	FROZEN: "stopped",
	DELETING: "deleted",
	DELETED: "deleted"
};
function clusterState(status) {
	return lookUp(clusters, status) ?? "unknown";
}
function lookUp(states, status) {
	return Object.hasOwn(states, status) ? states[status] : void 0;
}
// src/waiting/conditions.ts
const notFoundGrace = {
	created: 6e4,
	given: 15e3,
	none: 0
};
const mostAfterSucceeded = 3e5;
function jobSuccessful(jobId, options) {
	const { grace, of, isReadBack, isInput = false } = options;
	let succeededAt;
	const succeeded = (elapsed, status) => {
		if (isReadBack) return {
			state: "met",
			line: status
		};
		succeededAt ??= elapsed;
		const line = `${status}, a word that is not documented for such a job`;
		return elapsed - succeededAt < mostAfterSucceeded ? {
			state: "pending",
			line,
			hasEnded: true
		} : {
			state: "failed",
			line: `${line}. Check in the console whether its work is done.`
		};
	};
	return {
		what: of === void 0 ? `job ${jobId}` : `job ${jobId} (${of})`,
		item: {
			kind: "job",
			jobId
		},
		notFoundGrace: grace,
		async read(step) {
			const { jobId: found, status, progress, reason } = await describeJob(whileWaiting(step).cloud, jobId);
			if (isInput && found !== jobId) throw otherCase("job-id", jobId, found);
			switch (jobState(status)) {
				case "successful": return {
					state: "met",
					line: "SUCCESSFUL"
				};
				case "succeeded": return succeeded(step.clock.elapsed(), status);
				case "failed": return {
					state: "failed",
					line: `${require_inputs.sanitize(status)}.`,
					reason: reason === void 0 ? { text: "none is given" } : require_inputs.quotedReason(reason),
					next: isInput ? "Run again the step that started it." : "Run the step again."
				};
				case "pending": return {
					state: "pending",
					line: require_inputs.sanitize(status),
					progress
				};
				case "unknown": return {
					state: "pending",
					line: `${require_inputs.sanitize(status)} (a state this action does not know; it keeps waiting)`,
					progress
				};
			}
		}
	};
}
function backupAvailable(backup, grace, check) {
	const { clusterId, backupId } = backup;
	return {
		what: `backup ${backupId}`,
		item: {
			kind: "backup",
			clusterId,
			backupId
		},
		notFoundGrace: grace,
		async read(step) {
			const found = await describeBackup(whileWaiting(step).cloud, backup);
			const problem = check(found);
			const { status } = found;
			switch (backupState(status)) {
				case "available": return problem === void 0 ? {
					state: "met",
					line: "AVAILABLE"
				} : {
					state: "failed",
					line: `AVAILABLE, but ${problem}.`
				};
				case "failed":
				case "deleted": return {
					state: "failed",
					line: `${status} and will not become AVAILABLE.`
				};
				case "creating":
				case "unknown": return {
					state: "pending",
					line: require_inputs.sanitize(status)
				};
			}
		}
	};
}
function clusterRunning(clusterId, grace, onRead) {
	return {
		what: `cluster ${clusterId}`,
		item: {
			kind: "cluster",
			clusterId
		},
		notFoundGrace: grace,
		async read(step) {
			const found = await describeCluster(whileWaiting(step).cloud, clusterId);
			onRead(found);
			const { status, connectAddress } = found;
			switch (clusterState(status)) {
				case "running": return connectAddress === void 0 ? {
					state: "pending",
					line: "RUNNING, without an address yet"
				} : {
					state: "met",
					line: "RUNNING"
				};
				case "stopped":
				case "deleted": return {
					state: "failed",
					line: `${status} and will not become RUNNING by itself.`,
					isHopeless: true
				};
				case "busy":
				case "unknown": return {
					state: "pending",
					line: require_inputs.sanitize(status)
				};
			}
		}
	};
}
// src/waiting/lost-response.ts
const searchLimit = 3e4;
const betweenReads$1 = 2e3;
const shortestRead = 1e3;
function mayHaveSucceeded(error) {
	return error instanceof NoResponseError && error.kind === "lost";
}
async function findLost(step, { lost, limit = searchLimit }, search) {
	const { clock } = step;
	const start = clock.elapsed();
	const end = Math.min(step.deadline, start + limit);
	const cancelled = (error) => {
		if (!(error instanceof require_inputs.Cancelled)) throw error;
		const parts = {
			...require_inputs.partsOf(lost),
			stake: "It may have been carried out."
		};
		throw new require_inputs.Cancelled({
			...parts,
			what: `The step was cancelled. ${parts.what}`
		}, {
			inFlight: true,
			cause: error
		});
	};
	let result = {
		kind: "unknown",
		why: { what: "It was not checked." }
	};
	let deadline = start + limit;
	for (;;) {
		try {
			const found = await search({
				...step.cloud,
				deadline
			});
			if (found !== void 0) return {
				kind: "found",
				found
			};
			result = { kind: "none" };
		} catch (error) {
			if (!(error instanceof ApiError || error instanceof NoResponseError || error instanceof require_inputs.OperationFailed || error instanceof require_inputs.TimedOut)) return cancelled(error);
			result = {
				kind: "unknown",
				why: whyUnknown(step, error, limit)
			};
			if (error instanceof ApiError || error instanceof require_inputs.OperationFailed) return result;
		}
		deadline = end;
		if (clock.elapsed() + betweenReads$1 + shortestRead > end) return result;
		await clock.pause(betweenReads$1).catch(cancelled);
	}
}
function whyUnknown({ clock, deadline }, error, limit) {
	return error instanceof require_inputs.TimedOut && error.cause === void 0 && clock.elapsed() < deadline ? { what: `It took longer than ${require_inputs.formatDuration(limit)}.` } : error.parts;
}
// src/waiting/failures.ts
function partsOf(failures) {
	const [only, ...others] = failures;
	if (only !== void 0 && others.length === 0) return partsOfOne(only);
	const ofService = failures.find(({ status }) => status.reason !== void 0)?.status;
	return {
		what: `${failures.length} have failed:`,
		reasons: failures.map(({ condition, status: { line, reason, refusal } }) => ({
			of: require_inputs.capitalize(condition.what),
			text: refusal ? unnamed(refusal) : [line, reason && `Reason: ${reason.text}.`].filter(Boolean).join(" "),
			whole: reason?.whole
		})),
		next: ofService && `${ofService.next} If one fails again, open a ticket at Zilliz with its job.`,
		help: ofService && "the-job-failed"
	};
}
function unnamed(refusal) {
	return require_inputs.textOf({
		...refusal,
		what: refusal.what.replace(/^Could not read [^:]+: /, "")
	});
}
function partsOfOne({ condition, status: { line, reason, next, refusal } }) {
	if (refusal !== void 0) return refusal;
	const { what, item } = condition;
	if (reason === void 0 || item.kind !== "job") return {
		what: `${require_inputs.capitalize(what)} is ${line}`,
		next
	};
	return {
		what: `The service ended ${what} as ${line}`,
		reasons: [{
			of: "",
			...reason
		}],
		next: `${next} If it fails again, open a ticket at Zilliz with job ${item.jobId}.`,
		help: "the-job-failed"
	};
}
// src/waiting/in-turn.ts
async function* inTurn(step, reads, { troubledLast }) {
	const { stop } = step.cloud;
	const over = new AbortController();
	const stopped = () => over.abort(stop.reason);
	stop.addEventListener("abort", stopped);
	if (stop.aborted) stopped();
	try {
		const turns = reads.map((read) => begin(step, read, over.signal));
		for (const { speak, result } of troubledLast ? await quietFirst(turns) : turns) {
			speak();
			yield await result;
		}
	} finally {
		stop.removeEventListener("abort", stopped);
		over.abort(new require_inputs.Cancelled());
	}
}
async function bothInTurn(step, first, second) {
	const results = [];
	for await (const result of inTurn(step, [first, second], { troubledLast: false })) results.push(result);
	return results;
}
function begin(step, read, stop) {
	const held = [];
	let log = (line) => {
		held.push(line);
	};
	let onLine = () => {};
	const hasLine = new Promise((resolve) => {
		onLine = () => resolve(false);
	});
	const say = (line) => {
		onLine();
		log(line);
	};
	const result = read({
		...step,
		log: say,
		cloud: {
			...step.cloud,
			log: say,
			stop
		}
	});
	const isOver = () => true;
	return {
		result,
		isQuiet: Promise.race([hasLine, result.then(isOver, isOver)]),
		speak() {
			for (const line of held) step.log(line);
			log = step.log;
		}
	};
}
async function quietFirst(turns) {
	const quiet = await Promise.all(turns.map(({ isQuiet }) => isQuiet));
	return [true, false].flatMap((isQuiet) => turns.filter((_, index) => quiet[index] === isQuiet));
}
// src/waiting/poll.ts
const shortestPause = 500;
const lastRead = 2e3;
const noTime = 50;
function nextPause({ waited, progress, maxPause, left, retryAfter = 0 }) {
	const grown = Math.max(shortestPause, waited / 5);
	const pause = Math.max(Math.min(grown, untilExpectedEnd(waited, progress), maxPause), retryAfter);
	if (pause < left) return pause;
	return left > 2 * lastRead ? left - lastRead : left;
}
function untilExpectedEnd(waited, progress) {
	if (progress === void 0 || progress <= 0 || progress >= 100) return Number.POSITIVE_INFINITY;
	return Math.max(shortestPause, waited * (100 - progress) / progress / 2);
}
async function waitUntil({ clock, deadline, timeout }, poll, { maxPause, stillOpen }) {
	const start = clock.elapsed();
	const timeoutMessage = () => `Timed out after ${require_inputs.formatDuration(timeout)}: ${stillOpen()}.`;
	const left = () => deadline - clock.elapsed();
	for (;;) {
		const polled = await poll().catch((error) => {
			if (!(error instanceof require_inputs.TimedOut)) throw error;
			if (error.cause === void 0) throw new require_inputs.TimedOut(timeoutMessage(), { cause: error });
			throw new require_inputs.TimedOut({
				...error.parts,
				what: `${timeoutMessage()} ${error.parts.what.replace(timedOut$1, "")}`
			}, { cause: error });
		});
		if ("done" in polled) return polled.done;
		if (left() <= 0) throw new require_inputs.TimedOut(timeoutMessage());
		const waited = clock.elapsed() - start;
		const { progress, retryAfter } = polled;
		await clock.pause(nextPause({
			waited,
			progress,
			retryAfter,
			maxPause,
			left: left()
		}));
		if (left() <= noTime) throw new require_inputs.TimedOut(timeoutMessage());
	}
}
function progressLog(clock) {
	const last = new Map();
	let loggedAt = clock.elapsed();
	return {
		isNew(about, line) {
			if (last.get(about) === line) return false;
			last.set(about, line);
			loggedAt = clock.elapsed();
			return true;
		},
		isDue() {
			const due = clock.elapsed() - loggedAt >= 6e4;
			if (due) loggedAt = clock.elapsed();
			return due;
		}
	};
}
// src/waiting/read-once.ts
const nearTheEnd = 5e3;
function ignoreTrouble(error) {
	if (error instanceof require_inputs.Cancelled || !(error instanceof require_inputs.ActionError)) throw error;
}
function readingOnce(step) {
	return {
		...step,
		cloud: {
			...step.cloud,
			triesOnce: true
		}
	};
}
const longestRead = 6e4;
async function readOnce(condition, { step, start, failFast, isAlone }) {
	const own = isAlone ? step : {
		...step,
		cloud: {
			...step.cloud,
			makeWayAfter: longestRead
		}
	};
	try {
		return {
			status: await condition.read(own),
			isUnreadable: false
		};
	} catch (error) {
		if (error instanceof require_inputs.TimedOut && step.clock.elapsed() < step.deadline - nearTheEnd) return {
			status: {
				state: "pending",
				line: `not readable (${error.parts.what.replace(timedOut$1, "").replace(/\.$/, "")})`
			},
			isUnreadable: true
		};
		if (!(error instanceof ApiError) || error.isAuthError) throw error;
		const waited = step.clock.elapsed() - start;
		const isMissing = isNotFound(error, condition.item.kind);
		if (isMissing && waited < condition.notFoundGrace) return {
			status: {
				state: "pending",
				line: "not readable yet"
			},
			isUnreadable: true
		};
		if (isMissing) step.inProgress.ended(condition.item);
		const failure = await explainRefusal(condition, error);
		if (failFast) throw failure;
		const refusal = require_inputs.partsOf(failure);
		return {
			status: {
				state: "failed",
				line: require_inputs.textOf(refusal),
				refusal
			},
			isUnreadable: !isMissing
		};
	}
}
async function explainRefusal({ item, onNotFound }, refused) {
	const isMissing = isNotFound(refused, item.kind) || isNotFound(refused, "cluster");
	if (onNotFound === void 0 || !isMissing) return refused;
	return onNotFound(refused).catch((error) => {
		if (error instanceof require_inputs.OperationFailed) return error;
		throw error;
	});
}
// src/waiting/slots.ts
const most = 18;
const window = 1050;
function openSlots(clock) {
	const begun = [];
	return async () => {
		const first = begun.at(-18);
		const early = first === void 0 ? 0 : first + window - clock.elapsed();
		if (early > 0) await clock.pause(early);
		begun.push(clock.elapsed());
		if (begun.length > most) begun.shift();
	};
}
// src/waiting/wait-for-all.ts
async function waitForAll(step, conditions, { pollInterval, failFast = false }) {
	const { clock } = step;
	const waiting = {
		step,
		failFast,
		start: clock.elapsed(),
		open: new Set(conditions),
		met: new Map(),
		lastMet: void 0,
		lastRead: new Map(),
		failures: [],
		isHopeless: false,
		slot: openSlots(clock),
		log: progressLog(clock),
		label: labelsOf(conditions)
	};
	try {
		await waitUntil(step, () => readRound(waiting), {
			maxPause: pollInterval,
			stillOpen: () => stillOpen(waiting)
		});
	} catch (error) {
		if (waiting.failures.length === 0) throw error;
		throw require_inputs.withMore(error, partsOf(waiting.failures));
	}
	if (waiting.failures.length > 0) throw new require_inputs.OperationFailed(partsOf(waiting.failures));
}
async function readRound(waiting) {
	const { open } = waiting;
	let progress = await readOpen(waiting);
	for (let again = metBeforeTheLast(waiting); open.size === 0 && again.length > 0; again = tooOld(waiting)) {
		for (const condition of again) {
			open.add(condition);
			waiting.met.delete(condition);
			waiting.lastRead.set(condition, `${waiting.lastRead.get(condition)} at the last read, which is too old`);
		}
		progress = await readOpen(waiting);
	}
	const over = isOver(waiting);
	if (over) await readOpen({
		...waiting,
		step: readingOnce(waiting.step)
	}).catch(ignoreTrouble);
	if (open.size === 0 || over) return { done: void 0 };
	return { progress: progress.includes(void 0) ? void 0 : Math.min(...progress) };
}
function isOver({ failFast, failures, isHopeless }) {
	return failFast && failures.length > 0 || isHopeless;
}
function metBeforeTheLast(waiting) {
	const old = tooOld(waiting);
	return [...waiting.met.keys()].filter((condition) => condition !== waiting.lastMet || old.includes(condition));
}
const oldestLook = 3e4;
function tooOld({ met, step }) {
	const now = step.clock.elapsed();
	return [...met].filter(([, readAt]) => now - readAt > oldestLook).map(([condition]) => condition);
}
const mostAtOnce = 4;
async function readOpen(waiting) {
	const { clock } = waiting.step;
	const progress = [];
	const isAlone = waiting.open.size === 1;
	const left = [...waiting.open];
	while (left.length > 0) {
		const few = left.splice(0, mostAtOnce);
		for (const _ of few) await waiting.slot();
		const reads = few.map((condition) => async (step) => {
			return {
				...await readOnce(condition, {
					...waiting,
					step,
					isAlone
				}),
				condition,
				readAt: clock.elapsed()
			};
		});
		for await (const seen of inTurn(waiting.step, reads, { troubledLast: true })) {
			progress.push(...take(waiting, seen));
			if (isOver(waiting)) return progress;
		}
	}
	return progress;
}
function take(waiting, { condition, status, isUnreadable, readAt }) {
	const { inProgress } = waiting.step;
	record(waiting, condition, status);
	if (status.state === "pending") {
		if (status.hasEnded) inProgress.ended(condition.item);
		else if (!isUnreadable) inProgress.started(condition.item);
		return [status.progress];
	}
	waiting.open.delete(condition);
	if (status.state === "met") waiting.lastMet = condition;
	if (status.state === "met" && condition.item.kind !== "job") waiting.met.set(condition, readAt);
	if (!isUnreadable) inProgress.ended(condition.item);
	return [];
}
function record(waiting, condition, status) {
	const { step, lastRead, failures, log, label } = waiting;
	const progress = status.state === "pending" ? status.progress : void 0;
	const percent = progress === void 0 ? "" : `${Math.floor(progress)} %`;
	lastRead.set(condition, [status.line, percent].filter(Boolean).join(", "));
	if (status.state === "failed") failures.push({
		condition,
		status
	});
	if (status.state === "failed" && status.isHopeless) waiting.isHopeless = true;
	if (status.state !== "pending") condition.onEnd?.(status.state === "failed" ? status : void 0);
	const tenth = progress === void 0 ? "" : Math.floor(progress / 10);
	if (!log.isNew(condition.what, `${status.line} ${tenth}`) && !log.isDue()) return;
	const reason = status.state === "failed" && status.reason ? ` Reason: ${status.reason.text}.` : "";
	const line = `${label(condition)} ${status.line}${reason}`.trim();
	step.log([
		waitedFor(waiting),
		percent,
		line
	].filter(Boolean).join("  "));
}
function labelsOf(conditions) {
	if (conditions.length === 1) return () => "";
	return ({ what, item: { kind } }) => conditions.filter(({ item }) => item.kind === kind).length === 1 ? kind : what;
}
function waitedFor({ step, start }) {
	return require_inputs.formatDuration(step.clock.elapsed() - start);
}
function stillOpen({ open, lastRead }) {
	return [...open].map((condition) => `${condition.what} is ${lastRead.get(condition) ?? "not read yet"}`).join("; ");
}
// src/zilliz/changes.ts
function typeOfNewBackup({ collections }) {
	return collections === void 0 ? "CLUSTER" : "COLLECTION";
}
function requestedCollections({ collections }) {
	if (collections === void 0) return [];
	return collections.collections.map((collection) => ({
		database: collections.database,
		collection
	}));
}
function createBackup(backup) {
	const { clusterId, collections, crossRegionCopies } = backup;
	return {
		method: "POST",
		path: pathOf("clusters", clusterId, "backups", "create"),
		body: {
			backupType: typeOfNewBackup(backup),
			...collections && { dbCollections: [{
				dbName: collections.database,
				collectionNames: collections.collections
			}] },
			...crossRegionCopies.length > 0 && { crossRegionCopies: crossRegionCopies.map((regionId) => ({ regionId })) }
		},
		tried: `start a backup of cluster ${clusterId}`,
		right: "backup",
		decode(data) {
			const from = fields(data, "backup");
			const jobId = optionalId(from, "jobId");
			return {
				backupId: required(from, "backupId", { jobId }),
				backupName: optionalText(from, "backupName"),
				jobId
			};
		}
	};
}
function restoreCluster(source, cluster) {
	const { clusterName, projectId, cuSize, collectionStatus, versionPolicy } = cluster;
	return {
		method: "POST",
		path: backupPath(source, "restoreCluster"),
		body: {
			projectId,
			targetProjectId: projectId,
			clusterName,
			cuSize,
			collectionStatus,
			...versionPolicy && { restoreVersionPolicy: versionPolicy }
		},
		tried: `restore backup ${source.backupId} into a new cluster ${require_inputs.quote(clusterName)}`,
		right: "cluster",
		decode(data) {
			const from = fields(data, "restored cluster");
			const rest = {
				username: optionalText(from, "username"),
				password: optionalText(from, "password"),
				jobId: optionalId(from, "jobId")
			};
			return {
				clusterId: required(from, "clusterId", rest),
				...rest
			};
		}
	};
}
function restoreCollection(source, target) {
	const { clusterId: destClusterId, what, collection } = target;
	return {
		method: "POST",
		path: backupPath(source, "restoreCollection"),
		body: {
			destClusterId,
			...collection && { dbCollections: [databaseEntry(collection)] }
		},
		tried: `restore ${what} from backup ${source.backupId}`,
		right: "backup",
		decode: decodeJobId
	};
}
function databaseEntry({ from, to, status }) {
	const collection = {
		collectionName: from.collection,
		destCollectionName: to.collection,
		destCollectionStatus: status
	};
	return {
		dbName: from.database,
		destDbName: to.database,
		collections: [collection]
	};
}
function exportBackup(source, { integrationId, directory }) {
	return {
		method: "POST",
		path: backupPath(source, "export"),
		body: {
			integrationId,
			...directory !== void 0 && { directory }
		},
		tried: `export backup ${source.backupId}`,
		right: "backup",
		decode: decodeJobId
	};
}
function deleteBackup(backup) {
	return {
		method: "DELETE",
		path: backupPath(backup),
		tried: `delete backup ${backup.backupId} of cluster ${backup.clusterId}`,
		right: "backup",
		decode: () => void 0
	};
}
function dropCluster(clusterId) {
	return {
		method: "DELETE",
		path: pathOf("clusters", clusterId, "drop"),
		tried: `drop cluster ${clusterId}`,
		right: "cluster",
		decode: () => void 0
	};
}
function backupPath({ clusterId, backupId }, ...more) {
	return pathOf("clusters", clusterId, "backups", backupId, ...more);
}
function required(from, name, partial) {
	try {
		return id(from, name);
	} catch (error) {
		throw new IncompleteResponse(require_inputs.messageOf(error), partial, { cause: error });
	}
}
function decodeJobId(data) {
	return id(fields(data, "job"), "jobId");
}
// src/backups/format.ts
function nameOf({ backupId, backupType = "no type", createTime }) {
	const time = createTime === void 0 ? "no time" : require_inputs.timestamp(createTime);
	return `${require_inputs.sanitize(backupId)} (${require_inputs.sanitize(backupType)}, ${time})`;
}
function clusterNameIn(backups) {
	return backups.find(({ clusterName }) => clusterName !== void 0)?.clusterName;
}
const mostInSentence = 10;
function describeStatesOf(backups) {
	const each = backups.map(({ backupId, status }) => `${require_inputs.sanitize(backupId)} (${require_inputs.sanitize(status)})`);
	return require_inputs.listInSentence(each, mostInSentence);
}
function describeTypesOf(backups) {
	if (backups.length === 0) return "no backup at all";
	const each = backups.map(({ backupId, backupType, status }) => `${backupId} (${require_inputs.sanitize(backupType ?? "no type")}, ${require_inputs.sanitize(status)})`);
	return require_inputs.listInSentence(each, mostInSentence);
}
// src/backups/read.ts
function isDeleted({ status }) {
	return backupState(status) === "deleted";
}
async function describeOrRefusal(step, backup) {
	try {
		return await describeBackup(step.cloud, backup);
	} catch (error) {
		if (error instanceof ApiError && !error.isAuthError) return error;
		throw error;
	}
}
async function stillListed(step, clusterId, backupIds) {
	if (backupIds.size === 0) return [];
	return (await listBackups(step.cloud, clusterId)).filter((backup) => backupIds.has(backup.backupId) && !isDeleted(backup));
}
async function readState(step, backup) {
	const found = await describeOrRefusal(step, backup);
	if (!(found instanceof ApiError)) return found;
	const [listed] = await stillListed(step, backup.clusterId, new Set([backup.backupId]));
	return listed;
}
function ofCluster({ clusterId, backupId }, backup) {
	if (backup.backupId !== backupId) throw otherCase("backup-id", backupId, backup.backupId);
	if (backup.clusterId === void 0 || backup.clusterId === clusterId) return backup;
	if (sameButCase(backup.clusterId, clusterId)) throw otherCase("cluster-id", clusterId, backup.clusterId);
	throw new require_inputs.OperationFailed(`Backup ${describeStatesOf([backup])} belongs to cluster ${require_inputs.sanitize(backup.clusterId)}, not to cluster ${clusterId}, so nothing is done with it. Check cluster-id and backup-id.`);
}
// src/backups/source.ts
async function describeSource(step, clusterId) {
	const found = await describeCluster(step.cloud, clusterId).catch(async (error) => {
		if (!isNotFound(error, "cluster")) throw error;
		return (await Promise.resolve().then(() => require("./not-found.cjs"))).explainMissing(step, clusterId, error);
	});
	if (found.clusterId !== clusterId) throw otherCase("cluster-id", clusterId, found.clusterId);
	return found;
}
async function listBackupsOf(step, clusterId) {
	const listed = await listAny(step, clusterId);
	if (listed.length === 0) await describeSource(step, clusterId);
	return listed;
}
function listAny(step, clusterId) {
	return listBackups(step.cloud, clusterId).catch(async (error) => {
		if (!isNotFound(error, "cluster")) throw error;
		return (await Promise.resolve().then(() => require("./not-found.cjs"))).explainMissing(step, clusterId, error);
	});
}
const plansWithoutBackup = ["free", "serverless"];
function refuseByPlan({ clusterId, plan }, use) {
	if (plan === void 0 || !plansWithoutBackup.includes(plan.toLowerCase())) return;
	throw new require_inputs.OperationFailed({
		what: `Cluster ${clusterId} is of plan ${require_inputs.quote(plan)} and cannot be ${use}: backups are for Dedicated clusters only.`,
		next: "Choose a Dedicated cluster, or change the plan of this one in the console."
	});
}
async function describeSourceIfThere(step, clusterId) {
	const source = await describeCluster(step.cloud, clusterId).catch((error) => {
		if (isNotFound(error, "cluster")) return void 0;
		throw error;
	});
	if (source !== void 0 && source.clusterId !== clusterId) throw otherCase("cluster-id", clusterId, source.clusterId);
	return source;
}
async function refuseSourceByPlan(step, clusterId, use) {
	const source = await describeSourceIfThere(step, clusterId).catch((error) => {
		if (error instanceof ApiError && error.group === "permission") return void 0;
		throw error;
	});
	if (source !== void 0) refuseByPlan(source, use);
}
// src/clusters/name.ts
function isPossibleName(name) {
	return name !== "" && [...name].length <= 255 && firstWrongCharacter(name) === void 0;
}
function firstWrongCharacter(name) {
	return [...name].find((character) => !/[A-Za-z0-9 _\-\p{Script=Han}]/u.test(character));
}
function problemOfIdOrName(text) {
	const wrong = firstWrongCharacter(text);
	const byId = "a cluster whose name has other characters is given by its id";
	if (wrong !== void 0) return `has ${require_inputs.describeCharacter(wrong)}, which no id has, and no name that this action takes: ${byId}`;
	if ([...text].length > 255) return `is longer than 255 characters`;
	if (text.startsWith("- ")) return "begins with \"- \" as YAML lists have it: one per line, without a hyphen";
	if (text.includes(" ") && text.split(" ").some(isIdShaped)) return "has an id and another word in it: one per line, or comma separated";
}
function isIdShaped(text) {
	return /^in\d\d-[0-9a-z]{10,}$/i.test(text);
}
function safeName(name) {
	return name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-/, "").slice(0, 64).replace(/-$/, "");
}
function offerSafeName(name) {
	const safe = safeName(name);
	return safe === "" || safe === name ? "" : ` Try ${safe}.`;
}
function readNewName(reader) {
	const name = reader.optional("target-cluster");
	if (name === void 0) {
		reader.report("target-cluster", "expected the name of the new cluster; it is empty");
		return "";
	}
	if (!isPossibleName(name)) reader.report("target-cluster", `expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got ${require_inputs.quoteInput(name)}.${offerSafeName(name)}`);
	else if (isIdShaped(name)) reader.report("target-cluster", `${require_inputs.quoteInput(name)} has the shape of a cluster id, and expected is the name of a new cluster: restore-cluster makes one, restore-collections writes into an existing one`);
	return name;
}
// src/clusters/protected.ts
function readProtectedClusters(reader) {
	return reader.list("protected-clusters").filter((entry) => {
		const problem = problemOfIdOrName(entry);
		if (problem !== void 0) reader.report("protected-clusters", `${require_inputs.quoteInput(entry)} ${problem}`);
		return problem === void 0;
	});
}
function isProtected(entries, { clusterId, clusterName }) {
	if (entries.some((entry) => sameButCase(clusterId, entry) || sameButCase(clusterName, entry))) return true;
	return clusterName === void 0 && entries.some((entry) => !isIdShaped(entry));
}
const mostNamed = 10;
async function noticeUnknownEntries(step, entries, whole) {
	if (entries.length === 0) return;
	const listed = whole ?? await listClusters(step.cloud);
	const unknown = entries.filter((entry) => !listed.some(({ clusterId, clusterName }) => sameButCase(clusterId, entry) || sameButCase(clusterName, entry)));
	if (unknown.length === 0) return;
	step.notice(`protected-clusters: not among the clusters that this key can see: ${require_inputs.listInSentence(unknown.map(require_inputs.quote), mostNamed)}.`);
}
// src/clusters/find.ts
function readTarget(reader) {
	return {
		cluster: readIdOrName(reader) ?? "",
		projectId: reader.optionalId("target-project-id")
	};
}
function readIdOrName(reader) {
	const cluster = reader.optional("target-cluster");
	const problem = cluster === void 0 ? void 0 : problemOfIdOrName(cluster);
	if (cluster === void 0) reader.report("target-cluster", "expected the id or the exact name of an existing cluster; it is empty");
	if (problem !== void 0) reader.report("target-cluster", `${require_inputs.quoteInput(cluster ?? "")} ${problem}`);
	return cluster;
}
function readOptionalTarget(reader) {
	return reader.optional("target-cluster") === void 0 ? void 0 : readTarget(reader);
}
const idShape = /^in\d\d-[0-9a-z]+$/i;
async function findTarget(step, target, protectedClusters = []) {
	const found = await lookUpTarget(step, target, protectedClusters);
	if (found !== void 0) return found;
	const where = target.projectId === void 0 ? "" : ` in project ${target.projectId}`;
	throw new require_inputs.OperationFailed(`There is no cluster with the id or name ${require_inputs.quote(target.cluster)}${where} that this key can see. Check target-cluster${target.projectId === void 0 ? "" : " and target-project-id"}.`);
}
async function lookUpTarget(step, { cluster: wanted, projectId }, protectedClusters = []) {
	if (idShape.test(wanted)) {
		const described = await describeIfThere$1(step, wanted);
		if (described !== void 0 && described.clusterId !== wanted) throw otherCase("target-cluster", wanted, described.clusterId);
		if (described !== void 0) {
			refuseOtherProject(described, projectId);
			return described;
		}
	}
	const all = await listClusters(step.cloud, projectId);
	await noticeUnknownEntries(step, protectedClusters, projectId === void 0 ? all : void 0);
	if (projectId !== void 0 && !all.some((cluster) => cluster.projectId === projectId)) await (await Promise.resolve().then(() => require("./project.cjs"))).refuseProjectSlip(step, projectId);
	const listed = all.filter((cluster) => cluster.status !== "DELETED" && inProject(cluster, projectId));
	const byId = listed.find((cluster) => cluster.clusterId === wanted);
	const named = byId ? [byId] : listed.filter((cluster) => cluster.clusterName === wanted);
	if (named.length > 1) throw severalNamed(wanted, named);
	const other = listed.find(({ clusterId, clusterName }) => sameButCase(clusterId, wanted) || sameButCase(clusterName, wanted));
	if (named.length === 0 && other !== void 0) throw otherCase("target-cluster", wanted, sameButCase(other.clusterId, wanted) ? other.clusterId : other.clusterName ?? "");
	return named[0];
}
function severalNamed(wanted, named) {
	const each = named.map(({ clusterId, projectId, status }) => {
		return `${clusterId}${projectId === void 0 ? "" : ` in project ${require_inputs.sanitize(projectId)}`}, ${require_inputs.sanitize(status)}`;
	});
	return new require_inputs.OperationFailed(`target-cluster: several clusters have the name ${require_inputs.quote(wanted)}: ${each.join("; ")}. Give the id, or narrow it with target-project-id.`);
}
function withStates(clusters) {
	return clusters.map(({ clusterId, status }) => `${clusterId} (${require_inputs.sanitize(status)})`).join(", ");
}
async function clustersNamed(step, name, projectId) {
	return (await listClusters(step.cloud, projectId)).filter(({ clusterName, status }) => clusterName === name && status !== "DELETED");
}
function inProject(cluster, projectId) {
	return projectId === void 0 || cluster.projectId === void 0 || cluster.projectId === projectId;
}
function refuseOtherProject({ clusterId, projectId: found }, projectId) {
	if (projectId === void 0 || found === void 0 || found === projectId) return;
	if (sameButCase(found, projectId)) throw otherCase("target-project-id", projectId, found);
	throw new require_inputs.OperationFailed(`target-project-id: cluster ${clusterId} is in project ${require_inputs.sanitize(found)}, not in project ${projectId}, so nothing is done with it. Check target-cluster and target-project-id.`);
}
async function describeIfThere$1(step, clusterId) {
	try {
		return await describeCluster(step.cloud, clusterId);
	} catch (error) {
		if (isNotFound(error, "cluster")) return void 0;
		throw error;
	}
}
const settledAfter = 6e4;
const betweenReads = 2e3;
async function describeListed(step, listed, { untilUnlisted }) {
	const { clusterId, projectId } = listed;
	const end = step.clock.elapsed() + settledAfter;
	for (let shown = listed;;) {
		const found = await describeIfThere$1(step, clusterId);
		if (found !== void 0 || shown === void 0) return found;
		if (clusterState(shown.status) === "deleted") return void 0;
		if (!untilUnlisted && clusterState(shown.status) !== "busy") return void 0;
		if (step.clock.elapsed() >= end) throw new require_inputs.OperationFailed(`Cluster ${clusterId} cannot be read, although the list of clusters has it as ${require_inputs.sanitize(shown.status)}. Look at it in the console and try again.`);
		await step.clock.pause(betweenReads);
		shown = (await listClusters(step.cloud, projectId)).find((one) => one.clusterId === clusterId);
	}
}
// src/backups/newest.ts
async function newest(step, { clusterId, listed, notBefore = 0 }, serves) {
	const dated = await withTimes(step, clusterId, listed);
	for (const sameTime of grouped(newestFirst(dated), ({ createTime }) => createTime)) {
		const described = [];
		for (const { backupId } of sameTime) {
			const found = await describeIfThere(step, {
				clusterId,
				backupId
			});
			if (found !== void 0) described.push(found);
		}
		const [best] = newestFirst(described.filter((found) => found.status === "AVAILABLE" && serves(found)));
		if (best !== void 0) return best;
		const isTooOld = ({ createTime }) => createTime !== void 0 && createTime < notBefore;
		if (described.length > 0 && described.every(isTooOld)) return void 0;
	}
}
async function withTimes(step, clusterId, listed) {
	const dated = [];
	for (const backup of listed) {
		const { backupId, createTime } = backup;
		const described = createTime === void 0 ? await describeIfThere(step, {
			clusterId,
			backupId
		}) : backup;
		if (described !== void 0) dated.push({
			...backup,
			createTime: described.createTime
		});
	}
	return dated;
}
function newestFirst(backups) {
	const time = ({ createTime }) => createTime ?? Number.NEGATIVE_INFINITY;
	return [...backups].sort((one, other) => time(one) === time(other) ? 0 : time(other) - time(one));
}
function grouped(items, key) {
	const groups = new Map();
	for (const item of items) {
		const group = groups.get(key(item));
		if (group === void 0) groups.set(key(item), [item]);
		else group.push(item);
	}
	return [...groups.values()];
}
async function describeIfThere(step, backup) {
	const found = await describeOrRefusal(step, backup);
	if (!(found instanceof ApiError)) return found;
	const [left] = await stillListed(step, backup.clusterId, new Set([backup.backupId]));
	if (left === void 0) return void 0;
	throw require_inputs.withMore(found, { stake: "The list of backups still has it." });
}
// src/backups/find.ts
function readBackupChoice(reader, backupType) {
	const backupId = reader.id("backup-id");
	const maxAge = reader.optionalDuration("max-age");
	if (isLatest(backupId)) return {
		kind: "latest",
		maxAge,
		backupType
	};
	if (reader.optional("max-age") !== void 0) reader.report("max-age", "has an effect only with backup-id: latest");
	return {
		kind: "id",
		backupId
	};
}
function isLatest(backupId) {
	return backupId.toLowerCase() === "latest";
}
function readBackupType(reader) {
	const type = reader.oneOf("backup-type", [
		"any",
		"CLUSTER",
		"COLLECTION"
	]);
	return type === "any" ? void 0 : type;
}
async function findBackup(step, request) {
	const backup = await readBackup(step, request);
	publishBackup(step, backup);
	return backup;
}
function readBackup(step, { clusterId, backup: choice }) {
	return choice.kind === "latest" ? latestBackup(step, clusterId, choice) : namedBackup(step, {
		clusterId,
		backupId: choice.backupId
	});
}
function publishBackup(step, { backupId, backupName, size, createTime }) {
	step.publish("backupId", backupId);
	step.publish("backupName", backupName);
	step.publishNumber("backupSize", size);
	if (createTime !== void 0) step.publish("backupTime", require_inputs.timestamp(createTime));
}
async function chooseBackup(step, request, use) {
	return checkedBackup(step, request, {
		backup: await readBackup(step, request),
		...use
	});
}
function checkedBackup(step, request, { backup, type, use, mayBeUnused = false }) {
	if (!mayBeUnused) publishBackup(step, backup);
	const name = `Backup ${backup.backupId} of cluster ${request.clusterId}`;
	const { backupId, status } = backup;
	if (status !== "AVAILABLE") {
		if (status === "CREATING") step.inProgress.started({
			kind: "backup",
			clusterId: request.clusterId,
			backupId
		});
		throw new require_inputs.OperationFailed({
			what: `${name} is ${require_inputs.sanitize(status)}; only an AVAILABLE backup can be ${use}.`,
			next: status === "CREATING" ? "Wait for it with operation: wait." : void 0,
			help: "no-backup-to-restore"
		});
	}
	if (type !== void 0 && backup.backupType !== type) throw new require_inputs.OperationFailed({
		what: `${name} is of type ${require_inputs.sanitize(backup.backupType ?? "unknown")}, and a new cluster needs one of type ${type}.`,
		next: "Its collections can be restored into an existing cluster with operation: restore-collections.",
		help: "no-backup-to-restore"
	});
	return backup;
}
async function namedBackup(step, backup) {
	try {
		return await ofClusterOrListed(step, backup, await describeBackup(step.cloud, backup));
	} catch (error) {
		if (!isNotFound(error, "backup") && !isNotFound(error, "cluster")) throw error;
		const { explainNotFound } = await Promise.resolve().then(() => require("./not-found.cjs"));
		throw await explainNotFound(step, backup, error);
	}
}
async function ofClusterOrListed(step, backup, found) {
	const { clusterId } = ofCluster(backup, found);
	if (clusterId !== void 0) return found;
	const { findAnywhere } = await Promise.resolve().then(() => require("./not-found.cjs"));
	return {
		...found,
		clusterId: (await findAnywhere(step, backup))?.clusterId
	};
}
async function latestBackup(step, clusterId, { maxAge, backupType: type }) {
	const listed = await listBackupsOf(step, clusterId);
	const serves = ({ backupType }) => type === void 0 || backupType === type;
	const mayServe = (backup) => backup.backupType === void 0 || serves(backup);
	const chosen = await newest(step, {
		clusterId,
		listed: listed.filter((backup) => backup.status === "AVAILABLE" && mayServe(backup))
	}, serves);
	const found = chosen && ofCluster({
		clusterId,
		backupId: chosen.backupId
	}, chosen);
	const kind = type === void 0 ? "" : ` of type ${type}`;
	if (found === void 0) throw new require_inputs.OperationFailed({
		what: `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${describeTypesOf(listed)}.`,
		help: "no-backup-to-restore"
	});
	const { createTime } = found;
	const age = createTime === void 0 ? void 0 : Math.max(0, serviceTime(step.cloud).now - createTime);
	if (maxAge !== void 0 && (age === void 0 || age > maxAge)) {
		const old = age === void 0 ? "of unknown age" : `${require_inputs.formatDuration(age)} old`;
		throw new require_inputs.OperationFailed({
			what: `The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${require_inputs.formatDuration(maxAge)}.`,
			help: "no-backup-to-restore"
		});
	}
	const old = age === void 0 ? "" : `, ${require_inputs.formatDuration(age)} old`;
	step.log(`backup-id: latest is ${found.backupId}${old}.`);
	return found;
}
// src/backups/tables.ts
const mostRows = 500;
function backupsTable(backups, now, last) {
	const columns = [
		{
			name: "Created",
			cell: (backup) => ageAndDate(backup, now)
		},
		{
			name: "Backup",
			cell: ({ backupId }) => ({ code: backupId })
		},
		{
			name: "Cluster",
			cell: clusterOf,
			isOptional: true
		},
		{
			name: "Type",
			cell: ({ backupType = "" }) => backupType,
			isOptional: true
		},
		{
			name: "Method",
			cell: ({ creationMethod = "" }) => creationMethod,
			isOptional: true
		},
		{
			name: "State",
			cell: ({ status }) => status,
			isOptional: true
		},
		{
			name: "Size",
			cell: ({ size }) => formatSize(size).replaceAll(" ", "\xA0")
		},
		...last === void 0 ? [] : [{
			name: "",
			cell: last
		}]
	];
	const shown = backups.slice(0, mostRows);
	const differs = ({ cell, isOptional }) => isOptional !== true || new Set(shown.map((backup) => plainText(cell(backup)))).size > 1;
	const kept = columns.filter(differs);
	return {
		columns: kept.map(({ name }) => name),
		rows: shown.map((backup) => kept.map(({ cell }) => cell(backup))),
		more: Math.max(0, backups.length - mostRows)
	};
}
function backupRows(backup, now) {
	const { backupId, backupName, clusterId, clusterName, projectId, regionId } = backup;
	const { backupType, creationMethod, status, size, expireTime } = backup;
	const rows = {
		"Backup id": { code: backupId },
		"Name in the console": backupName && { code: backupName },
		Cluster: clusterId === void 0 ? clusterName : namedCluster({
			clusterId,
			clusterName
		}),
		Project: projectId && { code: projectId },
		Region: regionId,
		Type: backupType,
		Method: creationMethod,
		State: status,
		Size: formatSize(size),
		Created: ageAndDate(backup, now),
		Expires: creationMethod === "AUTO" && expireTime !== void 0 ? require_inputs.timestamp(expireTime) : void 0,
		Contents: contentsOf(backup)
	};
	return Object.entries(rows).flatMap(([name, value]) => value ? [{
		name,
		value
	}] : []);
}
function backupRow({ backupId, createTime, size }, now) {
	const more = [createTime === void 0 ? "" : `${largestUnit(now - createTime)} old`, formatSize(size)].filter(Boolean).join(", ");
	return {
		name: "Backup",
		value: more === "" ? { code: backupId } : [{ code: backupId }, `, ${more}`]
	};
}
function backupLine(backup, now) {
	const { backupId, backupType, creationMethod, status, size, createTime } = backup;
	const words = [
		backupId,
		backupType,
		creationMethod,
		status
	].filter(Boolean).join(" ");
	const age = createTime === void 0 ? "of unknown age" : `${require_inputs.formatDuration(now - createTime)} old`;
	return [
		require_inputs.sanitize(words),
		formatSize(size),
		age
	].filter(Boolean).join(", ");
}
const units = [
	"B",
	"kB",
	"MB",
	"GB",
	"TB",
	"PB"
];
function formatSize(bytes) {
	if (bytes === void 0 || bytes < 0) return "";
	let value = bytes;
	let unit = 0;
	while (value >= (unit === 0 ? 1e3 : 999.95) && unit < units.length - 1) {
		value /= 1e3;
		unit++;
	}
	return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
function clusterOf({ clusterId, clusterName }) {
	if (clusterId === void 0 || clusterName === void 0) return clusterId ?? clusterName ?? "";
	return `${clusterName} (${clusterId})`;
}
const longestContents = 450;
function contentsOf({ contents }) {
	const names = listContents(contents);
	if (names.length === 0) return "not listed by the service";
	let length = 0;
	const tooLong = names.findIndex((name) => {
		length += name.length + 2;
		return length > longestContents;
	});
	if (tooLong === 0) return `${names.length} collections`;
	return require_inputs.listInSentence(names, tooLong === -1 ? names.length : tooLong);
}
// src/clusters/busy.ts
const gone = "GONE";
async function stateOf(step, clusterId) {
	return (await describeIfThere$1(step, clusterId))?.status ?? gone;
}
function isDeletingOrGone(state) {
	return state === gone || clusterState(state) === "deleted";
}
function isGone(state) {
	return state === gone;
}
function stateAfter(refused, step, clusterId) {
	return readAfterRefusal(refused, `cluster ${clusterId}`, () => stateOf(step, clusterId));
}
async function retryWhileBusy(step, { clusterId, pollInterval }, send) {
	let retriedWhileRunning = false;
	for (;;) try {
		return await send();
	} catch (error) {
		if (!(error instanceof ApiError) || error.isAuthError) throw error;
		const state = await stateAfter(error, step, clusterId);
		if (error.code === 40003 && state === "RUNNING" && !retriedWhileRunning) {
			retriedWhileRunning = true;
			continue;
		}
		if (error.code === void 0 || clusterState(state) !== "busy") throw require_inputs.withMore(error, { stake: `Cluster ${clusterId} is ${require_inputs.sanitize(state)}.` });
		step.log(`Cluster ${clusterId} is ${state} and refuses this for now. Waiting until it accepts changes.`);
		await pauseBeforeRead(step, pollInterval);
		await untilState(step, {
			clusterId,
			pollInterval,
			still: "is still"
		}, (now) => clusterState(now) !== "busy");
	}
}
async function untilState(step, { clusterId, pollInterval, still }, fits) {
	let state = "";
	const poll = async () => {
		state = await stateOf(whileWaiting(step), clusterId);
		return fits(state) ? { done: true } : { progress: void 0 };
	};
	const stillOpen = () => `cluster ${clusterId} ${still} ${require_inputs.sanitize(state) || "a state that was not read"}`;
	await waitUntil(step, poll, {
		maxPause: pollInterval,
		stillOpen
	});
}
exports.ApiError = ApiError;
exports.NoResponseError = NoResponseError;
exports.ageAndDate = ageAndDate;
exports.backupAvailable = backupAvailable;
exports.backupLine = backupLine;
exports.backupRow = backupRow;
exports.backupRows = backupRows;
exports.backupState = backupState;
exports.backupsTable = backupsTable;
exports.badNameCode = badNameCode;
exports.bothInTurn = bothInTurn;
exports.checkedBackup = checkedBackup;
exports.chooseBackup = chooseBackup;
exports.clusterNameIn = clusterNameIn;
exports.clusterRunning = clusterRunning;
exports.clusterState = clusterState;
exports.clustersNamed = clustersNamed;
exports.createBackup = createBackup;
exports.dataPlane = dataPlane;
exports.debug = debug;
exports.defaultDatabase = defaultDatabase;
exports.deleteBackup = deleteBackup;
exports.describeBackup = describeBackup;
exports.describeCluster = describeCluster;
exports.describeContents = describeContents;
exports.describeIfThere = describeIfThere$1;
exports.describeListed = describeListed;
exports.describeOrRefusal = describeOrRefusal;
exports.describeSource = describeSource;
exports.describeSourceIfThere = describeSourceIfThere;
exports.describeStatesOf = describeStatesOf;
exports.dropCluster = dropCluster;
exports.endpointRows = endpointRows;
exports.error = error;
exports.exitSoon = exitSoon;
exports.exportBackup = exportBackup;
exports.fields = fields;
exports.findBackup = findBackup;
exports.findLost = findLost;
exports.findTarget = findTarget;
exports.firstWrongCharacter = firstWrongCharacter;
exports.formatName = formatName;
exports.formatSize = formatSize;
exports.grouped = grouped;
exports.ignoreTrouble = ignoreTrouble;
exports.isDeleted = isDeleted;
exports.isDeletingOrGone = isDeletingOrGone;
exports.isGone = isGone;
exports.isLatest = isLatest;
exports.isNotFound = isNotFound;
exports.isProtected = isProtected;
exports.jobSuccessful = jobSuccessful;
exports.keyOf = keyOf;
exports.largestUnit = largestUnit;
exports.listAny = listAny;
exports.listBackups = listBackups;
exports.listBackupsOf = listBackupsOf;
exports.listClusters = listClusters;
exports.listProjects = listProjects;
exports.log = log;
exports.lookUpTarget = lookUpTarget;
exports.maskInputs = maskInputs;
exports.mayHaveSucceeded = mayHaveSucceeded;
exports.missingCollections = missingCollections;
exports.nameOf = nameOf;
exports.nameTakenCodes = nameTakenCodes;
exports.namedCluster = namedCluster;
exports.newest = newest;
exports.newestFirst = newestFirst;
exports.notFoundGrace = notFoundGrace;
exports.notice = notice;
exports.noticeUnknownEntries = noticeUnknownEntries;
exports.number = number;
exports.ofCluster = ofCluster;
exports.ofClusterOrListed = ofClusterOrListed;
exports.offerSafeName = offerSafeName;
exports.onCancel = onCancel;
exports.openReport = openReport;
exports.openSession = openSession;
exports.openSlots = openSlots;
exports.openStep = openStep;
exports.optionalText = optionalText;
exports.otherCase = otherCase;
exports.pathOf = pathOf;
exports.pauseBeforeRead = pauseBeforeRead;
exports.plainText = plainText;
exports.planned = planned;
exports.progressLog = progressLog;
exports.publish = publish;
exports.publishBackup = publishBackup;
exports.publishNumber = publishNumber;
exports.published = published;
exports.read = read;
exports.readAfterRefusal = readAfterRefusal;
exports.readBackup = readBackup;
exports.readBackupChoice = readBackupChoice;
exports.readBackupType = readBackupType;
exports.readBody = readBody;
exports.readInput = readInput;
exports.readNewName = readNewName;
exports.readOptionalTarget = readOptionalTarget;
exports.readProtectedClusters = readProtectedClusters;
exports.readState = readState;
exports.readTarget = readTarget;
exports.refuseByPlan = refuseByPlan;
exports.refuseSourceByPlan = refuseSourceByPlan;
exports.reported = reported;
exports.requestedCollections = requestedCollections;
exports.restoreCluster = restoreCluster;
exports.restoreCollection = restoreCollection;
exports.retry = retry;
exports.retryWhileBusy = retryWhileBusy;
exports.runUrl = runUrl;
exports.runner_exports = runner_exports;
exports.sameButCase = sameButCase;
exports.searchLimit = searchLimit;
exports.send = send;
exports.serviceTime = serviceTime;
exports.showName = showName;
exports.stateAfter = stateAfter;
exports.stateOf = stateOf;
exports.stateUnknown = stateUnknown;
exports.stepCommon = stepCommon;
exports.stillListed = stillListed;
exports.text = text;
exports.toleranceOfRunner = toleranceOfRunner;
exports.toleranceOfService = toleranceOfService;
exports.tookSoFar = tookSoFar;
exports.typeOfNewBackup = typeOfNewBackup;
exports.untilState = untilState;
exports.waitForAll = waitForAll;
exports.waitUntil = waitUntil;
exports.warning = warning;
exports.whileWaiting = whileWaiting;
exports.withStates = withStates;
exports.writeReceipt = writeReceipt;
exports.writeSummary = writeSummary;
