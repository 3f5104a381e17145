// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
const require_look_into = require("./look-into.cjs");
// src/reports/verification.ts
function showChecked(step, { clusterId, connectAddress }, backup) {
	step.report.rows.push(...require_shared.endpointRows(connectAddress), {
		name: "Cluster id",
		value: { code: clusterId }
	}, ...backup === void 0 ? [] : [require_shared.backupRow(backup, require_shared.serviceTime(step.cloud).now)]);
}
function showVerified(step, { clusterId, clusterName }, { verdicts, withBaseline }) {
	const { report } = step;
	const name = clusterName ?? clusterId;
	report.heading = verdicts.length === 0 ? `${name} is usable` : `${name} is usable and holds what it should`;
	report.sentence = `${summaryOf(verdicts, withBaseline)} Checked in ${require_shared.tookSoFar(step)}.`;
}
function showRestoredIsThere({ report }, verdicts) {
	report.rows.push({
		name: "Verified",
		value: summaryOf(verdicts, false)
	});
}
function summaryOf(verdicts, withBaseline) {
	if (verdicts.length === 0) return "Its endpoint answers; no collection was looked at.";
	const all = verdicts.length === 1 ? "1 collection" : `${verdicts.length} collections`;
	const counted = verdicts.flatMap(({ now }) => now?.exact ? [now.entities] : []);
	const entities = require_look_into.formatCount(counted.reduce((sum, count) => sum + count, 0));
	const exact = counted.length === verdicts.length ? `${entities} entities, counted one by one` : `${entities} entities in ${counted.length} of them counted one by one`;
	const compared = verdicts.filter(({ isCompared }) => isCompared).length;
	return `${all}: ${exact}.${withBaseline ? ` ${compared} compared with the baseline.` : ""}`;
}
// src/verification/expectations.ts
function needsList({ wanted, contents }) {
	return contents === void 0 && (wanted ?? []).some(({ mapping }) => mapping.kind !== "collection");
}
function expectationsOf(sources) {
	const { wanted, contents, baseline } = sources;
	const known = knownNames(sources);
	const all = new Map();
	const problems = [];
	const warnings = isListed(contents) ? [] : [unlisted(wanted)].filter((text) => text !== void 0);
	const add = (to, from, least) => {
		const earlier = all.get(require_shared.keyOf(to));
		all.set(require_shared.keyOf(to), {
			...expectationOf(sources, to, from),
			least: least ?? earlier?.least
		});
	};
	if (wanted === void 0) for (const name of known) add(name, name, void 0);
	for (const { mapping, least } of starsFirst(wanted ?? [])) {
		if (mapping.kind === "collection") {
			add(mapping.to, mapping.from, least);
			continue;
		}
		const ofDatabase = mapping.kind === "database" ? mapping : void 0;
		const covered = known.filter(({ database }) => ofDatabase === void 0 || database === ofDatabase.from);
		if (ofDatabase !== void 0 && !isListed(contents)) problems.push(`${mapping.line}: ${notByDatabase}`);
		else if (covered.length === 0 && (contents === void 0 || isListed(contents))) {
			const nothing = nothingFor(ofDatabase?.from, contents, baseline);
			if (contents === void 0) throw new require_inputs.OperationFailed({
				what: nothing,
				help: "not-all-is-there"
			});
			problems.push(`${mapping.line}: ${nothing}`);
		}
		for (const name of covered) add({
			...name,
			database: ofDatabase?.to ?? name.database
		}, name, least);
	}
	if (problems.length > 0) throw new require_inputs.InputError(problems.map((problem) => `collections: ${problem}`));
	return {
		expectations: [...all.values()],
		warnings
	};
}
function starsFirst(wanted) {
	const order = {
		everything: 0,
		database: 1,
		collection: 2
	};
	return [...wanted].sort((one, other) => order[one.mapping.kind] - order[other.mapping.kind]);
}
function knownNames({ wanted, contents, baseline, listed }) {
	const ofBackup = contents?.kind === "by-database" ? contents.collections : [];
	const ofCluster = contents === void 0 && wanted !== void 0 ? listed : [];
	const plain = [
		...ofBackup,
		...baseline?.pictures ?? [],
		...ofCluster
	].map(({ database, collection }) => ({
		database,
		collection
	}));
	return [...new Map(plain.map((name) => [require_shared.keyOf(name), name])).values()];
}
function expectationOf({ contents, baseline, loadRule, clusterId }, name, from) {
	const held = heldAs(contents, from);
	const before = baseline?.pictures.find((picture) => require_shared.keyOf(picture) === require_shared.keyOf(from));
	const isLoaded = held === void 0 ? before?.loadState === "LoadStateLoaded" : held.status === "LOADED";
	return {
		name,
		before,
		mustBeLoaded: loadRule === "LOADED" || loadRule === "KEEP" && isLoaded,
		keepsAliases: baseline?.clusterId === clusterId && require_shared.keyOf(name) === require_shared.keyOf(from)
	};
}
function heldAs(contents, name) {
	if (contents?.kind !== "by-database") return void 0;
	const held = contents.collections.find((one) => require_shared.keyOf(one) === require_shared.keyOf(name));
	return held?.status === void 0 ? void 0 : held;
}
function isListed(contents) {
	return contents === void 0 || contents.kind === "by-database";
}
const notByDatabase = "the service does not list which collections of the backup are in which database. Name them, or take * for whether the cluster is usable";
function unlisted(wanted) {
	if (wanted?.every(({ mapping }) => mapping.kind === "collection")) return void 0;
	return "The service does not list what the backup holds by database, so only whether the cluster is usable is looked at, and what is named.";
}
function nothingFor(database, contents, baseline) {
	const of = database === void 0 ? "" : ` of database ${require_inputs.showInvisible(database)}`;
	if (contents !== void 0 && baseline === void 0) return `the backup holds no collection${of}`;
	if (contents !== void 0) return `neither the backup nor the baseline has a collection${of}`;
	return baseline === void 0 ? `The cluster has no collection${of}.` : `Neither the cluster nor the baseline has a collection${of}.`;
}
exports.expectationsOf = expectationsOf;
exports.needsList = needsList;
exports.showChecked = showChecked;
exports.showRestoredIsThere = showRestoredIsThere;
exports.showVerified = showVerified;
