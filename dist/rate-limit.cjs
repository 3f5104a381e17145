// Made by "npm run build" from src/; licences in NOTICES.txt
// src/waiting/rate-limit.ts
const concurrency = 4
async function forEachLimited(items, {clock, perSecond}, work) {
	const left = items.values()
	const thrown = []
	const isOver = () => thrown.length > 0
	let next = clock.elapsed()
	const worker = async () => {
		for (const item of left) {
			const now = clock.elapsed()
			const begin = Math.max(now, next)
			next = begin + 1e3 / perSecond
			if (begin > now) await clock.pause(begin - now)
			if (isOver()) return
			await work(item, isOver)
		}
	}
	const note = error => thrown.push(error)
	await Promise.all(Array.from({length: concurrency}, () => worker().catch(note)))
	if (isOver()) throw thrown[0]
}
module.exports = {forEachLimited}
