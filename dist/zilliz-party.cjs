// Made by "npm run build" from src/; licences in NOTICES.txt
// src/zilliz/party.ts
const controlPlane = {
	name: 'Zilliz Cloud',
	short: 'the service',
	check: 'Check base-url, and whether the network of this runner reaches it.',
	checkTls: 'Check base-url. ',
	unreached: 'zilliz-cloud-was-not-reached',
	page: {
		next: 'Check base-url: https://api.cloud.zilliz.com, or https://api.cloud.zilliz.com.cn for the China site.',
		help: 'a-web-page-was-answered-instead-of-the-api'
	},
	redirected: 'Redirects are not followed: check base-url.',
	credential: 'API key',
	checkCredential:
		'Check the secret behind api-key, and base-url: keys of the global and the China site differ.',
	refused: 'api-key-refused',
	notAllowed: 'this-api-key-may-not'
}
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
module.exports = {controlPlane, dataPlane}
