// Made by "npm run build" from src/; licences in NOTICES.txt
const {readBackupType} = require('./backups-choice.cjs')
const {
	ageAndDate,
	clusterNameIn,
	counted,
	describeStatesOf,
	firstLines,
	listBackups,
	serviceTime
} = require('./step.cjs')
const {newestFirst} = require('./backups-order.cjs')
const {formatSize} = require('./backups-size.cjs')
const {listBackupsOf} = require('./backups-source.cjs')
const {backupLine, backupsTable} = require('./backups-tables.cjs')
// src/operations/list-backups.ts
function read(reader, common) {
	return {...common, clusterId: reader.optionalId('cluster-id'), backupType: readBackupType(reader)}
}
const mostLogged = 20
async function run({clusterId, backupType}, step) {
	const listed = clusterId === void 0 ? await listBackups(step.cloud) : await listBackupsOf(step, clusterId)
	const untyped = backupType === void 0 ? [] : listed.filter(backup => backup.backupType === void 0)
	if (untyped.length > 0)
		step.warning(`Left out, since the list of backups shows no type for them: ${describeStatesOf(untyped)}.`)
	const wanted = newestFirst(
		listed.filter(backup => backupType === void 0 || backup.backupType === backupType)
	)
	step.publishList(
		'backups',
		wanted.map(({raw}) => raw)
	)
	const kind = backupType === void 0 ? '' : ` of type ${backupType}`
	const of = clusterId === void 0 ? 'that the key can see' : `of cluster ${clusterId}`
	const name = clusterNameIn(listed)
	const named = clusterId === void 0 || name === void 0 ? of : `of ${name}`
	const count = `${counted(wanted.length, 'backup')}${kind}`
	step.log(`${count} ${of}.`)
	const {now} = serviceTime(step.cloud)
	const lines = wanted.slice(0, 21).map(backup => backupLine(backup, now))
	const older = wanted.length - mostLogged
	for (const line of firstLines(lines, mostLogged, () => `And ${older} older ones.`)) step.log(line)
	step.report.heading = `${count} ${named}`
	if (wanted.length === 0) step.report.sentence = 'A step with operation: create-backup makes one.'
	else showListed(step, wanted, clusterId)
	return 'succeeded'
}
function showListed({report, cloud}, wanted, clusterId) {
	const {now} = serviceTime(cloud)
	report.sentence = [
		...(clusterId === void 0 ? [] : ['Of cluster ', {code: clusterId}, '. ']),
		`${newestOf(wanted, now)} ${sizeOf(wanted)}`
	]
	report.tables.push({...backupsTable(wanted, now), rest: 'older ones'})
}
function newestOf(wanted, now) {
	const available = wanted.filter(({status}) => status === 'AVAILABLE')
	if (available.length === 0) return 'None is AVAILABLE.'
	const [newest] = available
	if (newest?.createTime === void 0) return 'The age of the newest is unknown.'
	return `${newest === wanted[0] ? 'The newest' : 'The newest that is AVAILABLE'} is from ${ageAndDate(newest, now)}.`
}
function sizeOf(wanted) {
	const sizes = wanted.flatMap(({size}) => (size === void 0 ? [] : [size]))
	if (sizes.length === 0) return 'Their size is unknown.'
	const sum = formatSize(sizes.reduce((sum, size) => sum + size, 0))
	return sizes.length === wanted.length ? `${sum} in all.` : `At least ${sum} in all.`
}
module.exports = {read, run}
