// Made by "npm run build" from src/; licences in NOTICES.txt
// src/waiting/slots.ts
const usual = 18
const window = 1050
function openSlots(clock, most = usual) {
	const begins = []
	return async () => {
		const now = clock.elapsed()
		const begin = Math.max(now, (begins.at(-most) ?? Number.NEGATIVE_INFINITY) + window)
		begins.push(begin)
		if (begins.length > most) begins.shift()
		if (begin > now) await clock.pause(begin - now)
	}
}
module.exports = {openSlots}
