// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_inputs = require("./inputs.cjs");
const require_toolkit = require("./toolkit.cjs");
let node_fs = require("node:fs");
let node_os = require("node:os");
let node_path = require("node:path");
// src/github/runner.ts
const largestSummary = 1044480;
const longestAnnotation = 4096;
const summary = {
	notes: [],
	tables: []
};
const readInput = (name) => require_toolkit.getInput(name);
function mask(secret) {
	if (secret === "") return;
	const lines = require_inputs.secretLines(secret).filter((line) => line.trim().length >= 6);
	if (require_inputs.rememberSecret(secret)) for (const line of lines) require_toolkit.setSecret(line);
	if (lines.length === 0) warning(`A secret of only ${secret.length} characters is not masked, since that would blank out unrelated text. This action prints it nowhere; see that later steps do not either.`);
}
function maskInputs() {
	const fallbackKey = (process.env.ZILLIZ_API_KEY ?? "").trim();
	for (const secret of [
		readInput("api-key"),
		fallbackKey,
		readInput("github-token")
	]) mask(secret);
	return fallbackKey;
}
const summaryParts = () => summary;
function note(text) {
	summary.notes.push(text);
	log(text);
}
function showTable(table) {
	summary.tables.push(table);
}
function log(text) {
	for (const line of safeLines(text)) require_toolkit.info(line);
}
function debug(text) {
	require_toolkit.debug(safeLines(text).join("\n"));
}
function notice(text) {
	summary.notes.push(text);
	require_toolkit.notice(annotation(text));
}
function warning(text) {
	summary.notes.push(text);
	require_toolkit.warning(annotation(text));
}
const error = (text) => require_toolkit.error(annotation(text));
function safeLines(text) {
	return require_inputs.toLogLines(require_inputs.redact(text));
}
function annotation(text) {
	const whole = safeLines(text).map((line) => line.replace(/^ {2}\| /, "")).join("\n");
	return whole.length > longestAnnotation ? `${whole.slice(0, 4095)}…` : whole;
}
function saveState(name, value) {
	require_toolkit.saveState(name, require_inputs.redact(value));
}
function writeSummary(page) {
	const path = process.env.GITHUB_STEP_SUMMARY;
	if (!path) return;
	const whole = require_inputs.redact(page);
	const fitting = require_inputs.cutToBytes(whole, largestSummary);
	(0, node_fs.appendFileSync)(path, fitting === whole ? fitting : `${fitting}\n\n*Cut: a summary has at most 1 MiB. The receipt has all.*\n`);
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
function publish(name, value) {
	if (value === void 0 || value === "") return;
	if (require_inputs.secretOutputs.includes(name)) {
		mask(value);
		require_toolkit.setOutput(name, value);
		return;
	}
	const clean = require_inputs.redact(value);
	if (facts.get(name) === clean) return;
	facts.set(name, clean);
	require_toolkit.setOutput(name, clean);
}
function publishBoolean(name, value) {
	facts.set(name, value);
	require_toolkit.setOutput(name, String(value));
}
function publishList(name, items) {
	const whole = redactDeep(items);
	facts.set(name, whole);
	let size = 2;
	const fitting = whole.filter((item) => {
		size += Buffer.byteLength(JSON.stringify(item)) + 1;
		return size <= largestList;
	});
	require_toolkit.setOutput(name, JSON.stringify(fitting));
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
	require_toolkit.setOutput(name, JSON.stringify(Object.fromEntries(fitting)));
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
function workflow() {
	const { env } = process;
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = env;
	return {
		repository,
		sha: env.GITHUB_SHA,
		runId,
		runAttempt: env.GITHUB_RUN_ATTEMPT,
		runUrl: server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : void 0
	};
}
function writeReceipt(step) {
	const folder = (0, node_fs.mkdtempSync)((0, node_path.join)(process.env.RUNNER_TEMP || (0, node_os.tmpdir)(), "zilliz-cloud-"));
	const path = (0, node_path.join)(folder, "receipt.json");
	const receipt = redactDeep({
		...step,
		...Object.fromEntries(facts),
		...workflow()
	});
	(0, node_fs.writeFileSync)(path, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 384 });
	publish("receipt", path);
}
// src/zilliz/errors.ts
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
const wrongStateCode = 40003;
const badNameCode = 96010;
function groupOf(code) {
	for (const [group, codes] of Object.entries(groups)) if (codes.some((known) => known === code)) return group;
}
const groupOfStatus = {
	401: "key",
	403: "permission",
	404: "not-found"
};
const hints = {
	key: "Check that `api-key` holds a valid API key of this site, and that `base-url` names the right site: the global and the China site have different keys.",
	permission: "The key is valid but may not do this. Backup work needs a project admin, an organization owner or a custom role with the backup privileges, and a key whose scope covers the project and the cluster.",
	"not-found": "Check the id, and that the key belongs to the organization and has the cluster in its scope.",
	conflict: "Its present state or name does not allow this. Look at it in the console and try again.",
	unsupported: "Backups are for Dedicated clusters only.",
	parameter: "Check the inputs of this step against the message.",
	"operation-failed": "The message gives the reason. A cluster must be running, and no other backup or restore may be in its way."
};
function describeResponse({ status, code, message, requestId }) {
	const details = [`HTTP ${status}`];
	if (code !== void 0) details.push(`code ${require_inputs.sanitize(String(code))}`);
	details.push(requestId === void 0 ? "no request id" : `request id ${require_inputs.sanitize(requestId)}`);
	return `${message ? require_inputs.quote(message) : "no message"} (${details.join(", ")})`;
}
var ApiError = class extends require_inputs.ActionError {
	name = "ApiError";
	status;
	code;
	requestId;
	group;
	constructor(tried, facts) {
		const group = groupOf(facts.code) ?? groupOfStatus[facts.status];
		super(`Could not ${tried}. The service refused: ${describeResponse(facts)}. ${hintFor(facts, group)}`);
		this.status = facts.status;
		this.code = facts.code;
		this.requestId = facts.requestId;
		this.group = group;
	}
	get isAuthError() {
		return this.group === "key" || this.group === "permission" || this.status === 401 || this.status === 403;
	}
};
function hintFor({ status }, group) {
	if (status >= 300 && status < 400) return "Redirects are not followed: check `base-url`.";
	return group === void 0 ? "The message gives the reason." : hints[group];
}
var NoResponseError = class extends require_inputs.ActionError {
	name = "NoResponseError";
	kind;
	retryAfter;
	constructor(what, { kind = "lost", retryAfter, cause } = {}) {
		super(what, { cause });
		this.kind = kind;
		this.retryAfter = retryAfter;
	}
};
function unexpectedResponse(what, facts) {
	return `${what}: ${describeResponse(facts)}`;
}
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
// src/zilliz/response.ts
function readResponse(response, expected, now) {
	const { status } = response;
	const { tried } = expected;
	const json = parse(response.text);
	const envelope = asEnvelope(json);
	const facts = {
		status,
		code: envelope?.code,
		message: messageIn(json),
		requestId: requestId(response.headers)
	};
	const wait = retryAfter(response.headers, now);
	if (status === 425 || status === 429) throw new NoResponseError(unexpectedResponse("the service asks for fewer requests", facts), {
		kind: "throttled",
		retryAfter: wait
	});
	if (isRefusal(status, envelope, expected)) throw new ApiError(tried, facts);
	const fault = (what, cause) => new NoResponseError(unexpectedResponse(what, facts), {
		retryAfter: wait,
		cause
	});
	if (status < 200 || status >= 300) throw fault("the service or its gateway failed");
	const bare = json !== void 0 && (expected.bare?.(json) ?? false);
	if (!bare && envelope === void 0) throw fault(json === void 0 ? "the response is not JSON" : "the response has no code");
	try {
		return expected.decode(bare ? json : json.data);
	} catch (error) {
		throw fault(require_inputs.messageOf(error), error);
	}
}
function isRefusal(status, envelope, { start }) {
	if (status >= 300 && status < 500 && status !== 408) return true;
	return envelope?.success === false && (status < 400 || start && status >= 500);
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
const firstPause$1 = 500;
const longestPause = 15e3;
const lastTry = 1e3;
function retryPause(attempts, retryAfter, random) {
	const grown = Math.min(longestPause, firstPause$1 * 2 ** Math.min(attempts, 10));
	return Math.max(grown * (.5 + random / 2), retryAfter ?? 0);
}
async function retry(attempt, policy) {
	const { clock, deadline } = policy;
	const start = clock.elapsed();
	const logTrouble = troubleLog(policy);
	for (let attempts = 0;; attempts++) try {
		return await attempt();
	} catch (error) {
		if (!(error instanceof NoResponseError)) throw error;
		const now = clock.elapsed();
		const pause = retryPause(attempts, error.retryAfter, Math.random());
		const sentence = `Could not ${policy.tried}: ${error.message}`;
		if (!policy.shouldRetry(error)) throw withSentence(error, `${sentence}.`);
		if (now - start + pause > policy.maxDuration) throw withSentence(error, `${sentence} (${triedFor(error, attempts, now - start)}). ${whatToDo}`);
		logTrouble(error, sentence);
		const room = deadline - now - lastTry;
		const cause = attempts === 0 ? void 0 : error;
		if (room <= 0 || (error.retryAfter ?? 0) > room) throw new require_inputs.TimedOut(`${sentence}.`, { cause });
		await clock.pause(Math.min(pause, room));
	}
}
const whatToDo = "Look at the network and the status page of the service, then run the step again.";
function triedFor({ retryAfter }, attempts, duration) {
	const tries = attempts === 0 ? "tried once" : `tried ${attempts + 1} times in ${require_inputs.formatDuration(duration)}`;
	return retryAfter === void 0 ? tries : `${tries}, asked to wait ${require_inputs.formatDuration(retryAfter)}`;
}
function troubleLog({ clock, log }) {
	let loggedAt = Number.NEGATIVE_INFINITY;
	let logged = "";
	return (error, sentence) => {
		const now = clock.elapsed();
		const trouble = error.message.replace(/request id [^)]*/, "");
		if (trouble === logged && now - loggedAt < 6e4) return;
		log(`${sentence}. Trying again.`);
		logged = trouble;
		loggedAt = now;
	};
}
function withSentence(cause, message) {
	const { kind, retryAfter } = cause;
	return new NoResponseError(message, {
		kind,
		retryAfter,
		cause
	});
}
// src/zilliz/transport.ts
const maxResponseSize = 16777216;
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
		const timer = setTimeout(() => fail(new NoResponseError(`no complete response within ${Math.ceil(request.timeout / 1e3)} s`)), request.timeout);
		if (request.stop.aborted) {
			stopped();
			return;
		}
		request.stop.addEventListener("abort", stopped);
		send$1(request, abort.signal).then(({ message }) => readBody(message).then((text) => ({
			message,
			text
		}))).then(({ message, text }) => end(() => resolve({
			status: message.statusCode ?? 0,
			headers: message.headers,
			text
		})), (error) => fail(error instanceof NoResponseError ? error : networkFault(error)));
	});
}
function send$1(request, abort) {
	const client = new require_toolkit.HttpClient(request.userAgent, [requestHandler(request.apiKey, abort)], {
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
function requestHandler(apiKey, abort) {
	return {
		prepareRequest(options) {
			options.headers = {
				...options.headers,
				authorization: `Bearer ${apiKey}`
			};
			options.signal = abort;
			options.host = options.host?.replace(/^\[(.*)\]$/, "$1");
		},
		canHandleAuthentication: () => false,
		handleAuthentication: () => Promise.reject(new Error("not used"))
	};
}
function readBody(message) {
	return new Promise((resolve, reject) => {
		const chunks = [];
		let size = 0;
		message.on("data", (chunk) => {
			size += chunk.length;
			if (size > maxResponseSize) {
				chunks.length = 0;
				reject(new NoResponseError(`the response is larger than ${maxResponseSize / 1024 / 1024} MB`));
				message.destroy();
				return;
			}
			chunks.push(chunk);
		});
		message.on("error", reject);
		message.on("close", () => {
			if (message.complete) resolve(Buffer.concat(chunks).toString("utf8"));
			else reject(new NoResponseError("the response was cut short"));
		});
	});
}
function networkFault(error) {
	return new NoResponseError(messagesOf(error).join("; "), {
		kind: neverArrived(error) ? "never-sent" : "lost",
		cause: error
	});
}
function messagesOf(error) {
	return error instanceof AggregateError ? error.errors.flatMap(messagesOf) : [require_inputs.messageOf(error)];
}
const certificate = /^(CERT_|UNABLE_TO_(GET|VERIFY|DECRYPT)_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_|ERR_TLS_CERT_)/;
function neverArrived(error) {
	if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverArrived);
	if (!(error instanceof Error)) return false;
	const { syscall, code = "" } = error;
	if (syscall === "getaddrinfo" || syscall === "connect") return true;
	if (certificate.test(code)) return true;
	if (code === "EPROTO" || code.startsWith("ERR_SSL_")) return handshake.test(`${code} ${error.message}`);
	return error.message.startsWith("tunneling socket could not be established");
}
const handshake = /wrong.version.number|unsupported.protocol|handshake.failure|no.shared.cipher|protocol.version|unknown.ca|unrecognized.name|http.request/i;
// src/zilliz/connection.ts
const requestTimeout = 3e4;
const maxRetryTime = 12e4;
const cancelGracePeriod = 1200;
const largestPage = 100;
function pathOf(...parts) {
	return `/v2/${parts.map(encodeURIComponent).join("/")}`;
}
function retryingUntilDeadline(connection) {
	return {
		...connection,
		retryUntilDeadline: true
	};
}
function read(to, { path, ...expected }) {
	return sendRetrying(to, {
		method: "GET",
		path
	}, {
		...expected,
		start: false
	});
}
async function readPages(to, list) {
	const { id, query, path, ...expected } = list;
	const found = new Map();
	for (let page = 1;; page++) {
		const { items, pageSize } = await read(to, {
			path: `${path}?${new URLSearchParams({
				...query,
				pageSize: `${largestPage}`,
				currentPage: `${page}`
			})}`,
			...expected
		});
		const before = found.size;
		for (const item of items) found.set(id(item), item);
		const full = Math.min(pageSize ?? largestPage, largestPage);
		if (items.length < full || found.size === before) return [...found.values()];
	}
}
function send(to, change) {
	const { method, path, body, tried, decode } = change;
	if (method === "DELETE") return sendRetrying(to, {
		method,
		path
	}, {
		tried,
		decode,
		start: false
	});
	const attempt = () => allowedToFinish(to, tried, (stop) => {
		return sendOnce(to, {
			method,
			path,
			body
		}, {
			tried,
			decode,
			start: true,
			timeout: requestTimeout,
			stop
		});
	});
	const shouldRetry = (error) => error.kind !== "lost";
	return retry(attempt, {
		...retryPolicy(to, tried),
		maxDuration: maxRetryTime,
		shouldRetry
	});
}
async function allowedToFinish(to, tried, attempt) {
	const abort = new AbortController();
	let timer;
	const stopped = () => {
		const lost = `The step was cancelled before the response came: the request to ${tried} may have been carried out.`;
		timer = setTimeout(() => abort.abort(new require_inputs.Cancelled(lost, { inFlight: true })), cancelGracePeriod);
	};
	to.stop.addEventListener("abort", stopped, { once: true });
	try {
		return await attempt(abort.signal);
	} finally {
		clearTimeout(timer);
		to.stop.removeEventListener("abort", stopped);
	}
}
function sendRetrying(to, request, expected) {
	const attempt = async () => {
		const left = to.deadline - to.clock.elapsed();
		try {
			const limits = {
				timeout: Math.min(requestTimeout, left),
				stop: to.stop
			};
			return await sendOnce(to, request, {
				...expected,
				...limits
			});
		} catch (error) {
			const cutShort = left < requestTimeout && to.clock.elapsed() >= to.deadline - 50;
			if (error instanceof NoResponseError && cutShort) throw timedOut(expected.tried);
			throw error;
		}
	};
	return retry(attempt, retryPolicy(to, expected.tried));
}
async function sendOnce(to, { path, ...request }, { timeout, stop, ...expected }) {
	if (to.stop.aborted) throw new require_inputs.Cancelled();
	if (to.clock.elapsed() >= to.deadline) throw timedOut(expected.tried);
	return readResponse(await sendRequest({
		...request,
		url: `${to.baseUrl}${path}`,
		apiKey: to.apiKey,
		userAgent: `zilliz-cloud-backup-restore/${require_inputs.version}`,
		timeout,
		stop
	}), expected, to.clock.now());
}
function retryPolicy(to, tried) {
	return {
		tried,
		clock: to.clock,
		deadline: to.deadline,
		maxDuration: to.retryUntilDeadline ? Number.POSITIVE_INFINITY : maxRetryTime,
		shouldRetry: () => true,
		log: to.log
	};
}
function timedOut(tried) {
	return new require_inputs.TimedOut(`Could not ${tried}: the step timed out.`);
}
// src/step.ts
function openStep({ apiKey, baseUrl, timeout }, time, inProgress) {
	const { clock, deadline } = time;
	const say = {
		log,
		note,
		notice,
		warning,
		showTable
	};
	const keep = {
		publish,
		publishBoolean,
		publishList,
		publishObject,
		saveState
	};
	const cloud = {
		...time,
		apiKey,
		baseUrl,
		log
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
function planned(step, changes) {
	const requests = changes.map(({ method, path, body }) => ({
		method,
		path,
		...body !== void 0 && { body }
	}));
	step.publishList("plan", requests);
	const lines = requests.map(({ method, path }) => `Would send ${method} ${path}.`);
	for (const line of require_inputs.firstLines(lines, mostLogged, (count) => `And ${count} more.`)) step.log(line);
	if (lines.length === 0) step.log("Would send nothing that changes anything.");
	return "planned";
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
	const sentence = `The state of ${what} is not known. ${require_inputs.messageOf(why)}`;
	const cause = why instanceof ApiError && why.isAuthError ? why : refused;
	return new require_inputs.OperationFailed(`${refused.message}\n${sentence}`, { cause });
}
const firstPause = 2e3;
function pauseBeforeRead({ clock }, pollInterval) {
	return clock.pause(Math.min(pollInterval, firstPause));
}
// src/waiting/poll.ts
const shortestPause = 500;
const lastRead = 2e3;
function nextPause({ waited, progress, maxPause, left }) {
	const grown = Math.max(shortestPause, waited / 5);
	const pause = Math.min(grown, untilExpectedEnd(waited, progress), maxPause);
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
			const sentence = error.cause === void 0 ? timeoutMessage() : `${timeoutMessage()} ${error.message}`;
			throw new require_inputs.TimedOut(sentence, { cause: error });
		});
		if ("done" in polled) return polled.done;
		if (left() <= 0) throw new require_inputs.TimedOut(timeoutMessage());
		const waited = clock.elapsed() - start;
		await clock.pause(nextPause({
			waited,
			progress: polled.progress,
			maxPause,
			left: left()
		}));
		if (left() <= 0) throw new require_inputs.TimedOut(timeoutMessage());
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
function upper(value) {
	return value?.toUpperCase();
}
function number(value) {
	const read = typeof value === "string" && value.trim() !== "" ? Number(value.trim()) : value;
	return typeof read === "number" && Number.isFinite(read) ? read : void 0;
}
const lastMoment = 864e13;
function time(value) {
	const milliseconds = number(value);
	if (milliseconds !== void 0) return milliseconds > 0 && milliseconds <= lastMoment ? milliseconds : void 0;
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
function decodeCluster(data) {
	const from = fields(data, "cluster");
	return {
		clusterId: id(from, "clusterId"),
		clusterName: optionalText(from, "clusterName"),
		projectId: optionalText(from, "projectId"),
		regionId: optionalText(from, "regionId"),
		status: text(from, "status").toUpperCase(),
		cuSize: number(from.cuSize),
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
		return names(database.collections).map((collection) => ({
			database: optionalText(database, "dbName") ?? "default",
			collection
		}));
	});
	if (nested.length > 0) return {
		kind: "by-database",
		collections: nested
	};
	const flat = names(from.collections);
	return flat.length > 0 ? {
		kind: "flat",
		collections: flat
	} : { kind: "unlisted" };
}
function names(list) {
	if (!Array.isArray(list)) return [];
	return list.map((entry) => text(fields(entry, "collection"), "collectionName"));
}
function decodeList(data, key, decode) {
	const list = Array.isArray(data) ? data : fields(data, `list of ${key}`)[key];
	if (!Array.isArray(list)) throw new Error(`the response has no list of ${key}`);
	const size = Array.isArray(data) ? void 0 : number(data.pageSize);
	return {
		items: list.map(decode),
		pageSize: size
	};
}
// src/zilliz/reads.ts
async function listBackups(to, clusterId) {
	return (await readPages(to, {
		path: pathOf("backups"),
		query: clusterId === void 0 ? {} : { clusterId },
		tried: clusterId === void 0 ? "list the backups" : `list the backups of cluster ${clusterId}`,
		decode: (data) => decodeList(data, "backups", decodeBackup),
		id: (backup) => backup.backupId
	})).filter((backup) => clusterId === void 0 || (backup.clusterId ?? clusterId) === clusterId);
}
function describeBackup(to, { clusterId, backupId }) {
	return read(to, {
		path: pathOf("clusters", clusterId, "backups", backupId),
		tried: `read backup ${backupId} of cluster ${clusterId}`,
		decode: (data) => aboutRequested("backupId", backupId, decodeBackup(data))
	});
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
	return projectId === void 0 ? all : all.filter((cluster) => (cluster.projectId ?? projectId) === projectId);
}
function describeCluster(to, clusterId) {
	return read(to, {
		path: pathOf("clusters", clusterId),
		tried: `read cluster ${clusterId}`,
		decode: (data) => aboutRequested("clusterId", clusterId, decodeCluster(data))
	});
}
function aboutRequested(name, requested, found) {
	if (found[name] !== requested) throw new Error(`the response is about another ${name}`);
	return found;
}
// src/zilliz/states.ts
const jobs = {
	PENDING: "pending",
	IN_PROGRESS: "pending",
	CANCELING: "pending",
	CANCELLING: "pending",
	SUCCESSFUL: "successful",
	FAILED: "failed",
	ERROR: "failed",
	CANCELED: "failed",
	CANCELLED: "failed"
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
// src/collections/contents.ts
function formatName({ database, collection }) {
	return `${database}.${collection}`;
}
function listContents(contents) {
	if (contents.kind === "unlisted") return [];
	return contents.kind === "flat" ? contents.collections : contents.collections.map(formatName);
}
function missingCollections(contents, requested) {
	if (contents.kind === "unlisted") return void 0;
	const listed = new Set(listContents(contents));
	const nameIn = (name) => contents.kind === "flat" ? name.collection : formatName(name);
	return requested.filter((name) => !listed.has(nameIn(name))).map(formatName);
}
const mostNames = 50;
function describeContents(contents) {
	const names = listContents(contents);
	return names.length === 0 ? "collections that the service does not list" : require_inputs.listInSentence(names.map(require_inputs.sanitize), mostNames);
}
// src/waiting/conditions.ts
const notFoundGrace = {
	created: 6e4,
	given: 15e3,
	none: 0
};
function jobSuccessful(jobId, grace, of) {
	return {
		what: of === void 0 ? `job ${jobId}` : `job ${jobId} (${of})`,
		item: {
			kind: "job",
			jobId
		},
		notFoundGrace: grace,
		async read(step) {
			const { status, progress, reason } = await describeJob(whileWaiting(step).cloud, jobId);
			switch (jobState(status)) {
				case "successful": return {
					state: "met",
					line: "SUCCESSFUL"
				};
				case "failed": return {
					state: "failed",
					line: `${status}. ${reason === void 0 ? "The service gives no reason." : `Reason: ${require_inputs.quote(reason)}.`}`
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
					line: `is ${status} and will not become AVAILABLE.`
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
					line: `is ${status} and will not become RUNNING by itself.`
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
const betweenReads = 2e3;
const shortestRead = 1e3;
function mayHaveSucceeded(error) {
	return error instanceof NoResponseError && error.kind === "lost";
}
async function findLost(step, lost, search) {
	const { clock } = step;
	const start = clock.elapsed();
	const end = Math.min(step.deadline, start + searchLimit);
	const cancelled = (error) => {
		if (!(error instanceof require_inputs.Cancelled)) throw error;
		const sentence = `The step was cancelled. ${lost.message} It may have been carried out.`;
		throw new require_inputs.Cancelled(sentence, {
			inFlight: true,
			cause: error
		});
	};
	let result = {
		kind: "unknown",
		why: "It was not checked."
	};
	let deadline = start + searchLimit;
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
			if (!(error instanceof ApiError || error instanceof NoResponseError || error instanceof require_inputs.TimedOut)) return cancelled(error);
			const unknown = {
				kind: "unknown",
				why: error.message
			};
			if (error instanceof ApiError) return unknown;
			if (result.kind !== "none") result = unknown;
		}
		deadline = end;
		if (clock.elapsed() + betweenReads + shortestRead > end) return result;
		await clock.pause(betweenReads).catch(cancelled);
	}
}
// src/waiting/wait-for-all.ts
async function waitForAll(step, conditions, { pollInterval, failFast = false }) {
	const { clock } = step;
	const waiting = {
		step,
		failFast,
		start: clock.elapsed(),
		open: new Set(conditions),
		lastRead: new Map(),
		failures: [],
		log: progressLog(clock),
		logsProgress: conditions.length <= 5
	};
	try {
		await waitUntil(step, () => readRound(waiting), {
			maxPause: pollInterval,
			stillOpen: () => stillOpen(waiting)
		});
	} catch (error) {
		if (waiting.failures.length === 0) throw error;
		throw require_inputs.withMessage(error, [...waiting.failures, require_inputs.messageOf(error)].join("\n"));
	}
	if (waiting.failures.length > 0) throw new require_inputs.OperationFailed(waiting.failures.join("\n"));
}
async function readRound(waiting) {
	const { open, failures, failFast } = waiting;
	const progress = await readOpen(waiting);
	const over = failFast && failures.length > 0;
	if (over) await readOpen(waiting);
	logThatItLives(waiting);
	if (open.size === 0 || over) return { done: void 0 };
	return { progress: progress.includes(void 0) ? void 0 : Math.min(...progress) };
}
async function readOpen(waiting) {
	const progress = [];
	for (const condition of waiting.open) {
		const { status, unreadable } = await readOnce(waiting, condition);
		record(waiting, condition, status);
		if (status.state === "pending") {
			progress.push(status.progress);
			continue;
		}
		waiting.open.delete(condition);
		if (!(unreadable && condition.notFoundGrace === notFoundGrace.created)) waiting.step.inProgress.ended(condition.item);
	}
	return progress;
}
async function readOnce({ step, start, failFast }, condition) {
	try {
		return {
			status: await condition.read(step),
			unreadable: false
		};
	} catch (error) {
		if (!(error instanceof ApiError) || error.isAuthError) throw error;
		const waited = step.clock.elapsed() - start;
		if (isNotFound(error, condition.item.kind) && waited < condition.notFoundGrace) return {
			status: {
				state: "pending",
				line: "not readable yet"
			},
			unreadable: true
		};
		if (failFast) throw error;
		return {
			status: {
				state: "failed",
				line: error.message
			},
			unreadable: true
		};
	}
}
function record(waiting, condition, status) {
	const { step, lastRead, failures, log, logsProgress } = waiting;
	const percent = status.state === "pending" && status.progress !== void 0 ? `, ${Math.floor(status.progress)} %` : "";
	const line = `${capitalize(condition.what)}: ${status.line}`;
	lastRead.set(condition, `${status.line}${percent}`);
	if (status.state === "failed") failures.push(line);
	if (log.isNew(condition.what, logsProgress ? `${line}${percent}` : line)) step.log(`${line}${percent} (${waitedFor(waiting)})`);
}
function logThatItLives(waiting) {
	const { open, log, step } = waiting;
	const [first] = open;
	if (first === void 0 || !log.isDue()) return;
	step.log(`Still waiting for ${first.what}, ${open.size} in all (${waitedFor(waiting)})`);
}
function waitedFor({ step, start }) {
	return require_inputs.formatDuration(step.clock.elapsed() - start);
}
function stillOpen({ open, lastRead }) {
	return [...open].map((condition) => `${condition.what} is ${lastRead.get(condition) ?? "not read yet"}`).join("; ");
}
function capitalize(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
// src/zilliz/changes.ts
function typeOfNewBackup({ collections }) {
	return collections === void 0 ? "CLUSTER" : "COLLECTION";
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
		decode(data) {
			const from = fields(data, "backup");
			return {
				backupId: id(from, "backupId"),
				backupName: optionalText(from, "backupName"),
				jobId: id(from, "jobId")
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
		decode(data) {
			const from = fields(data, "restored cluster");
			return {
				clusterId: id(from, "clusterId"),
				username: optionalText(from, "username"),
				password: optionalText(from, "password"),
				jobId: id(from, "jobId")
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
		decode: decodeJobId
	};
}
function deleteBackup(backup) {
	return {
		method: "DELETE",
		path: backupPath(backup),
		tried: `delete backup ${backup.backupId} of cluster ${backup.clusterId}`,
		decode: () => void 0
	};
}
function dropCluster(clusterId) {
	return {
		method: "DELETE",
		path: pathOf("clusters", clusterId, "drop"),
		tried: `drop cluster ${clusterId}`,
		decode: () => void 0
	};
}
function backupPath({ clusterId, backupId }, ...more) {
	return pathOf("clusters", clusterId, "backups", backupId, ...more);
}
function decodeJobId(data) {
	return id(fields(data, "job"), "jobId");
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
// src/backups/newest.ts
async function newest(step, { clusterId, listed }, serves) {
	for (const sameTime of grouped(newestFirst(listed), ({ createTime }) => createTime)) {
		let best;
		for (const { backupId } of sameTime) {
			const described = await describeIfThere$1(step, {
				clusterId,
				backupId
			});
			if (described?.status !== "AVAILABLE" || !serves(described)) continue;
			if (best === void 0 || (described.createTime ?? 0) > (best.createTime ?? 0)) best = described;
		}
		if (best !== void 0) return best;
	}
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
async function describeIfThere$1(step, backup) {
	const found = await describeOrRefusal(step, backup);
	if (!(found instanceof ApiError)) return found;
	const [left] = await stillListed(step, backup.clusterId, new Set([backup.backupId]));
	if (left === void 0) return void 0;
	throw new require_inputs.OperationFailed(`${found.message} But the list of backups still has it.`, { cause: found });
}
// src/clusters/find.ts
function readTarget(reader) {
	const cluster = reader.optional("target-cluster");
	if (cluster === void 0) reader.report("target-cluster", "expected the id or the exact name of an existing cluster; it is empty");
	return {
		cluster: cluster ?? "",
		projectId: reader.optionalId("target-project-id")
	};
}
const idShape = /^in\d\d-[0-9a-z]+$/;
async function findTarget(step, target) {
	const found = await lookUpTarget(step, target);
	if (found !== void 0) return found;
	const where = target.projectId === void 0 ? "" : ` in project ${target.projectId}`;
	throw new require_inputs.OperationFailed(`There is no cluster with the id or name ${require_inputs.quote(target.cluster)}${where} that this key can see. Check target-cluster${target.projectId === void 0 ? "" : " and target-project-id"}.`);
}
async function lookUpTarget(step, target) {
	const { cluster: wanted, projectId } = target;
	if (idShape.test(wanted)) {
		const described = await describeIfThere(step, wanted);
		if (described !== void 0 && inProject(described, projectId)) return described;
	}
	const listed = (await listClusters(step.cloud, projectId)).filter((cluster) => cluster.status !== "DELETED" && inProject(cluster, projectId));
	const byId = listed.find((cluster) => cluster.clusterId === wanted);
	const named = byId ? [byId] : listed.filter((cluster) => cluster.clusterName === wanted);
	if (named.length > 1) {
		const each = named.map(({ clusterId, projectId: of, status }) => {
			return `${clusterId}${of === void 0 ? "" : ` in project ${require_inputs.sanitize(of)}`}, ${require_inputs.sanitize(status)}`;
		});
		throw new require_inputs.OperationFailed(`target-cluster: several clusters have the name ${require_inputs.quote(wanted)}: ${each.join("; ")}. Give the id, or narrow it with target-project-id.`);
	}
	return named[0];
}
function isProtected({ clusterId, clusterName }, protectedClusters) {
	return protectedClusters.includes(clusterId) || protectedClusters.includes(clusterName ?? "");
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
async function describeIfThere(step, clusterId) {
	try {
		return await describeCluster(step.cloud, clusterId);
	} catch (error) {
		if (isNotFound(error, "cluster")) return void 0;
		throw error;
	}
}
// src/backups/format.ts
function nameOf({ backupId, backupType = "no type", createTime }) {
	const time = createTime === void 0 ? "no time" : require_inputs.timestamp(createTime);
	return `${require_inputs.sanitize(backupId)} (${require_inputs.sanitize(backupType)}, ${time})`;
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
	return reader.oneOf("backup-type", ["CLUSTER", "COLLECTION"]);
}
async function findBackup(step, { clusterId, backup: choice }) {
	const backup = choice.kind === "latest" ? await latestBackup(step, clusterId, choice) : await namedBackup(step, {
		clusterId,
		backupId: choice.backupId
	});
	step.publish("backupId", backup.backupId);
	step.publish("backupName", backup.backupName);
	return backup;
}
async function chooseBackup(step, request, { type, use }) {
	const backup = await findBackup(step, request);
	const name = `Backup ${backup.backupId} of cluster ${request.clusterId}`;
	if (backup.status !== "AVAILABLE") {
		const wait = backup.status === "CREATING" ? " Wait for it with operation: wait." : "";
		throw new require_inputs.OperationFailed(`${name} is ${require_inputs.sanitize(backup.status)}; only an AVAILABLE backup can be ${use}.${wait}`);
	}
	if (type !== void 0 && backup.backupType !== type) throw new require_inputs.OperationFailed(`${name} is of type ${require_inputs.sanitize(backup.backupType ?? "unknown")}, and a new cluster needs one of type ${type}. Its collections can be restored into an existing cluster with operation: restore-collections.`);
	return backup;
}
async function namedBackup(step, backup) {
	try {
		return await describeBackup(step.cloud, backup);
	} catch (error) {
		if (!isNotFound(error, "backup")) throw error;
		throw new require_inputs.OperationFailed(`${error.message} Check backup-id and cluster-id.`, { cause: error });
	}
}
async function latestBackup(step, clusterId, { maxAge, backupType: type }) {
	const listed = await listBackups(step.cloud, clusterId);
	const serves = ({ backupType }) => type === void 0 || backupType === type;
	const found = await newest(step, {
		clusterId,
		listed: listed.filter((backup) => backup.status === "AVAILABLE" && serves(backup))
	}, serves);
	const kind = type === void 0 ? "" : ` of type ${type}`;
	if (found === void 0) throw new require_inputs.OperationFailed(`backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${describeTypesOf(listed)}.`);
	const age = found.createTime === void 0 ? void 0 : step.clock.now() - found.createTime;
	if (maxAge !== void 0 && (age === void 0 || age > maxAge)) {
		const old = age === void 0 ? "of unknown age" : `${require_inputs.formatDuration(age)} old`;
		throw new require_inputs.OperationFailed(`The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${require_inputs.formatDuration(maxAge)}.`);
	}
	const old = age === void 0 ? "" : `, ${require_inputs.formatDuration(age)} old`;
	step.log(`backup-id: latest is ${found.backupId}${old}.`);
	return found;
}
exports.ApiError = ApiError;
exports.NoResponseError = NoResponseError;
exports.backupAvailable = backupAvailable;
exports.backupState = backupState;
exports.badNameCode = badNameCode;
exports.chooseBackup = chooseBackup;
exports.clusterRunning = clusterRunning;
exports.clusterState = clusterState;
exports.clustersNamed = clustersNamed;
exports.createBackup = createBackup;
exports.debug = debug;
exports.defaultDatabase = defaultDatabase;
exports.deleteBackup = deleteBackup;
exports.describeBackup = describeBackup;
exports.describeCluster = describeCluster;
exports.describeContents = describeContents;
exports.describeIfThere = describeIfThere;
exports.describeOrRefusal = describeOrRefusal;
exports.describeStatesOf = describeStatesOf;
exports.dropCluster = dropCluster;
exports.error = error;
exports.exitSoon = exitSoon;
exports.exportBackup = exportBackup;
exports.findBackup = findBackup;
exports.findLost = findLost;
exports.findTarget = findTarget;
exports.formatName = formatName;
exports.grouped = grouped;
exports.isDeleted = isDeleted;
exports.isLatest = isLatest;
exports.isNotFound = isNotFound;
exports.isProtected = isProtected;
exports.jobSuccessful = jobSuccessful;
exports.listBackups = listBackups;
exports.listContents = listContents;
exports.log = log;
exports.lookUpTarget = lookUpTarget;
exports.maskInputs = maskInputs;
exports.mayHaveSucceeded = mayHaveSucceeded;
exports.missingCollections = missingCollections;
exports.nameOf = nameOf;
exports.nameTakenCodes = nameTakenCodes;
exports.newest = newest;
exports.newestFirst = newestFirst;
exports.notFoundGrace = notFoundGrace;
exports.onCancel = onCancel;
exports.openStep = openStep;
exports.pauseBeforeRead = pauseBeforeRead;
exports.planned = planned;
exports.publish = publish;
exports.published = published;
exports.readAfterRefusal = readAfterRefusal;
exports.readBackupChoice = readBackupChoice;
exports.readBackupType = readBackupType;
exports.readInput = readInput;
exports.readState = readState;
exports.readTarget = readTarget;
exports.restoreCluster = restoreCluster;
exports.restoreCollection = restoreCollection;
exports.send = send;
exports.stateUnknown = stateUnknown;
exports.stillListed = stillListed;
exports.summaryParts = summaryParts;
exports.typeOfNewBackup = typeOfNewBackup;
exports.waitForAll = waitForAll;
exports.waitUntil = waitUntil;
exports.whileWaiting = whileWaiting;
exports.withStates = withStates;
exports.writeReceipt = writeReceipt;
exports.writeSummary = writeSummary;
exports.wrongStateCode = wrongStateCode;
