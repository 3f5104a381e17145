// Made by "npm run build" from src/; licences in NOTICES.txt
const {declarationOf, givenInput, ignoresCase, inputs, parseDuration, readList} = require('./step.cjs')
const {normalAddress} = require('./address.cjs')
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
const lists = ['cross-region-copies', 'job-id', 'protected-backups', 'protected-clusters']
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
module.exports = {misspeltInputs}
