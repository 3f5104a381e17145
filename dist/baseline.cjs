// Made by "npm run build" from src/; licences in NOTICES.txt
const {isObject, parseJson, quoteInput} = require('./step.cjs')
const {readFileSync, realpathSync, statSync} = require('node:fs')
const {isAbsolute, relative, resolve, sep} = require('node:path')
// src/github/step-file.ts
const largest = 67108864
function readStepFile(name) {
	const {GITHUB_WORKSPACE: workspace = '', RUNNER_TEMP: temp = ''} = process.env
	const folders = [workspace, temp].filter(folder => folder !== '')
	const whole = resolve(workspace || '.', name)
	if (!folders.some(folder => isInside(resolve(folder), whole))) return outside
	try {
		const real = realpathSync(whole)
		if (!folders.some(folder => isInside(realpathSync(folder), real))) return outside
		const stat = statSync(real)
		if (!stat.isFile()) return 'is no file'
		const {size} = stat
		if (size > largest) return `is a file of ${size} bytes; at most ${largest} are read`
		return {content: readFileSync(real, 'utf8').replace(/^\ufeff/, '')}
	} catch {
		return 'is a file that is not there or cannot be read'
	}
}
const outside = "is not inside the workspace or the runner's temp folder"
function isInside(folder, file, paths = {isAbsolute, relative, sep}) {
	const way = paths.relative(folder, file)
	return way !== '' && way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way)
}
// src/verification/baseline.ts
function readBaseline(reader) {
	const value = reader.optional('baseline')
	if (value === void 0) return void 0
	const file = value.startsWith('[') ? {content: value} : readStepFile(value)
	const baseline = typeof file === 'string' ? file : parseBaseline(file.content)
	if (typeof baseline !== 'string') return baseline
	reader.report(
		'baseline',
		`expected the path of the receipt of a verify, or its output verifiedCollections; ${quoteInput(value)} ${baseline}`
	)
}
function parseBaseline(json) {
	const read = parseJson(json)
	if (read === void 0) return 'is not valid JSON'
	if (Array.isArray(read)) return withPictures(void 0, read)
	if (!isObject(read)) return 'is neither a receipt nor a JSON array'
	const {verifiedCollections, status, clusterId} = read
	if (!Array.isArray(verifiedCollections))
		return 'has no verifiedCollections: it is not the receipt of a verify'
	if (status !== 'succeeded')
		return 'is the receipt of a step that did not succeed, so it may not show everything'
	return withPictures(typeof clusterId === 'string' ? clusterId : void 0, verifiedCollections)
}
function withPictures(clusterId, items) {
	const wrong = items.findIndex(item => !isPicture(item))
	if (wrong >= 0) return `has an entry ${wrong + 1} that is not one of verifiedCollections`
	return {clusterId, pictures: items}
}
function isPicture(item) {
	if (!isObject(item)) return false
	const {database, collection, loadState, entities, exact, fields, aliases} = item
	return (
		[database, collection, loadState].every(text => typeof text === 'string' && text !== '') &&
		Number.isSafeInteger(entities) &&
		Number(entities) >= 0 &&
		typeof exact === 'boolean' &&
		[fields, aliases].every(list => Array.isArray(list) && list.every(text => typeof text === 'string'))
	)
}
function readAllowedLoss(reader) {
	const text = reader.optional('allow-loss') ?? '0'
	const [, whole = '', fraction = ''] = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(text) ?? []
	const millionths = whole === '' ? void 0 : BigInt(whole) * 1000000n + BigInt(fraction.padEnd(6, '0'))
	if (millionths !== void 0 && millionths <= 100000000n) return millionths
	reader.report(
		'allow-loss',
		`expected a number of per cent from 0 to 100, such as 5 or 0.25, with six decimals at most; got ${quoteInput(text)}`
	)
	return 0n
}
module.exports = {readAllowedLoss, readBaseline}
