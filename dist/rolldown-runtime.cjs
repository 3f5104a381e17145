// Made by "npm run build" from src/; licences in NOTICES.txt
// \0rolldown/runtime.js
var __defProp = Object.defineProperty
var __commonJSMin = (cb, mod) => () => (
	mod || (cb((mod = {exports: {}}).exports, mod, mod.exports), (cb = null)), mod.exports
)
var __exportAll = (all, no_symbols) => {
	let target = {}
	for (var name in all) __defProp(target, name, {get: all[name], enumerable: true})
	if (!no_symbols) __defProp(target, Symbol.toStringTag, {value: 'Module'})
	return target
}
module.exports = {__commonJSMin, __exportAll}
