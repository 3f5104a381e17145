// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
let node_net = require("node:net");
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
// src/collections/names.ts
const defaultDatabase = "default";
function formatName({ database, collection }) {
	return `${database}.${collection}`;
}
function parseBackupCollections(text, problem) {
	const names = isJson(text) ? namesFromJson(text, problem) : namesFromLines(text, problem);
	if (names === void 0) return void 0;
	let valid = true;
	const report = (message) => {
		valid = false;
		problem(message);
	};
	const lines = new Map();
	for (const { line, name } of names) {
		const before = lines.get(formatName(name));
		if (before !== void 0) report(`${line}: ${formatName(name)} is given already in ${before}`);
		else lines.set(formatName(name), line);
	}
	const databases = [...new Set(names.map(({ name }) => name.database))];
	const [database] = databases;
	if (databases.length > 1) report(`a backup takes collections of one database only; these are of ${databases.join(" and ")}`);
	if (database === void 0) report("expected at least one collection; got none");
	if (!valid || database === void 0) return void 0;
	return {
		database,
		collections: names.map(({ name }) => name.collection)
	};
}
function namesFromLines(text, problem) {
	let valid = true;
	const names = [];
	for (const { line, content } of contentLines(text)) {
		const name = content.includes("->") || content.includes("*") ? void 0 : readName(content, defaultDatabase);
		if (name) names.push({
			line,
			name
		});
		else {
			valid = false;
			problem(`${line}: expected a collection or database.collection; arrows and * are for restores`);
		}
	}
	return valid ? names : void 0;
}
function isJson(text) {
	return text.trimStart().startsWith("[");
}
function contentLines(text) {
	return text.split(/\r\n|\r|\n/).map((raw, index) => ({
		line: `line ${index + 1} ${JSON.stringify(raw.trim())}`,
		content: raw.trim()
	})).filter(({ content }) => content !== "" && !content.startsWith("#"));
}
function readName(content, otherwise) {
	const parts = /^(?:([^\s.*>[]+)\.)?([^\s.*>[]+)$/.exec(content);
	const collection = parts?.[2];
	return collection === void 0 ? void 0 : {
		database: parts?.[1] ?? otherwise,
		collection
	};
}
function namesFromJson(text, problem) {
	const entries = readEntries(text, ["dbName", "collectionNames"], problem);
	if (entries === void 0) return void 0;
	let valid = true;
	const names = [];
	for (const { line, entry } of entries) {
		const { dbName, collectionNames } = entry;
		if (!isOptionalText(dbName) || !Array.isArray(collectionNames) || !collectionNames.every(isName)) {
			valid = false;
			problem(`${line}: expected {"dbName": text, "collectionNames": [names]}`);
			continue;
		}
		for (const collection of collectionNames) names.push({
			line,
			name: {
				database: dbName || "default",
				collection
			}
		});
	}
	return valid ? names : void 0;
}
function readEntries(text, known, problem) {
	let json;
	try {
		json = JSON.parse(text);
	} catch (error) {
		problem(`begins with [ but is no JSON: ${error instanceof Error ? error.message : error}`);
		return;
	}
	let valid = true;
	const entries = [];
	for (const [index, entry] of json.entries()) {
		const line = `entry ${index + 1}`;
		const unknown = isObject(entry) ? Object.keys(entry).filter((key) => !known.includes(key)) : void 0;
		if (isObject(entry) && unknown?.length === 0) entries.push({
			line,
			entry
		});
		else {
			valid = false;
			const got = unknown ? `unknown field ${unknown.join(", ")}` : "no object";
			problem(`${line}: expected an object of ${known.join(", ")}; got ${got}`);
		}
	}
	return valid ? entries : void 0;
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isName(value) {
	return typeof value === "string" && value.trim() !== "";
}
function isOptionalText(value) {
	return value === void 0 || typeof value === "string";
}
// src/ids.ts
function isSafeId(text) {
	return /^[^/\\\p{Cc}\p{Cs}]{1,200}$/u.test(text) && !/^\.{1,2}$/.test(text.trim());
}
// src/inputs/reader.ts
function openReader(read, operation, problems) {
	const problem = (name, text) => {
		problems.push(`${name}: ${text}`);
	};
	const wrong = (name, expected, got) => problem(name, `expected ${expected}; got ${quoteInput(got)}`);
	const optional = (name) => {
		if (operation !== void 0 && !covers(inputs[name].operations, operation)) throw new Error(`${operation} reads ${name}, which the contract does not give it`);
		return givenInput(read, name);
	};
	const value = (name) => optional(name) ?? inputs[name].default ?? "";
	const optionalId = (name) => {
		const text = optional(name);
		if (text === void 0 || isId(text)) return text;
		wrong(name, "an id without slashes, blanks and control characters", text);
	};
	const list = (name) => [...new Set((optional(name) ?? "").split(/[\r\n,]+/).map((item) => item.trim()).filter((item) => item !== ""))];
	const optionalDuration = (name) => {
		const text = optional(name) ?? inputs[name].default;
		if (text === void 0) return void 0;
		const milliseconds = parseDuration(text);
		if (milliseconds === void 0) wrong(name, "a duration such as 90s, 45m or 1h30m", text);
		return milliseconds;
	};
	const oneOf = (name, words) => {
		const text = value(name);
		if (text === "") return void 0;
		const found = words.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
		if (found === void 0) wrong(name, `one of ${words.join(", ")}`, text);
		return found;
	};
	return {
		optional,
		value,
		id(name) {
			if (optional(name) === void 0) wrong(name, "an id", void 0);
			return optionalId(name) ?? "";
		},
		optionalId,
		list,
		ids(name) {
			const items = list(name);
			if (optional(name) !== void 0 && items.length === 0) wrong(name, "ids", optional(name));
			for (const item of items) if (!isId(item)) wrong(name, "ids without slashes, blanks and control characters", item);
			return items;
		},
		oneOf,
		boolean: (name) => oneOf(name, ["true", "false"]) === "true",
		duration: (name) => optionalDuration(name) ?? 0,
		optionalDuration,
		wholeNumber(name, least, most) {
			const text = optional(name);
			if (text === void 0) return void 0;
			const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
			if (number >= least && number <= most) return number;
			wrong(name, `a whole number from ${least} to ${most}`, text);
		},
		problem
	};
}
function givenInput(read, name) {
	const text = read(name);
	const { default: declared, words } = inputs[name];
	const isDefault = text === declared || (words !== void 0 || declared === "true" || declared === "false") && text.toLowerCase() === declared?.toLowerCase();
	return text === "" || isDefault ? void 0 : text;
}
function quoteInput(text) {
	if (text === void 0 || text === "") return "nothing";
	return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
function isId(text) {
	return isSafeId(text) && !/\s/.test(text);
}
// src/operations/backup-inputs.ts
function parseCreateBackup(reader, common) {
	const text = reader.optional("collections");
	const request = {
		...common,
		operation: "create-backup",
		clusterId: reader.id("cluster-id"),
		collections: text === void 0 ? void 0 : parseBackupCollections(text, (problem) => reader.problem("collections", problem)),
		crossRegionCopies: reader.ids("cross-region-copies"),
		skipIfNewerThan: reader.optionalDuration("skip-if-newer-than"),
		ifBusy: reader.oneOf("if-busy", ["wait", "fail"]) ?? "wait",
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
	if (request.skipIfNewerThan !== void 0 && request.crossRegionCopies.length > 0) reader.problem("skip-if-newer-than", "does not go with cross-region-copies: a backup does not tell what copies it has");
	return request;
}
function parseListBackups(reader, common) {
	return {
		...common,
		operation: "list-backups",
		clusterId: reader.optionalId("cluster-id"),
		backupType: parseBackupType(reader)
	};
}
function parseDescribeBackup(reader, common) {
	const backup = parseBackupChoice(reader);
	if (!("latest" in backup) && reader.optional("backup-type") !== void 0) reader.problem("backup-type", "goes with backup-id: latest only");
	return {
		...common,
		operation: "describe-backup",
		clusterId: reader.id("cluster-id"),
		backup,
		backupType: parseBackupType(reader)
	};
}
function parseDeleteBackup(reader, common) {
	const backupId = reader.id("backup-id");
	if (isLatest(backupId)) reader.problem("backup-id", "expected the id of a backup; delete-backup does not take \"latest\"");
	return {
		...common,
		operation: "delete-backup",
		clusterId: reader.id("cluster-id"),
		backupId,
		dryRun: reader.boolean("dry-run")
	};
}
const mostKept = 1e6;
function parsePruneBackups(reader, common) {
	const keepLast = reader.wholeNumber("keep-last", 1, mostKept);
	if (reader.optional("keep-last") === void 0) reader.problem("keep-last", `expected a whole number from 1 to ${mostKept}; got nothing`);
	return {
		...common,
		operation: "prune-backups",
		clusterId: reader.id("cluster-id"),
		keepLast: keepLast ?? mostKept,
		olderThan: reader.optionalDuration("older-than"),
		backupType: parseBackupType(reader),
		dryRun: reader.boolean("dry-run")
	};
}
function parseExportBackup(reader, common) {
	const directory = reader.optional("directory");
	if (directory !== void 0 && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(directory)) reader.problem("directory", `expected a folder without line ends and control characters; got ${quoteInput(directory)}`);
	return {
		...common,
		operation: "export-backup",
		clusterId: reader.id("cluster-id"),
		backup: parseBackupChoice(reader),
		integrationId: reader.id("integration-id"),
		directory,
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
function parseBackupChoice(reader) {
	const backupId = reader.id("backup-id");
	const maxAge = reader.optionalDuration("max-age");
	if (isLatest(backupId)) return {
		latest: true,
		maxAge
	};
	if (reader.optional("max-age") !== void 0) reader.problem("max-age", "goes with backup-id: latest only");
	return { backupId };
}
function isLatest(backupId) {
	return backupId.toLowerCase() === "latest";
}
function parseBackupType(reader) {
	return reader.oneOf("backup-type", ["CLUSTER", "COLLECTION"]);
}
// src/clusters/name.ts
function isPossibleName(name) {
	return /^[A-Za-z0-9 _\-\p{Script=Han}]{1,255}$/u.test(name);
}
function safeName(name) {
	return name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-/, "").slice(0, 64).replace(/-$/, "");
}
function offerSafeName(name) {
	const safe = safeName(name);
	return safe === "" || safe === name ? "" : ` A safe name near it is ${safe}.`;
}
// src/collections/mappings.ts
function parseSelections(text, problem) {
	let valid = true;
	const report = (message) => {
		valid = false;
		problem(message);
	};
	const selections = isJson(text) ? fromJson(text, report) : fromLines(text, report);
	if (valid && selections.length === 0) report("expected at least one collection; got none");
	checkOverlaps(selections, report);
	return valid ? selections : void 0;
}
const expectedLine = "expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*";
function fromLines(text, report) {
	return contentLines(text).flatMap(({ line, content }) => {
		const [source = "", destination, ...more] = content.split("->").map((part) => part.trim());
		const selection = more.length === 0 ? readLine(line, source, destination) : void 0;
		if (selection === void 0) report(`${line}: ${expectedLine}`);
		return selection ?? [];
	});
}
function readLine(line, source, destination) {
	const named = destination !== void 0;
	if (source === "*") return named ? void 0 : {
		kind: "everything",
		line
	};
	const from = allOf(source);
	if (from !== void 0) {
		const to = named ? allOf(destination) : from;
		return to === void 0 ? void 0 : {
			kind: "database",
			line,
			from,
			to,
			named
		};
	}
	const name = readName(source, defaultDatabase);
	if (name === void 0) return void 0;
	const to = named ? readName(destination, name.database) : name;
	return to === void 0 ? void 0 : {
		kind: "collection",
		line,
		from: name,
		to,
		named
	};
}
function allOf(text) {
	return /^([^\s.*>[]+)\.\*$/.exec(text)?.[1];
}
function fromJson(text, report) {
	return (readEntries(text, [
		"dbName",
		"destDbName",
		"collections"
	], report) ?? []).flatMap(({ line, entry }) => {
		const { dbName, destDbName, collections } = entry;
		if (!isOptionalText(dbName) || !isOptionalText(destDbName)) {
			report(`${line}: expected dbName and destDbName to be text`);
			return [];
		}
		const from = dbName || "default";
		const to = destDbName || from;
		if (collections === void 0) return {
			kind: "database",
			line,
			from,
			to,
			named: Boolean(destDbName)
		};
		if (!Array.isArray(collections) || collections.length === 0) {
			report(`${line}: expected collections to be an array of objects, or to be left out`);
			return [];
		}
		return collections.flatMap((item, index) => {
			const selection = readItem(`${line}, collection ${index + 1}`, from, to, item);
			if (selection === void 0) report(`${line}, collection ${index + 1}: expected {"collectionName": text, "destCollectionName": text, "destCollectionStatus": "LOADED" or "UNLOADED"}, the last two optional`);
			return selection ?? [];
		});
	});
}
const itemFields = [
	"collectionName",
	"destCollectionName",
	"destCollectionStatus"
];
function readItem(line, from, to, item) {
	if (!isObject(item) || Object.keys(item).some((key) => !itemFields.includes(key))) return void 0;
	const { collectionName, destCollectionName, destCollectionStatus } = item;
	const status = typeof destCollectionStatus === "string" ? destCollectionStatus.toUpperCase() : void 0;
	if (!isName(collectionName) || !isOptionalText(destCollectionName)) return void 0;
	if (destCollectionStatus !== void 0 && status !== "LOADED" && status !== "UNLOADED") return void 0;
	return {
		kind: "collection",
		line,
		from: {
			database: from,
			collection: collectionName
		},
		to: {
			database: to,
			collection: destCollectionName || collectionName
		},
		named: Boolean(destCollectionName),
		status
	};
}
function checkOverlaps(selections, report) {
	const taken = new Map();
	const claim = (what, key, line) => {
		const before = taken.get(key);
		if (before === void 0) taken.set(key, line);
		else report(`${line}: ${what} already in ${before}`);
	};
	for (const selection of selections) {
		const { line } = selection;
		if (selection.kind === "everything") {
			if (selections.length > 1) report(`${line}: * stands for everything in the backup; no other line goes with it`);
		} else if (selection.kind === "database") {
			claim(`${selection.from}.* is given`, `from ${selection.from}.*`, line);
			claim(`${selection.to}.* is a destination`, `to ${selection.to}.*`, line);
		} else {
			const { from, to } = selection;
			claim(`${formatName(from)} is given`, `from ${formatName(from)}`, line);
			claim(`${formatName(to)} is a destination`, `to ${formatName(to)}`, line);
			const whole = selections.find((other) => other.kind === "database" && other.from === from.database);
			if (whole) report(`${line}: ${formatName(from)} is given already by ${whole.line}`);
		}
	}
}
function keepingNames(selections) {
	return selections.flatMap((selection) => {
		if (selection.kind === "everything") return ["everything"];
		if (selection.named || !sameName(selection)) return [];
		return [selection.kind === "database" ? `${selection.from}.*` : formatName(selection.from)];
	});
}
function sameName(selection) {
	return selection.kind === "database" ? selection.from === selection.to : formatName(selection.from) === formatName(selection.to);
}
// src/operations/restore-inputs.ts
function parseRestoreCluster(reader, common) {
	const ifExists = reader.oneOf("if-exists", [
		"fail",
		"reuse",
		"replace"
	]) ?? "fail";
	const deleteAfterJob = reader.boolean("delete-after-job");
	const clusterName = parseNewName(reader);
	const protectedClusters = reader.list("protected-clusters");
	if (protectedClusters.includes(clusterName) && (ifExists === "replace" || deleteAfterJob)) reader.problem("protected-clusters", `holds the name of the new cluster, which ${ifExists === "replace" ? "if-exists: replace" : "delete-after-job"} may drop`);
	return {
		...common,
		operation: "restore-cluster",
		clusterId: reader.id("cluster-id"),
		backup: parseBackupChoice(reader),
		clusterName,
		projectId: reader.optionalId("target-project-id"),
		cuSize: reader.wholeNumber("cu-size", 1, 1024),
		collectionStatus: reader.oneOf("collection-status", ["KEEP", "RELEASE"]) ?? "KEEP",
		versionPolicy: reader.oneOf("restore-version-policy", ["LATEST", "ORIGINAL"]),
		ifExists,
		protectedClusters,
		deleteAfterJob,
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
function parseNewName(reader) {
	const name = reader.optional("target-cluster");
	if (name === void 0) {
		reader.problem("target-cluster", "expected the name of the new cluster; got nothing");
		return "";
	}
	if (!isPossibleName(name)) reader.problem("target-cluster", `expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got ${JSON.stringify(name.slice(0, 300))}.${offerSafeName(name)}`);
	return name;
}
function parseRestoreCollections(reader, common) {
	const clusterId = reader.id("cluster-id");
	const target = parseTarget(reader);
	const safetyBackup = reader.boolean("safety-backup");
	const selections = parseSelection(reader);
	if (target.cluster === clusterId) for (const problem of sourceProblems(selections)) reader.problem("collections", problem);
	if (!safetyBackup && reader.optional("if-busy") !== void 0) reader.problem("if-busy", "is of no use without safety-backup: true");
	return {
		...common,
		operation: "restore-collections",
		clusterId,
		backup: parseBackupChoice(reader),
		target,
		selections,
		collectionStatus: reader.oneOf("collection-status", ["LOADED", "UNLOADED"]) ?? "LOADED",
		safetyBackup,
		ifBusy: reader.oneOf("if-busy", ["wait", "fail"]) ?? "wait",
		protectedClusters: reader.list("protected-clusters"),
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
function parseSelection(reader) {
	const text = reader.optional("collections");
	if (text === void 0) return [{
		kind: "everything",
		line: "no line"
	}];
	return parseSelections(text, (problem) => reader.problem("collections", problem)) ?? [];
}
function sourceProblems(selections) {
	return keepingNames(selections).map((name) => name === "everything" ? "the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)" : `the target is the source cluster itself, and ${name} would keep its name. Give it a new one (${name} -> ${name.endsWith(".*") ? `restored.*` : `${name}_restored`}) or say with the arrow that it is to keep it (${name} -> ${name})`);
}
function parseDeleteCluster(reader, common) {
	return {
		...common,
		operation: "delete-cluster",
		target: parseTarget(reader),
		protectedClusters: reader.list("protected-clusters"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
function parseTarget(reader) {
	const cluster = reader.optional("target-cluster");
	if (cluster === void 0) reader.problem("target-cluster", "expected the id or the exact name of an existing cluster; got nothing");
	return {
		cluster: cluster ?? "",
		projectId: reader.optionalId("target-project-id")
	};
}
// src/inputs/inputs.ts
var InputError = class extends Error {
	name = "InputError";
	problems;
	constructor(problems) {
		super(problems.join("\n"));
		this.problems = problems;
	}
};
function parseInputs(read, fallbackKey) {
	const problems = [];
	const operation = openReader(read, void 0, problems).oneOf("operation", operations);
	if (givenInput(read, "operation") === void 0) problems.push(`operation: expected one of ${operations.join(", ")}; got nothing`);
	const reader = openReader(read, operation, problems);
	const common = parseCommon(reader, fallbackKey);
	if (operation === void 0) throw new InputError(problems);
	for (const name of Object.keys(inputs)) {
		const text = covers(inputs[name].operations, operation) ? void 0 : givenInput(read, name);
		if (text !== void 0) problems.push(`${name}: ${operation} does not use it; got ${quoteInput(text)}`);
	}
	const request = parsers[operation](reader, common);
	if (problems.length > 0) throw new InputError(problems);
	return request;
}
const parsers = {
	"create-backup": parseCreateBackup,
	"restore-cluster": parseRestoreCluster,
	"restore-collections": parseRestoreCollections,
	wait: parseWait,
	"list-backups": parseListBackups,
	"describe-backup": parseDescribeBackup,
	"delete-backup": parseDeleteBackup,
	"prune-backups": parsePruneBackups,
	"export-backup": parseExportBackup,
	"delete-cluster": parseDeleteCluster
};
function parseCommon(reader, fallbackKey) {
	if (reader.boolean("comment-on-pr")) reader.problem("comment-on-pr", "is not available yet in this version");
	reader.optional("github-token");
	return {
		apiKey: parseApiKey(reader, fallbackKey),
		baseUrl: parseBaseUrl(reader),
		timeout: reader.duration("timeout")
	};
}
function parseApiKey(reader, fallbackKey) {
	const key = reader.optional("api-key") ?? fallbackKey;
	if (key === "") reader.problem("api-key", "expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; got nothing. Runs for pull requests from forks and from Dependabot get no secrets.");
	else if (key.length < 6 || !/^[\x21-\x7e]+$/.test(key)) reader.problem("api-key", `expected an API key of at least 6 visible ASCII characters; got something else (not shown)`);
	return key;
}
function parseBaseUrl(reader) {
	const value = reader.value("base-url");
	const url = URL.canParse(value) ? new URL(value) : void 0;
	const secure = url?.protocol === "https:" || url?.protocol === "http:" && isLoopback(url.hostname);
	if (url === void 0 || !secure || /[?#@\\]/.test(value)) {
		reader.problem("base-url", `expected an https address without query, fragment or credentials (http only on loopback); got ${value.includes("@") ? "one with an @ (not shown)" : quoteInput(value)}`);
		return "";
	}
	return url.href.replace(/\/+$/, "");
}
function isLoopback(hostname) {
	return hostname === "localhost" || hostname === "[::1]" || (0, node_net.isIPv4)(hostname) && hostname.startsWith("127.");
}
function parseWait(reader, common) {
	const clusterId = reader.optionalId("cluster-id");
	const backupId = reader.optionalId("backup-id");
	const cluster = reader.optional("target-cluster");
	const jobIds = reader.ids("job-id");
	const projectId = reader.optionalId("target-project-id");
	if (backupId !== void 0 && isLatest(backupId)) reader.problem("backup-id", "expected the id of a backup; wait does not take \"latest\"");
	if (backupId !== void 0 && clusterId === void 0 && reader.optional("cluster-id") === void 0) reader.problem("cluster-id", "expected the source cluster of backup-id; got nothing");
	if (reader.optional("backup-id") === void 0 && clusterId !== void 0) reader.problem("cluster-id", "is of no use without backup-id");
	if (cluster === void 0 && projectId !== void 0) reader.problem("target-project-id", "is of no use without target-cluster");
	if (![
		"job-id",
		"backup-id",
		"target-cluster"
	].some((name) => reader.optional(name) !== void 0)) reader.problem("job-id", "wait needs at least one of job-id, backup-id with cluster-id, and target-cluster");
	return {
		...common,
		operation: "wait",
		jobIds,
		backup: clusterId !== void 0 && backupId !== void 0 ? {
			clusterId,
			backupId
		} : void 0,
		target: cluster === void 0 ? void 0 : {
			cluster,
			projectId
		},
		pollInterval: reader.duration("poll-interval")
	};
}
exports.InputError = InputError;
exports.formatDuration = formatDuration;
exports.formatName = formatName;
exports.isSafeId = isSafeId;
exports.offerSafeName = offerSafeName;
exports.openReader = openReader;
exports.parseCommon = parseCommon;
exports.parseInputs = parseInputs;
exports.redact = redact;
exports.rememberSecret = rememberSecret;
exports.secretLines = secretLines;
exports.secretOutputs = secretOutputs;
exports.sourceProblems = sourceProblems;
exports.version = version;
