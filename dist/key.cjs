// Made by "npm run build" from src/; licences in NOTICES.txt
require('./step.cjs')
// src/inputs/key.ts
function problemOfKey(key, getsNoSecrets) {
	if (key === '')
		return `expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; it is empty. ${getsNoSecrets() ? noSecretsHint : secretHint}`
	const problem = bearerProblem(key)
	if (problem !== void 0) return problem
	if (quoteAtAnEnd.test(key)) return 'has quotes around it, which are no part of a key: give the key alone'
	if (/\s/.test(key)) return blank
	if (key.length >= 6 && /^[\x21-\x7e]+$/.test(key)) return void 0
	return `expected an API key of at least 6 visible ASCII characters; got something else (not shown)`
}
function problemOfToken(token) {
	if (!token.includes(':') || bearerProblem(token)) return problemOfKey(token, () => false)
	if (/\s/.test(token)) return blank
	if (token.startsWith(':')) return 'has no user before the colon: expected an API key, or user:password'
	if (/^[^:]+:$/.test(token)) return 'has no password after the colon: the secret behind it is empty'
	if (/^[\x21-\x7e]+$/.test(token)) return void 0
	return 'expected an API key, or user:password, of visible ASCII characters; got something else (not shown)'
}
function bearerProblem(key) {
	if (/^bearer(?:[\s:=+]|%20)*$/i.test(key)) return 'is "Bearer" without a key: the secret after it is empty'
	if (/^bearer(?:[\s:=+]|%20)/i.test(key))
		return 'begins with "Bearer ", which is no part of a key: give the key alone'
}
const blank = 'has a blank or a line end in it: give one key alone'
const noSecretsHint =
	'Runs for pull requests from forks and from Dependabot get no secrets: skip this job for them.'
const secretHint =
	"Is the secret's name right? A secret of an environment needs environment: in the job, and a reusable workflow needs secrets: inherit."
const quoteAtAnEnd = /^["'`\u00b4\p{Pi}\p{Pf}\u201a\u201e]|["'`\u00b4\p{Pi}\p{Pf}]$/u
module.exports = {problemOfKey, problemOfToken}
