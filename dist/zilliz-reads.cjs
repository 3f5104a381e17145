// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	OperationFailed,
	isNotFound,
	isObject,
	isSafeId,
	quote,
	read,
	withoutFutureTime
} = require('./step.cjs')
// src/zilliz/fields.ts
function fields(value, what) {
	if (!isObject(value)) throw new Error(`the response has no ${what}`)
	return value
}
function optionalText(from, name) {
	const value = from[name]
	return typeof value === 'string' && value !== '' ? value : void 0
}
function text(from, name) {
	const value = optionalText(from, name)
	if (value === void 0) throw new Error(`the response has no ${name}`)
	return value
}
function id(from, name) {
	const value = text(from, name)
	if (!isSafeId(value)) throw new Error(`the response has an invalid ${name}`)
	return value
}
function optionalId(from, name) {
	const value = optionalText(from, name)
	return value !== void 0 && isSafeId(value) ? value : void 0
}
function upper(value) {
	return value?.toUpperCase()
}
function number(value) {
	const read = typeof value === 'string' && value.trim() !== '' ? Number(value.trim()) : value
	return typeof read === 'number' && Number.isFinite(read) ? read : void 0
}
const lastMoment = 864e13
const mostSeconds = 1e11
function time(value) {
	const epoch = number(value)
	if (epoch !== void 0) {
		const milliseconds = epoch < mostSeconds ? epoch * 1e3 : epoch
		return milliseconds > 0 && milliseconds <= lastMoment ? milliseconds : void 0
	}
	if (typeof value !== 'string') return void 0
	const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value.replace(' ', 'T')}Z`
	const parsed = Date.parse(zoned)
	return Number.isNaN(parsed) ? void 0 : parsed
}
// src/zilliz/requests.ts
function pathOf(...parts) {
	return `/v2/${parts.map(encodeURIComponent).join('/')}`
}
// src/zilliz/decode.ts
const defaultDatabase = 'default'
function decodeJob(data) {
	const from = fields(data, 'job')
	const progress = from.progress
	const percent = number(typeof progress === 'string' ? progress.replace(/\s*%\s*$/, '') : progress)
	return {
		jobId: id(from, 'jobId'),
		status: text(from, 'status').toUpperCase(),
		progress: percent !== void 0 && percent >= 0 && percent <= 100 ? percent : void 0,
		reason: optionalText(from, 'reason')
	}
}
function decodeProjects(data) {
	if (!Array.isArray(data)) throw new Error('the response has no list of projects')
	return data.map(item => {
		const from = fields(item, 'project')
		return {projectId: id(from, 'projectId'), projectName: optionalText(from, 'projectName')}
	})
}
function decodeCluster(data) {
	const from = fields(data, 'cluster')
	return {
		clusterId: id(from, 'clusterId'),
		clusterName: optionalText(from, 'clusterName'),
		projectId: optionalText(from, 'projectId'),
		status: text(from, 'status').toUpperCase(),
		cuSize: number(from.cuSize),
		plan: optionalText(from, 'plan'),
		connectAddress: optionalText(from, 'connectAddress'),
		createTime: time(from.createTime)
	}
}
function decodeBackup(data) {
	const from = fields(data, 'backup')
	return {
		backupId: id(from, 'backupId'),
		backupName: optionalText(from, 'backupName'),
		backupType: upper(optionalText(from, 'backupType')),
		creationMethod: upper(optionalText(from, 'creationMethod')),
		status: text(from, 'status').toUpperCase(),
		clusterId: optionalText(from, 'clusterId'),
		clusterName: optionalText(from, 'clusterName'),
		projectId: optionalText(from, 'projectId'),
		regionId: optionalText(from, 'regionId'),
		createTime: time(from.createTime),
		expireTime: time(from.expireTime),
		size: number(from.size),
		contents: decodeContents(from),
		raw: from
	}
}
function decodeContents(from) {
	const nested = (Array.isArray(from.dbCollections) ? from.dbCollections : []).flatMap(entry => {
		const database = fields(entry, 'database')
		return entries(database.collections).map(entry => ({
			database: optionalText(database, 'dbName') ?? 'default',
			collection: text(entry, 'collectionName'),
			status: upper(optionalText(entry, 'status'))
		}))
	})
	if (nested.length > 0) return {kind: 'by-database', collections: nested}
	const flat = entries(from.collections).map(entry => text(entry, 'collectionName'))
	return flat.length > 0 ? {kind: 'flat', collections: flat} : {kind: 'unlisted'}
}
function entries(list) {
	return Array.isArray(list) ? list.map(entry => fields(entry, 'collection')) : []
}
function decodeList(data, key, decode) {
	const list = Array.isArray(data) ? data : fields(data, `list of ${key}`)[key]
	if (!Array.isArray(list)) throw new Error(`the response has no list of ${key}`)
	const page = Array.isArray(data) ? {} : data
	return {items: list.map(decode), pageSize: number(page.pageSize), count: number(page.count)}
}
// src/zilliz/pages.ts
const largestPage = 100
const mostPages = 1e3
const mostBytes = 33554432
async function readPages(to, list) {
	const {id, query, path, decode, ...expected} = list
	const found = new Map()
	let bytes = 0
	const decodeCounting = (data, size) => {
		bytes += size
		return decode(data, size)
	}
	for (let page = 1; page <= mostPages && bytes <= mostBytes; page++) {
		const parameters = new URLSearchParams({...query, pageSize: `${largestPage}`, currentPage: `${page}`})
		const paged = {...expected, path: `${path}?${parameters}`, decode: decodeCounting}
		const {items, pageSize, count = 0} = await read(to, paged)
		const before = found.size
		for (const item of items) found.set(id(item), item)
		const full = Math.min(pageSize ?? largestPage, largestPage)
		if ((items.length < full && count <= found.size) || found.size === before) return [...found.values()]
	}
	throw new OperationFailed(
		`Could not ${list.tried}: the list is too long, or has no end. It was given up after ${found.size} entries, ${Math.round(bytes / 1024 / 1024)} MB.`
	)
}
// src/zilliz/reads.ts
async function listBackups(to, clusterId) {
	const all = await readPages(to, {
		path: pathOf('backups'),
		query: clusterId === void 0 ? {} : {clusterId},
		tried: clusterId === void 0 ? 'list the backups' : `list the backups of cluster ${clusterId}`,
		decode: data => decodeList(data, 'backups', decodeBackup),
		id: backup => backup.backupId
	})
	if (clusterId !== void 0) refuseOtherCase(clusterId, all)
	return all
		.filter(backup => clusterId === void 0 || (backup.clusterId ?? clusterId) === clusterId)
		.map(backup => withoutFutureTime(to, backup))
}
async function describeBackup(to, {clusterId, backupId}) {
	const backup = await read(to, {
		path: pathOf('clusters', clusterId, 'backups', backupId),
		tried: `read backup ${backupId} of cluster ${clusterId}`,
		decode: data => aboutRequested('backupId', backupId, decodeBackup(data))
	})
	return withoutFutureTime(to, backup)
}
function describeJob(to, jobId) {
	return read(to, {
		path: pathOf('jobs', jobId),
		tried: `read job ${jobId}`,
		decode: data => aboutRequested('jobId', jobId, decodeJob(data)),
		bare: json => typeof json === 'object' && json !== null && !('code' in json) && 'jobId' in json
	})
}
async function listClusters(to, projectId) {
	const all = await readPages(to, {
		path: pathOf('clusters'),
		query: projectId === void 0 ? {} : {projectId},
		tried: 'list the clusters',
		decode: data => decodeList(data, 'clusters', decodeCluster),
		bare: Array.isArray,
		id: cluster => cluster.clusterId
	})
	return (
		projectId === void 0 ? all : all.filter(cluster => (cluster.projectId ?? projectId) === projectId)
	).map(cluster => withoutFutureTime(to, cluster))
}
function listProjects(to) {
	return read(to, {path: pathOf('projects'), tried: 'list the projects', decode: decodeProjects})
}
async function describeCluster(to, clusterId) {
	const cluster = await read(to, {
		path: pathOf('clusters', clusterId),
		tried: `read cluster ${clusterId}`,
		decode: data => aboutRequested('clusterId', clusterId, decodeCluster(data))
	})
	return withoutFutureTime(to, cluster)
}
async function describeClusterIfThere(to, clusterId) {
	try {
		return await describeCluster(to, clusterId)
	} catch (error) {
		if (isNotFound(error, 'cluster')) return void 0
		throw error
	}
}
function refuseOtherCase(clusterId, listed) {
	const other = listed.find(
		backup => backup.clusterId !== clusterId && sameButCase(backup.clusterId, clusterId)
	)
	if (other?.clusterId !== void 0) throw otherCase('cluster-id', clusterId, other.clusterId)
}
function aboutRequested(name, requested, found) {
	if (!sameButCase(found[name], requested)) throw new Error(`the response is about another ${name}`)
	return found
}
function sameButCase(one, other) {
	return one?.toLowerCase() === other.toLowerCase()
}
function otherCase(input, given, right) {
	return new OperationFailed(
		`${input}: there is no ${quote(given)}, but ${quote(right)}, which differs by case alone. Write it so.`
	)
}
module.exports = {
	defaultDatabase,
	describeBackup,
	describeCluster,
	describeClusterIfThere,
	describeJob,
	fields,
	id,
	listBackups,
	listClusters,
	listProjects,
	number,
	optionalId,
	optionalText,
	otherCase,
	pathOf,
	sameButCase,
	text
}
