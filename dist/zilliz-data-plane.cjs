// Made by "npm run build" from src/; licences in NOTICES.txt
const {ApiError, mayHaveProxy, pathOf, read} = require('./step.cjs')
// src/zilliz/cluster-party.ts
const checkNetwork =
	'Check whether the network of this runner reaches the cluster: its allow list, a private link or a firewall may keep a runner out.'
const dataPlane = {
	name: 'the cluster',
	short: 'the cluster',
	check: checkNetwork,
	checkTls: '',
	unreached: 'the-cluster-does-not-answer',
	page: {next: checkNetwork, help: 'the-cluster-does-not-answer'},
	redirected:
		'Redirects are not followed, since the token is for the cluster alone: check what stands between this runner and the cluster.',
	credential: 'Token',
	checkCredential:
		'data-token takes what the cluster accepts: an API key with privileges on this cluster (one that is limited to certain clusters may have none on a new one), or user:password.',
	refused: 'the-cluster-does-not-accept-the-token',
	notAllowed: 'the-cluster-does-not-accept-the-token'
}
// src/zilliz/data-plane.ts
const temporaryCodes = [1, 2, 4, 8, 12, 103, 106]
const collectionNotFound = 100
const notLoaded = 101
const databaseNotFound = 800
const aliasNotFound = 1600
async function openDataPlane(cloud, connectAddress, token) {
	const {session} = cloud
	const own = {
		hasResponded: false,
		kept: {},
		load: {notBefore: 0, times: 0},
		get changes() {
			return session.changes
		},
		set changes(count) {
			session.changes = count
		}
	}
	return {...cloud, baseUrl: await originOf(connectAddress), apiKey: token, session: own, party: dataPlane}
}
const plainAddress = /^(?:https:\/\/[a-z0-9.-]+|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/
async function originOf(connectAddress) {
	if (plainAddress.test(connectAddress) && URL.canParse(connectAddress) && !mayHaveProxy())
		return new URL(connectAddress).origin
	return (await Promise.resolve().then(() => require('./endpoint.cjs'))).judgedOrigin(connectAddress)
}
const missingCodes = {collection: collectionNotFound, database: databaseNotFound, alias: aliasNotFound}
function saysMissing(error, ...what) {
	return error instanceof ApiError && what.some(one => missingCodes[one] === error.code)
}
function saysNotLoaded(error) {
	return error instanceof ApiError && error.code === notLoaded
}
function isTemporary(code) {
	return temporaryCodes.includes(code)
}
function ask(to, path, query) {
	return read(to, {right: 'data', isTemporary, ...query, path: pathOf('vectordb', ...path)})
}
function decodeNames(data) {
	if (data === null) return []
	if (!Array.isArray(data) || !data.every(item => typeof item === 'string'))
		throw new Error('the response has no list of names')
	return data
}
module.exports = {ask, decodeNames, isTemporary, openDataPlane, saysMissing, saysNotLoaded}
