// Made by "npm run build" from src/; licences in NOTICES.txt
const {describeCharacter, quoteInput} = require('./step.cjs')
const {isIdShaped} = require('./clusters-id.cjs')
// src/clusters/name.ts
const name_exports = {problemOfIdOrName}
function isPossibleName(name) {
	return name !== '' && [...name].length <= 255 && firstWrongCharacter(name) === void 0
}
function firstWrongCharacter(name) {
	return [...name].find(character => !/[A-Za-z0-9 _\-\p{Script=Han}]/u.test(character))
}
function problemOfIdOrName(text) {
	const wrong = firstWrongCharacter(text)
	const byId = 'a cluster whose name has other characters is given by its id'
	if (wrong !== void 0)
		return `has ${describeCharacter(wrong)}, which no id has, and no name that this action takes: ${byId}`
	if ([...text].length > 255) return `is longer than 255 characters`
	if (text.startsWith('- ')) return 'begins with "- " as YAML lists have it: one per line, without a hyphen'
	if (text.includes(' ') && text.split(' ').some(isIdShaped))
		return 'has an id and another word in it: one per line, or comma separated'
}
function safeName(name) {
	return name
		.replace(/[^A-Za-z0-9]+/g, '-')
		.replace(/^-/, '')
		.slice(0, 64)
		.replace(/-$/, '')
}
function offerSafeName(name) {
	const safe = safeName(name)
	return safe === '' || safe === name ? '' : ` Try ${safe}.`
}
function readNewName(reader) {
	const name = reader.optional('target-cluster')
	if (name === void 0) {
		reader.report('target-cluster', 'expected the name of the new cluster; it is empty')
		return ''
	}
	if (!isPossibleName(name))
		reader.report(
			'target-cluster',
			`expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got ${quoteInput(name)}.${offerSafeName(name)}`
		)
	else if (isIdShaped(name))
		reader.report(
			'target-cluster',
			`${quoteInput(name)} has the shape of a cluster id, and expected is the name of a new cluster: restore-cluster makes one, restore-collections writes into an existing one`
		)
	return name
}
module.exports = {firstWrongCharacter, name_exports, offerSafeName, readNewName}
