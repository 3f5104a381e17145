// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	HttpClient,
	debug: debug$1,
	error: error$1,
	getInput,
	getProxyUrl,
	info,
	notice: notice$1,
	saveState: saveState$1,
	setOutput: setOutput$1,
	setSecret,
	warning: warning$1
} = require('./toolkit.cjs')
const {appendFileSync, mkdtempSync, readFileSync, writeFileSync} = require('node:fs')
const {tmpdir} = require('node:os')
const {join} = require('node:path')
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
// src/clock.ts
const longestTimer = 2 ** 31 - 1
function systemClock(stop) {
	return {
		now: () => Date.now(),
		elapsed: () => Number(process.hrtime.bigint()) / 1e6,
		pause: milliseconds => pauseUnless(stop, milliseconds)
	}
}
function pauseUnless(stop, milliseconds) {
	return new Promise((resolve, reject) => {
		if (stop.aborted) {
			reject(new Cancelled())
			return
		}
		const cancel = () => {
			clearTimeout(timer)
			reject(new Cancelled())
		}
		const done = () => {
			stop.removeEventListener('abort', cancel)
			resolve()
		}
		const timer = setTimeout(done, Math.min(milliseconds, longestTimer))
		stop.addEventListener('abort', cancel, {once: true})
	})
}
// src/contract.ts
const version = '1.0.0'
const defaultBaseUrl = 'https://api.cloud.zilliz.com'
const operations$1 = [
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
	operation: {operations: 'all', words: operations$1},
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
const isPlain = text => /^[ -~]*$/.test(text)
function whenNeeded(pattern) {
	let made
	return () => {
		made ??= new RegExp(pattern, 'gu')
		return made
	}
}
const unprintable = whenNeeded(String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]`)
const invisible = whenNeeded(String.raw`(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]`)
const invisibleInHtml = whenNeeded(String.raw`[^\P{C}\n]`)
function withoutUnprintable(text) {
	return isPlain(text) ? text : text.replace(unprintable(), ' ')
}
function sanitize(text) {
	const line = withoutUnprintable(redact(text)).replace(/\s+/g, ' ').trim()
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
function escapeInvisible(text) {
	return text.replace(invisible(), character => {
		const json = JSON.stringify(character).slice(1, -1)
		const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')
		if (json !== character) return json
		return code.length > 4 ? `\\u{${code}}` : `\\u${code}`
	})
}
function capitalize(text) {
	return text.charAt(0).toUpperCase() + text.slice(1)
}
function counted$1(count, noun) {
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
		.map(line => withoutUnprintable(line.replace(ansi, '')))
		.map(line => line.replaceAll('##[', '## [').replaceAll('::', ': :'))
		.map((line, index) => (index === 0 ? line.trimEnd() : `  | ${line.trimEnd()}`))
}
function escapeHtml(text) {
	const lines = redact(text).replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
	return (/^[\n -~]*$/.test(lines) ? lines : lines.replace(invisibleInHtml(), ' '))
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
	return (
		/^[^/\\\u0000-\u001f\u007f-\u009f\ud800-\udfff]{1,200}$/u.test(text) && !/^\.{1,2}$/.test(text.trim())
	)
}
// src/github/event.ts
function getsNoSecrets() {
	const {GITHUB_ACTOR: actor, GITHUB_EVENT_NAME: event = '', GITHUB_EVENT_PATH: path = ''} = process.env
	if (actor === 'dependabot[bot]') return true
	if (event === 'pull_request_target') return false
	const {pull_request: pullRequest, repository} = readPayload(path)
	return pullRequest !== void 0 && pullRequest.head?.repo?.full_name !== repository?.full_name
}
function readPayload(path) {
	try {
		const payload = JSON.parse(readFileSync(path, 'utf8'))
		return typeof payload === 'object' && payload !== null ? payload : {}
	} catch {
		return {}
	}
}
// src/github/runner.ts
const largestSummary = 1044480
const longestAnnotation = 4096
const notes = []
function readInput(name) {
	return process.env[`INPUT_${name.toUpperCase()}`] === void 0 ? void 0 : getInput(name)
}
const tooShort = new Set()
function mask(secret) {
	if (secret === '') return
	const lines = secretLines(secret).filter(line => line.trim().length >= 6)
	if (rememberSecret(secret)) for (const line of lines) setSecret(line)
	if (lines.length === 0 && !tooShort.has(secret)) {
		tooShort.add(secret)
		warning(
			`A secret of only ${secret.length} characters is not masked, since that would blank out unrelated text. This action prints it nowhere; see that later steps do not either.`
		)
	}
}
function maskInputs() {
	const apiKey = (process.env.ZILLIZ_API_KEY ?? '').trim()
	const token = readInput('data-token') ?? ''
	const password = token.slice(token.indexOf(':') + 1)
	const secrets = [readInput('api-key'), apiKey, readInput('github-token'), token, password]
	for (const secret of secrets) mask(secret ?? '')
	const variables = Object.entries(process.env).filter(([name]) => name.toUpperCase().startsWith('INPUT_'))
	return {
		apiKey,
		baseUrl: (process.env.ZILLIZ_BASE_URL ?? '').trim(),
		getsNoSecrets,
		inputVariables: new Map(variables.map(([name, value = '']) => [name, value]))
	}
}
function stepCommon() {
	const {GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = ''} = process.env
	const isShown = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref)
	const baseUrl = readInput('base-url') || process.env.ZILLIZ_BASE_URL?.trim() || ''
	const isDefault = baseUrl === '' || baseUrl.replace(/\/+$/, '') === 'https://api.cloud.zilliz.com'
	return {uses: isShown ? `${repository}@${ref}` : void 0, baseUrl: isDefault ? void 0 : sanitize(baseUrl)}
}
const reported = () => notes
function note(text) {
	notes.push(text)
	log(text)
}
function log(text) {
	for (const line of safeLines(text)) info(line)
}
function debug(text) {
	debug$1(safeLines(text).join('\n'))
}
function notice(text) {
	notice$1(annotation(text))
}
function warning(text) {
	notes.push(text)
	warning$1(annotation(text))
}
const error = (text, title) => error$1(annotation(text), {title: annotation(title)})
function safeLines(text) {
	return toLogLines(redact(text))
}
function annotation(text) {
	const whole = safeLines(text)
		.map(line => line.replace(/^ {2}\| /, ''))
		.join('\n')
	return whole.length > longestAnnotation ? `${whole.slice(0, 4095)}…` : whole
}
function saveState(name, value) {
	try {
		saveState$1(name, redact(value))
	} catch (cause) {
		throw new RunnerFileError(`Could not save the state for the end of the job: ${messageOf(cause)}.`, {
			cause
		})
	}
}
function writeSummary(page) {
	const path = process.env.GITHUB_STEP_SUMMARY
	if (!path) return
	const whole = redact(page)
	const fitting = cutHtml(whole, largestSummary)
	const cut = '\n<p>Cut: a summary has at most 1 MiB. The receipt has all.</p>\n'
	try {
		appendFileSync(path, fitting === whole ? fitting : `${fitting}${cut}`)
	} catch (cause) {
		throw new RunnerFileError(`Could not write the summary for the runner: ${messageOf(cause)}.`, {cause})
	}
}
function onCancel(act) {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK']) process.on(signal, act)
}
const exitDelay = 300
function exitSoon() {
	if (process.stdout.writableLength === 0) process.exit()
	setTimeout(() => process.exit(), exitDelay).unref()
}
// src/github/outputs.ts
const largestList = 4e5
const facts = new Map()
const cut = new Set()
function setOutput(name, value) {
	try {
		setOutput$1(name, value)
	} catch (cause) {
		throw new RunnerFileError(`Could not write output ${name} for the runner: ${messageOf(cause)}.`, {cause})
	}
}
function publish(name, value) {
	if (value === void 0 || value === '') return
	if (secretOutputs.includes(name)) {
		mask(value)
		setOutput(name, value)
		return
	}
	const clean = redact(value)
	if (facts.get(name) === clean) return
	facts.set(name, clean)
	setOutput(name, clean)
}
function publishBoolean(name, value) {
	facts.set(name, value)
	setOutput(name, String(value))
}
function publishNumber(name, value) {
	if (value === void 0 || facts.get(name) === value) return
	facts.set(name, value)
	setOutput(name, String(value))
}
function publishList(name, items) {
	const whole = redactDeep(items)
	facts.set(name, whole)
	let size = 2
	const fitting = whole.filter(item => {
		size += Buffer.byteLength(JSON.stringify(item)) + 1
		return size <= largestList
	})
	setOutput(name, JSON.stringify(fitting))
	if (fitting.length < whole.length && !cut.has(name)) {
		cut.add(name)
		warning(
			`Output ${name} holds the first ${fitting.length} of ${whole.length} entries, since a job's outputs are limited; the file of output receipt has all.`
		)
	}
}
function publishObject(name, value) {
	const whole = redactDeep(value)
	facts.set(name, whole)
	const sized = Object.entries(whole).map(([key, field]) => ({
		key,
		bytes: Buffer.byteLength(JSON.stringify([key, field]))
	}))
	let size = 2
	const tooMuch = sized
		.sort((one, other) => one.bytes - other.bytes)
		.filter(({bytes}) => {
			size += bytes
			return size > largestList
		})
		.map(({key}) => key)
		.reverse()
	const missing = new Set(tooMuch)
	const fitting = Object.entries(whole).filter(([key]) => !missing.has(key))
	setOutput(name, JSON.stringify(Object.fromEntries(fitting)))
	if (missing.size > 0)
		warning(
			`Output ${name} omits ${listInSentence(tooMuch.map(key => key.slice(0, 50)))}, since a job's outputs are limited; the file of output receipt has all.`
		)
}
function redactDeep(value) {
	if (typeof value === 'string') return redact(value)
	if (Array.isArray(value)) return value.map(redactDeep)
	if (typeof value !== 'object' || value === null) return value
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactDeep(item)]))
}
function published() {
	return facts
}
function runUrl() {
	const {GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId} = process.env
	return server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : void 0
}
function workflow() {
	const {env} = process
	return {
		repository: env.GITHUB_REPOSITORY || void 0,
		sha: env.GITHUB_SHA || void 0,
		runId: env.GITHUB_RUN_ID || void 0,
		runAttempt: env.GITHUB_RUN_ATTEMPT || void 0,
		runUrl: runUrl()
	}
}
function writeReceipt(step) {
	const {receipt: _itself, ...known} = Object.fromEntries(facts)
	const receipt = redactDeep({...step, ...known, ...workflow()})
	try {
		receiptPath ??= join(
			mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'zilliz-cloud-')),
			'receipt.json'
		)
		writeFileSync(receiptPath, `${JSON.stringify(receipt, null, 2)}\n`, {mode: 384})
	} catch (cause) {
		throw new RunnerFileError(`Could not write the receipt for the runner: ${messageOf(cause)}.`, {cause})
	}
	publish('receipt', receiptPath)
}
let receiptPath
// src/in-progress.ts
function openInProgress() {
	const items = new Map()
	const unread = new Set()
	let createdClusterId
	let droppedClusterId
	return {
		started(item) {
			items.set(keyOf(item), item)
			unread.delete(keyOf(item))
		},
		asked(item) {
			items.set(keyOf(item), item)
			unread.add(keyOf(item))
		},
		ended: item => void items.delete(keyOf(item)),
		created(clusterId) {
			createdClusterId = clusterId
		},
		get createdClusterId() {
			return createdClusterId
		},
		dropping(clusterId) {
			droppedClusterId = clusterId
		},
		get droppedClusterId() {
			return droppedClusterId
		},
		get items() {
			return [...items.values()]
		},
		get unread() {
			return [...items].flatMap(([key, item]) => (unread.has(key) ? [item] : []))
		}
	}
}
function idOf(item) {
	switch (item.kind) {
		case 'job':
			return item.jobId
		case 'backup':
			return item.backupId
		case 'cluster':
			return item.clusterId
	}
}
function keyOf(item) {
	const of = item.kind === 'backup' ? `${item.clusterId} ` : ''
	return `${item.kind} ${of}${idOf(item)}`
}
// src/inputs/access.ts
const plainKey = /^(?!bearer)[\w.~-]{8,}$/i
async function readApiKey(reader, {apiKey: fallbackKey, getsNoSecrets}) {
	const given = reader.optional('api-key')
	const key = given ?? fallbackKey
	if (plainKey.test(key)) return key
	const {problemOfKey} = await Promise.resolve().then(() => require('./key.cjs'))
	const problem = problemOfKey(key, getsNoSecrets)
	const source = sourceOf('ZILLIZ_API_KEY', given, fallbackKey)
	if (problem !== void 0) reader.report('api-key', problem + source)
	return key
}
function sourceOf(variable, given, fallback) {
	return given === void 0 && fallback !== '' ? ` (from the environment variable ${variable})` : ''
}
const plainAddress = /^(?:https:\/\/api\.[a-z0-9.-]+|https?:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/
async function readBaseUrl(reader, fallback) {
	const given = reader.optional('base-url')
	const value = (given ?? fallback) || 'https://api.cloud.zilliz.com'
	if (plainAddress.test(value) && URL.canParse(value) && !mayHaveProxy()) return new URL(value).origin
	const {judgeAddress} = await Promise.resolve().then(() => require('./address.cjs'))
	const {address, problems} = judgeAddress(value, sourceOf('ZILLIZ_BASE_URL', given, fallback))
	for (const problem of problems) reader.report('base-url', problem)
	return address
}
function mayHaveProxy() {
	return Object.keys(process.env).some(name => /^https?_proxy$/i.test(name))
}
// src/json.ts
function parseJson(text) {
	try {
		return JSON.parse(text)
	} catch {
		return
	}
}
function isObject(value) {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
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
	const array = parseJson(text)
	if (!Array.isArray(array) || !array.every(item => typeof item === 'string'))
		return 'begins with [ but is not a JSON array of texts'
	const items = array.map(item => item.trim())
	return items.includes('') ? `has an empty entry in its JSON array; got ${quoteInput(text)}` : items
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
// src/inputs/inputs.ts
async function openInputs(read, environment) {
	const problems = []
	const refuse = () => new InputError(inOrder(problems, environment.inputVariables))
	const check = () => {
		if (problems.length > 0) throw refuse()
	}
	const operation = openReader(read, void 0, problems).oneOf('operation', operations$1)
	if (givenInput(read, 'operation') === void 0)
		problems.push(`operation: expected one of ${operations$1.join(', ')}; it is empty`)
	const fallbacks = {
		'api-key': environment.apiKey,
		'base-url': environment.baseUrl || 'https://api.cloud.zilliz.com'
	}
	problems.push(...(await misspelt(environment.inputVariables, read, fallbacks)), ...emptyGuards(read))
	const reader = openReader(read, operation, problems)
	const comment = readComment(reader)
	const common = await readCommon(reader, environment)
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
const variablesOfInputs = new Set(names.map(name => `INPUT_${name.toUpperCase()}`))
async function misspelt(variables, read, fallbacks) {
	if ([...variables.keys()].every(variable => variablesOfInputs.has(variable))) return []
	const {misspeltInputs} = await Promise.resolve().then(() => require('./misspelt.cjs'))
	return misspeltInputs(variables, read, fallbacks)
}
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
async function readCommon(reader, environment) {
	return {
		apiKey: await readApiKey(reader, environment),
		baseUrl: await readBaseUrl(reader, environment.baseUrl),
		timeout: reader.duration('timeout')
	}
}
// src/operations/index.ts
const operations = {
	'create-backup': () => Promise.resolve().then(() => require('./create-backup.cjs')),
	'restore-cluster': () =>
		Promise.resolve()
			.then(() => require('./restore-cluster.cjs'))
			.then(n => n.restore_cluster_exports),
	'restore-collections': () =>
		Promise.resolve()
			.then(() => require('./restore-collections.cjs'))
			.then(n => n.restore_collections_exports),
	wait: () => Promise.resolve().then(() => require('./wait.cjs')),
	'list-backups': () => Promise.resolve().then(() => require('./list-backups.cjs')),
	'describe-backup': () => Promise.resolve().then(() => require('./describe-backup.cjs')),
	'delete-backup': () => Promise.resolve().then(() => require('./delete-backup.cjs')),
	'prune-backups': () => Promise.resolve().then(() => require('./prune-backups.cjs')),
	'export-backup': () => Promise.resolve().then(() => require('./export-backup.cjs')),
	'delete-cluster': () => Promise.resolve().then(() => require('./delete-cluster.cjs')),
	'prune-clusters': () => Promise.resolve().then(() => require('./prune-clusters.cjs')),
	verify: () => Promise.resolve().then(() => require('./verify.cjs')),
	'switch-alias': () =>
		Promise.resolve()
			.then(() => require('./switch-alias.cjs'))
			.then(n => n.switch_alias_exports)
}
// src/report.ts
const mostRows = 500
function tableOf(columns, items) {
	const shown = items.slice(0, mostRows)
	const differs = ({cell, isOptional}) =>
		isOptional !== true || new Set(shown.map(item => plainText(cell(item)))).size > 1
	const kept = columns.filter(differs)
	return {
		columns: kept.map(({name}) => name),
		rows: shown.map(item => kept.map(({cell}) => cell(item))),
		more: items.length - shown.length
	}
}
function openReport() {
	return {rows: [], tables: [], folds: []}
}
function plainText(cell) {
	if (typeof cell === 'string') return cell
	if ('code' in cell) return cell.code
	if ('text' in cell) return cell.text
	return 'strong' in cell ? cell.strong : cell.map(plainText).join('')
}
function endpointRows(connectAddress) {
	return connectAddress === void 0 ? [] : [{name: 'Endpoint', value: {code: connectAddress}}]
}
function namedCluster({clusterId, clusterName}) {
	return clusterName === void 0 ? {code: clusterId} : [{strong: clusterName}, ' (', {code: clusterId}, ')']
}
function ageAndDate({createTime}, now) {
	if (createTime === void 0) return 'unknown'
	return `${largestUnit(now - createTime)} ago, ${timestamp(createTime).split('T')[0]}`.replaceAll(
		' ',
		'\xA0'
	)
}
function largestUnit(milliseconds) {
	return formatDuration(Math.max(0, milliseconds)).split(' ')[0] ?? ''
}
// src/zilliz/codes.ts
const groups = {
	key: [21119, 1800, 80001, 80002],
	permission: [96012, 96013, 96014, 96015, 96016, 96027, 96028, 40022],
	'not-found': [96018, 96026, 40021, 80020],
	conflict: [96017, 40013, 40003],
	unsupported: [96021, 96022, 80021],
	parameter: [
		96e3, 96001, 96002, 96003, 96004, 96005, 96006, 96007, 96008, 96009, 96010, 96011, 96023, 96025, 96029,
		96030, 96031, 96032, 96033, 96034, 96035, 96036, 96037
	],
	'operation-failed': [96038, 96039, 96040]
}
const nameTakenCodes = [96017, 40013]
const enterpriseOnlyCode = 96028
const wrongStateCode = 40003
const badNameCode = 96010
function groupOf(code) {
	for (const [group, codes] of Object.entries(groups)) if (codes.some(known => known === code)) return group
}
// src/zilliz/errors.ts
var ApiError = class extends ActionError {
	name = 'ApiError'
	status
	code
	requestId
	group
	constructor(said, facts) {
		super(said)
		this.status = facts.status
		this.code = facts.code
		this.requestId = facts.requestId
		this.group = facts.group
	}
	get isAuthError() {
		return this.group === 'key' || this.group === 'permission' || this.status === 401 || this.status === 403
	}
}
var NoResponseError = class extends ActionError {
	name = 'NoResponseError'
	kind
	retryAfter
	trouble
	partial
	isFinal
	constructor(parts, {kind = 'lost', retryAfter, trouble, partial, isFinal = false, cause} = {}) {
		super(parts, {cause})
		this.kind = kind
		this.retryAfter = retryAfter
		this.trouble = trouble
		this.partial = partial
		this.isFinal = isFinal
	}
}
function mayHaveSucceeded(error) {
	return error instanceof NoResponseError && error.kind === 'lost'
}
const timedOut$1 = 'The step timed out. '
var IncompleteResponse = class extends Error {
	name = 'IncompleteResponse'
	partial
	constructor(message, partial, options) {
		super(message, options)
		this.partial = partial
	}
}
const notFoundCodes = {job: [96026], cluster: [96018, 40021, 80020], backup: []}
function isNotFound(error, resource) {
	if (!(error instanceof ApiError) || error.code === void 0) return false
	if (notFoundCodes[resource].some(code => code === error.code)) return true
	return (
		!(groupOf(error.code) !== void 0) && (resource === 'backup' || error.status === 404) && !error.isAuthError
	)
}
// src/zilliz/in-flight.ts
const cancelGracePeriod = 1200
async function allowedToFinish(stop, tried, attempt) {
	const abort = new AbortController()
	let timer
	const stopped = () => {
		const lost = `The step was cancelled before the response came: the request to ${tried} may have been carried out.`
		timer = setTimeout(() => abort.abort(new Cancelled(lost, {inFlight: true})), cancelGracePeriod)
	}
	stop.addEventListener('abort', stopped, {once: true})
	try {
		return await attempt(abort.signal)
	} finally {
		clearTimeout(timer)
		stop.removeEventListener('abort', stopped)
	}
}
// src/zilliz/patiently.ts
async function patiently(attempt, policy) {
	const start = policy.clock.elapsed()
	let failed
	if (policy.load.notBefore <= start)
		try {
			return await attempt()
		} catch (error) {
			if (!(error instanceof NoResponseError) || error.isFinal) throw error
			failed = {error, start}
		}
	const {retry} = await Promise.resolve().then(() => require('./retry.cjs'))
	return retry(attempt, policy, failed)
}
// src/zilliz/response.ts
async function readResponse(response, expected, at) {
	const {status, text} = response
	const json = parseJson(text)
	const envelope = asEnvelope(json)
	const bare = json !== void 0 && (expected.bare?.(json) ?? false)
	let cause
	if (status >= 200 && status < 300 && (envelope?.success ?? bare))
		try {
			return expected.decode(bare ? json : json.data, text.length)
		} catch (error) {
			cause = error
		}
	const {noSuccess} = await Promise.resolve().then(() => require('./no-success.cjs'))
	throw noSuccess({...response, json, envelope, cause}, {...expected, ...at})
}
function asEnvelope(json) {
	if (typeof json !== 'object' || json === null || !('code' in json)) return void 0
	const raw = json.code
	const code = typeof raw === 'string' && /^-?\d{1,9}$/.test(raw) ? Number(raw) : raw
	if (typeof code === 'string' && code !== '') return {code, success: false}
	if (typeof code !== 'number' || !Number.isFinite(code)) return void 0
	return {code, success: code === 0 || code === 200}
}
// src/zilliz/service-time.ts
const toleranceOfService = 2e3
const toleranceOfRunner = 3e5
function serviceTime({clock, session}) {
	const {clockDifference} = session
	return clockDifference === void 0
		? {now: clock.now(), tolerance: toleranceOfRunner}
		: {now: clock.now() + clockDifference, tolerance: toleranceOfService}
}
function noteServiceTime({clock, session}, date, receivedAt) {
	const time = Date.parse(date ?? '')
	const sinceThen = Math.round(clock.elapsed() - receivedAt)
	if (!Number.isNaN(time)) session.clockDifference = time - (clock.now() - sinceThen)
}
const mostAhead = 3e5
function withoutFutureTime(to, item) {
	const {createTime} = item
	return createTime === void 0 || createTime <= serviceTime(to).now + mostAhead
		? item
		: {...item, createTime: void 0}
}
// src/response-body.ts
const maxResponseSize = 16777216
var UnusableBody = class extends Error {
	name = 'UnusableBody'
}
function readBody(message) {
	return new Promise((resolve, reject) => {
		const chunks = []
		let size = 0
		message.on('data', chunk => {
			size += chunk.length
			if (size > maxResponseSize) {
				chunks.length = 0
				reject(new UnusableBody(`the response is larger than ${maxResponseSize / 1024 / 1024} MB`))
				message.destroy()
				return
			}
			chunks.push(chunk)
		})
		message.on('error', error => reject(error.message === 'aborted' ? cutShort(error) : error))
		message.on('close', () => {
			if (message.complete) resolve(Buffer.concat(chunks).toString('utf8'))
			else reject(cutShort())
		})
	})
}
function cutShort(cause) {
	return new UnusableBody('the response was cut short', {cause})
}
// src/zilliz/kept.ts
const longestIdle = 3e4
function agentOf(kept, url, elapsed) {
	if (getProxyUrl(url) !== '') return void 0
	if (kept.agent === void 0) {
		const made = new HttpClient(void 0, [], {keepAlive: true}).getAgent(url)
		made.options.timeout = longestIdle
		kept.ahead?.follow(made, elapsed)
		kept.agent = made
	}
	return kept.agent
}
function noteSession(kept, socket) {
	kept.session = socket.getSession?.()
}
function takeSession(kept) {
	const {session} = kept
	kept.session = void 0
	return {session}
}
function maySayClosed(error) {
	const {code} = error
	return code === 'ECONNRESET' || code === 'EPIPE'
}
// src/zilliz/transport.ts
function sendRequest(request) {
	const abort = new AbortController()
	return new Promise((resolve, reject) => {
		const end = settle => {
			clearTimeout(timer)
			request.stop.removeEventListener('abort', stopped)
			settle()
		}
		const fail = error => {
			end(() => reject(error))
			abort.abort()
		}
		const stopped = () => fail(request.stop.reason)
		const late = `no complete response within ${Math.ceil(request.timeout / 1e3)} s`
		const timer = setTimeout(() => fail(new NoResponseError(late, {trouble: 'timeout'})), request.timeout)
		if (request.stop.aborted) {
			stopped()
			return
		}
		request.stop.addEventListener('abort', stopped)
		reach(request, abort.signal)
			.then(async ({message}) => {
				const receivedAt = request.elapsed()
				const {statusCode: status = 0, headers} = message
				if (request.kept && request.isRead) noteSession(request.kept, message.socket)
				return {status, headers, receivedAt, text: await readBody(message)}
			})
			.then(
				response => end(() => resolve(response)),
				async error => {
					const {networkFault} = await Promise.resolve().then(() => require('./network-fault.cjs'))
					fail(networkFault(error, request))
				}
			)
			.catch(fail)
	})
}
async function reach(request, abort) {
	const agent = request.isRead && request.kept ? agentOf(request.kept, request.url, request.elapsed) : void 0
	const isReused = agent !== void 0 && Object.keys(agent.freeSockets).length > 0
	try {
		return await send$1(request, {abort, agent})
	} catch (error) {
		if (!isReused || !maySayClosed(error)) throw error
		return send$1(request, {abort})
	}
}
function send$1(request, sending) {
	const client = new HttpClient(request.userAgent, [requestHandler(request, sending)], {
		allowRedirects: false,
		allowRetries: false
	})
	const body = request.body === void 0 ? null : JSON.stringify(request.body)
	const headers = {accept: 'application/json', ...(body === null ? {} : {'content-type': 'application/json'})}
	return client.request(request.method, request.url, body, headers)
}
function ownConnection(kept, elapsed) {
	const ahead = kept.ahead?.take(elapsed)
	return ahead === void 0 ? takeSession(kept) : {agent: void 0, createConnection: () => ahead}
}
function requestHandler({apiKey, url, kept, isRead, elapsed}, {abort, agent}) {
	return {
		prepareRequest(options) {
			options.headers = {...options.headers, authorization: `Bearer ${apiKey}`}
			options.signal = abort
			if (agent !== void 0) options.agent = agent
			if (kept && !isRead) Object.assign(options, ownConnection(kept, elapsed))
			if (getProxyUrl(url) === '') options.host = options.host?.replace(/^\[(.*)\]$/, '$1')
		},
		canHandleAuthentication: () => false,
		handleAuthentication: () => Promise.reject(new Error('not used'))
	}
}
// src/zilliz/connection.ts
const requestTimeout = 3e4
const maxRetryTime = 12e4
function openSession() {
	return {hasResponded: false, changes: 0, kept: {}, load: {notBefore: 0, times: 0}}
}
function retryingUntilDeadline(connection) {
	return {...connection, retryUntilDeadline: true}
}
function read(to, {path, body, endsOnTimeout = false, ...expected}) {
	return sendRetrying(
		to,
		{method: body === void 0 ? 'GET' : 'POST', path, body, endsOnTimeout},
		{right: 'read', ...expected}
	)
}
function send(to, change, hooks = {}) {
	const {method, path, body, ...expected} = change
	const {tried} = expected
	if (method === 'DELETE') return sendRetrying(to, {method, path, hooks}, expected)
	const attempt = async () => {
		await hooks.before?.()
		return counted(to, hooks, () =>
			allowedToFinish(to.stop, tried, stop => {
				const limits = {timeout: requestTimeout, stop}
				return sendOnce(to, {method, path, body}, {...expected, ...limits})
			})
		)
	}
	const shouldRetry = error => error.kind !== 'lost'
	return patiently(attempt, {...retryPolicy(to, tried), maxDuration: maxRetryTime, shouldRetry})
}
function didNothing(error) {
	return error instanceof ApiError || (error instanceof NoResponseError && error.kind !== 'lost')
}
async function counted({session}, hooks, sendIt) {
	session.changes++
	try {
		return await sendIt()
	} catch (error) {
		if (didNothing(error)) session.changes--
		if (error instanceof NoResponseError && didNothing(error)) hooks.afterNothing?.()
		throw error
	}
}
function sendRetrying(to, {hooks, endsOnTimeout = false, ...request}, expected) {
	const attempt = async () => {
		await hooks?.before?.()
		const left = to.deadline - to.clock.elapsed()
		const limits = {timeout: Math.min(requestTimeout, left), stop: to.stop}
		const isRead = hooks === void 0
		const sendIt = () => sendOnce(to, request, {...expected, ...limits, isRead})
		try {
			return await (hooks === void 0 ? sendIt() : counted(to, hooks, sendIt))
		} catch (error) {
			const cutShort = left < requestTimeout && to.clock.elapsed() >= to.deadline - 50
			if (error instanceof NoResponseError && cutShort) throw timedOut(expected.tried)
			throw error
		}
	}
	const policy = retryPolicy(to, expected.tried)
	const isOver = error => endsOnTimeout && error.trouble === 'timeout'
	return patiently(attempt, {...policy, shouldRetry: error => policy.shouldRetry(error) && !isOver(error)})
}
async function sendOnce(to, {path, ...request}, {timeout, stop, isRead, ...expected}) {
	if (to.stop.aborted) throw new Cancelled()
	if (to.clock.elapsed() >= to.deadline) throw timedOut(expected.tried)
	const response = await sendRequest({
		...request,
		url: `${to.baseUrl}${path}`,
		apiKey: to.apiKey,
		userAgent: `zilliz-cloud-backup-restore/${version}`,
		timeout,
		elapsed: to.clock.elapsed,
		stop,
		party: to.party,
		kept: to.session.kept,
		isRead
	})
	to.session.hasResponded = true
	noteServiceTime(to, response.headers.date, response.receivedAt)
	return readResponse(response, expected, {baseUrl: to.baseUrl, now: serviceTime(to).now, party: to.party})
}
function retryPolicy(to, tried) {
	return {
		tried,
		clock: to.clock,
		deadline: to.deadline,
		maxDuration: to.retryUntilDeadline ? Number.POSITIVE_INFINITY : maxRetryTime,
		shouldRetry: () => to.triesOnce !== true,
		makeWayAfter: to.makeWayAfter ?? Number.POSITIVE_INFINITY,
		hasResponded: () => to.session.hasResponded,
		load: to.session.load,
		log: to.log
	}
}
function timedOut(tried) {
	return new TimedOut(`Could not ${tried}: the step timed out.`)
}
// src/step.ts
function openStep({apiKey, baseUrl, timeout}, time, {inProgress, session, report}) {
	const {clock, deadline} = time
	const say = {log, mask, note, notice, warning, report}
	const keep = {publish, publishBoolean, publishList, publishNumber, publishObject, saveState}
	const cloud = {...time, apiKey, baseUrl, log, session}
	return {...say, ...keep, cloud, clock, deadline, timeout, inProgress}
}
function whileWaiting(step) {
	return {...step, cloud: retryingUntilDeadline(step.cloud)}
}
async function planned(step, changes) {
	const {showPlan} = await Promise.resolve().then(() => require('./plan.cjs'))
	showPlan(step, changes)
	return 'planned'
}
function tookSoFar({clock, deadline, timeout}) {
	return formatDuration(clock.elapsed() - (deadline - timeout))
}
// src/workflow-step.ts
function helpAddress(help, {uses}) {
	const [repository, ref] = uses?.split('@') ?? []
	return ref === void 0
		? void 0
		: `https://github.com/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md#${help}`
}
function stepOf(operation, inputs, {uses, baseUrl}) {
	return [
		uses === void 0
			? '- uses: OWNER/zilliz-cloud-backup-restore@v1 # as your workflow names this action'
			: `- uses: ${uses}`,
		'  with:',
		`    operation: ${operation}`,
		"    api-key: ${{ secrets.ZILLIZ_API_KEY }} # your secret's name",
		...(baseUrl === void 0 ? [] : [`    base-url: ${baseUrl}`]),
		...inputs.map(line => `    ${line}`)
	]
}
// src/summary/html.ts
const mostFolded = 500
function foldOf({title, content}, common) {
	return `<details><summary>${text$1(title)}</summary>\n${contentOf(content, common)}\n</details>`
}
function contentOf(content, common) {
	switch (content.kind) {
		case 'table':
			return foldedTable(content.table, mostFolded)
		case 'list':
			return `<ul>${content.items.map(item => `<li>${text$1(item)}</li>`).join('')}</ul>`
		case 'quotation':
			return `<blockquote>${text$1(content.text)}</blockquote>`
		case 'text':
			return `<pre>${escapeHtml(content.text)}</pre>`
		case 'step':
			return yaml(stepOf(content.operation, content.inputs, common))
	}
}
function yaml(lines) {
	return `<pre lang="yaml">${escapeHtml(lines.join('\n'))}</pre>`
}
function rowTable(rows) {
	return `<table>${rows.map(({name, value}) => `<tr><td>${text$1(name.replaceAll(' ', '\xA0'))}</td><td>${typeof value === 'string' ? withIds(value) : cellOf(value)}</td></tr>`).join('')}</table>`
}
function foldedTable({columns, rows, more: beyond = 0, rest = 'more'}, most) {
	const header = `<tr>${columns.map(column => `<th>${text$1(column)}</th>`).join('')}</tr>`
	const row = cells => `<tr>${cells.map(cell => `<td>${cellOf(cell)}</td>`).join('')}</tr>`
	const table = some => `<table>${header}${some.map(row).join('')}</table>`
	const folded = rows.slice(most, mostFolded)
	const uncounted = rows.length - Math.min(rows.length, mostFolded) + beyond
	return [
		table(rows.slice(0, most)),
		...(folded.length === 0
			? []
			: [`<details><summary>${folded.length} ${rest}</summary>\n${table(folded)}\n</details>`]),
		...(uncounted === 0 ? [] : [`<p>And ${uncounted} more: the receipt has all.</p>`])
	].join('\n')
}
function cellOf(cell) {
	if (typeof cell === 'string') return text$1(cell)
	if ('code' in cell) return `<code>${text$1(cell.code)}</code>`
	if ('text' in cell) return `<a href="${escapeHtml(cell.href)}">${text$1(cell.text)}</a>`
	return 'strong' in cell ? `<strong>${text$1(cell.strong)}</strong>` : cell.map(cellOf).join('')
}
function withIds(value) {
	return text$1(value).replace(
		/\b(?:in\d\d|job|proj)-[a-z0-9]+\b|\bbackup\d+_[a-z0-9]+\b/g,
		'<code>$&</code>'
	)
}
function text$1(value) {
	return escapeHtml(value)
		.replace(/(?:&[^;\s]+;|[^\s&]){30}/gu, '$&<wbr>')
		.replaceAll('\n', '<br>')
}
// src/summary/page.ts
const marks = {
	succeeded: '✅',
	started: '🚀',
	skipped: '⏭️',
	planned: '📝',
	failed: '❌',
	'timed-out': '⌛',
	cancelled: '🛑'
}
const endings = {
	succeeded: 'succeeded',
	started: 'has started',
	skipped: 'was not needed',
	planned: 'was planned',
	failed: 'failed',
	'timed-out': 'is not finished: timed out',
	cancelled: 'was cancelled'
}
function summaryPage(parts, failed) {
	return [heading(parts), ...leadOf(parts, failed), ...detailsOf(parts, failed), ''].join('\n')
}
function headingOf({operation, status, report, said}) {
	const {heading, subject = operation || 'Step', outcome} = report
	if (heading) return said ? `${heading}, but the step ${endings[status]}` : heading
	return [`${subject} ${endings[status]}`, outcome].filter(Boolean).join(', ')
}
function heading(parts) {
	return `<h2>${marks[parts.status]} ${escapeHtml(sanitize(headingOf(parts)))}</h2>`
}
function leadOf({report, hints, notes}, failed) {
	const rows = [...report.rows, ...(failed?.rows ?? [])]
	return [
		...(failed?.lead ?? []),
		...(report.sentence === void 0 ? [] : [`<p>${cellOf(report.sentence)}</p>`]),
		...(rows.length === 0 ? [] : [rowTable(rows)]),
		...hints.map(({title, lines}) => `<p>${title}</p>\n${yaml(lines)}`),
		...report.tables.map(table => foldedTable(table, 20)),
		...notes.map(note => `<p>${text$1(note)}</p>`)
	]
}
function detailsOf({report, facts, common}, failed) {
	const all = {
		title: 'All outputs',
		content: {
			kind: 'table',
			table: {
				columns: ['Output', 'Value'],
				rows: [...facts]
					.filter(([name]) => !inFull.includes(name))
					.map(([name, value]) => [name, {code: typeof value === 'string' ? value : JSON.stringify(value)}])
			}
		}
	}
	return [...(failed?.folds ?? []), ...report.folds, ...(facts.size > 0 ? [all] : [])].map(fold =>
		foldOf(fold, common)
	)
}
const inFull = ['backup', 'backups', 'plan', 'verifiedCollections']
function notePage(said) {
	return `<p>${escapeHtml(said)}</p>\n`
}
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
		const {
			items,
			pageSize,
			count = 0
		} = await read(to, {...expected, path: `${path}?${parameters}`, decode: decodeCounting})
		const before = found.size
		for (const item of items) found.set(id(item), item)
		const full = Math.min(pageSize ?? largestPage, largestPage)
		if ((items.length < full && count <= found.size) || found.size === before) return [...found.values()]
	}
	throw new OperationFailed(
		`Could not ${list.tried}: the list is too long, or has no end. It was given up after ${found.size} entries, ${Math.round(bytes / 1024 / 1024)} MB.`
	)
}
// src/zilliz/requests.ts
function pathOf(...parts) {
	return `/v2/${parts.map(encodeURIComponent).join('/')}`
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
	return withoutFutureTime(
		to,
		await read(to, {
			path: pathOf('clusters', clusterId, 'backups', backupId),
			tried: `read backup ${backupId} of cluster ${clusterId}`,
			decode: data => aboutRequested('backupId', backupId, decodeBackup(data))
		})
	)
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
	return withoutFutureTime(
		to,
		await read(to, {
			path: pathOf('clusters', clusterId),
			tried: `read cluster ${clusterId}`,
			decode: data => aboutRequested('clusterId', clusterId, decodeCluster(data))
		})
	)
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
// src/zilliz/states.ts
const jobs = {
	PENDING: 'pending',
	IN_PROGRESS: 'pending',
	CANCELING: 'pending',
	CANCELLING: 'pending',
	SUCCESSFUL: 'successful',
	SUCCEEDED: 'succeeded',
	FAILED: 'failed',
	ERROR: 'failed',
	CANCELED: 'failed',
	CANCELLED: 'failed',
	TIMEOUT: 'failed'
}
function jobState(status) {
	return lookUp(jobs, status) ?? 'unknown'
}
const backups = {
	CREATING: 'creating',
	AVAILABLE: 'available',
	FAILED: 'failed',
	ERROR: 'failed',
	CANCELED: 'failed',
	CANCELLED: 'failed',
	DELETING: 'deleted',
	DELETED: 'deleted'
}
function backupState(status) {
	return lookUp(backups, status) ?? 'unknown'
}
const clusters = {
	RUNNING: 'running',
	CREATING: 'busy',
	RESTORE_BACKUP: 'busy',
	MODIFYING: 'busy',
	RESIZING: 'busy',
	UPGRADING: 'busy',
	MIGRATING: 'busy',
	RESUMING: 'busy',
	WRITING_OPERATION: 'busy',
	SET_PRIVATE_LINK: 'busy',
	SUSPENDING: 'stopped',
	SUSPENDED: 'stopped',
	STOPPING: 'stopped',
	STOPPED: 'stopped',
	FREEZING: 'stopped',
	FROZEN: 'stopped',
	DELETING: 'deleted',
	DELETED: 'deleted'
}
function clusterState(status) {
	return lookUp(clusters, status) ?? 'unknown'
}
function lookUp(states, status) {
	return Object.hasOwn(states, status) ? states[status] : void 0
}
// src/waiting/pace.ts
const shortestPause = 540
const share = 24
const soon = 250
const after = 50
const closest = 100
const enough = 15
const slower = 2
const faster = 1.2
const slowest = 4
function openPace(longest) {
	let first
	let last
	let expected
	let misses = 0
	let load = 1
	const usualLooks = openUsualLooks(longest)
	return ({waited, took = 0, progress, isThrottled = false}) => {
		load = isThrottled ? Math.min(load * slower, slowest) : Math.max(load / faster, 1)
		const untilUsual = usualLooks({waited, took, load})
		const percent = progress === void 0 ? void 0 : Math.floor(progress)
		if (percent === void 0 || first === void 0 || percent < (last ?? 0)) {
			if (last !== void 0) misses++
			first = percent === void 0 ? void 0 : {waited, percent}
			expected = void 0
		} else if (percent !== last) expected = expect(first, {waited, percent})
		last = percent
		if (expected === void 0) return untilUsual
		const rest = expected.end - waited
		if (rest <= 0) misses++
		const nearest = soon * 2 ** misses * load
		if (load === 1) {
			const closing = rest > 2 * nearest ? rest / 2 : Math.max(nearest, rest + after)
			return closing + closest > untilUsual ? untilUsual : closing
		}
		const atEnd = Math.max(nearest, rest + expected.uncertainty + after)
		return expected.seen < enough ? Math.min(atEnd, Math.max(untilUsual, waited)) : atEnd
	}
}
function openUsualLooks(longest) {
	let next = 0
	return ({waited, took, load}) => {
		const begun = waited - took
		const delay = begun > next && begun - next <= took + closest ? begun - next : 0
		const spacing = Math.min(Math.max(shortestPause, (waited - delay) / share) * load, longest)
		if (begun > next - closest || took > spacing || load > 1)
			next = waited - delay + spacing - Math.min(took, spacing / 10)
		return Math.max(next - waited, closest)
	}
}
function expect(first, {waited, percent}) {
	const seen = percent - first.percent
	const left = (Math.max(0, 99.5 - percent) * (waited - first.waited)) / seen
	return {end: waited + left, uncertainty: left / seen, seen}
}
// src/waiting/poll.ts
const lastRead = 2e3
const noTime = 50
function boundedPause({pause, maxPause, left, retryAfter = 0}) {
	const wanted = Math.max(Math.min(pause, maxPause), retryAfter)
	if (wanted < left) return wanted
	return left > 2 * lastRead ? left - lastRead : left
}
async function waitUntil({clock, deadline, timeout}, poll, {maxPause, stillOpen, known}) {
	const start = clock.elapsed()
	const pace = openPace(maxPause)
	const timeoutMessage = () => `Timed out after ${formatDuration(timeout)}: ${stillOpen()}.`
	const left = () => deadline - clock.elapsed()
	if (known) await clock.pause(boundedPause({pause: pace({waited: 0, ...known}), maxPause, left: left()}))
	for (;;) {
		const lookedAt = clock.elapsed()
		const polled = await poll().catch(error => {
			if (!(error instanceof TimedOut)) throw error
			if (error.cause === void 0) throw new TimedOut(timeoutMessage(), {cause: error})
			throw new TimedOut(
				{...error.parts, what: `${timeoutMessage()} ${error.parts.what.replace(timedOut$1, '')}`},
				{cause: error}
			)
		})
		if ('done' in polled) return polled.done
		if (left() <= 0) throw new TimedOut(timeoutMessage())
		const now = clock.elapsed()
		const {progress, retryAfter, isThrottled} = polled
		const pause = pace({waited: now - start, took: now - lookedAt, progress, isThrottled})
		await clock.pause(boundedPause({pause, retryAfter, maxPause, left: left()}))
		if (left() <= noTime) throw new TimedOut(timeoutMessage())
	}
}
function progressLog(clock) {
	const last = new Map()
	let loggedAt = clock.elapsed()
	return {
		isNew(about, line) {
			if (last.get(about) === line) return false
			last.set(about, line)
			loggedAt = clock.elapsed()
			return true
		},
		isDue() {
			const due = clock.elapsed() - loggedAt >= 6e4
			if (due) loggedAt = clock.elapsed()
			return due
		}
	}
}
// src/backups/format.ts
function nameOf({backupId, backupType = 'no type', createTime}) {
	const time = createTime === void 0 ? 'no time' : timestamp(createTime)
	return `${sanitize(backupId)} (${sanitize(backupType)}, ${time})`
}
function clusterNameIn(backups) {
	return backups.find(({clusterName}) => clusterName !== void 0)?.clusterName
}
function describeStatesOf(backups) {
	return listInSentence(backups.map(({backupId, status}) => `${sanitize(backupId)} (${sanitize(status)})`))
}
function describeTypesOf(backups) {
	if (backups.length === 0) return 'no backup at all'
	return listInSentence(
		backups.map(
			({backupId, backupType, status}) =>
				`${backupId} (${sanitize(backupType ?? 'no type')}, ${sanitize(status)})`
		)
	)
}
module.exports = {
	ActionError,
	ApiError,
	Cancelled,
	IncompleteResponse,
	InputError,
	NoResponseError,
	OperationFailed,
	RunnerFileError,
	TimedOut,
	UnusableBody,
	ageAndDate,
	attemptAll,
	backupState,
	badNameCode,
	capitalize,
	clusterNameIn,
	clusterState,
	counted: counted$1,
	covers,
	debug,
	declarationOf,
	defaultBaseUrl,
	defaultDatabase,
	describeBackup,
	describeCharacter,
	describeCluster,
	describeClusterIfThere,
	describeJob,
	describeStatesOf,
	describeTypesOf,
	endpointRows,
	enterpriseOnlyCode,
	error,
	escapeHtml,
	exitSoon,
	explain,
	fields,
	firstLines,
	formatDuration,
	givenInput,
	groupOf,
	headingOf,
	helpAddress,
	id,
	idOf,
	ignoresCase,
	inputs,
	isNotFound,
	isObject,
	isSafeId,
	jobState,
	largestUnit,
	listBackups,
	listClusters,
	listInSentence,
	listProjects,
	log,
	marks,
	maskInputs,
	mayHaveProxy,
	mayHaveSucceeded,
	messageOf,
	messagesOf,
	nameOf,
	nameTakenCodes,
	namedCluster,
	notePage,
	notice,
	number,
	onCancel,
	openInProgress,
	openInputs,
	openReader,
	openReport,
	openSession,
	openStep,
	operations,
	operations$1,
	optionalId,
	optionalText,
	otherCase,
	parseDuration,
	parseJson,
	partsOf,
	pathOf,
	patiently,
	plainText,
	planned,
	progressLog,
	publish,
	publishNumber,
	published,
	quote,
	quoteInput,
	quotedReason,
	read,
	readBody,
	readCommon,
	readInput,
	readList,
	redact,
	reported,
	rowTable,
	runUrl,
	sameButCase,
	sanitize,
	send,
	serviceTime,
	showInvisible,
	stepCommon,
	stepOf,
	summaryPage,
	systemClock,
	tableOf,
	text,
	text$1,
	textOf,
	timedOut: timedOut$1,
	timestamp,
	toleranceOfRunner,
	toleranceOfService,
	tookSoFar,
	waitUntil,
	warning,
	whileWaiting,
	withIds,
	withMore,
	writeReceipt,
	writeSummary,
	wrongStateCode,
	yaml
}
