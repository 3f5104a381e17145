// Made by "npm run build" from src/; licences in NOTICES.txt
const require_wait_for_new = require("./wait-for-new.cjs");
const require_inputs = require("./inputs.cjs");
const require_expectations = require("./expectations.cjs");
const require_look_into = require("./look-into.cjs");
// src/operations/verify-restored.ts
async function verifyRestored(step, restored, { expectations, stake }) {
	const { clusterId, pollInterval } = restored;
	try {
		const connectAddress = restored.connectAddress ?? await require_wait_for_new.waitForRunning(step, clusterId, pollInterval);
		const cluster = {
			...restored,
			connectAddress
		};
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
		throw error instanceof require_inputs.ActionError && stake !== void 0 ? require_inputs.withMore(error, { stake }) : error;
	}
}
const restoreSucceeded = "The restore itself has succeeded.";
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
function expectationsOfParts(step, parts) {
	if (parts.some(({ collection }) => collection === void 0)) step.warning("The service does not list by database what the backup holds, so what was restored is not looked for. Checked: that the cluster is usable.");
	return parts.flatMap(({ collection }) => collection === void 0 ? [] : [{
		name: collection.to,
		mustBeLoaded: collection.status === "LOADED"
	}]);
}
exports.expectationsOfBackup = expectationsOfBackup;
exports.expectationsOfParts = expectationsOfParts;
exports.restoreSucceeded = restoreSucceeded;
exports.verifyRestored = verifyRestored;
