// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_create = require("./create.cjs");
const require_shared = require("./shared.cjs");
const require_inputs = require("./inputs.cjs");
// src/collections/expand.ts
function expand(selections, contents, status) {
	const problems = [];
	const entries = [];
	for (const selection of selections) {
		const { line } = selection;
		if (selection.kind === "collection") {
			if ((require_shared.missingCollections(contents, [selection.from]) ?? []).length > 0) problems.push(`${line}: ${require_inputs.formatName(selection.from)} is not in the backup`);
			entries.push({
				line,
				from: selection.from,
				to: selection.to,
				status: selection.status ?? status
			});
			continue;
		}
		if (contents.kind !== "by-database") {
			if (selection.kind === "everything") return { kind: "everything" };
			problems.push(`${line}: the service does not list which collections of the backup are in which database. Name them, or take everything with *`);
			continue;
		}
		const inDatabase = [...new Map(contents.collections.map((name) => [require_inputs.formatName(name), name])).values()].filter(({ database }) => selection.kind === "everything" || database === selection.from);
		if (inDatabase.length === 0) problems.push(`${line}: the backup holds no collections of that database`);
		for (const from of inDatabase) {
			const to = selection.kind === "everything" ? from : {
				...from,
				database: selection.to
			};
			entries.push({
				line,
				from,
				to,
				status: selection.kind === "database" && selection.status || status
			});
		}
	}
	if (problems.length > 0) problems.push(`the backup holds ${held(contents)}`);
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
function collisions(entries) {
	const problems = [];
	const lines = new Map();
	for (const { line, to } of entries) {
		const before = lines.get(require_inputs.formatName(to));
		if (before === void 0) lines.set(require_inputs.formatName(to), line);
		else problems.push(`${line}: ${require_shared.sanitize(require_inputs.formatName(to))} is a destination already in ${before}`);
	}
	return problems;
}
const mostNames = 50;
function held(contents) {
	const names = contents.kind === "unlisted" ? [] : contents.kind === "flat" ? contents.collections : contents.collections.map(require_inputs.formatName);
	const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
	return names.length === 0 ? "collections that the service does not list" : `${names.slice(0, mostNames).map(require_shared.sanitize).join(", ")}${more}`;
}
// src/operations/restore-collections.ts
async function restoreCollections(request, step) {
	const { clusterId } = request;
	const target = await require_shared.findTarget(step, request.target);
	refuseTarget(request, target);
	step.publish("clusterId", target.clusterId);
	step.publish("clusterName", target.clusterName);
	step.publish("connectAddress", target.connectAddress);
	const backup = await require_shared.chooseBackup(step, clusterId, request.backup, void 0);
	const parts = partsOf(request, step, backup, target);
	const source = {
		clusterId,
		backupId: backup.backupId
	};
	if (request.dryRun) {
		const path = require_shared.paths.restoreCollection(clusterId, backup.backupId);
		const safety = {
			method: "POST",
			path: require_shared.paths.createBackup(target.clusterId),
			body: require_create.backupBody(safetyOrder(request, target))
		};
		const plan = parts.map(({ body }) => ({
			method: "POST",
			path,
			body
		}));
		return require_shared.planned(step, request.safetyBackup ? [safety, ...plan] : plan);
	}
	if (request.safetyBackup) await takeSafetyBackup(request, step, target);
	const { jobs, failures } = await startAll(request, step, source, target, parts);
	if (request.wait) {
		const goals = jobs.map(({ jobId, what }) => require_shared.jobSuccessful(jobId, require_shared.graceOfOwn, what));
		try {
			await require_shared.waitForAll(step, goals, { pollInterval: request.pollInterval });
		} catch (error) {
			if (!(error instanceof require_shared.OperationFailed)) throw withFailures(error, failures);
			failures.push(error.message);
		}
	}
	if (failures.length > 0) {
		const fine = jobs.length > 0 ? ` ${jobs.length} of ${parts.length} have started.` : "";
		throw new require_shared.OperationFailed(`Not every collection is restored.${fine}\n${failures.join("\n")}`);
	}
	return request.wait ? "succeeded" : "started";
}
function withFailures(error, failures) {
	if (error instanceof Error && failures.length > 0) error.message = `${error.message}\n${failures.join("\n")}`;
	return error;
}
function refuseTarget({ protectedClusters, clusterId, selections }, target) {
	if (protectedClusters.includes(target.clusterId) || protectedClusters.includes(target.clusterName ?? "")) throw new require_shared.OperationFailed(`Cluster ${target.clusterId} is one of protected-clusters: nothing is restored into it.`);
	const problems = target.clusterId === clusterId ? require_inputs.sourceProblems(selections) : [];
	if (problems.length > 0) throw new require_inputs.InputError(problems.map((problem) => `collections: ${problem}`));
}
function partsOf(request, step, backup, target) {
	const expansion = expand(request.selections, backup.contents, request.collectionStatus);
	const destClusterId = target.clusterId;
	if (expansion.kind === "everything") {
		step.warning(`The service does not list what backup ${backup.backupId} holds by database, so everything is restored with one request. Its collections arrive unloaded.`);
		return [{
			what: "everything",
			body: { destClusterId }
		}];
	}
	return expansion.entries.map((entry) => ({
		what: describeEntry(entry),
		body: {
			destClusterId,
			dbCollections: [{
				dbName: entry.from.database,
				destDbName: entry.to.database,
				collections: [{
					collectionName: entry.from.collection,
					destCollectionName: entry.to.collection,
					destCollectionStatus: entry.status
				}]
			}]
		}
	}));
}
function describeEntry({ from, to }) {
	const [source, destination] = [require_shared.sanitize(require_inputs.formatName(from)), require_shared.sanitize(require_inputs.formatName(to))];
	return source === destination ? source : `${source} as ${destination}`;
}
function safetyOrder({ ifBusy, pollInterval }, target) {
	return {
		clusterId: target.clusterId,
		collections: void 0,
		crossRegionCopies: [],
		ifBusy,
		pollInterval
	};
}
async function takeSafetyBackup(request, step, target) {
	const order = safetyOrder(request, target);
	const started = await require_create.startBackup(order, step, await require_shared.listBackups(step.cloud, target.clusterId));
	step.publish("safetyBackupId", started.backupId);
	await require_create.waitUntilAvailable(order, step, started);
}
async function startAll(request, step, source, target, parts) {
	const jobs = [];
	const failures = [];
	for (const { what, body } of parts) try {
		const send = () => require_shared.restoreCollection(step.cloud, source, what, body);
		const jobId = await require_shared.retryWhileBusy(step, target.clusterId, request, send);
		jobs.push({
			jobId,
			what
		});
		step.publish("jobId", jobs[0]?.jobId);
		step.publishList("jobIds", jobs.map((job) => job.jobId));
		step.inProgress.jobIds.add(jobId);
		step.log(`Restore of ${what} has started: job ${jobId}.`);
	} catch (error) {
		if (error instanceof require_shared.NoResponseError) {
			const maybe = require_shared.mayHaveSucceeded(error) ? ` The restore of ${what} may have started all the same: look at cluster ${target.clusterId} before running this step again.` : "";
			failures.push(`${error.message}${maybe} Nothing more was started.`);
			break;
		}
		if (!(error instanceof require_shared.ApiError || error instanceof require_shared.OperationFailed)) throw withFailures(error, failures);
		failures.push(error.message);
		step.log(error.message);
	}
	return {
		jobs,
		failures
	};
}
exports.restoreCollections = restoreCollections;
