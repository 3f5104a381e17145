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
module.exports = {controlPlane}
