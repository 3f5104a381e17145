// Made by "npm run build" from src/; licences in NOTICES.txt
const {ApiError, withMore} = require('./step.cjs')
const {grouped, newestFirst} = require('./backups-order.cjs')
const {describeOrRefusal, stillListed} = require('./backups-read.cjs')
// src/backups/newest.ts
async function newest(step, {clusterId, listed, notBefore = 0}, serves) {
	const dated = await withTimes(step, clusterId, listed)
	for (const sameTime of grouped(newestFirst(dated), ({createTime}) => createTime)) {
		const described = []
		for (const {backupId} of sameTime) {
			const found = await describeIfThere(step, {clusterId, backupId})
			if (found !== void 0) described.push(found)
		}
		const [best] = newestFirst(described.filter(found => found.status === 'AVAILABLE' && serves(found)))
		if (best !== void 0) return best
		const isTooOld = ({createTime}) => createTime !== void 0 && createTime < notBefore
		if (described.length > 0 && described.every(isTooOld)) return void 0
	}
}
async function withTimes(step, clusterId, listed) {
	const dated = []
	for (const backup of listed) {
		const {backupId, createTime} = backup
		const described = createTime === void 0 ? await describeIfThere(step, {clusterId, backupId}) : backup
		if (described !== void 0) dated.push({...backup, createTime: described.createTime})
	}
	return dated
}
async function describeIfThere(step, backup) {
	const found = await describeOrRefusal(step, backup)
	if (!(found instanceof ApiError)) return found
	const [left] = await stillListed(step, backup.clusterId, new Set([backup.backupId]))
	if (left === void 0) return void 0
	throw withMore(found, {stake: 'The list of backups still has it.'})
}
module.exports = {newest}
