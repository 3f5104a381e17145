// Made by "npm run build" from src/; licences in NOTICES.txt
const require_contents = require("./contents.cjs");
const require_inputs = require("./inputs.cjs");
// src/backups/tables.ts
const mostRows = 500;
function backupsTable(backups, now) {
	return {
		columns: [
			"Backup",
			"Name",
			"Cluster",
			"Type",
			"Method",
			"Status",
			"Size",
			"Created"
		],
		rows: backups.slice(0, mostRows).map((backup) => [
			backup.backupId,
			backup.backupName ?? "",
			clusterOf(backup),
			backup.backupType ?? "",
			backup.creationMethod ?? "",
			backup.status,
			formatSize(backup.size),
			created(backup, now)
		]),
		more: Math.max(0, backups.length - mostRows)
	};
}
function backupTable(backup, now) {
	const { backupId, backupName, projectId, regionId, backupType, creationMethod, status, size, expireTime } = backup;
	const rows = {
		Backup: backupId,
		Name: backupName,
		Cluster: clusterOf(backup),
		Project: projectId,
		Region: regionId,
		Type: backupType,
		Method: creationMethod,
		Status: status,
		Size: formatSize(size),
		Created: created(backup, now),
		Expires: creationMethod === "AUTO" && expireTime !== void 0 ? require_inputs.timestamp(expireTime) : void 0,
		Contents: contentsOf(backup)
	};
	return {
		columns: ["Field", "Value"],
		rows: Object.entries(rows).flatMap(([name, value]) => value ? [[name, value]] : [])
	};
}
function backupLine(backup, now) {
	const { backupId, backupType, creationMethod, status, size, createTime } = backup;
	const words = [
		backupId,
		backupType,
		creationMethod,
		status
	].filter(Boolean).join(" ");
	const age = createTime === void 0 ? "of unknown age" : `${require_inputs.formatDuration(now - createTime)} old`;
	return [
		require_inputs.sanitize(words),
		formatSize(size),
		age
	].filter(Boolean).join(", ");
}
const units = [
	"B",
	"kB",
	"MB",
	"GB",
	"TB",
	"PB"
];
function formatSize(bytes) {
	if (bytes === void 0 || bytes < 0) return "";
	let value = bytes;
	let unit = 0;
	while (value >= (unit === 0 ? 1e3 : 999.95) && unit < units.length - 1) {
		value /= 1e3;
		unit++;
	}
	return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
function clusterOf({ clusterId, clusterName }) {
	if (clusterId === void 0 || clusterName === void 0) return clusterId ?? clusterName ?? "";
	return `${clusterName} (${clusterId})`;
}
function created({ createTime }, now) {
	return createTime === void 0 ? "unknown" : `${require_inputs.timestamp(createTime)}, ${require_inputs.formatDuration(now - createTime)} ago`;
}
const longestContents = 450;
function contentsOf({ contents }) {
	const names = require_contents.listContents(contents);
	if (names.length === 0) return "not listed by the service";
	let length = 0;
	const tooLong = names.findIndex((name) => {
		length += name.length + 2;
		return length > longestContents;
	});
	if (tooLong === 0) return `${names.length} collections`;
	return require_inputs.listInSentence(names, tooLong === -1 ? names.length : tooLong);
}
exports.backupLine = backupLine;
exports.backupTable = backupTable;
exports.backupsTable = backupsTable;
