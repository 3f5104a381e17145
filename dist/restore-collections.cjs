// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_names = require("./names.cjs");
const require_shared = require("./shared.cjs");
const require_busy = require("./busy.cjs");
const require_inputs = require("./inputs.cjs");
// src/collections/expand.ts
function expand(mappings, contents, status) {
	const problems = [];
	const entries = [];
	for (const mapping of mappings) {
		if (mapping.kind === "everything" && contents.kind !== "by-database") return { kind: "everything" };
		const expanded = expandOne(mapping, contents, status);
		if (typeof expanded === "string") problems.push(`${mapping.line}: ${expanded}`);
		else entries.push(...expanded);
	}
	if (problems.length > 0) problems.push(`the backup holds ${require_shared.describeContents(contents)}`);
	problems.push(...collisions(entries));
	if (problems.length > 0) throw new require_inputs.InputError(problems.map((problem) => `collections: ${problem}`));
	return {
		kind: "entries",
		entries: entries.map(({ from, to, status }) => ({
			from,
			to,
			status
		}))
	};
}
function expandOne(mapping, contents, otherwise) {
	const { line } = mapping;
	if (mapping.kind === "collection") {
		const { from, to, status = otherwise } = mapping;
		return (require_shared.missingCollections(contents, [from]) ?? []).length > 0 ? `${require_shared.formatName(from)} is not in the backup` : [{
			line,
			from,
			to,
			status
		}];
	}
	if (contents.kind !== "by-database") return "the service does not list which collections of the backup are in which database. Name them, or take everything with *";
	const all = unique(contents.collections);
	const chosen = mapping.kind === "everything" ? all : all.filter(({ database }) => database === mapping.from);
	if (chosen.length === 0) return "the backup holds no collections of that database";
	return chosen.map((from) => {
		if (mapping.kind === "everything") return {
			line,
			from,
			to: from,
			status: otherwise
		};
		return {
			line,
			from,
			to: {
				...from,
				database: mapping.to
			},
			status: mapping.status ?? otherwise
		};
	});
}
function unique(names) {
	return [...new Map(names.map((name) => [require_shared.formatName(name), name])).values()];
}
function collisions(entries) {
	const problems = [];
	const lines = new Map();
	for (const { line, to } of entries) {
		const before = lines.get(require_shared.formatName(to));
		if (before === void 0) lines.set(require_shared.formatName(to), line);
		else problems.push(`${line}: ${require_inputs.sanitize(require_shared.formatName(to))} is a destination already in ${before}`);
	}
	return problems;
}
function describeRestore({ from, to }) {
	const [source, destination] = [require_inputs.sanitize(require_shared.formatName(from)), require_inputs.sanitize(require_shared.formatName(to))];
	return source === destination ? source : `${source} as ${destination}`;
}
// src/collections/mappings.ts
function readMappings(reader) {
	const text = reader.optional("collections");
	if (text === void 0) return [{
		kind: "everything",
		line: "no line"
	}];
	return parseMappings(text, (problem) => reader.report("collections", problem)) ?? [];
}
function parseMappings(text, report) {
	const problems = [];
	const mappings = require_names.isJson(text) ? require_names.readRestoreEntries(text, problems).map(fromEntry) : fromLines(text, problems);
	if (problems.length === 0 && mappings.length === 0) problems.push("expected at least one collection; got none");
	problems.push(...overlaps(mappings));
	for (const problem of problems) report(problem);
	return problems.length === 0 ? mappings : void 0;
}
const expectedLine = "expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*";
function fromLines(text, problems) {
	return require_names.contentLines(text).flatMap(({ line, content }) => {
		const [source = "", destination, ...more] = content.split("->").map((part) => part.trim());
		const mapping = more.length === 0 ? readLine(line, source, destination) : void 0;
		if (mapping === void 0) problems.push(`${line}: ${expectedLine}`);
		return mapping ?? [];
	});
}
function readLine(line, source, destination) {
	const explicit = destination !== void 0;
	if (source === "*") return explicit ? void 0 : {
		kind: "everything",
		line
	};
	const from = databaseOfStar(source);
	if (from !== void 0) {
		const to = explicit ? databaseOfStar(destination) : from;
		return to === void 0 ? void 0 : {
			kind: "database",
			line,
			from,
			to,
			explicit
		};
	}
	const name = require_names.readName(source, require_shared.defaultDatabase);
	if (name === void 0) return void 0;
	const to = explicit ? require_names.readName(destination, name.database) : name;
	return to === void 0 ? void 0 : {
		kind: "collection",
		line,
		from: name,
		to,
		explicit
	};
}
function databaseOfStar(text) {
	return /^([^\s.*>[]+)\.\*$/.exec(text)?.[1];
}
function fromEntry({ line, database, destDatabase, collection }) {
	const to = destDatabase ?? database;
	if (collection === void 0) return {
		kind: "database",
		line,
		from: database,
		to,
		explicit: destDatabase !== void 0
	};
	const { name, destName, status } = collection;
	return {
		kind: "collection",
		line,
		from: {
			database,
			collection: name
		},
		to: {
			database: to,
			collection: destName ?? name
		},
		explicit: destName !== void 0,
		status
	};
}
function overlaps(mappings) {
	const problems = [];
	const taken = new Map();
	const claim = (what, key, line) => {
		const before = taken.get(key);
		if (before === void 0) taken.set(key, line);
		else problems.push(`${line}: ${what} already in ${before}`);
	};
	for (const mapping of mappings) {
		const { line } = mapping;
		if (mapping.kind === "everything") {
			if (mappings.length > 1) problems.push(`${line}: * stands for everything in the backup; no other line can be combined with it`);
			continue;
		}
		const [from, to] = namesOf(mapping);
		claim(`${from} is given`, `from ${from}`, line);
		claim(`${to} is a destination`, `to ${to}`, line);
		const whole = mapping.kind === "collection" ? wholeDatabase(mappings, mapping.from.database) : void 0;
		if (whole) problems.push(`${line}: ${from} is given already by ${whole.line}`);
	}
	return problems;
}
function wholeDatabase(mappings, database) {
	return mappings.find((other) => other.kind === "database" && other.from === database);
}
function namesOf(mapping) {
	return mapping.kind === "database" ? [`${mapping.from}.*`, `${mapping.to}.*`] : [require_shared.formatName(mapping.from), require_shared.formatName(mapping.to)];
}
function problemsIntoSource(mappings) {
	return mappings.flatMap((mapping) => {
		if (mapping.kind === "everything") return [everythingIntoSource];
		const [from, to] = namesOf(mapping);
		if (mapping.explicit || from !== to) return [];
		return [`the target is the source cluster itself, and ${from} would keep its name. Give it a new one (${from} -> ${mapping.kind === "database" ? "restored.*" : `${from}_restored`}) or say with the arrow that it is to keep it (${from} -> ${from})`];
	});
}
const everythingIntoSource = "the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)";
// src/operations/restore-collections.ts
function read(reader, common) {
	const clusterId = reader.id("cluster-id");
	const target = require_shared.readTarget(reader);
	const mappings = readMappings(reader);
	if (target.cluster === clusterId) for (const problem of problemsIntoSource(mappings)) reader.report("collections", problem);
	return {
		...common,
		clusterId,
		backup: require_shared.readBackupChoice(reader),
		target,
		mappings,
		collectionStatus: reader.oneOf("collection-status", ["LOADED", "UNLOADED"]) ?? "LOADED",
		safetyBackup: readSafetyBackup(reader),
		protectedClusters: reader.list("protected-clusters"),
		wait: reader.boolean("wait"),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
function readSafetyBackup(reader) {
	const ifBusy = reader.oneOf("if-busy", ["wait", "fail"]) ?? "wait";
	if (reader.boolean("safety-backup")) return { ifBusy };
	if (reader.optional("if-busy") !== void 0) reader.report("if-busy", "has no effect without safety-backup: true");
}
async function run(request, step) {
	const target = await require_shared.findTarget(step, request.target);
	refuseTarget(request, target);
	step.publish("clusterId", target.clusterId);
	step.publish("clusterName", target.clusterName);
	step.publish("connectAddress", target.connectAddress);
	const parts = partsOf(request, step, {
		backup: await require_shared.chooseBackup(step, request, { use: "restored" }),
		target
	});
	const safety = safetyOptions(request, target);
	if (request.dryRun) {
		const changes = parts.map(({ change }) => change);
		return require_shared.planned(step, safety === void 0 ? changes : [require_shared.createBackup(safety), ...changes]);
	}
	if (safety !== void 0) {
		const started = await require_names.startBackup(safety, step, await require_shared.listBackups(step.cloud, target.clusterId));
		step.publish("safetyBackupId", started.backupId);
		await require_names.waitUntilAvailable(safety, step, started);
	}
	const { jobs, failures } = await startAll(request, step, {
		target,
		parts
	});
	if (request.wait) failures.push(...await failuresOf(request, step, {
		jobs,
		failures
	}));
	if (failures.length > 0) {
		const fine = jobs.length > 0 ? ` ${jobs.length} of ${parts.length} have started.` : "";
		throw new require_inputs.OperationFailed(`Not every collection is restored.${fine}\n${failures.join("\n")}`);
	}
	return request.wait ? "succeeded" : "started";
}
function refuseTarget({ protectedClusters, clusterId, mappings }, target) {
	if (require_shared.isProtected(target, protectedClusters)) throw new require_inputs.OperationFailed(`Cluster ${target.clusterId} is one of protected-clusters: nothing is restored into it.`);
	const problems = target.clusterId === clusterId ? problemsIntoSource(mappings) : [];
	if (problems.length > 0) throw new require_inputs.InputError(problems.map((problem) => `collections: ${problem}`));
}
function partsOf(request, step, { backup, target: { clusterId } }) {
	const source = {
		clusterId: request.clusterId,
		backupId: backup.backupId
	};
	const expansion = expand(request.mappings, backup.contents, request.collectionStatus);
	if (expansion.kind === "everything") {
		step.warning(`The service does not list what backup ${backup.backupId} holds by database, so everything is restored with one request. Its collections arrive unloaded.`);
		const what = "everything";
		return [{
			what,
			change: require_shared.restoreCollection(source, {
				clusterId,
				what
			})
		}];
	}
	return expansion.entries.map((collection) => {
		const what = describeRestore(collection);
		return {
			what,
			change: require_shared.restoreCollection(source, {
				clusterId,
				what,
				collection
			})
		};
	});
}
function safetyOptions({ safetyBackup, pollInterval }, { clusterId }) {
	return safetyBackup && {
		clusterId,
		crossRegionCopies: [],
		pollInterval,
		...safetyBackup
	};
}
async function startAll({ pollInterval }, step, { target: { clusterId }, parts }) {
	const jobs = [];
	const failures = [];
	for (const { what, change } of parts) try {
		const sendChange = () => require_shared.send(step.cloud, change);
		const jobId = await require_busy.retryWhileBusy(step, {
			clusterId,
			pollInterval
		}, sendChange);
		jobs.push({
			jobId,
			what
		});
		step.inProgress.started({
			kind: "job",
			jobId
		});
		const jobIds = jobs.map((job) => job.jobId);
		step.publish("jobId", jobIds[0]);
		step.publishList("jobIds", jobIds);
		step.log(`Restore of ${what} has started: job ${jobId}.`);
	} catch (error) {
		if (error instanceof require_shared.NoResponseError) {
			const maybe = require_shared.mayHaveSucceeded(error) ? ` The restore of ${what} may have started anyway: look at cluster ${clusterId} before running this step again.` : "";
			failures.push(`${error.message}${maybe} Nothing more was started.`);
			break;
		}
		if (!(error instanceof require_shared.ApiError || error instanceof require_inputs.OperationFailed)) throw withFailures(error, failures);
		failures.push(error.message);
		step.log(error.message);
	}
	return {
		jobs,
		failures
	};
}
async function failuresOf({ pollInterval }, step, { jobs, failures }) {
	const conditions = jobs.map(({ jobId, what }) => require_shared.jobSuccessful(jobId, require_shared.notFoundGrace.created, what));
	try {
		await require_shared.waitForAll(step, conditions, { pollInterval });
		return [];
	} catch (error) {
		if (!(error instanceof require_inputs.OperationFailed)) throw withFailures(error, failures);
		return [error.message];
	}
}
function withFailures(error, failures) {
	return failures.length === 0 ? error : require_inputs.withMessage(error, [require_inputs.messageOf(error), ...failures].join("\n"));
}
exports.read = read;
exports.run = run;
