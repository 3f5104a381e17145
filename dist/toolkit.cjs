// Made by "npm run build" from src/; licences in NOTICES.txt
const os = require('os')
const crypto = require('crypto')
const fs = require('fs')
const http = require('http')
// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
	if (input === null || input === void 0) return ''
	else if (typeof input === 'string' || input instanceof String) return input
	return JSON.stringify(input)
}
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {}
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	}
}
// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message)
	process.stdout.write(cmd.toString() + os.EOL)
}
const CMD_STRING = '::'
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = 'missing.command'
		this.command = command
		this.properties = properties
		this.message = message
	}
	toString() {
		let cmdStr = CMD_STRING + this.command
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += ' '
			let first = true
			for (const key in this.properties)
				if (this.properties.hasOwnProperty(key)) {
					const val = this.properties[key]
					if (val) {
						if (first) first = false
						else cmdStr += ','
						cmdStr += `${key}=${escapeProperty(val)}`
					}
				}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`
		return cmdStr
	}
}
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}
function escapeProperty(s) {
	return toCommandValue(s)
		.replace(/%/g, '%25')
		.replace(/\r/g, '%0D')
		.replace(/\n/g, '%0A')
		.replace(/:/g, '%3A')
		.replace(/,/g, '%2C')
}
// node_modules/@actions/core/lib/file-command.js
function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`]
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`)
	if (!fs.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`)
	fs.appendFileSync(filePath, `${toCommandValue(message)}${os.EOL}`, {encoding: 'utf8'})
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`
	const convertedValue = toCommandValue(value)
	if (key.includes(delimiter))
		throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`)
	if (convertedValue.includes(delimiter))
		throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`)
	return `${key}<<${delimiter}${os.EOL}${convertedValue}${os.EOL}${delimiter}`
}
// node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl$1(reqUrl) {
	const usingSsl = reqUrl.protocol === 'https:'
	if (checkBypass(reqUrl)) return
	const proxyVar = (() => {
		if (usingSsl) return process.env['https_proxy'] || process.env['HTTPS_PROXY']
		else return process.env['http_proxy'] || process.env['HTTP_PROXY']
	})()
	if (proxyVar)
		try {
			return new DecodedURL(proxyVar)
		} catch (_a) {
			if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
				return new DecodedURL(`http://${proxyVar}`)
		}
	else return
}
function checkBypass(reqUrl) {
	if (!reqUrl.hostname) return false
	const reqHost = reqUrl.hostname
	if (isLoopbackAddress(reqHost)) return true
	const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || ''
	if (!noProxy) return false
	let reqPort
	if (reqUrl.port) reqPort = Number(reqUrl.port)
	else if (reqUrl.protocol === 'http:') reqPort = 80
	else if (reqUrl.protocol === 'https:') reqPort = 443
	const upperReqHosts = [reqUrl.hostname.toUpperCase()]
	if (typeof reqPort === 'number') upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`)
	for (const upperNoProxyItem of noProxy
		.split(',')
		.map(x => x.trim().toUpperCase())
		.filter(x => x))
		if (
			upperNoProxyItem === '*' ||
			upperReqHosts.some(
				x =>
					x === upperNoProxyItem ||
					x.endsWith(`.${upperNoProxyItem}`) ||
					(upperNoProxyItem.startsWith('.') && x.endsWith(`${upperNoProxyItem}`))
			)
		)
			return true
	return false
}
function isLoopbackAddress(host) {
	const hostLower = host.toLowerCase()
	return (
		hostLower === 'localhost' ||
		hostLower.startsWith('127.') ||
		hostLower.startsWith('[::1]') ||
		hostLower.startsWith('[0:0:0:0:0:0:0:1]')
	)
}
var DecodedURL = class extends URL {
	constructor(url, base) {
		super(url, base)
		this._decodedUsername = decodeURIComponent(super.username)
		this._decodedPassword = decodeURIComponent(super.password)
	}
	get username() {
		return this._decodedUsername
	}
	get password() {
		return this._decodedPassword
	}
}
// left-out:tunnel
const httpOverHttp = options => module.require('./tunnel.cjs').httpOverHttp(options)
const httpsOverHttp = options => module.require('./tunnel.cjs').httpsOverHttp(options)
const httpOverHttps = options => module.require('./tunnel.cjs').httpOverHttps(options)
const httpsOverHttps = options => module.require('./tunnel.cjs').httpsOverHttps(options)
// node_modules/@actions/http-client/lib/index.js
var __awaiter$1 = function (thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P
			? value
			: new P(function (resolve) {
					resolve(value)
				})
	}
	return new (P || (P = Promise))(function (resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value))
			} catch (e) {
				reject(e)
			}
		}
		function rejected(value) {
			try {
				step(generator['throw'](value))
			} catch (e) {
				reject(e)
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected)
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next())
	})
}
const https = new Proxy({}, {get: (_, name) => module.require('https')[name]})
var HttpCodes
;(function (HttpCodes) {
	HttpCodes[(HttpCodes['MovedPermanently'] = 301)] = 'MovedPermanently'
	HttpCodes[(HttpCodes['ResourceMoved'] = 302)] = 'ResourceMoved'
	HttpCodes[(HttpCodes['SeeOther'] = 303)] = 'SeeOther'
	HttpCodes[(HttpCodes['TemporaryRedirect'] = 307)] = 'TemporaryRedirect'
	HttpCodes[(HttpCodes['PermanentRedirect'] = 308)] = 'PermanentRedirect'
	HttpCodes[(HttpCodes['Unauthorized'] = 401)] = 'Unauthorized'
	HttpCodes[(HttpCodes['BadGateway'] = 502)] = 'BadGateway'
	HttpCodes[(HttpCodes['ServiceUnavailable'] = 503)] = 'ServiceUnavailable'
	HttpCodes[(HttpCodes['GatewayTimeout'] = 504)] = 'GatewayTimeout'
})(HttpCodes || (HttpCodes = {}))
var Headers
;(function (Headers) {
	Headers['ContentType'] = 'content-type'
})(Headers || (Headers = {}))
function getProxyUrl(serverUrl) {
	const proxyUrl = getProxyUrl$1(new URL(serverUrl))
	return proxyUrl ? proxyUrl.href : ''
}
const HttpRedirectCodes = [
	HttpCodes.MovedPermanently,
	HttpCodes.ResourceMoved,
	HttpCodes.SeeOther,
	HttpCodes.TemporaryRedirect,
	HttpCodes.PermanentRedirect
]
const HttpResponseRetryCodes = [HttpCodes.BadGateway, HttpCodes.ServiceUnavailable, HttpCodes.GatewayTimeout]
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD']
const ExponentialBackoffCeiling = 10
const ExponentialBackoffTimeSlice = 5
var HttpClientResponse = class {
	constructor(message) {
		this.message = message
	}
}
var HttpClient = class {
	constructor(userAgent, handlers, requestOptions) {
		this._ignoreSslError = false
		this._allowRedirects = true
		this._allowRedirectDowngrade = false
		this._maxRedirects = 50
		this._allowRetries = false
		this._maxRetries = 1
		this._keepAlive = false
		this._disposed = false
		this.userAgent = this._getUserAgentWithOrchestrationId(userAgent)
		this.handlers = handlers || []
		this.requestOptions = requestOptions
		if (requestOptions) {
			if (requestOptions.ignoreSslError != null) this._ignoreSslError = requestOptions.ignoreSslError
			this._socketTimeout = requestOptions.socketTimeout
			if (requestOptions.allowRedirects != null) this._allowRedirects = requestOptions.allowRedirects
			if (requestOptions.allowRedirectDowngrade != null)
				this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade
			if (requestOptions.maxRedirects != null) this._maxRedirects = Math.max(requestOptions.maxRedirects, 0)
			if (requestOptions.keepAlive != null) this._keepAlive = requestOptions.keepAlive
			if (requestOptions.allowRetries != null) this._allowRetries = requestOptions.allowRetries
			if (requestOptions.maxRetries != null) this._maxRetries = requestOptions.maxRetries
		}
	}
	request(verb, requestUrl, data, headers) {
		return __awaiter$1(this, void 0, void 0, function* () {
			if (this._disposed) throw new Error('Client has already been disposed.')
			const parsedUrl = new URL(requestUrl)
			let info = this._prepareRequest(verb, parsedUrl, headers)
			const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1
			let numTries = 0
			let response
			do {
				response = yield this.requestRaw(info, data)
				if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
					let authenticationHandler
					for (const handler of this.handlers)
						if (handler.canHandleAuthentication(response)) {
							authenticationHandler = handler
							break
						}
					if (authenticationHandler) return authenticationHandler.handleAuthentication(this, info, data)
					else return response
				}
				let redirectsRemaining = this._maxRedirects
				while (
					response.message.statusCode &&
					HttpRedirectCodes.includes(response.message.statusCode) &&
					this._allowRedirects &&
					redirectsRemaining > 0
				) {
					const redirectUrl = response.message.headers['location']
					if (!redirectUrl) break
					const parsedRedirectUrl = new URL(redirectUrl)
					if (
						parsedUrl.protocol === 'https:' &&
						parsedUrl.protocol !== parsedRedirectUrl.protocol &&
						!this._allowRedirectDowngrade
					)
						throw new Error(
							'Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.'
						)
					yield response.readBody()
					if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
						for (const header in headers) if (header.toLowerCase() === 'authorization') delete headers[header]
					}
					info = this._prepareRequest(verb, parsedRedirectUrl, headers)
					response = yield this.requestRaw(info, data)
					redirectsRemaining--
				}
				if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode))
					return response
				numTries += 1
				if (numTries < maxTries) {
					yield response.readBody()
					yield this._performExponentialBackoff(numTries)
				}
			} while (numTries < maxTries)
			return response
		})
	}
	dispose() {
		if (this._agent) this._agent.destroy()
		this._disposed = true
	}
	requestRaw(info, data) {
		return __awaiter$1(this, void 0, void 0, function* () {
			return new Promise((resolve, reject) => {
				function callbackForResult(err, res) {
					if (err) reject(err)
					else if (!res) reject(new Error('Unknown error'))
					else resolve(res)
				}
				this.requestRawWithCallback(info, data, callbackForResult)
			})
		})
	}
	requestRawWithCallback(info, data, onResult) {
		if (typeof data === 'string') {
			if (!info.options.headers) info.options.headers = {}
			info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8')
		}
		let callbackCalled = false
		function handleResult(err, res) {
			if (!callbackCalled) {
				callbackCalled = true
				onResult(err, res)
			}
		}
		const req = info.httpModule.request(info.options, msg => {
			handleResult(void 0, new HttpClientResponse(msg))
		})
		let socket
		req.on('socket', sock => {
			socket = sock
		})
		req.setTimeout(this._socketTimeout || 18e4, () => {
			if (socket) socket.end()
			handleResult(new Error(`Request timeout: ${info.options.path}`))
		})
		req.on('error', function (err) {
			handleResult(err)
		})
		if (data && typeof data === 'string') req.write(data, 'utf8')
		if (data && typeof data !== 'string') {
			data.on('close', function () {
				req.end()
			})
			data.pipe(req)
		} else req.end()
	}
	getAgent(serverUrl) {
		const parsedUrl = new URL(serverUrl)
		return this._getAgent(parsedUrl)
	}
	_prepareRequest(method, requestUrl, headers) {
		const info = {}
		info.parsedUrl = requestUrl
		const usingSsl = info.parsedUrl.protocol === 'https:'
		info.httpModule = usingSsl ? https : http
		const defaultPort = usingSsl ? 443 : 80
		info.options = {}
		info.options.host = info.parsedUrl.hostname
		info.options.port = info.parsedUrl.port ? parseInt(info.parsedUrl.port) : defaultPort
		info.options.path = (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '')
		info.options.method = method
		info.options.headers = this._mergeHeaders(headers)
		if (this.userAgent != null) info.options.headers['user-agent'] = this.userAgent
		info.options.agent = this._getAgent(info.parsedUrl)
		if (this.handlers) for (const handler of this.handlers) handler.prepareRequest(info.options)
		return info
	}
	_mergeHeaders(headers) {
		if (this.requestOptions && this.requestOptions.headers)
			return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}))
		return lowercaseKeys(headers || {})
	}
	_getAgent(parsedUrl) {
		let agent
		const proxyUrl = getProxyUrl$1(parsedUrl)
		const useProxy = proxyUrl && proxyUrl.hostname
		if (this._keepAlive && useProxy) agent = this._proxyAgent
		if (!useProxy) agent = this._agent
		if (agent) return agent
		const usingSsl = parsedUrl.protocol === 'https:'
		let maxSockets = 100
		if (this.requestOptions) maxSockets = this.requestOptions.maxSockets || http.globalAgent.maxSockets
		if (proxyUrl && proxyUrl.hostname) {
			const agentOptions = {
				maxSockets,
				keepAlive: this._keepAlive,
				proxy: Object.assign(
					Object.assign(
						{},
						(proxyUrl.username || proxyUrl.password) && {
							proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
						}
					),
					{host: proxyUrl.hostname, port: proxyUrl.port}
				)
			}
			let tunnelAgent
			const overHttps = proxyUrl.protocol === 'https:'
			if (usingSsl) tunnelAgent = overHttps ? httpsOverHttps : httpsOverHttp
			else tunnelAgent = overHttps ? httpOverHttps : httpOverHttp
			agent = tunnelAgent(agentOptions)
			this._proxyAgent = agent
		}
		if (!agent) {
			const options = {keepAlive: this._keepAlive, maxSockets}
			agent = usingSsl ? new https.Agent(options) : new http.Agent(options)
			this._agent = agent
		}
		if (usingSsl && this._ignoreSslError)
			agent.options = Object.assign(agent.options || {}, {rejectUnauthorized: false})
		return agent
	}
	_getUserAgentWithOrchestrationId(userAgent) {
		const baseUserAgent = userAgent || 'actions/http-client'
		const orchId = process.env['ACTIONS_ORCHESTRATION_ID']
		if (orchId) return `${baseUserAgent} actions_orchestration_id/${orchId.replace(/[^a-z0-9_.-]/gi, '_')}`
		return baseUserAgent
	}
	_performExponentialBackoff(retryNumber) {
		return __awaiter$1(this, void 0, void 0, function* () {
			retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber)
			const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber)
			return new Promise(resolve => setTimeout(() => resolve(), ms))
		})
	}
}
const lowercaseKeys = obj => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {})
var ExitCode
;(function (ExitCode) {
	ExitCode[(ExitCode['Success'] = 0)] = 'Success'
	ExitCode[(ExitCode['Failure'] = 1)] = 'Failure'
})(ExitCode || (ExitCode = {}))
function setSecret(secret) {
	issueCommand('add-mask', {}, secret)
}
function getInput(name, options) {
	const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || ''
	if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`)
	if (options && options.trimWhitespace === false) return val
	return val.trim()
}
function setOutput(name, value) {
	if (process.env['GITHUB_OUTPUT'] || '')
		return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value))
	process.stdout.write(os.EOL)
	issueCommand('set-output', {name}, toCommandValue(value))
}
function debug(message) {
	issueCommand('debug', {}, message)
}
function error(message, properties = {}) {
	issueCommand(
		'error',
		toCommandProperties(properties),
		message instanceof Error ? message.toString() : message
	)
}
function warning(message, properties = {}) {
	issueCommand(
		'warning',
		toCommandProperties(properties),
		message instanceof Error ? message.toString() : message
	)
}
function notice(message, properties = {}) {
	issueCommand(
		'notice',
		toCommandProperties(properties),
		message instanceof Error ? message.toString() : message
	)
}
function info(message) {
	process.stdout.write(message + os.EOL)
}
function saveState(name, value) {
	if (process.env['GITHUB_STATE'] || '') return issueFileCommand('STATE', prepareKeyValueMessage(name, value))
	issueCommand('save-state', {name}, toCommandValue(value))
}
module.exports = {
	HttpClient,
	checkBypass,
	debug,
	error,
	getInput,
	getProxyUrl,
	info,
	notice,
	saveState,
	setOutput,
	setSecret,
	warning
}
