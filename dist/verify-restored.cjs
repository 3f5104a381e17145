// Made by "npm run build" from src/; licences in NOTICES.txt
const require_inputs = require("./inputs.cjs");
const require_expectations = require("./expectations.cjs");
const require_look_into = require("./look-into.cjs");
// src/operations/verify-restored.ts
async function verifyRestored(step, cluster, { expectations, isBilled }) {
	try {
		const { connection } = await require_look_into.openCluster(step, cluster);
		require_expectations.showRestoredIsThere(step, await require_look_into.lookInto(step, cluster, {
			connection,
			look: {
				expectations,
				allowedLoss: 0n,
				withBaseline: false,
				isOutput: true
			}
		}));
	} catch (error) {
		if (!(error instanceof require_inputs.ActionError)) throw error;
		const cost = isBilled ? ` Cluster ${cluster.clusterId} costs money until it is dropped.` : "";
		throw require_inputs.withMore(error, { stake: `The restore itself has succeeded.${cost}` });
	}
}
function expectationsOfBackup(step, contents, { clusterId, collectionStatus }) {
	const { expectations, warnings } = require_expectations.expectationsOf({
		wanted: void 0,
		contents,
		baseline: void 0,
		clusterId,
		loadRule: collectionStatus === "KEEP" ? "KEEP" : "UNLOADED",
		listed: []
	});
	for (const warning of warnings) step.warning(warning);
	return expectations;
}
function expectationsOfParts(parts) {
	return parts.flatMap(({ collection }) => collection === void 0 ? [] : [{
		name: collection.to,
		mustBeLoaded: collection.status === "LOADED"
	}]);
}
exports.expectationsOfBackup = expectationsOfBackup;
exports.expectationsOfParts = expectationsOfParts;
exports.verifyRestored = verifyRestored;
