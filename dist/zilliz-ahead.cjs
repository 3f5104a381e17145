// Made by "npm run build" from src/; licences in NOTICES.txt
// src/zilliz/ahead.ts
const longest = 2e3
function expectChange({session}) {
	session.kept.ahead = openAhead()
}
function openAhead() {
	let made
	let isMade = false
	return {
		follow(agent, elapsed) {
			const connect = agent.createConnection.bind(agent)
			agent.createConnection = (options, callback) => {
				const ofRead = connect(options, callback)
				ofRead?.once('session', () => {
					if (isMade) return
					isMade = true
					made = {socket: another(connect, options), at: elapsed()}
				})
				return ofRead
			}
		},
		take(elapsed) {
			const taken = made
			made = void 0
			if (taken === void 0) return void 0
			const {socket, at} = taken
			if (!socket.destroyed && socket.readableLength === 0 && elapsed() - at <= longest) return socket.ref()
			socket.destroy()
		}
	}
}
function another(connect, options) {
	const {signal: _, ...own} = options
	return connect(own)
		.on('error', () => void 0)
		.unref()
}
module.exports = {expectChange}
