// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_inputs = require("./inputs.cjs");
const require_toolkit = require("./toolkit.cjs");
let node_fs = require("node:fs");
let node_os = require("node:os");
let node_path = require("node:path");
// src/untrusted-text.ts
function toLogLines(text) {
	return text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).map((line) => line.replace(ansi, "").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")).map((line) => line.replaceAll("##[", "## [").replaceAll("::", ": :")).map((line, index) => index === 0 ? line.trimEnd() : `  | ${line.trimEnd()}`);
}
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
function cutToBytes(text, bytes) {
	const whole = Buffer.from(text);
	if (whole.length <= bytes) return text;
	let end = bytes;
	while (end > 0 && ((whole[end] ?? 0) & 192) === 128) end--;
	return whole.subarray(0, end).toString("utf8");
}
// src/github/runner.ts
const largestSummary = 1044480;
const longestAnnotation = 4096;
const page = {
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
const pageParts = () => page;
function note(text) {
	page.notes.push(text);
	log(text);
}
function showTable(table) {
	page.tables.push(table);
}
function log(text) {
	for (const line of safeLines(text)) require_toolkit.info(line);
}
function debug(text) {
	require_toolkit.debug(safeLines(text).join("\n"));
}
function notice(text) {
	page.notes.push(text);
	require_toolkit.notice(annotation(text));
}
function warning(text) {
	page.notes.push(text);
	require_toolkit.warning(annotation(text));
}
const error = (text) => require_toolkit.error(annotation(text));
function safeLines(text) {
	return toLogLines(require_inputs.redact(text));
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
	const fitting = cutToBytes(whole, largestSummary);
	(0, node_fs.appendFileSync)(path, fitting === whole ? fitting : `${fitting}\n\n*Cut: a summary holds at most 1 MiB. The receipt has all.*\n`);
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
function publishFlag(name, value) {
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
		warning(`Output ${name} holds the first ${fitting.length} of ${whole.length} entries, since a job's outputs are limited; the file of output receipt holds all.`);
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
	if (missing.size > 0) warning(`Output ${name} goes without ${tooMuch.slice(0, 10).join(", ").slice(0, 500)}${missing.size > 10 ? ` and ${missing.size - 10} more` : ""}, since a job's outputs are limited; the file of output receipt holds all.`);
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
function writeReceipt(story) {
	const folder = (0, node_fs.mkdtempSync)((0, node_path.join)(process.env.RUNNER_TEMP || (0, node_os.tmpdir)(), "zilliz-cloud-"));
	const path = (0, node_path.join)(folder, "receipt.json");
	const receipt = redactDeep({
		...story,
		...Object.fromEntries(facts),
		...workflow()
	});
	(0, node_fs.writeFileSync)(path, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 384 });
	publish("receipt", path);
}
// src/step.ts
function openStep(access, time, inProgress) {
	const { apiKey, baseUrl } = access;
	const { clock, deadline } = time;
	const tell = {
		log,
		note,
		notice,
		warning,
		showTable
	};
	const keep = {
		publish,
		publishFlag,
		publishList,
		publishObject,
		saveState
	};
	return {
		...tell,
		...keep,
		cloud: {
			...time,
			apiKey,
			baseUrl,
			log
		},
		clock,
		deadline,
		inProgress
	};
}
const mostLogged = 20;
function planned(step, requests) {
	step.publishList("plan", requests);
	for (const { method, path } of requests.slice(0, mostLogged)) step.log(`Would send ${method} ${path}.`);
	const more = requests.length - mostLogged;
	if (more > 0) step.log(`And ${more} more.`);
	if (requests.length === 0) step.log("Would send nothing that changes anything.");
	return "planned";
}
var OperationFailed = class extends Error {
	name = "OperationFailed";
};
function resumeHints(inProgress) {
	const wait = {
		title: "Still running at the service. To wait for it:",
		lines: resumeLines(inProgress)
	};
	const drop = {
		title: "To drop the cluster instead:",
		lines: removeLines(inProgress)
	};
	return wait.lines.length === 0 ? [] : [wait, drop].filter(({ lines }) => lines.length > 0);
}
function resumeLines(inProgress) {
	const lines = [];
	const { jobIds, backup, clusterId } = inProgress;
	if (jobIds.size > 0) lines.push(`job-id: ${[...jobIds].join(", ")}`);
	if (backup) lines.push(`cluster-id: ${backup.clusterId}`, `backup-id: ${backup.backupId}`);
	if (clusterId !== void 0) lines.push(`target-cluster: ${clusterId}`);
	return lines.length === 0 ? [] : ["operation: wait", ...lines];
}
function removeLines({ createdClusterId }) {
	return createdClusterId === void 0 ? [] : ["operation: delete-cluster", `target-cluster: ${createdClusterId}`];
}
// src/waiting/poll.ts
var TimedOut = class extends Error {
	name = "TimedOut";
};
var Cancelled = class extends Error {
	name = "Cancelled";
	inFlight;
	constructor(message = "The step was cancelled.", inFlight = false) {
		super(message);
		this.inFlight = inFlight;
	}
};
const longestTimer = 2 ** 31 - 1;
function systemClock(stop) {
	return {
		now: () => Date.now(),
		elapsed: () => performance.now(),
		pause: (milliseconds) => new Promise((resolve, reject) => {
			if (stop.aborted) {
				reject(new Cancelled());
				return;
			}
			const cancel = () => {
				clearTimeout(timer);
				reject(new Cancelled());
			};
			const timer = setTimeout(() => {
				stop.removeEventListener("abort", cancel);
				resolve();
			}, Math.min(milliseconds, longestTimer));
			stop.addEventListener("abort", cancel, { once: true });
		})
	};
}
const shortestPause = 500;
const lastLook = 2e3;
function nextPause(waited, progress, maxPause, left) {
	let pause = Math.max(shortestPause, waited / 5);
	if (progress !== void 0 && progress > 0 && progress < 100) {
		const expected = waited * (100 - progress) / progress;
		pause = Math.min(pause, Math.max(shortestPause, expected / 2));
	}
	pause = Math.min(pause, maxPause);
	return pause < left ? pause : left > 2 * lastLook ? left - lastLook : left;
}
async function waitUntil(poll, options) {
	const { clock, deadline, maxPause, timeoutMessage } = options;
	const start = clock.elapsed();
	const left = () => deadline - clock.elapsed();
	for (;;) {
		const polled = await poll().catch((error) => {
			if (!(error instanceof TimedOut)) throw error;
			throw new TimedOut(error.cause === void 0 ? timeoutMessage() : `${timeoutMessage()} ${error.message}`, { cause: error });
		});
		if ("done" in polled) return polled.done;
		if (left() <= 0) throw new TimedOut(timeoutMessage());
		await clock.pause(nextPause(clock.elapsed() - start, polled.progress, maxPause, left()));
		if (left() <= 0) throw new TimedOut(timeoutMessage());
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
			const quiet = clock.elapsed() - loggedAt >= 6e4;
			if (quiet) loggedAt = clock.elapsed();
			return quiet;
		}
	};
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
const badNameCode = 96010;
function groupOf(code) {
	for (const [group, codes] of Object.entries(groups)) if (codes.some((known) => known === code)) return group;
}
const hints = {
	key: "Check that `api-key` holds a valid API key of this site, and that `base-url` names the right site: the global and the China site have different keys.",
	permission: "The key is valid but may not do this. Backup work needs a project admin, an organization owner or a custom role with the backup privileges, and a key whose scope covers the project and the cluster.",
	"not-found": "Check the id, and that the key belongs to the organization and has the cluster in its scope.",
	conflict: "Its present state or name does not allow this. Look at it in the console and try again.",
	unsupported: "Backups are for Dedicated clusters only.",
	parameter: "Check the inputs of this step against the message.",
	"operation-failed": "The message gives the reason. A cluster must be running, and no other backup or restore may be in its way."
};
function sanitize(text) {
	const line = require_inputs.redact(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
function quote(text) {
	return `"${sanitize(text)}"`;
}
function describeResponse({ status, code, message, requestId }) {
	const details = [`HTTP ${status}`];
	if (code !== void 0) details.push(`code ${sanitize(String(code))}`);
	details.push(requestId === void 0 ? "no request id" : `request id ${sanitize(requestId)}`);
	return `${message ? quote(message) : "no message"} (${details.join(", ")})`;
}
var ApiError = class extends Error {
	name = "ApiError";
	status;
	code;
	group;
	constructor(tried, facts) {
		const group = groupOf(facts.code) ?? (facts.status === 401 ? "key" : facts.status === 403 ? "permission" : facts.status === 404 ? "not-found" : void 0);
		const hint = (facts.status >= 300 && facts.status < 400 ? "Redirects are not followed: check `base-url`." : void 0) ?? (group ? hints[group] : "The message gives the reason.");
		super(`Could not ${tried}. The service refused: ${describeResponse(facts)}. ${hint}`);
		this.status = facts.status;
		this.code = facts.code;
		this.group = group;
	}
	get isAuthError() {
		return this.group === "key" || this.group === "permission" || this.status === 401 || this.status === 403;
	}
};
var NoResponseError = class extends Error {
	name = "NoResponseError";
	kind;
	arrived;
	retryAfter;
	constructor(what, options = {}) {
		super(what, { cause: options.cause });
		this.kind = options.kind ?? "fault";
		this.arrived = options.arrived ?? true;
		this.retryAfter = options.retryAfter;
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
function isNotFound(refused, resource) {
	if (refused.code === void 0) return false;
	if (notFoundCodes[resource].some((code) => code === refused.code)) return true;
	return !(groupOf(refused.code) !== void 0) && (resource === "backup" || refused.status === 404) && !refused.isAuthError;
}
// src/zilliz/response.ts
function readResponse(response, expected, now) {
	const { status } = response;
	const json = parse(response.text);
	const envelope = asEnvelope(json);
	const facts = {
		status,
		code: envelope?.code,
		message: messageOf(json),
		requestId: requestId(response.headers)
	};
	const { tried } = expected;
	if (status === 425 || status === 429) throw new NoResponseError(unexpectedResponse("the service asks for less load", facts), {
		kind: "load",
		retryAfter: retryAfter(response.headers, now)
	});
	if (status >= 300 && status < 500 && status !== 408) throw new ApiError(tried, facts);
	if (envelope !== void 0 && !envelope.success) {
		if (status < 400 || expected.start && status >= 500) throw new ApiError(tried, facts);
	}
	const fault = (what, cause) => new NoResponseError(unexpectedResponse(what, facts), {
		retryAfter: retryAfter(response.headers, now),
		cause
	});
	if (status < 200 || status >= 300) throw fault("the service or its gateway failed");
	const bare = json !== void 0 && (expected.bare?.(json) ?? false);
	if (!bare && envelope === void 0) throw fault(json === void 0 ? "the answer is no JSON" : "the answer has no code");
	try {
		return expected.decode(bare ? json : json.data);
	} catch (error) {
		throw fault(error instanceof Error ? error.message : String(error), error);
	}
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
function messageOf(json) {
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
const firstPause = 500;
const longestPause$1 = 15e3;
const lastTry = 1e3;
function retryPause(attempts, retryAfter, random) {
	const grown = Math.min(longestPause$1, firstPause * 2 ** Math.min(attempts, 10));
	return Math.max(grown * (.5 + random / 2), retryAfter ?? 0);
}
async function retry(tried, attempt, shouldRetry, policy, timeoutError) {
	const { clock, deadline, maxDuration, log } = policy;
	const start = clock.elapsed();
	let loggedAt = Number.NEGATIVE_INFINITY;
	let logged = "";
	for (let attempts = 0;; attempts++) try {
		return await attempt();
	} catch (error) {
		if (!(error instanceof NoResponseError)) throw error;
		const now = clock.elapsed();
		const pause = retryPause(attempts, error.retryAfter, Math.random());
		const sentence = `Could not ${tried}: ${error.message}`;
		if (!shouldRetry(error)) throw withMessage(error, `${sentence}.`);
		if (now - start + pause > maxDuration) throw withMessage(error, `${sentence} (${attempts === 0 ? "tried once" : `tried ${attempts + 1} times in ${require_inputs.formatDuration(now - start)}`}${error.retryAfter === void 0 ? "" : `, asked to stay away for ${require_inputs.formatDuration(error.retryAfter)}`}). Look at the network and the status page of the service, then run the step again.`);
		const trouble = error.message.replace(/request id [^)]*/, "");
		if (trouble !== logged || now - loggedAt >= 6e4) {
			log(`${sentence}. Trying again.`);
			logged = trouble;
			loggedAt = now;
		}
		const room = deadline - now - lastTry;
		if (room <= 0 || (error.retryAfter ?? 0) > room) throw timeoutError(sentence, attempts === 0 ? void 0 : error);
		await clock.pause(Math.min(pause, room));
	}
}
function withMessage(error, message) {
	const { kind, arrived, retryAfter } = error;
	return new NoResponseError(message, {
		kind,
		arrived,
		retryAfter,
		cause: error
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
		const timer = setTimeout(() => fail(new NoResponseError(`no whole answer within ${Math.ceil(request.timeout / 1e3)} s`)), request.timeout);
		if (request.stop.aborted) {
			stopped();
			return;
		}
		request.stop.addEventListener("abort", stopped);
		send(request, abort.signal).then(({ message }) => readBody(message).then((text) => ({
			message,
			text
		}))).then(({ message, text }) => end(() => resolve({
			status: message.statusCode ?? 0,
			headers: message.headers,
			text
		})), (error) => fail(error instanceof NoResponseError ? error : networkFault(error)));
	});
}
function send(request, abort) {
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
				reject(new NoResponseError(`the answer is larger than ${maxResponseSize / 1024 / 1024} MB`));
				message.destroy();
				return;
			}
			chunks.push(chunk);
		});
		message.on("error", reject);
		message.on("close", () => {
			if (message.complete) resolve(Buffer.concat(chunks).toString("utf8"));
			else reject(new NoResponseError("the answer was cut short"));
		});
	});
}
function networkFault(error) {
	return new NoResponseError(messagesOf(error).join("; "), {
		arrived: !neverArrived(error),
		cause: error
	});
}
function messagesOf(error) {
	if (error instanceof AggregateError) return error.errors.flatMap(messagesOf);
	return [error instanceof Error ? error.message : String(error)];
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
function retryingUntilDeadline(connection) {
	return {
		...connection,
		retryUntilDeadline: true
	};
}
function read(to, path, expected) {
	return ask(to, {
		method: "GET",
		path
	}, {
		...expected,
		start: false
	});
}
async function readPages(to, tried, path, query, expected) {
	const { id, ...rest } = expected;
	const found = new Map();
	for (let page = 1;; page++) {
		const { items, pageSize } = await read(to, `${path}?${new URLSearchParams({
			...query,
			pageSize: `${largestPage}`,
			currentPage: `${page}`
		})}`, {
			tried,
			...rest
		});
		const before = found.size;
		for (const item of items) found.set(id(item), item);
		const full = Math.min(pageSize ?? largestPage, largestPage);
		if (items.length < full || found.size === before) return [...found.values()];
	}
}
function remove(to, tried, path) {
	return ask(to, {
		method: "DELETE",
		path
	}, {
		tried,
		start: false,
		decode: () => void 0
	});
}
function ask(to, request, expected) {
	const attempt = async () => {
		const left = to.deadline - to.clock.elapsed();
		try {
			return await sendOnce(to, request, expected, Math.min(requestTimeout, left), to.stop);
		} catch (error) {
			const cutShort = left < requestTimeout && to.clock.elapsed() >= to.deadline - 50;
			if (error instanceof NoResponseError && cutShort) throw timedOut(expected.tried);
			throw error;
		}
	};
	return retry(expected.tried, attempt, () => true, retryPolicy(to), timeoutError);
}
async function start(to, tried, path, body, decode) {
	const attempt = async () => {
		const patient = new AbortController();
		let timer;
		const stopped = () => {
			const lost = `The step was cancelled before the answer came: the request to ${tried} may have been carried out.`;
			timer = setTimeout(() => patient.abort(new Cancelled(lost, true)), cancelGracePeriod);
		};
		to.stop.addEventListener("abort", stopped, { once: true });
		try {
			return await sendOnce(to, {
				method: "POST",
				path,
				body
			}, {
				tried,
				start: true,
				decode
			}, requestTimeout, patient.signal);
		} finally {
			clearTimeout(timer);
			to.stop.removeEventListener("abort", stopped);
		}
	};
	const again = (error) => error.kind === "load" || !error.arrived;
	return retry(tried, attempt, again, {
		...retryPolicy(to),
		maxDuration: maxRetryTime
	}, timeoutError);
}
async function sendOnce(to, request, expected, timeout, stop) {
	if (to.stop.aborted) throw new Cancelled();
	if (to.clock.elapsed() >= to.deadline) throw timedOut(expected.tried);
	const { path, ...rest } = request;
	return readResponse(await sendRequest({
		...rest,
		url: `${to.baseUrl}${path}`,
		apiKey: to.apiKey,
		userAgent: `zilliz-cloud-backup-restore/${require_inputs.version}`,
		timeout,
		stop
	}), expected, to.clock.now());
}
function retryPolicy(to) {
	const maxDuration = to.retryUntilDeadline ? Number.POSITIVE_INFINITY : maxRetryTime;
	return {
		clock: to.clock,
		deadline: to.deadline,
		maxDuration,
		log: to.log
	};
}
function timeoutError(sentence, cause) {
	return new TimedOut(`${sentence}.`, { cause });
}
function timedOut(tried) {
	return new TimedOut(`Could not ${tried}: the time is over.`);
}
// src/zilliz/decode.ts
function fields(value, what) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`the answer holds no ${what}`);
	return value;
}
function optionalText(from, name) {
	const value = from[name];
	return typeof value === "string" && value !== "" ? value : void 0;
}
function text(from, name) {
	const value = optionalText(from, name);
	if (value === void 0) throw new Error(`the answer holds no ${name}`);
	return value;
}
function id(from, name) {
	const value = text(from, name);
	if (!require_inputs.isSafeId(value)) throw new Error(`the answer holds an impossible ${name}`);
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
	if (!Array.isArray(list)) throw new Error(`the answer holds no list of ${key}`);
	const told = Array.isArray(data) ? void 0 : number(data.pageSize);
	return {
		items: list.map(decode),
		pageSize: told
	};
}
// src/zilliz/reads.ts
const at = (...parts) => `/v2/${parts.map(encodeURIComponent).join("/")}`;
const paths = {
	createBackup: (clusterId) => at("clusters", clusterId, "backups", "create"),
	backup: (clusterId, backupId) => at("clusters", clusterId, "backups", backupId),
	exportBackup: (clusterId, backupId) => at("clusters", clusterId, "backups", backupId, "export"),
	restoreCluster: (clusterId, backupId) => at("clusters", clusterId, "backups", backupId, "restoreCluster"),
	restoreCollection: (clusterId, backupId) => at("clusters", clusterId, "backups", backupId, "restoreCollection"),
	cluster: (clusterId) => at("clusters", clusterId),
	dropCluster: (clusterId) => at("clusters", clusterId, "drop"),
	job: (jobId) => at("jobs", jobId)
};
function createBackup(to, clusterId, body) {
	return start(to, `start a backup of cluster ${clusterId}`, paths.createBackup(clusterId), body, (data) => {
		const from = fields(data, "backup");
		return {
			backupId: id(from, "backupId"),
			backupName: optionalText(from, "backupName"),
			jobId: id(from, "jobId")
		};
	});
}
function restoreCluster(to, source, body) {
	return start(to, `restore backup ${source.backupId} into a new cluster ${quote(body.clusterName)}`, paths.restoreCluster(source.clusterId, source.backupId), body, (data) => {
		const from = fields(data, "restored cluster");
		return {
			clusterId: id(from, "clusterId"),
			username: optionalText(from, "username"),
			password: optionalText(from, "password"),
			jobId: id(from, "jobId")
		};
	});
}
function restoreCollection(to, source, what, body) {
	const path = paths.restoreCollection(source.clusterId, source.backupId);
	return start(to, `restore ${what} from backup ${source.backupId}`, path, body, (data) => id(fields(data, "job"), "jobId"));
}
async function listBackups(to, clusterId) {
	return (await readPages(to, clusterId === void 0 ? "list the backups" : `list the backups of cluster ${clusterId}`, "/v2/backups", clusterId === void 0 ? {} : { clusterId }, {
		decode: (data) => decodeList(data, "backups", decodeBackup),
		id: (backup) => backup.backupId
	})).filter((backup) => clusterId === void 0 || (backup.clusterId ?? clusterId) === clusterId);
}
function describeBackup(to, clusterId, backupId) {
	return read(to, paths.backup(clusterId, backupId), {
		tried: `read backup ${backupId} of cluster ${clusterId}`,
		decode: (data) => asAsked(backupId, decodeBackup(data), "backupId")
	});
}
function deleteBackup(to, clusterId, backupId) {
	return remove(to, `delete backup ${backupId} of cluster ${clusterId}`, paths.backup(clusterId, backupId));
}
function exportBackup(to, source, body) {
	const path = paths.exportBackup(source.clusterId, source.backupId);
	return start(to, `export backup ${source.backupId}`, path, body, (data) => id(fields(data, "job"), "jobId"));
}
function describeJob(to, jobId) {
	return read(to, paths.job(jobId), {
		tried: `read job ${jobId}`,
		decode: (data) => asAsked(jobId, decodeJob(data), "jobId"),
		bare: (json) => typeof json === "object" && json !== null && !("code" in json) && "jobId" in json
	});
}
async function listClusters(to, projectId) {
	const all = await readPages(to, "list the clusters", "/v2/clusters", projectId === void 0 ? {} : { projectId }, {
		decode: (data) => decodeList(data, "clusters", decodeCluster),
		bare: Array.isArray,
		id: (cluster) => cluster.clusterId
	});
	return projectId === void 0 ? all : all.filter((cluster) => (cluster.projectId ?? projectId) === projectId);
}
function describeCluster(to, clusterId) {
	return read(to, paths.cluster(clusterId), {
		tried: `read cluster ${clusterId}`,
		decode: (data) => asAsked(clusterId, decodeCluster(data), "clusterId")
	});
}
function asAsked(asked, answered, name) {
	if (answered[name] !== asked) throw new Error(`the answer is about another ${name}`);
	return answered;
}
function dropCluster(to, clusterId) {
	return remove(to, `drop cluster ${clusterId}`, paths.dropCluster(clusterId));
}
// src/waiting/conditions.ts
function jobSuccessful(jobId, notFoundGrace, of) {
	return {
		what: of === void 0 ? `job ${jobId}` : `job ${jobId} (${of})`,
		resource: "job",
		notFoundGrace,
		onDone: (running) => running.jobIds.delete(jobId),
		async read(step) {
			const { status, progress, reason } = await describeJob(retryingUntilDeadline(step.cloud), jobId);
			if (status === "SUCCESSFUL") return {
				line: "SUCCESSFUL",
				state: "reached"
			};
			if (failedStates.has(status)) return {
				line: `${status}. ${reason === void 0 ? "The service gives no reason." : `Reason: ${quote(reason)}.`}`,
				state: "failed"
			};
			const strange = jobStates.has(status) ? "" : " (a state this action does not know; waiting on)";
			return {
				line: `${sanitize(status)}${strange}`,
				state: "going",
				progress
			};
		}
	};
}
const jobStates = new Set([
	"PENDING",
	"IN_PROGRESS",
	"CANCELING",
	"CANCELLING"
]);
const failedStates = new Set([
	"FAILED",
	"ERROR",
	"CANCELED",
	"CANCELLED"
]);
function backupAvailable(backup, notFoundGrace, seen) {
	return {
		what: `backup ${backup.backupId}`,
		resource: "backup",
		notFoundGrace,
		onDone: (running) => {
			running.backup = void 0;
		},
		async read(step) {
			const found = await describeBackup(retryingUntilDeadline(step.cloud), backup.clusterId, backup.backupId);
			const lack = seen(found);
			const { status } = found;
			if (status === "AVAILABLE") return lack === void 0 ? {
				line: "AVAILABLE",
				state: "reached"
			} : {
				line: `AVAILABLE, but ${lack}.`,
				state: "failed"
			};
			if (failedStates.has(status) || status === "DELETED" || status === "DELETING") return {
				line: `is ${status} and will not become AVAILABLE.`,
				state: "failed"
			};
			return {
				line: sanitize(status),
				state: "going"
			};
		}
	};
}
const endedClusters = new Set([
	"DELETING",
	"DELETED",
	"SUSPENDING",
	"SUSPENDED",
	"STOPPING",
	"STOPPED",
	"FREEZING",
	"FROZEN"
]);
function clusterRunning(clusterId, notFoundGrace, seen) {
	return {
		what: `cluster ${clusterId}`,
		resource: "cluster",
		notFoundGrace,
		onDone: (running) => {
			running.clusterId = void 0;
		},
		async read(step) {
			const found = await describeCluster(retryingUntilDeadline(step.cloud), clusterId);
			seen(found);
			const { status } = found;
			if (status === "RUNNING" && found.connectAddress !== void 0) return {
				line: "RUNNING",
				state: "reached"
			};
			if (endedClusters.has(status)) return {
				line: `is ${status} and will not become RUNNING by itself.`,
				state: "failed"
			};
			return {
				line: status === "RUNNING" ? "RUNNING, without an address yet" : sanitize(status),
				state: "going"
			};
		}
	};
}
// src/waiting/lost-response.ts
const lookLimit = 3e4;
const betweenLooks = 2e3;
const shortestLook = 1e3;
function mayHaveSucceeded(error) {
	return error instanceof NoResponseError && error.arrived && error.kind === "fault";
}
async function findLost(step, lost, look) {
	const { clock } = step;
	const start = clock.elapsed();
	const end = Math.min(step.deadline, start + lookLimit);
	let result = new Error("It was not looked for.");
	let deadline = Math.max(end, start + lookLimit);
	const cancelled = (error) => {
		if (!(error instanceof Cancelled)) throw error;
		throw new Cancelled(`The step was cancelled. ${lost.message} It may have been carried out.`, true);
	};
	for (;;) {
		try {
			const found = await look({
				...step.cloud,
				deadline
			});
			if (found !== void 0) return { found };
			result = "nothing";
		} catch (error) {
			if (!(error instanceof NoResponseError || error instanceof ApiError || error instanceof TimedOut)) return cancelled(error);
			if (error instanceof ApiError) return error;
			if (result !== "nothing") result = error;
		}
		deadline = end;
		if (clock.elapsed() + betweenLooks + shortestLook > end) return result;
		await clock.pause(betweenLooks).catch(cancelled);
	}
}
// src/waiting/wait-for-all.ts
const graceOfOwn = 6e4;
const graceOfOthers = 15e3;
async function waitForAll(step, conditions, options) {
	const { clock, deadline } = step;
	const start = clock.elapsed();
	const failures = [];
	const states = new Map();
	const news = progressLog(clock);
	const open = new Set(conditions);
	const readAll = async () => {
		const progress = [];
		for (const condition of open) {
			const status = await readOnce(step, condition, clock.elapsed() - start, options.failFast ?? false);
			const percent = status.progress === void 0 ? "" : `, ${Math.floor(status.progress)} %`;
			const line = `${capital(condition.what)}: ${status.line}`;
			states.set(condition, `${status.line}${percent}`);
			if (news.isNew(condition.what, conditions.length > 5 ? line : `${line}${percent}`)) step.log(`${line}${percent} (${require_inputs.formatDuration(clock.elapsed() - start)})`);
			if (status.state === "going") progress.push(status.progress);
			else open.delete(condition);
			if (status.state !== "going" && !(status.unreadable && condition.notFoundGrace === 6e4)) condition.onDone(step.inProgress);
			if (status.state === "failed") failures.push(line);
		}
		return progress;
	};
	const round = async () => {
		const progress = await readAll();
		const over = options.failFast && failures.length > 0;
		if (over) await readAll();
		if (open.size > 0 && news.isDue()) {
			const [first] = open;
			step.log(`Still waiting for ${first?.what}, ${open.size} in all (${require_inputs.formatDuration(clock.elapsed() - start)})`);
		}
		if (open.size === 0 || over) return { done: void 0 };
		return { progress: progress.includes(void 0) ? void 0 : Math.min(...progress) };
	};
	const late = () => {
		return `The time is over: ${[...open].map((condition) => `${condition.what} is ${states.get(condition) ?? "not read yet"}`).join("; ")}.`;
	};
	try {
		await waitUntil(round, {
			clock,
			deadline,
			maxPause: options.pollInterval,
			timeoutMessage: late
		});
	} catch (error) {
		if (error instanceof Error) error.message = [...failures, error.message].join("\n");
		throw error;
	}
	if (failures.length > 0) throw new OperationFailed(failures.join("\n"));
}
async function readOnce(step, condition, waited, failFast) {
	try {
		return await condition.read(step);
	} catch (error) {
		if (!(error instanceof ApiError) || error.isAuthError) throw error;
		if (isNotFound(error, condition.resource) && waited < condition.notFoundGrace) return {
			line: "not readable yet",
			state: "going"
		};
		if (failFast) throw error;
		return {
			line: error.message,
			state: "failed",
			unreadable: true
		};
	}
}
function capital(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
// src/backups/delete.ts
const grace = 6e4;
const longestPause = 5e3;
function isDeleted({ status }) {
	return status === "DELETED" || status === "DELETING";
}
async function describeOrRefusal(step, clusterId, backupId) {
	try {
		return await describeBackup(step.cloud, clusterId, backupId);
	} catch (error) {
		if (error instanceof ApiError && !error.isAuthError) return error;
		throw error;
	}
}
async function removeBackup(step, clusterId, backupId) {
	try {
		await deleteBackup(step.cloud, clusterId, backupId);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		await afterRefusal$1(step, clusterId, backupId, error);
		return "deleted";
	}
	const found = await describeOrRefusal(step, clusterId, backupId);
	if (found instanceof ApiError) return "unreadable";
	return isDeleted(found) ? "deleted" : "shown";
}
async function afterRefusal$1(step, clusterId, backupId, refused) {
	if (refused.isAuthError) throw new OperationFailed(refused.message, { cause: refused });
	const found = await stateNow(step, clusterId, backupId).catch((error) => {
		if (error instanceof ApiError) {
			const unknown = `The state of backup ${backupId} is not known. ${error.message}`;
			throw new OperationFailed(`${refused.message}\n${unknown}`, { cause: error });
		}
		step.log(refused.message);
		throw error;
	});
	if (found === void 0 || isDeleted(found)) return;
	throw new OperationFailed(`${refused.message} Backup ${backupId} is ${sanitize(found.status)}.`, { cause: refused });
}
async function stateNow(step, clusterId, backupId) {
	const found = await describeOrRefusal(step, clusterId, backupId);
	if (!(found instanceof ApiError)) return found;
	const [listed] = await stillListed(step, clusterId, new Set([backupId]));
	return listed;
}
async function stillListed(step, clusterId, backupIds) {
	if (backupIds.size === 0) return [];
	return (await listBackups(step.cloud, clusterId)).filter((backup) => backupIds.has(backup.backupId) && !isDeleted(backup));
}
async function waitUntilGone(step, clusterId, { taken, shown = new Set(), unsent = new Set() }) {
	const ids = new Set([...taken, ...unsent]);
	if (ids.size === 0) return [];
	const { clock, deadline } = step;
	const patient = {
		...step,
		cloud: retryingUntilDeadline(step.cloud)
	};
	const start = clock.elapsed();
	let left = [];
	const look = async () => {
		left = await stillListed(patient, clusterId, ids);
		const lags = () => left.some(({ backupId }) => taken.has(backupId));
		for (const backupId of lags() ? [] : shown) {
			const found = await describeOrRefusal(patient, clusterId, backupId);
			if (!(found instanceof ApiError) && !isDeleted(found)) left.push(found);
		}
		return !lags() || clock.elapsed() - start >= grace ? { done: left } : { progress: void 0 };
	};
	const late = () => left.length === 0 ? "The time is over: whether it is deleted could not be read." : `The time is over: still there in cluster ${clusterId}: ${listOf(left)}.`;
	return waitUntil(look, {
		clock,
		deadline,
		maxPause: longestPause,
		timeoutMessage: late
	});
}
const mostNamed = 10;
function listOf(backups) {
	const named = backups.slice(0, mostNamed).map(({ backupId, status }) => `${sanitize(backupId)} (${sanitize(status)})`);
	const more = backups.length > mostNamed ? ` and ${backups.length - mostNamed} more` : "";
	return `${named.join(", ")}${more}`;
}
// src/backups/find.ts
async function newest(step, clusterId, listed, serves) {
	for (const ofOneTime of grouped(newestFirst(listed), ({ createTime }) => createTime)) {
		let best;
		for (const { backupId } of ofOneTime) {
			const described = await describeIfThere$1(step, clusterId, backupId);
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
async function describeIfThere$1(step, clusterId, backupId) {
	const found = await describeOrRefusal(step, clusterId, backupId);
	if (!(found instanceof ApiError)) return found;
	const [left] = await stillListed(step, clusterId, new Set([backupId]));
	if (left === void 0) return void 0;
	throw new OperationFailed(`${found.message} Yet the list of backups has it.`, { cause: found });
}
function missingCollections(contents, asked) {
	if (contents.kind === "unlisted") return void 0;
	const held = contents.kind === "flat" ? new Set(contents.collections) : new Set(contents.collections.map(require_inputs.formatName));
	return asked.filter((name) => !held.has(contents.kind === "flat" ? name.collection : require_inputs.formatName(name))).map(require_inputs.formatName);
}
async function findBackup(step, clusterId, choice, type) {
	const backup = "latest" in choice ? await latestBackup(step, clusterId, choice.maxAge, type) : await namedBackup(step, clusterId, choice.backupId);
	step.publish("backupId", backup.backupId);
	step.publish("backupName", backup.backupName);
	return backup;
}
async function chooseBackup(step, clusterId, choice, type, use = "restored") {
	const backup = await findBackup(step, clusterId, choice, type);
	const name = `Backup ${backup.backupId} of cluster ${clusterId}`;
	if (backup.status !== "AVAILABLE") {
		const wait = backup.status === "CREATING" ? " Wait for it with operation: wait." : "";
		throw new OperationFailed(`${name} is ${sanitize(backup.status)}; only an AVAILABLE backup can be ${use}.${wait}`);
	}
	if (type !== void 0 && backup.backupType !== type) throw new OperationFailed(`${name} is of type ${sanitize(backup.backupType ?? "unknown")}, and a new cluster needs one of type ${type}. Its collections can be restored into an existing cluster with operation: restore-collections.`);
	return backup;
}
async function namedBackup(step, clusterId, backupId) {
	try {
		return await describeBackup(step.cloud, clusterId, backupId);
	} catch (error) {
		if (!(error instanceof ApiError && isNotFound(error, "backup"))) throw error;
		throw new OperationFailed(`${error.message} Check backup-id and cluster-id.`, { cause: error });
	}
}
async function latestBackup(step, clusterId, maxAge, type) {
	const listed = await listBackups(step.cloud, clusterId);
	const wanted = listed.filter(({ status, backupType }) => status === "AVAILABLE" && (type === void 0 || backupType === type));
	const serves = ({ backupType }) => type === void 0 || backupType === type;
	const found = await newest(step, clusterId, wanted, serves);
	const kind = type === void 0 ? "" : ` of type ${type}`;
	if (found === void 0) throw new OperationFailed(`backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${told(listed)}.`);
	const age = found.createTime === void 0 ? void 0 : step.clock.now() - found.createTime;
	if (maxAge !== void 0 && (age === void 0 || age > maxAge)) {
		const old = age === void 0 ? "of an age the service does not tell" : `${require_inputs.formatDuration(age)} old`;
		throw new OperationFailed(`The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old}; max-age allows ${require_inputs.formatDuration(maxAge)}.`);
	}
	const old = age === void 0 ? "" : `, ${require_inputs.formatDuration(age)} old`;
	step.log(`backup-id: latest is ${found.backupId}${old}.`);
	return found;
}
const mostTold = 10;
function told(backups) {
	if (backups.length === 0) return "no backup at all";
	const each = backups.slice(0, mostTold).map(({ backupId, backupType, status }) => `${backupId} (${sanitize(backupType ?? "no type")}, ${sanitize(status)})`);
	const more = backups.length > mostTold ? ` and ${backups.length - mostTold} more` : "";
	return `${each.join(", ")}${more}`;
}
// src/clusters/drop.ts
const busyStates = new Set([
	"CREATING",
	"RESTORE_BACKUP",
	"MODIFYING",
	"RESIZING",
	"UPGRADING",
	"MIGRATING",
	"RESUMING",
	"WRITING_OPERATION",
	"SET_PRIVATE_LINK"
]);
const afterRefusal = 2e3;
async function retryWhileBusy(step, clusterId, pace, send) {
	for (let settledBetween = false;;) try {
		return await send();
	} catch (error) {
		if (!(error instanceof ApiError) || error.isAuthError) throw error;
		const state = await stateAfter(step, clusterId, error);
		if (error.code === 40003 && state === "RUNNING" && !settledBetween) {
			settledBetween = true;
			continue;
		}
		if (!busyStates.has(state)) throw new OperationFailed(`${error.message} Cluster ${clusterId} is ${sanitize(state)}.`, { cause: error });
		step.log(`Cluster ${clusterId} is ${state} and refuses this for now. Waiting for it to settle.`);
		await step.clock.pause(Math.min(pace.pollInterval, afterRefusal));
		const late = (now) => `cluster ${clusterId} is still ${now}`;
		await untilState(step, clusterId, pace, (now) => !busyStates.has(now), late);
	}
}
async function stateAfter(step, clusterId, refused) {
	try {
		return await stateOf(step, clusterId);
	} catch (error) {
		if (error instanceof Cancelled) throw error;
		const why = error instanceof Error ? error.message : String(error);
		throw new OperationFailed(`${refused.message}\nThe state of cluster ${clusterId} is not known. ${why}`, { cause: refused });
	}
}
async function stateOf(step, clusterId) {
	try {
		return (await describeCluster(step.cloud, clusterId)).status;
	} catch (error) {
		if (error instanceof ApiError && isNotFound(error, "cluster")) return "GONE";
		throw error;
	}
}
async function untilState(step, clusterId, { pollInterval }, fits, late) {
	const { clock, deadline } = step;
	const patient = {
		...step,
		cloud: retryingUntilDeadline(step.cloud)
	};
	let state = "";
	await waitUntil(async () => {
		state = await stateOf(patient, clusterId);
		return fits(state) ? { done: true } : { progress: void 0 };
	}, {
		clock,
		deadline,
		maxPause: pollInterval,
		timeoutMessage: () => `The time is over: ${late(sanitize(state))}.`
	});
}
function isDeletingOrGone(state) {
	return state === "GONE" || state === "DELETING" || state === "DELETED";
}
async function drop(step, clusterId, pace) {
	const send = async () => {
		try {
			await dropCluster(step.cloud, clusterId);
			return "dropped";
		} catch (error) {
			if (!(error instanceof ApiError) || error.isAuthError) throw error;
			const state = await stateAfter(step, clusterId, error);
			if (!isDeletingOrGone(state)) throw error;
			return state === "GONE" ? "gone" : "going";
		}
	};
	const outcome = await retryWhileBusy(step, clusterId, pace, send);
	if (outcome !== "dropped") return outcome;
	const late = (now) => `cluster ${clusterId} was dropped but still shows ${now}`;
	await untilState(step, clusterId, pace, isDeletingOrGone, late);
	return outcome;
}
async function clustersNamed(step, name, projectId) {
	return (await listClusters(step.cloud, projectId)).filter(({ clusterName, status }) => clusterName === name && status !== "DELETED");
}
async function waitUntilNameIsFree(step, name, projectId, pace) {
	const { clock, deadline } = step;
	const patient = {
		...step,
		cloud: retryingUntilDeadline(step.cloud)
	};
	let holders = [];
	const late = () => {
		return `The time is over: the name is still held by ${holders.map(({ clusterId, status }) => `${clusterId} (${sanitize(status)})`).join(", ")}.`;
	};
	await waitUntil(async () => {
		holders = await clustersNamed(patient, name, projectId);
		return holders.length === 0 ? { done: true } : { progress: void 0 };
	}, {
		clock,
		deadline,
		maxPause: pace.pollInterval,
		timeoutMessage: late
	});
}
// src/clusters/find.ts
const idShape = /^in\d\d-[0-9a-z]+$/;
async function findTarget(step, target) {
	const found = await lookUpTarget(step, target);
	if (found !== void 0) return found;
	const where = target.projectId === void 0 ? "" : ` in project ${target.projectId}`;
	throw new OperationFailed(`There is no cluster with the id or name ${quote(target.cluster)}${where} that this key can see. Check target-cluster${target.projectId === void 0 ? "" : " and target-project-id"}.`);
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
			return `${clusterId}${of === void 0 ? "" : ` in project ${sanitize(of)}`}, ${sanitize(status)}`;
		});
		throw new OperationFailed(`target-cluster: several clusters have the name ${quote(wanted)}: ${each.join("; ")}. Give the id, or narrow it with target-project-id.`);
	}
	return named[0];
}
function inProject(cluster, projectId) {
	return projectId === void 0 || cluster.projectId === void 0 || cluster.projectId === projectId;
}
async function describeIfThere(step, clusterId) {
	try {
		return await describeCluster(step.cloud, clusterId);
	} catch (error) {
		if (error instanceof ApiError && isNotFound(error, "cluster")) return void 0;
		throw error;
	}
}
// src/backups/format.ts
const mostRows = 500;
function backupsTable(backups, now) {
	return {
		columns: [
			"Backup",
			"Name",
			"Cluster",
			"Type",
			"Made",
			"Status",
			"Size",
			"Created"
		],
		rows: backups.slice(0, mostRows).map((backup) => [
			backup.backupId,
			backup.backupName ?? "",
			clusterOf(backup),
			backup.backupType ?? "",
			backup.creationMethod ?? "",
			backup.status,
			formatSize(backup.size),
			created(backup, now)
		]),
		more: Math.max(0, backups.length - mostRows)
	};
}
function backupTable(backup, now) {
	const { backupId, backupName, projectId, regionId, backupType, creationMethod, status, size, expireTime } = backup;
	const rows = {
		Backup: backupId,
		Name: backupName,
		Cluster: clusterOf(backup),
		Project: projectId,
		Region: regionId,
		Type: backupType,
		Made: creationMethod,
		Status: status,
		Size: formatSize(size),
		Created: created(backup, now),
		Expires: creationMethod === "AUTO" && expireTime !== void 0 ? timestamp(expireTime) : void 0,
		Holds: holds(backup)
	};
	return {
		columns: ["Of the backup", "Value"],
		rows: Object.entries(rows).flatMap(([name, value]) => value ? [[name, value]] : [])
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
		sanitize(words),
		formatSize(size),
		age
	].filter(Boolean).join(", ");
}
function nameOf({ backupId, backupType = "no type", raw }) {
	return `${sanitize(backupId)} (${sanitize(backupType)}, ${sanitize(String(raw.createTime))})`;
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
	let step = 0;
	while (value >= (step === 0 ? 1e3 : 999.95) && step < units.length - 1) {
		value /= 1e3;
		step++;
	}
	return `${step === 0 ? value : value.toFixed(1)} ${units[step]}`;
}
function clusterOf({ clusterId, clusterName }) {
	if (clusterId === void 0 || clusterName === void 0) return clusterId ?? clusterName ?? "";
	return `${clusterName} (${clusterId})`;
}
function created({ createTime }, now) {
	return createTime === void 0 ? "unknown" : `${timestamp(createTime)}, ${require_inputs.formatDuration(now - createTime)} ago`;
}
function timestamp(milliseconds) {
	return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
const longestHeld = 450;
function holds({ contents }) {
	if (contents.kind === "unlisted") return "not listed by the service";
	const names = contents.kind === "flat" ? contents.collections : contents.collections.map(require_inputs.formatName);
	let length = 0;
	const tooLong = names.findIndex((name) => {
		length += name.length + 2;
		return length > longestHeld;
	});
	if (tooLong === -1) return names.join(", ");
	if (tooLong === 0) return `${names.length} collections`;
	return `${names.slice(0, tooLong).join(", ")} and ${names.length - tooLong} more`;
}
exports.ApiError = ApiError;
exports.Cancelled = Cancelled;
exports.NoResponseError = NoResponseError;
exports.OperationFailed = OperationFailed;
exports.TimedOut = TimedOut;
exports.backupAvailable = backupAvailable;
exports.backupLine = backupLine;
exports.backupTable = backupTable;
exports.backupsTable = backupsTable;
exports.badNameCode = badNameCode;
exports.chooseBackup = chooseBackup;
exports.clusterRunning = clusterRunning;
exports.clustersNamed = clustersNamed;
exports.createBackup = createBackup;
exports.debug = debug;
exports.describeBackup = describeBackup;
exports.describeCluster = describeCluster;
exports.describeOrRefusal = describeOrRefusal;
exports.drop = drop;
exports.error = error;
exports.exportBackup = exportBackup;
exports.findBackup = findBackup;
exports.findLost = findLost;
exports.findTarget = findTarget;
exports.graceOfOthers = graceOfOthers;
exports.graceOfOwn = graceOfOwn;
exports.grouped = grouped;
exports.isDeleted = isDeleted;
exports.isDeletingOrGone = isDeletingOrGone;
exports.isNotFound = isNotFound;
exports.jobSuccessful = jobSuccessful;
exports.listBackups = listBackups;
exports.listOf = listOf;
exports.log = log;
exports.lookUpTarget = lookUpTarget;
exports.maskInputs = maskInputs;
exports.mayHaveSucceeded = mayHaveSucceeded;
exports.missingCollections = missingCollections;
exports.nameOf = nameOf;
exports.nameTakenCodes = nameTakenCodes;
exports.newest = newest;
exports.newestFirst = newestFirst;
exports.openStep = openStep;
exports.pageParts = pageParts;
exports.paths = paths;
exports.planned = planned;
exports.publish = publish;
exports.published = published;
exports.quote = quote;
exports.readInput = readInput;
exports.removeBackup = removeBackup;
exports.restoreCluster = restoreCluster;
exports.restoreCollection = restoreCollection;
exports.resumeHints = resumeHints;
exports.retryWhileBusy = retryWhileBusy;
exports.retryingUntilDeadline = retryingUntilDeadline;
exports.sanitize = sanitize;
exports.stateOf = stateOf;
exports.stillListed = stillListed;
exports.systemClock = systemClock;
exports.waitForAll = waitForAll;
exports.waitUntil = waitUntil;
exports.waitUntilGone = waitUntilGone;
exports.waitUntilNameIsFree = waitUntilNameIsFree;
exports.writeReceipt = writeReceipt;
exports.writeSummary = writeSummary;
