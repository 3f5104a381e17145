// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_shared = require("./shared.cjs");
// src/clusters/name.ts
function isPossibleName(name) {
	return name !== "" && [...name].length <= longestName && firstWrongCharacter(name) === void 0;
}
const longestName = 255;
function firstWrongCharacter(name) {
	return [...name].find((character) => !/[A-Za-z0-9 _\-\p{Script=Han}]/u.test(character));
}
function problemOfIdOrName(text) {
	const wrong = firstWrongCharacter(text);
	const byId = "a cluster whose name has other characters is given by its id";
	if (wrong !== void 0) return `has ${require_inputs.describeCharacter(wrong)}, which no id has, and no name that this action takes: ${byId}`;
	if ([...text].length > longestName) return `is longer than ${longestName} characters`;
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
	if (entries.some((entry) => require_shared.sameButCase(clusterId, entry) || require_shared.sameButCase(clusterName, entry))) return true;
	return clusterName === void 0 && entries.some((entry) => !isIdShaped(entry));
}
const mostNamed = 10;
async function noticeUnknownEntries(step, entries, whole) {
	if (entries.length === 0) return;
	const listed = whole ?? await require_shared.listClusters(step.cloud);
	const unknown = entries.filter((entry) => !listed.some(({ clusterId, clusterName }) => require_shared.sameButCase(clusterId, entry) || require_shared.sameButCase(clusterName, entry)));
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
		const described = await describeIfThere(step, wanted);
		if (described !== void 0 && described.clusterId !== wanted) throw require_shared.otherCase("target-cluster", wanted, described.clusterId);
		if (described !== void 0) {
			refuseOtherProject(described, projectId);
			return described;
		}
	}
	const all = await require_shared.listClusters(step.cloud, projectId);
	await noticeUnknownEntries(step, protectedClusters, projectId === void 0 ? all : void 0);
	if (projectId !== void 0 && !all.some((cluster) => cluster.projectId === projectId)) await (await Promise.resolve().then(() => require("./project.cjs"))).refuseProjectSlip(step, projectId);
	const listed = all.filter((cluster) => cluster.status !== "DELETED" && inProject(cluster, projectId));
	const byId = listed.find((cluster) => cluster.clusterId === wanted);
	const named = byId ? [byId] : listed.filter((cluster) => cluster.clusterName === wanted);
	if (named.length > 1) throw severalNamed(wanted, named);
	const other = listed.find(({ clusterId, clusterName }) => require_shared.sameButCase(clusterId, wanted) || require_shared.sameButCase(clusterName, wanted));
	if (named.length === 0 && other !== void 0) {
		const right = require_shared.sameButCase(other.clusterId, wanted) ? other.clusterId : other.clusterName ?? "";
		throw require_shared.otherCase("target-cluster", wanted, right);
	}
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
	return (await require_shared.listClusters(step.cloud, projectId)).filter(({ clusterName, status }) => clusterName === name && status !== "DELETED");
}
function inProject(cluster, projectId) {
	return projectId === void 0 || cluster.projectId === void 0 || cluster.projectId === projectId;
}
function refuseOtherProject({ clusterId, projectId: found }, projectId) {
	if (projectId === void 0 || found === void 0 || found === projectId) return;
	if (require_shared.sameButCase(found, projectId)) throw require_shared.otherCase("target-project-id", projectId, found);
	throw new require_inputs.OperationFailed(`target-project-id: cluster ${clusterId} is in project ${require_inputs.sanitize(found)}, not in project ${projectId}, so nothing is done with it. Check target-cluster and target-project-id.`);
}
async function describeIfThere(step, clusterId) {
	try {
		return await require_shared.describeCluster(step.cloud, clusterId);
	} catch (error) {
		if (require_shared.isNotFound(error, "cluster")) return void 0;
		throw error;
	}
}
const settledAfter = 6e4;
const betweenReads = 2e3;
async function describeListed(step, listed, { untilUnlisted }) {
	const { clusterId, projectId } = listed;
	const end = step.clock.elapsed() + settledAfter;
	for (let shown = listed;;) {
		const found = await describeIfThere(step, clusterId);
		if (found !== void 0 || shown === void 0) return found;
		if (require_shared.clusterState(shown.status) === "deleted") return void 0;
		if (!untilUnlisted && require_shared.clusterState(shown.status) !== "busy") return void 0;
		if (step.clock.elapsed() >= end) throw new require_inputs.OperationFailed(`Cluster ${clusterId} cannot be read, although the list of clusters has it as ${require_inputs.sanitize(shown.status)}. Look at it in the console and try again.`);
		await step.clock.pause(betweenReads);
		shown = (await require_shared.listClusters(step.cloud, projectId)).find((one) => one.clusterId === clusterId);
	}
}
exports.clustersNamed = clustersNamed;
exports.describeIfThere = describeIfThere;
exports.describeListed = describeListed;
exports.findTarget = findTarget;
exports.isProtected = isProtected;
exports.lookUpTarget = lookUpTarget;
exports.noticeUnknownEntries = noticeUnknownEntries;
exports.offerSafeName = offerSafeName;
exports.readNewName = readNewName;
exports.readOptionalTarget = readOptionalTarget;
exports.readProtectedClusters = readProtectedClusters;
exports.readTarget = readTarget;
exports.withStates = withStates;
