// Made by "npm run build" from src/; licences in NOTICES.txt
const {describeCharacter, quoteInput} = require('./step.cjs')
// src/collections/names.ts
function isJson(text) {
	return text.trimStart().startsWith('[')
}
function contentLines(text) {
	return text.split(/\r\n|\r|\n/).flatMap((raw, index) => {
		const parts = raw.split(',').map(part => part.trim())
		const comment = parts.findIndex(part => part.startsWith('#'))
		return (comment === -1 ? parts : parts.slice(0, comment))
			.filter(part => part !== '')
			.map(content => ({line: `line ${index + 1} ${quoteInput(content)}`, content}))
	})
}
function openClaims(problems) {
	const taken = new Map()
	return (what, key, line) => {
		const before = taken.get(key)
		if (before === void 0) taken.set(key, line)
		else problems.push(`${line}: ${what} already in ${before}`)
	}
}
function readName(content, otherwise) {
	const [collection = '', database = otherwise, ...more] = content.split('.').reverse()
	if (more.length > 0) return `has more than one dot. ${asJson}`
	if (database === '' && collection !== '')
		return `has an empty name before the dot: for the database ${otherwise} leave the dot out`
	return problemOfName(database) ?? problemOfName(collection) ?? {database, collection}
}
const longestName = 255
const asJson = 'Such names can be given as JSON'
function problemOfName(name) {
	if (name === '') return 'has an empty name'
	const wrong = [...name].find(character => !/[A-Za-z0-9_$]/.test(character))
	if (wrong !== void 0)
		return `has ${describeCharacter(wrong)}; a name is ASCII letters, digits, _ and $. Other names can be given as JSON`
	if (/^\d/.test(name)) return `has a name that begins with "${name[0]}". ${asJson}`
	return name.length > longestName ? `has a name longer than ${longestName} characters. ${asJson}` : void 0
}
module.exports = {contentLines, isJson, openClaims, problemOfName, readName}
