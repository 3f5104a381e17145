// Made by "npm run build" from src/; licences in NOTICES.txt
const {checkBypass} = require('./toolkit.cjs')
const {isIPv4} = require('node:net')
// src/errors.ts
var ActionError = class extends Error {
	parts
	constructor(parts, options) {
		const whole = typeof parts === 'string' ? {what: parts} : parts
		super(textOf(whole), options)
		this.parts = whole
	}
}
function textOf({what, reasons = [], stake, next, answer}) {
	const more = joined(' ', stake, next, answer && `(${answer})`)
	const isNamed = reasons.some(({of}) => of !== '')
	const lines = reasons.map(({of, text}) => (isNamed ? `${of}: ${text}` : `Reason: ${text}.`))
	const why = joined(isNamed ? '\n' : ' ', what, ...lines)
	return joined(why.endsWith('.') && !why.includes('\n') ? ' ' : '\n', why, more)
}
function joined(separator, ...texts) {
	return texts.filter(text => text !== void 0 && text !== '').join(separator)
}
var InputError = class extends ActionError {
	name = 'InputError'
	problems
	constructor(problems) {
		const help = problems.some(problem => problem.startsWith('api-key:')) ? 'api-key-is-empty' : 'inputs'
		super({what: problems.join('\n'), help})
		this.problems = problems
	}
}
var OperationFailed = class extends ActionError {
	name = 'OperationFailed'
}
var TimedOut = class extends ActionError {
	name = 'TimedOut'
}
var Cancelled = class extends ActionError {
	name = 'Cancelled'
	inFlight
	constructor(parts = 'The step was cancelled.', {inFlight = false, cause} = {}) {
		super(parts, {cause})
		this.inFlight = inFlight
	}
}
var RunnerFileError = class extends ActionError {
	name = 'RunnerFileError'
}
function attemptAll(...actions) {
	return actions.flatMap(action => {
		try {
			action()
			return []
		} catch (error) {
			return [error]
		}
	})
}
function withMore(cause, more) {
	if (!(cause instanceof ActionError)) {
		const what = joined('\n', messageOf(cause), more.what)
		return new Error(textOf({...more, what}), {cause})
	}
	const {parts} = cause
	const all = {
		what: joined('\n', parts.what, more.what),
		reasons: joinedReasons(parts, more),
		stake: joined(' ', parts.stake, more.stake) || void 0,
		next: more.next || parts.next,
		answer: joined('; ', parts.answer, more.answer) || void 0,
		help: more.help ?? parts.help
	}
	if (cause instanceof TimedOut) return new TimedOut(all, {cause})
	if (cause instanceof Cancelled) return new Cancelled(all, {inFlight: cause.inFlight, cause})
	return new OperationFailed(all, {cause})
}
function messageOf(error) {
	return error instanceof Error ? error.message : String(error)
}
function messagesOf(error) {
	return error instanceof AggregateError ? error.errors.flatMap(messagesOf) : [messageOf(error)]
}
function joinedReasons(...parts) {
	const all = parts.flatMap(({reasons = []}) => reasons)
	return all.length === 0 ? void 0 : all
}
function partsOf(failure) {
	if (failure instanceof ActionError) return failure.parts
	if (!(failure instanceof Error)) return {what: `Unexpected failure: ${String(failure)}`}
	return {
		what: `Unexpected failure: ${failure.message}.`,
		next: 'This is a defect of the action: please report it.'
	}
}
function explain(failure) {
	return textOf(partsOf(failure))
}
// src/contract.ts
const version = '0.1.0'
const operations = [
	'create-backup',
	'restore-cluster',
	'restore-collections',
	'wait',
	'list-backups',
	'describe-backup',
	'delete-backup',
	'prune-backups',
	'export-backup',
	'delete-cluster',
	'prune-clusters',
	'verify',
	'switch-alias'
]
const inputs = {
	operation: {operations: 'all', words: operations},
	'api-key': {operations: 'all', secret: true},
	'base-url': {operations: 'all'},
	'cluster-id': {
		operations: [
			'create-backup',
			'restore-cluster',
			'restore-collections',
			'export-backup',
			'describe-backup',
			'delete-backup',
			'prune-backups',
			'list-backups',
			'wait',
			'verify'
		]
	},
	'backup-id': {
		operations: [
			'restore-cluster',
			'restore-collections',
			'describe-backup',
			'export-backup',
			'delete-backup',
			'wait',
			'verify'
		]
	},
	'max-age': {
		operations: ['restore-cluster', 'restore-collections', 'describe-backup', 'export-backup', 'verify'],
		default: 'any',
		guard: true
	},
	collections: {operations: ['create-backup', 'restore-collections', 'verify', 'switch-alias']},
	'target-cluster': {
		operations: ['restore-cluster', 'restore-collections', 'delete-cluster', 'wait', 'verify', 'switch-alias']
	},
	'target-project-id': {
		operations: [
			'restore-cluster',
			'restore-collections',
			'delete-cluster',
			'wait',
			'prune-clusters',
			'verify',
			'switch-alias'
		]
	},
	alias: {operations: ['switch-alias']},
	'name-pattern': {operations: ['prune-clusters']},
	'cu-size': {operations: ['restore-cluster']},
	'collection-status': {
		operations: ['restore-cluster', 'restore-collections', 'verify'],
		words: ['KEEP', 'RELEASE', 'LOADED', 'UNLOADED']
	},
	'restore-version-policy': {operations: ['restore-cluster'], words: ['LATEST', 'ORIGINAL']},
	'cross-region-copies': {operations: ['create-backup']},
	'integration-id': {operations: ['export-backup']},
	directory: {operations: ['export-backup']},
	'job-id': {operations: ['wait']},
	wait: {
		operations: ['create-backup', 'restore-cluster', 'restore-collections', 'export-backup'],
		default: 'true'
	},
	timeout: {operations: 'all', default: '2h'},
	'poll-interval': {
		operations: [
			'create-backup',
			'restore-cluster',
			'restore-collections',
			'export-backup',
			'wait',
			'delete-cluster',
			'prune-clusters',
			'verify',
			'switch-alias'
		],
		default: '15s'
	},
	'if-busy': {
		operations: ['create-backup', 'restore-collections'],
		default: 'wait',
		words: ['wait', 'fail', 'join']
	},
	'if-exists': {operations: ['restore-cluster'], default: 'fail', words: ['fail', 'reuse', 'replace']},
	'skip-if-newer-than': {operations: ['create-backup']},
	'safety-backup': {operations: ['restore-collections'], default: 'false', guard: true},
	verify: {operations: ['restore-cluster', 'restore-collections'], default: 'false', guard: true},
	baseline: {operations: ['verify'], default: 'none', guard: true},
	'allow-loss': {operations: ['verify'], default: '0'},
	'data-token': {
		operations: ['restore-cluster', 'restore-collections', 'verify', 'switch-alias'],
		secret: true
	},
	'protected-clusters': {
		operations: [
			'restore-cluster',
			'restore-collections',
			'delete-cluster',
			'prune-clusters',
			'switch-alias'
		],
		default: 'none',
		guard: true
	},
	'delete-after-job': {operations: ['restore-cluster'], default: 'false'},
	'backup-type': {
		operations: ['list-backups', 'prune-backups', 'describe-backup'],
		default: 'any',
		words: ['any', 'CLUSTER', 'COLLECTION'],
		guard: true
	},
	'keep-last': {operations: ['prune-backups']},
	'keep-daily': {operations: ['prune-backups'], default: 'none', guard: true},
	'keep-weekly': {operations: ['prune-backups'], default: 'none', guard: true},
	'keep-monthly': {operations: ['prune-backups'], default: 'none', guard: true},
	'protected-backups': {operations: ['prune-backups', 'delete-backup'], default: 'none', guard: true},
	'older-than': {operations: ['prune-backups', 'prune-clusters'], default: 'any', guard: true},
	'dry-run': {
		operations: [
			'create-backup',
			'restore-cluster',
			'restore-collections',
			'delete-backup',
			'prune-backups',
			'export-backup',
			'delete-cluster',
			'prune-clusters',
			'switch-alias'
		],
		default: 'false',
		guard: true
	},
	'comment-on-pr': {operations: 'all', default: 'false'},
	'github-token': {operations: 'all', default: '${{ github.token }}', secret: true}
}
const secretOutputs = ['password']
function covers(operations, operation) {
	return operations === 'all' || (operations?.includes(operation) ?? false)
}
// src/duration.ts
const shape = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/
const longest = 315576e7
function parseDuration(text) {
	const parts = shape.exec(text)
	if (parts === null) return void 0
	const [days, hours, minutes, seconds] = parts.slice(1).map(part => Number(part ?? 0))
	const milliseconds = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1e3
	return milliseconds > 0 && milliseconds <= longest ? milliseconds : void 0
}
function formatDuration(milliseconds) {
	let rest = Math.max(0, Math.round(milliseconds / 1e3))
	const parts = []
	for (const [unit, seconds] of [
		['d', 86400],
		['h', 3600],
		['m', 60],
		['s', 1]
	]) {
		const count = Math.floor(rest / seconds)
		rest -= count * seconds
		if (count > 0) parts.push(`${count}${unit}`)
	}
	return parts.slice(0, 2).join(' ') || '0s'
}
function timestamp(milliseconds) {
	return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
const forms = new Set()
function rememberSecret(secret) {
	const before = forms.size
	for (const form of secretForms(secret)) forms.add(form)
	return forms.size > before
}
function redact(text) {
	let clean = text
	for (const form of [...forms].sort((one, other) => other.length - one.length))
		clean = clean.replaceAll(form, '***')
	return clean
}
function secretForms(secret) {
	const all = [secret, ...secretLines(secret)]
		.filter(part => part.trim().length >= 6)
		.flatMap(part => [
			part,
			JSON.stringify(part).slice(1, -1),
			encodeURIComponent(part.toWellFormed()),
			Buffer.from(part).toString('base64'),
			Buffer.from(part).toString('base64url')
		])
	return [...new Set(all)]
}
function secretLines(secret) {
	return secret.split(/[\r\n]+/)
}
// src/untrusted-text.ts
const longestInSentence = 500
function sanitize(text) {
	const line = redact(text)
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.trim()
	return line.length > longestInSentence ? `${line.slice(0, longestInSentence)}…` : line
}
function quotedReason(text) {
	const quoted = quote(text)
	return {text: quoted, whole: quoted.endsWith('…"') ? text : void 0}
}
function quote(text) {
	return `"${sanitize(text)}"`
}
function quoteInput(text) {
	const clean = redact(text)
	return escapeInvisible(JSON.stringify(clean.length > 100 ? `${clean.slice(0, 100)}…` : clean))
}
function showInvisible(text) {
	return escapeInvisible(redact(text))
}
const invisible = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu
function escapeInvisible(text) {
	return text.replace(invisible, character => {
		const json = JSON.stringify(character).slice(1, -1)
		const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')
		if (json !== character) return json
		return code.length > 4 ? `\\u{${code}}` : `\\u${code}`
	})
}
function capitalize(text) {
	return text.charAt(0).toUpperCase() + text.slice(1)
}
function counted(count, noun) {
	return `${count} ${noun}${count === 1 ? '' : 's'}`
}
const mostInSentence = 10
function listInSentence(texts, most = mostInSentence) {
	const more = texts.length - most
	return `${texts.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
function firstLines(lines, most, more = count => `And ${count} more.`) {
	const rest = lines.length - most
	return [...lines.slice(0, most), ...(rest > 0 ? [more(rest)] : [])]
}
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g
function toLogLines(text) {
	return text
		.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
		.map(line => line.replace(ansi, '').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' '))
		.map(line => line.replaceAll('##[', '## [').replaceAll('::', ': :'))
		.map((line, index) => (index === 0 ? line.trimEnd() : `  | ${line.trimEnd()}`))
}
function escapeHtml(text) {
	return redact(text)
		.replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
		.replace(/[^\P{C}\n]/gu, ' ')
		.replace(/\n(?:[^\S\n]*\n)+/g, '\n')
		.replace(/[&<>"`*~[\]|\\@]/g, character => `&#${character.codePointAt(0)};`)
}
function cutToBytes(text, bytes) {
	const whole = Buffer.from(text)
	if (whole.length <= bytes) return text
	let end = bytes
	while (end > 0 && ((whole[end] ?? 0) & 192) === 128) end--
	return whole.subarray(0, end).toString('utf8')
}
function cutHtml(html, bytes) {
	const cut = cutToBytes(html, bytes)
	if (cut === html) return html
	const whole = cut.slice(0, cut.lastIndexOf('>') + 1)
	const open = []
	for (const [, end, name = ''] of whole.matchAll(/<(\/?)(?!br>|wbr>)([a-z0-9]+)[^>]*>/g))
		if (end === '') open.unshift(`</${name}>`)
		else open.shift()
	return whole + open.join('')
}
function isSafeId(text) {
	return /^[^/\\\p{Cc}\p{Cs}]{1,200}$/u.test(text) && !/^\.{1,2}$/.test(text.trim())
}
// src/inputs/access.ts
function readApiKey(reader, {apiKey: fallbackKey, getsNoSecrets}) {
	const given = reader.optional('api-key')
	const key = given ?? fallbackKey
	const problem = problemOfKey(key, getsNoSecrets)
	const source = sourceOf('ZILLIZ_API_KEY', given, fallbackKey)
	if (problem !== void 0) reader.report('api-key', problem + source)
	return key
}
function sourceOf(variable, given, fallback) {
	return given === void 0 && fallback !== '' ? ` (from the environment variable ${variable})` : ''
}
function problemOfKey(key, getsNoSecrets) {
	if (key === '')
		return `expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; it is empty. ${getsNoSecrets ? noSecretsHint : secretHint}`
	const problem = bearerProblem(key)
	if (problem !== void 0) return problem
	if (quoteAtAnEnd.test(key)) return 'has quotes around it, which are no part of a key: give the key alone'
	if (/\s/.test(key)) return blank
	if (key.length >= 6 && /^[\x21-\x7e]+$/.test(key)) return void 0
	return `expected an API key of at least 6 visible ASCII characters; got something else (not shown)`
}
function problemOfToken(token) {
	if (!token.includes(':') || bearerProblem(token)) return problemOfKey(token, false)
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
const defaultBaseUrl = 'https://api.cloud.zilliz.com'
function normalAddress(value) {
	return URL.canParse(value) ? withoutSlash(new URL(value).href) : value
}
function withoutSlash(address) {
	return address.replace(/\/+$/, '')
}
const apiOfConsole = {
	'cloud.zilliz.com': defaultBaseUrl,
	'cloud.zilliz.com.cn': 'https://api.cloud.zilliz.com.cn'
}
function readBaseUrl(reader, fallback) {
	const given = reader.optional('base-url')
	const value = (given ?? fallback) || 'https://api.cloud.zilliz.com'
	const url = URL.canParse(value) ? new URL(value) : void 0
	const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
	const isPlain = url !== void 0 && secure && !/[?#@\\]/.test(value)
	const right = rightAddress(value)
	if (right !== void 0 || !isPlain) {
		const expected =
			right ?? 'an https address without query, fragment or credentials (http only on loopback)'
		const got = value.includes('@') ? 'one with an @ (not shown)' : quoteInput(value)
		const source = sourceOf('ZILLIZ_BASE_URL', given, fallback)
		reader.report('base-url', `expected ${expected}; got ${got}${source}`)
	}
	if (!isPlain) return ''
	const proxy = problemOfProxy(url)
	if (proxy !== void 0) reader.report('base-url', proxy)
	return withoutSlash(url.href)
}
function rightAddress(value) {
	const address = value.includes('://') ? value : `https://${value}`
	const url = !/[@\\]/.test(value) && URL.canParse(address) ? new URL(address) : void 0
	if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return void 0
	const {protocol, hostname, host, pathname} = url
	const ofConsole = hostname.replace(/\.$/, '')
	if (Object.hasOwn(apiOfConsole, ofConsole))
		return `the address of the API, ${apiOfConsole[ofConsole]}, not that of the console`
	const path = pathname.replace(/(?:\/+v2)+\/*$/i, '')
	const scheme = isLoopback(hostname) ? protocol : 'https:'
	return path === pathname ? void 0 : `the address without /v2, ${scheme}//${host}${withoutSlash(path)}`
}
function problemOfProxy(url) {
	if (checkBypass(url)) return void 0
	const name = proxyVariables.find(candidate => !isProxyAddress(process.env[candidate] || void 0))
	if (name === void 0) return void 0
	return `is reached through a proxy, and the environment variable ${name} is not an http:// or https:// address of one whose credentials can be decoded (its value is not shown)`
}
const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
function isProxyAddress(value) {
	if (value === void 0) return true
	if (!/^https?:\/\/[^/]/i.test(value) || !URL.canParse(value)) return false
	const {username, password, hostname} = new URL(value)
	return hostname !== '' && [username, password].every(isDecodable)
}
function isDecodable(text) {
	try {
		return decodeURIComponent(text).length <= text.length
	} catch {
		return false
	}
}
function isLoopback(hostname) {
	return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}
// src/inputs/list.ts
function readList(text, report, nothing) {
	if (text === '') return []
	const isGuard = nothing !== void 0
	const items = text.startsWith('[') ? itemsOfJson(text) : itemsOfLines(text, isGuard)
	if (typeof items !== 'string' && items.length > 0) return [...new Set(items)]
	report(typeof items === 'string' ? items : `${nothing ?? 'holds no item'}; got ${quoteInput(text)}`)
	return []
}
function itemsOfLines(text, isGuard) {
	const items = text
		.split(/[\r\n]+/)
		.filter(line => !line.trimStart().startsWith('#') && line.trim() !== '')
		.flatMap(line => line.split(','))
		.map(item => item.trim())
	const given = items.filter(item => item !== '')
	return isGuard && given.length > 0 && given.length < items.length
		? `has an empty entry between commas; got ${quoteInput(text)}`
		: given
}
function itemsOfJson(text) {
	const array = parse(text)
	if (!Array.isArray(array) || !array.every(item => typeof item === 'string'))
		return 'begins with [ but is not a JSON array of texts'
	const items = array.map(item => item.trim())
	return items.includes('') ? `has an empty entry in its JSON array; got ${quoteInput(text)}` : items
}
function parse(text) {
	try {
		return JSON.parse(text)
	} catch {
		return
	}
}
// src/inputs/reader.ts
function openReader(read, operation, problems) {
	const report = (name, problem) => {
		problems.push(`${name}: ${problem}`)
	}
	const source = {
		optional(name) {
			if (operation !== void 0 && !covers(inputs[name].operations, operation))
				throw new Error(`${operation} reads ${name}, which the contract does not give it`)
			return givenInput(read, name)
		},
		report,
		expected: (name, expected, got) => report(name, `expected ${expected}; ${describeInput(got)}`)
	}
	return {...source, ...idReaders(source), ...wordReaders(source), ...numberReaders(source)}
}
function givenInput(read, name) {
	const text = read(name) ?? ''
	const {default: declared = ''} = declarationOf(name)
	const isDefault = text === declared || (ignoresCase(name) && text.toLowerCase() === declared.toLowerCase())
	return text === '' || isDefault ? void 0 : text
}
function ignoresCase(name) {
	const {default: declared, words, guard} = declarationOf(name)
	return words !== void 0 || guard === true || declared === 'true' || declared === 'false'
}
function declarationOf(name) {
	return inputs[name]
}
function idReaders(source) {
	const {optional, expected, report} = source
	const check = (name, text) => {
		const wrong = firstNonIdCharacter(text)
		if (wrong !== void 0)
			expected(name, `an id of letters, digits, _ and -, no ${describeCharacter(wrong)}`, text)
		return wrong === void 0
	}
	const optionalId = name => {
		const text = optional(name)
		return text !== void 0 && check(name, text) ? text : void 0
	}
	const list = name => {
		const {guard, default: declared} = declarationOf(name)
		const nothing = guard
			? `holds no id or name, which must not be taken for ${declared}. Leave it out, or write ${declared}`
			: void 0
		return readList(optional(name) ?? '', problem => report(name, problem), nothing)
	}
	return {
		optionalId,
		id(name) {
			if (optional(name) === void 0) report(name, `expected an id; it is empty. ${variableHint}`)
			return optionalId(name) ?? ''
		},
		list,
		ids: name => list(name).filter(item => check(name, item))
	}
}
function wordReaders({optional, expected}) {
	const oneOf = (name, words) => {
		const text = optional(name) ?? declarationOf(name).default
		if (text === void 0) return void 0
		const found = words.find(candidate => candidate.toLowerCase() === text.toLowerCase())
		if (found === void 0) expected(name, `one of ${words.join(', ')}`, text)
		return found
	}
	return {oneOf, boolean: name => oneOf(name, ['true', 'false']) === 'true'}
}
function numberReaders({optional, expected}) {
	const parse = (name, text) => {
		const milliseconds = parseDuration(text)
		if (milliseconds === void 0) expected(name, 'a duration such as 90s, 45m or 1h30m', text)
		return milliseconds
	}
	return {
		duration: name => parse(name, optional(name) ?? declarationOf(name).default ?? '') ?? 0,
		optionalDuration(name) {
			const text = optional(name)
			return text === void 0 ? void 0 : parse(name, text)
		},
		wholeNumber(name, {least, most}) {
			const text = optional(name)
			if (text === void 0) return void 0
			const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN
			if (number >= least && number <= most) return number
			expected(name, `a whole number from ${least} to ${most}`, text)
		}
	}
}
const variableHint = 'If it comes from a variable: is that set (Settings, Secrets and variables, Actions)?'
function describeInput(text) {
	return text === void 0 ? 'it is empty' : `got ${quoteInput(text)}`
}
function firstNonIdCharacter(text) {
	return [...text].find(character => !/[A-Za-z0-9_-]/.test(character))
}
function describeCharacter(character) {
	if (character === ' ') return 'blank'
	if (/[!-~]/.test(character)) return `"${character}"`
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
// src/inputs/misspelt.ts
function misspeltInputs(variables, read, fallbacks) {
	const names = Object.keys(inputs)
	const known = new Set(names.map(variableOf))
	return [...variables].flatMap(([variable, value]) => {
		if (known.has(variable)) return []
		const letters = lettersOf(variable.slice(6))
		const meant =
			names.find(name => lettersOf(name) === letters) ?? names.find(name => isNear(letters, lettersOf(name)))
		const text = value.trim()
		if (meant === void 0 || text === read(meant)) return []
		const isEmptyGuard = text === '' && declarationOf(meant).guard === true
		const effective = given => effectiveValue(meant, given, fallbacks)
		if (!isEmptyGuard && effective(text) === effective(read(meant) ?? '')) return []
		return [problemOf(variable, meant, isEmptyGuard)]
	})
}
function problemOf(variable, meant, isEmptyGuard) {
	const written = variable.slice(6).toLowerCase()
	if (written === meant)
		return `${meant}: the environment variable ${variable} does not set this input, since its name is not in capitals: write ${meant} under with, or rename the variable.`
	return `${written}: no such input; did you mean ${meant}?${isEmptyGuard ? ` It is empty, which must not be taken for ${declarationOf(meant).default}.` : ''} Or the workflow sets the environment variable ${variable}: rename it.`
}
function variableOf(name) {
	return `INPUT_${name.toUpperCase()}`
}
const durations = ['max-age', 'older-than', 'poll-interval', 'skip-if-newer-than', 'timeout']
const lists = ['cross-region-copies', 'job-id', 'protected-clusters']
function effectiveValue(name, text, fallbacks) {
	const {default: declared = ''} = declarationOf(name)
	const value = givenInput(() => text, name) ?? fallbacks[name] ?? declared
	if (name === 'base-url') return normalAddress(value)
	const milliseconds = durations.includes(name) ? parseDuration(value) : void 0
	if (milliseconds !== void 0) return String(milliseconds)
	const items = lists.includes(name) ? readList(value, () => {}) : []
	const normal = items.length > 0 ? items.join('\n') : value
	return ignoresCase(name) ? normal.toLowerCase() : normal
}
function lettersOf(text) {
	return text.toLowerCase().replace(/[-_\s]/g, '')
}
function isNear(text, other) {
	if (Math.abs(text.length - other.length) > 1) return false
	const start = [...text].findIndex((letter, index) => letter !== other[index])
	const at = start === -1 ? text.length : start
	const rest = (from, skip) => from.slice(at + skip)
	return (
		(text[at] === other[at + 1] && text[at + 1] === other[at] && rest(text, 2) === rest(other, 2)) ||
		rest(text, 1) === rest(other, 1) ||
		rest(text, 1) === rest(other, 0) ||
		rest(text, 0) === rest(other, 1)
	)
}
// src/inputs/inputs.ts
function openInputs(read, environment) {
	const problems = []
	const refuse = () => new InputError(inOrder(problems, environment.inputVariables))
	const check = () => {
		if (problems.length > 0) throw refuse()
	}
	const operation = openReader(read, void 0, problems).oneOf('operation', operations)
	if (givenInput(read, 'operation') === void 0)
		problems.push(`operation: expected one of ${operations.join(', ')}; it is empty`)
	const fallbacks = {
		'api-key': environment.apiKey,
		'base-url': environment.baseUrl || 'https://api.cloud.zilliz.com'
	}
	problems.push(...misspeltInputs(environment.inputVariables, read, fallbacks), ...emptyGuards(read))
	const reader = openReader(read, operation, problems)
	const comment = readComment(reader)
	const common = readCommon(reader, environment)
	if (operation === void 0) throw refuse()
	problems.push(...unusedInputs(read, operation))
	return {operation, common, comment, reader, check}
}
function inOrder(problems, variables) {
	const order = [...variables.keys()].map(variable => variable.toUpperCase())
	const position = problem => {
		const [name = ''] = problem.split(':')
		const index = order.indexOf(`INPUT_${name.toUpperCase()}`)
		return index === -1 ? order.length : index
	}
	return [...problems].sort((one, other) => position(one) - position(other))
}
const names = Object.keys(inputs)
function emptyGuards(read) {
	return names.flatMap(name => {
		const {guard, default: declared} = declarationOf(name)
		if (guard === void 0 || read(name) !== '') return []
		return [
			`${name}: it is empty, which must not be taken for ${declared}. Leave it out, or write \${{ inputs.${name} || '${declared}' }}`
		]
	})
}
function unusedInputs(read, operation) {
	return names.flatMap(name => {
		const text = covers(inputs[name].operations, operation) ? void 0 : givenInput(read, name)
		return text === void 0 ? [] : [`${name}: ${operation} does not use it; got ${quoteInput(text)}`]
	})
}
function readComment(reader) {
	const token = reader.optional('github-token') ?? ''
	return reader.boolean('comment-on-pr') ? {token} : void 0
}
function readCommon(reader, environment) {
	return {
		apiKey: readApiKey(reader, environment),
		baseUrl: readBaseUrl(reader, environment.baseUrl),
		timeout: reader.duration('timeout')
	}
}
module.exports = {
	ActionError,
	Cancelled,
	InputError,
	OperationFailed,
	RunnerFileError,
	TimedOut,
	attemptAll,
	capitalize,
	counted,
	covers,
	cutHtml,
	defaultBaseUrl,
	describeCharacter,
	escapeHtml,
	explain,
	firstLines,
	formatDuration,
	inputs,
	isLoopback,
	isSafeId,
	listInSentence,
	messageOf,
	messagesOf,
	openInputs,
	openReader,
	operations,
	partsOf,
	problemOfProxy,
	problemOfToken,
	quote,
	quoteInput,
	quotedReason,
	readCommon,
	redact,
	rememberSecret,
	sanitize,
	secretLines,
	secretOutputs,
	showInvisible,
	textOf,
	timestamp,
	toLogLines,
	version,
	withMore
}
