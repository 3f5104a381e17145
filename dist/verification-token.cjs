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
module.exports = {readToken}
