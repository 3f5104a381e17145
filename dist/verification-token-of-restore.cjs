// Made by "npm run build" from src/; licences in NOTICES.txt
const {readToken} = require('./verification-token.cjs')
// src/verification/token-of-restore.ts
async function readVerification(reader, {apiKey, wait}) {
	if (!reader.boolean('verify')) {
		if (reader.optional('data-token') !== void 0)
			reader.report('data-token', 'has an effect only with verify: true')
		return
	}
	if (!wait) reader.report('verify', 'cannot be combined with wait: false: there is nothing to look at yet')
	return readToken(reader, apiKey)
}
function tokenOfNew({username = 'db_admin', password}, otherwise) {
	const value = `${username}:${password}`
	if (password === void 0 || !/^[\x20-\x7e]+$/.test(value)) return otherwise
	return {value, from: `${username} and the password of the restore`}
}
module.exports = {readVerification, tokenOfNew}
