// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
let node_net = require("node:net");
// src/errors.ts
var ActionError = class extends Error {};
var InputError = class extends ActionError {
	name = "InputError";
	problems;
	constructor(problems, options) {
		super(problems.join("\n"), options);
		this.problems = problems;
	}
};
var OperationFailed = class extends ActionError {
	name = "OperationFailed";
};
var TimedOut = class extends ActionError {
	name = "TimedOut";
};
var Cancelled = class extends ActionError {
	name = "Cancelled";
	inFlight;
	constructor(message = "The step was cancelled.", { inFlight = false, cause } = {}) {
		super(message, { cause });
		this.inFlight = inFlight;
	}
};
function withMessage(cause, message) {
	if (cause instanceof TimedOut) return new TimedOut(message, { cause });
	if (cause instanceof Cancelled) return new Cancelled(message, {
		inFlight: cause.inFlight,
		cause
	});
	return cause instanceof ActionError ? new OperationFailed(message, { cause }) : new Error(message, { cause });
}
function messageOf(error) {
	return error instanceof Error ? error.message : String(error);
}
function explain(failure) {
	if (failure instanceof ActionError) return failure.message;
	if (!(failure instanceof Error)) return `Unexpected failure: ${String(failure)}`;
	return `Unexpected failure: ${failure.message}. This is a defect of the action: please report it.`;
}
// src/duration.ts
const shape = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const longest = 315576e7;
function parseDuration(text) {
	const parts = shape.exec(text);
	if (parts === null) return void 0;
	const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
	const milliseconds = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1e3;
	return milliseconds > 0 && milliseconds <= longest ? milliseconds : void 0;
}
function formatDuration(milliseconds) {
	let rest = Math.max(0, Math.round(milliseconds / 1e3));
	const parts = [];
	for (const [unit, seconds] of [
		["d", 86400],
		["h", 3600],
		["m", 60],
		["s", 1]
	]) {
		const count = Math.floor(rest / seconds);
		rest -= count * seconds;
		if (count > 0) parts.push(`${count}${unit}`);
	}
	return parts.slice(0, 2).join(" ") || "0s";
}
function timestamp(milliseconds) {
	return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
// src/contract.ts
const version = "0.1.0";
const operations = [
	"create-backup",
	"restore-cluster",
	"restore-collections",
	"wait",
	"list-backups",
	"describe-backup",
	"delete-backup",
	"prune-backups",
	"export-backup",
	"delete-cluster"
];
const restores = ["restore-cluster", "restore-collections"];
const startsJobs = [
	"create-backup",
	"restore-cluster",
	"restore-collections",
	"export-backup"
];
const waitsLong = [
	"create-backup",
	"restore-cluster",
	"restore-collections",
	"export-backup",
	"wait",
	"delete-cluster"
];
const changesSomething = [
	"create-backup",
	"restore-cluster",
	"restore-collections",
	"delete-backup",
	"prune-backups",
	"export-backup",
	"delete-cluster"
];
const takesLatest = [
	"restore-cluster",
	"restore-collections",
	"describe-backup",
	"export-backup"
];
const takesTarget = [
	"restore-cluster",
	"restore-collections",
	"delete-cluster",
	"wait"
];
const inputs = {
	operation: {
		operations: "all",
		words: operations
	},
	"api-key": {
		operations: "all",
		secret: true
	},
	"base-url": {
		operations: "all",
		default: "https://api.cloud.zilliz.com"
	},
	"cluster-id": { operations: [
		"create-backup",
		"restore-cluster",
		"restore-collections",
		"export-backup",
		"describe-backup",
		"delete-backup",
		"prune-backups",
		"list-backups",
		"wait"
	] },
	"backup-id": { operations: [
		"restore-cluster",
		"restore-collections",
		"describe-backup",
		"export-backup",
		"delete-backup",
		"wait"
	] },
	"max-age": { operations: takesLatest },
	collections: { operations: ["create-backup", "restore-collections"] },
	"target-cluster": { operations: takesTarget },
	"target-project-id": { operations: takesTarget },
	"cu-size": { operations: ["restore-cluster"] },
	"collection-status": {
		operations: restores,
		words: [
			"KEEP",
			"RELEASE",
			"LOADED",
			"UNLOADED"
		]
	},
	"restore-version-policy": {
		operations: ["restore-cluster"],
		words: ["LATEST", "ORIGINAL"]
	},
	"cross-region-copies": { operations: ["create-backup"] },
	"integration-id": { operations: ["export-backup"] },
	directory: { operations: ["export-backup"] },
	"job-id": { operations: ["wait"] },
	wait: {
		operations: startsJobs,
		default: "true"
	},
	timeout: {
		operations: "all",
		default: "2h"
	},
	"poll-interval": {
		operations: waitsLong,
		default: "15s"
	},
	"if-busy": {
		operations: ["create-backup", "restore-collections"],
		default: "wait",
		words: ["wait", "fail"]
	},
	"if-exists": {
		operations: ["restore-cluster"],
		default: "fail",
		words: [
			"fail",
			"reuse",
			"replace"
		]
	},
	"skip-if-newer-than": { operations: ["create-backup"] },
	"safety-backup": {
		operations: ["restore-collections"],
		default: "false"
	},
	"protected-clusters": { operations: [
		"restore-cluster",
		"restore-collections",
		"delete-cluster"
	] },
	"delete-after-job": {
		operations: ["restore-cluster"],
		default: "false"
	},
	"backup-type": {
		operations: [
			"list-backups",
			"prune-backups",
			"describe-backup"
		],
		words: ["CLUSTER", "COLLECTION"]
	},
	"keep-last": { operations: ["prune-backups"] },
	"older-than": { operations: ["prune-backups"] },
	"dry-run": {
		operations: changesSomething,
		default: "false"
	},
	"comment-on-pr": {
		operations: "all",
		default: "false"
	},
	"github-token": {
		operations: "all",
		default: "${{ github.token }}",
		secret: true
	}
};
const secretOutputs = ["password"];
function covers(operations, operation) {
	return operations === "all" || (operations?.includes(operation) ?? false);
}
const forms = new Set();
function rememberSecret(secret) {
	const before = forms.size;
	for (const form of secretForms(secret)) forms.add(form);
	return forms.size > before;
}
function redact(text) {
	let clean = text;
	for (const form of [...forms].sort((one, other) => other.length - one.length)) clean = clean.replaceAll(form, "***");
	return clean;
}
function secretForms(secret) {
	const all = [secret, ...secretLines(secret)].filter((part) => part.trim().length >= 6).flatMap((part) => [
		part,
		JSON.stringify(part).slice(1, -1),
		encodeURIComponent(part.toWellFormed()),
		Buffer.from(part).toString("base64"),
		Buffer.from(part).toString("base64url")
	]);
	return [...new Set(all)];
}
function secretLines(secret) {
	return secret.split(/[\r\n]+/);
}
// src/untrusted-text.ts
const longestInSentence = 500;
function sanitize(text) {
	const line = redact(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	return line.length > longestInSentence ? `${line.slice(0, longestInSentence)}…` : line;
}
function quote(text) {
	return `"${sanitize(text)}"`;
}
function quoteInput(text) {
	return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
function listInSentence(texts, most) {
	const more = texts.length - most;
	return `${texts.slice(0, most).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
function firstLines(lines, most, more) {
	const rest = lines.length - most;
	return [...lines.slice(0, most), ...rest > 0 ? [more(rest)] : []];
}
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
function toLogLines(text) {
	return text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).map((line) => line.replace(ansi, "").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")).map((line) => line.replaceAll("##[", "## [").replaceAll("::", ": :")).map((line, index) => index === 0 ? line.trimEnd() : `  | ${line.trimEnd()}`);
}
function escapeHtml(text) {
	return redact(text).replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n").replace(/[^\P{C}\n]/gu, " ").replace(/\n(?:[^\S\n]*\n)+/g, "\n").replace(/[&<>"`*~[\]|\\@]/g, (character) => `&#${character.codePointAt(0)};`);
}
function cutToBytes(text, bytes) {
	const whole = Buffer.from(text);
	if (whole.length <= bytes) return text;
	let end = bytes;
	while (end > 0 && ((whole[end] ?? 0) & 192) === 128) end--;
	return whole.subarray(0, end).toString("utf8");
}
function isSafeId(text) {
	return /^[^/\\\p{Cc}\p{Cs}]{1,200}$/u.test(text) && !/^\.{1,2}$/.test(text.trim());
}
// src/inputs/reader.ts
function openReader(read, operation, problems) {
	const report = (name, problem) => {
		problems.push(`${name}: ${problem}`);
	};
	const optional = (name) => {
		if (operation !== void 0 && !covers(inputs[name].operations, operation)) throw new Error(`${operation} reads ${name}, which the contract does not give it`);
		return givenInput(read, name);
	};
	const source = {
		optional,
		value: (name) => optional(name) ?? declarationOf(name).default ?? "",
		report,
		expected: (name, expected, got) => report(name, `expected ${expected}; ${describeInput(got)}`)
	};
	return {
		...source,
		...idReaders(source),
		...wordReaders(source),
		...numberReaders(source)
	};
}
function givenInput(read, name) {
	const text = read(name);
	const { default: declared, words } = declarationOf(name);
	const isDefault = text === declared || (words !== void 0 || declared === "true" || declared === "false") && text.toLowerCase() === declared?.toLowerCase();
	return text === "" || isDefault ? void 0 : text;
}
function declarationOf(name) {
	return inputs[name];
}
function idReaders(source) {
	const { optional, expected } = source;
	const optionalId = (name) => {
		const text = optional(name);
		if (text === void 0 || isId(text)) return text;
		expected(name, "an id without slashes, blanks and control characters", text);
	};
	const list = (name) => listItems(optional(name) ?? "");
	return {
		optionalId,
		id(name) {
			if (optional(name) === void 0) expected(name, "an id", void 0);
			return optionalId(name) ?? "";
		},
		list,
		ids(name) {
			const items = list(name);
			const text = optional(name);
			if (text !== void 0 && items.length === 0) expected(name, "ids", text);
			for (const item of items) if (!isId(item)) expected(name, "ids without slashes, blanks and control characters", item);
			return items;
		}
	};
}
function wordReaders({ value, expected }) {
	const oneOf = (name, words) => {
		const text = value(name);
		if (text === "") return void 0;
		const found = words.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
		if (found === void 0) expected(name, `one of ${words.join(", ")}`, text);
		return found;
	};
	return {
		oneOf,
		boolean: (name) => oneOf(name, ["true", "false"]) === "true"
	};
}
function numberReaders(source) {
	const { optional, expected } = source;
	const optionalDuration = (name) => {
		const text = optional(name) ?? declarationOf(name).default;
		if (text === void 0) return void 0;
		const milliseconds = parseDuration(text);
		if (milliseconds === void 0) expected(name, "a duration such as 90s, 45m or 1h30m", text);
		return milliseconds;
	};
	return {
		duration: (name) => optionalDuration(name) ?? 0,
		optionalDuration,
		wholeNumber(name, { least, most }) {
			const text = optional(name);
			if (text === void 0) return void 0;
			const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
			if (number >= least && number <= most) return number;
			expected(name, `a whole number from ${least} to ${most}`, text);
		}
	};
}
function listItems(text) {
	const items = text.split(/[\r\n,]+/).map((item) => item.trim());
	return [...new Set(items.filter((item) => item !== ""))];
}
function describeInput(text) {
	return text === void 0 ? "it is empty" : `got ${quoteInput(text)}`;
}
function isId(text) {
	return isSafeId(text) && !/\s/.test(text);
}
// src/inputs/inputs.ts
function openInputs(read, fallbackKey) {
	const problems = [];
	const check = () => {
		if (problems.length > 0) throw new InputError(problems);
	};
	const operation = openReader(read, void 0, problems).oneOf("operation", operations);
	if (givenInput(read, "operation") === void 0) problems.push(`operation: expected one of ${operations.join(", ")}; it is empty`);
	const reader = openReader(read, operation, problems);
	const common = readCommon(reader, fallbackKey);
	if (operation === void 0) throw new InputError(problems);
	problems.push(...unusedInputs(read, operation));
	return {
		operation,
		common,
		reader,
		check
	};
}
function unusedInputs(read, operation) {
	return Object.keys(inputs).flatMap((name) => {
		const text = covers(inputs[name].operations, operation) ? void 0 : givenInput(read, name);
		return text === void 0 ? [] : [`${name}: ${operation} does not use it; got ${quoteInput(text)}`];
	});
}
function readCommon(reader, fallbackKey) {
	if (reader.boolean("comment-on-pr")) reader.report("comment-on-pr", "is not available yet in this version");
	reader.optional("github-token");
	return {
		apiKey: readApiKey(reader, fallbackKey),
		baseUrl: readBaseUrl(reader),
		timeout: reader.duration("timeout")
	};
}
function readApiKey(reader, fallbackKey) {
	const key = reader.optional("api-key") ?? fallbackKey;
	if (key === "") reader.report("api-key", "expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; it is empty. Runs for pull requests from forks and from Dependabot get no secrets.");
	else if (key.length < 6 || !/^[\x21-\x7e]+$/.test(key)) reader.report("api-key", `expected an API key of at least 6 visible ASCII characters; got something else (not shown)`);
	return key;
}
function readBaseUrl(reader) {
	const value = reader.value("base-url");
	const url = URL.canParse(value) ? new URL(value) : void 0;
	const secure = url?.protocol === "https:" || url?.protocol === "http:" && isLoopback(url.hostname);
	if (url !== void 0 && secure && !/[?#@\\]/.test(value)) return url.href.replace(/\/+$/, "");
	const got = value.includes("@") ? "one with an @ (not shown)" : quoteInput(value);
	reader.report("base-url", `expected an https address without query, fragment or credentials (http only on loopback); got ${got}`);
	return "";
}
function isLoopback(hostname) {
	return hostname === "localhost" || hostname === "[::1]" || (0, node_net.isIPv4)(hostname) && hostname.startsWith("127.");
}
exports.ActionError = ActionError;
exports.Cancelled = Cancelled;
exports.InputError = InputError;
exports.OperationFailed = OperationFailed;
exports.TimedOut = TimedOut;
exports.cutToBytes = cutToBytes;
exports.escapeHtml = escapeHtml;
exports.explain = explain;
exports.firstLines = firstLines;
exports.formatDuration = formatDuration;
exports.isSafeId = isSafeId;
exports.listInSentence = listInSentence;
exports.messageOf = messageOf;
exports.openInputs = openInputs;
exports.openReader = openReader;
exports.quote = quote;
exports.quoteInput = quoteInput;
exports.readCommon = readCommon;
exports.redact = redact;
exports.rememberSecret = rememberSecret;
exports.sanitize = sanitize;
exports.secretLines = secretLines;
exports.secretOutputs = secretOutputs;
exports.timestamp = timestamp;
exports.toLogLines = toLogLines;
exports.version = version;
exports.withMessage = withMessage;
