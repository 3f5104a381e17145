// Made by "npm run build" from src/; licences in NOTICES.txt
// src/waiting/slots.ts
const most = 18
const window = 1050
function openSlots(clock) {
	const begins = []
	return async () => {
		const now = clock.elapsed()
		const begin = Math.max(now, (begins.at(-18) ?? Number.NEGATIVE_INFINITY) + window)
		begins.push(begin)
		if (begins.length > most) begins.shift()
		if (begin > now) await clock.pause(begin - now)
	}
}
module.exports = {openSlots}
