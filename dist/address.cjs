// Made by "npm run build" from src/; licences in NOTICES.txt
const {checkBypass} = require('./toolkit.cjs')
const {defaultBaseUrl, quoteInput} = require('./step.cjs')
const {isIPv4} = require('node:net')
// src/inputs/address.ts
function judgeAddress(value, source) {
	const problems = []
	const url = URL.canParse(value) ? new URL(value) : void 0
	const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
	const isPlain = url !== void 0 && secure && !/[?#@\\]/.test(value)
	const right = rightAddress(value)
	if (right !== void 0 || !isPlain) {
		const expected =
			right ?? 'an https address without query, fragment or credentials (http only on loopback)'
		const got = value.includes('@') ? 'one with an @ (not shown)' : quoteInput(value)
		problems.push(`expected ${expected}; got ${got}${source}`)
	}
	if (!isPlain) return {address: '', problems}
	const proxy = problemOfProxy(url)
	return {address: withoutSlash(url.href), problems: proxy === void 0 ? problems : [...problems, proxy]}
}
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
module.exports = {isLoopback, judgeAddress, normalAddress, problemOfProxy}
