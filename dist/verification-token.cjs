// Made by "npm run build" from src/; licences in NOTICES.txt
// src/verification/token.ts
async function readToken(reader, apiKey) {
	const value = reader.optional('data-token')
	if (value === void 0) return {value: apiKey, from: 'the API key'}
	const {problemOfToken} = await Promise.resolve().then(() => require('./key.cjs'))
	const problem = problemOfToken(value)
	if (problem !== void 0) reader.report('data-token', problem)
	return {value, from: 'data-token'}
}
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
module.exports = {readToken, readVerification, tokenOfNew}
