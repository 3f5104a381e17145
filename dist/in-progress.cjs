// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
const require_inputs = require("./inputs.cjs");
// src/clock.ts
const longestTimer = 2 ** 31 - 1;
function systemClock(stop) {
	return {
		now: () => Date.now(),
		elapsed: () => performance.now(),
		pause: (milliseconds) => pauseUnless(stop, milliseconds)
	};
}
function pauseUnless(stop, milliseconds) {
	return new Promise((resolve, reject) => {
		if (stop.aborted) {
			reject(new require_inputs.Cancelled());
			return;
		}
		const cancel = () => {
			clearTimeout(timer);
			reject(new require_inputs.Cancelled());
		};
		const done = () => {
			stop.removeEventListener("abort", cancel);
			resolve();
		};
		const timer = setTimeout(done, Math.min(milliseconds, longestTimer));
		stop.addEventListener("abort", cancel, { once: true });
	});
}
// src/in-progress.ts
function openInProgress() {
	const items = new Map();
	let createdClusterId;
	return {
		started: (item) => void items.set(keyOf(item), item),
		ended: (item) => void items.delete(keyOf(item)),
		created(clusterId) {
			createdClusterId = clusterId;
		},
		get createdClusterId() {
			return createdClusterId;
		},
		get items() {
			return [...items.values()];
		}
	};
}
function keyOf(item) {
	switch (item.kind) {
		case "job": return `job ${item.jobId}`;
		case "backup": return `backup ${item.clusterId} ${item.backupId}`;
		case "cluster": return `cluster ${item.clusterId}`;
	}
}
function resumeHints(inProgress) {
	const wait = {
		title: "Still running at the service. To wait for it:",
		lines: waitLines(inProgress)
	};
	const drop = {
		title: "To drop the cluster instead:",
		lines: dropLines(inProgress)
	};
	return wait.lines.length === 0 ? [] : [wait, drop].filter(({ lines }) => lines.length > 0);
}
function waitLines({ items }) {
	const jobIds = items.flatMap((item) => item.kind === "job" ? [item.jobId] : []);
	const others = items.flatMap((item) => {
		if (item.kind === "backup") return [`cluster-id: ${item.clusterId}`, `backup-id: ${item.backupId}`];
		return item.kind === "cluster" ? [`target-cluster: ${item.clusterId}`] : [];
	});
	const lines = [...jobIds.length > 0 ? [`job-id: ${jobIds.join(", ")}`] : [], ...others];
	return lines.length === 0 ? [] : ["operation: wait", ...lines];
}
function dropLines({ createdClusterId }) {
	return createdClusterId === void 0 ? [] : ["operation: delete-cluster", `target-cluster: ${createdClusterId}`];
}
exports.openInProgress = openInProgress;
exports.resumeHints = resumeHints;
exports.systemClock = systemClock;
