// Made by "npm run build" from src/; licences in NOTICES.txt
// src/operations/prune-clusters.ts
function read(_reader, common) {
	return common;
}
async function run(_request, _step) {
	throw new Error("not there yet");
}
exports.read = read;
exports.run = run;
