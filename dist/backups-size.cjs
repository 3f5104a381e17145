// Made by "npm run build" from src/; licences in NOTICES.txt
const {largestUnit} = require('./step.cjs')
// src/backups/size.ts
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
function formatSize(bytes) {
	if (bytes === void 0 || bytes < 0) return ''
	let value = bytes
	let unit = 0
	while (value >= (unit === 0 ? 1e3 : 999.95) && unit < units.length - 1) {
		value /= 1e3
		unit++
	}
	return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
function backupRow({backupId, createTime, size}, now) {
	const more = [createTime === void 0 ? '' : `${largestUnit(now - createTime)} old`, formatSize(size)]
		.filter(Boolean)
		.join(', ')
	return {name: 'Backup', value: more === '' ? {code: backupId} : [{code: backupId}, `, ${more}`]}
}
module.exports = {backupRow, formatSize}
