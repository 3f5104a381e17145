// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	IncompleteResponse,
	fields,
	id,
	messageOf,
	optionalId,
	optionalText,
	pathOf,
	quote
} = require('./step.cjs')
// src/zilliz/changes.ts
function typeOfNewBackup({collections}) {
	return collections === void 0 ? 'CLUSTER' : 'COLLECTION'
}
function requestedCollections({collections}) {
	if (collections === void 0) return []
	return collections.collections.map(collection => ({database: collections.database, collection}))
}
function createBackup(backup) {
	const {clusterId, collections, crossRegionCopies} = backup
	return {
		method: 'POST',
		path: pathOf('clusters', clusterId, 'backups', 'create'),
		body: {
			backupType: typeOfNewBackup(backup),
			...(collections && {
				dbCollections: [{dbName: collections.database, collectionNames: collections.collections}]
			}),
			...(crossRegionCopies.length > 0 && {
				crossRegionCopies: crossRegionCopies.map(regionId => ({regionId}))
			})
		},
		tried: `start a backup of cluster ${clusterId}`,
		right: 'backup',
		decode(data) {
			const from = fields(data, 'backup')
			const jobId = optionalId(from, 'jobId')
			return {
				backupId: required(from, 'backupId', {jobId}),
				backupName: optionalText(from, 'backupName'),
				jobId
			}
		}
	}
}
function restoreCluster(source, cluster) {
	const {clusterName, projectId, cuSize, collectionStatus, versionPolicy} = cluster
	return {
		method: 'POST',
		path: backupPath(source, 'restoreCluster'),
		body: {
			projectId,
			targetProjectId: projectId,
			clusterName,
			cuSize,
			collectionStatus,
			...(versionPolicy && {restoreVersionPolicy: versionPolicy})
		},
		tried: `restore backup ${source.backupId} into a new cluster ${quote(clusterName)}`,
		right: 'cluster',
		decode(data) {
			const from = fields(data, 'restored cluster')
			const rest = {
				username: optionalText(from, 'username'),
				password: optionalText(from, 'password'),
				jobId: optionalId(from, 'jobId')
			}
			return {clusterId: required(from, 'clusterId', rest), ...rest}
		}
	}
}
function restoreCollection(source, target) {
	const {clusterId: destClusterId, what, collection} = target
	return {
		method: 'POST',
		path: backupPath(source, 'restoreCollection'),
		body: {destClusterId, ...(collection && {dbCollections: [databaseEntry(collection)]})},
		tried: `restore ${what} from backup ${source.backupId}`,
		right: 'backup',
		decode: decodeJobId
	}
}
function databaseEntry({from, to, status}) {
	const collection = {
		collectionName: from.collection,
		destCollectionName: to.collection,
		destCollectionStatus: status
	}
	return {dbName: from.database, destDbName: to.database, collections: [collection]}
}
function exportBackup(source, {integrationId, directory}) {
	return {
		method: 'POST',
		path: backupPath(source, 'export'),
		body: {integrationId, ...(directory !== void 0 && {directory})},
		tried: `export backup ${source.backupId}`,
		right: 'backup',
		decode: decodeJobId
	}
}
function deleteBackup(backup) {
	return {
		method: 'DELETE',
		path: backupPath(backup),
		tried: `delete backup ${backup.backupId} of cluster ${backup.clusterId}`,
		right: 'backup',
		decode: () => void 0
	}
}
function dropCluster(clusterId) {
	return {
		method: 'DELETE',
		path: pathOf('clusters', clusterId, 'drop'),
		tried: `drop cluster ${clusterId}`,
		right: 'cluster',
		decode: () => void 0
	}
}
function backupPath({clusterId, backupId}, ...more) {
	return pathOf('clusters', clusterId, 'backups', backupId, ...more)
}
function required(from, name, partial) {
	try {
		return id(from, name)
	} catch (error) {
		throw new IncompleteResponse(messageOf(error), partial, {cause: error})
	}
}
function decodeJobId(data) {
	return id(fields(data, 'job'), 'jobId')
}
module.exports = {
	createBackup,
	deleteBackup,
	dropCluster,
	exportBackup,
	requestedCollections,
	restoreCluster,
	restoreCollection,
	typeOfNewBackup
}
