// Made by "npm run build" from src/; licences in NOTICES.txt
const require_described_target = require("./described-target.cjs");
const require_shared = require("./shared.cjs");
const require_token = require("./token.cjs");
const require_names = require("./names.cjs");
const require_inputs = require("./inputs.cjs");
const require_look_into = require("./look-into.cjs");
const require_wanted = require("./wanted.cjs");
// src/reports/alias.ts
function showAlias({ report }, of) {
	const { alias, now, before, outcome, dryRun, clusterId } = of;
	if (outcome === "skipped") {
		report.heading = `Nothing to switch: ${alias} points at ${now} already`;
		report.sentence = "The collection was looked at; nothing was changed.";
	} else if (dryRun) {
		report.heading = `Dry run: ${alias} would point at ${now}`;
		report.sentence = `It points at ${before}. Nothing was changed.`;
	} else {
		report.heading = `${alias} points at ${now}`;
		report.sentence = `Before, it pointed at ${before}, which is still there.`;
	}
	report.rows.push({
		name: "Cluster",
		value: require_shared.namedCluster(of)
	}, ...require_shared.endpointRows(of.connectAddress));
	if (outcome === "skipped" || dryRun) return;
	const inputs = [
		`target-cluster: ${clusterId}`,
		`alias: ${alias}`,
		`collections: ${before}`
	];
	report.folds.push({
		title: "A step that switches back",
		content: {
			kind: "step",
			operation: "switch-alias",
			inputs
		}
	});
}
// src/verification/alias.ts
const mostNamed = 50;
async function whereItPoints(connection, of, cluster) {
	try {
		return await require_look_into.describeAlias(connection, of);
	} catch (error) {
		if (!require_look_into.saysMissing(error, "alias", "database")) throw error;
		const others = await require_look_into.listAliases(connection, of.database);
		const named = require_inputs.listInSentence(others.map(require_inputs.quote), mostNamed);
		throw new require_inputs.OperationFailed({
			what: `There is no alias ${require_inputs.quote(of.alias)} in database ${require_inputs.quote(of.database)} of cluster ${cluster}.`,
			next: `${others.length === 0 ? "That database has none" : `Its aliases: ${named}`}. This operation switches an existing alias: check alias, and the database of the collection.`,
			help: "not-all-is-there"
		});
	}
}
async function pointAlias(step, connection, { alias, collection, seeWhole }) {
	const change = require_look_into.alterAlias(alias, collection);
	const isThere = async () => await require_look_into.describeAlias(connection, alias) === collection;
	try {
		await require_shared.send(connection, change);
	} catch (error) {
		if (!require_shared.mayHaveSucceeded(error)) throw error;
		step.log(`${error.message} Checking where the alias points.`);
		if (!await isThere().catch((trouble) => throwInDoubt(error, trouble))) {
			await seeWhole();
			await require_shared.send(connection, change).catch(async (second) => {
				if (!require_shared.mayHaveSucceeded(second)) throw second;
				if (!await isThere().catch((trouble) => throwInDoubt(second, trouble))) throw second;
			});
		}
	}
	await readBack(step, isThere, {
		alias,
		collection
	});
	step.log(`Alias ${alias.alias} of database ${alias.database} points at ${collection}.`);
}
function throwInDoubt(lost, trouble) {
	throw require_inputs.withMore(lost, {
		what: require_inputs.messageOf(trouble),
		stake: "It may have been carried out.",
		next: "Run this step again: it changes nothing where the alias points there already.",
		help: "it-may-have-started"
	});
}
const settledAfter = 5e3;
const betweenReads = 1e3;
async function readBack({ clock }, isThere, { alias, collection }) {
	const end = clock.elapsed() + settledAfter;
	while (!await isThere()) {
		if (clock.elapsed() >= end) throw new require_inputs.OperationFailed({
			what: `The cluster accepted the switch of alias ${require_inputs.quote(alias.alias)}, but it does not point at ${require_inputs.quote(collection)}.`,
			next: "Look in the console where it points, then run this step again.",
			help: "not-all-is-there"
		});
		await clock.pause(betweenReads);
	}
}
// src/operations/switch-alias.ts
function read(reader, common) {
	return {
		...common,
		target: require_shared.readTarget(reader),
		alias: readAlias(reader),
		expectation: readCollection(reader),
		protectedClusters: require_shared.readProtectedClusters(reader),
		token: require_token.readToken(reader, common.apiKey),
		pollInterval: reader.duration("poll-interval"),
		dryRun: reader.boolean("dry-run")
	};
}
function readAlias(reader) {
	const alias = reader.optional("alias");
	const got = alias === void 0 ? "it is empty" : `got ${require_inputs.quoteInput(alias)}`;
	if (alias === void 0 || require_names.problemOfName(alias) !== void 0) reader.report("alias", `expected the name of an existing alias, ASCII letters, digits, _ and $, no digit first, at most 255; ${got}`);
	return alias ?? "";
}
function readCollection(reader) {
	if (reader.optional("collections") === void 0) reader.report("collections", "expected the one collection that the alias is to point at; it is empty");
	const wanted = require_wanted.readWanted(reader, { mayHaveArrows: false });
	const [only] = wanted ?? [];
	if (wanted !== void 0 && (wanted.length > 1 || only?.mapping.kind !== "collection")) reader.report("collections", "expected exactly one collection, which the alias is to point at");
	return {
		name: nameOf(only),
		least: only?.least,
		mustBeLoaded: true
	};
}
function nameOf(wanted) {
	if (wanted?.mapping.kind === "collection") return wanted.mapping.to;
	return {
		database: require_shared.defaultDatabase,
		collection: ""
	};
}
async function run(request, step) {
	const { expectation, token, pollInterval, protectedClusters, dryRun } = request;
	const { database, collection } = expectation.name;
	const alias = {
		database,
		alias: request.alias
	};
	step.report.subject = `Switch of alias ${request.alias}`;
	const { clusterId, clusterName } = await require_described_target.describeTarget(step, request.target, {
		protectedClusters,
		nothing: "no alias of it is switched"
	});
	step.publish("clusterId", clusterId);
	step.publish("clusterName", clusterName);
	const cluster = {
		clusterId,
		clusterName,
		connectAddress: await require_token.waitForRunning(step, clusterId, pollInterval),
		token,
		pollInterval
	};
	const { connection } = await require_look_into.openCluster(step, cluster);
	const look = {
		expectations: [expectation],
		allowedLoss: 0n,
		withBaseline: false,
		isOutput: false
	};
	const seeWhole = async () => {
		step.report.tables = [];
		await require_look_into.lookInto(step, cluster, {
			connection,
			look
		});
	};
	await seeWhole();
	const previous = await whereItPoints(connection, alias, clusterName ?? clusterId);
	const names = {
		now: require_shared.formatName(expectation.name),
		before: require_shared.formatName({
			database,
			collection: previous
		})
	};
	step.publish("collection", names.now);
	step.publish("previousCollection", names.before);
	const outcome = previous === collection ? "skipped" : "succeeded";
	showAlias(step, {
		...cluster,
		...names,
		alias: request.alias,
		outcome,
		dryRun
	});
	if (dryRun) return require_shared.planned(step, outcome === "skipped" ? [] : [require_look_into.alterAlias(alias, collection)]);
	if (outcome === "skipped") step.notice(`Alias ${request.alias} points at ${names.now} already.`);
	else await pointAlias(step, connection, {
		alias,
		collection,
		seeWhole
	});
	return outcome;
}
exports.read = read;
exports.run = run;
