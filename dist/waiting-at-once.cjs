// Made by "npm run build" from src/; licences in NOTICES.txt
// src/waiting/at-once.ts
const few = 4
async function forEachAtOnce(items, {most = few, pace, slot}, work) {
	const left = items.values()
	const thrown = []
	const isOver = () => thrown.length > 0
	let next = Number.NEGATIVE_INFINITY
	const worker = async () => {
		for (const item of left) {
			if (pace !== void 0) {
				const now = pace.clock.elapsed()
				const begin = Math.max(now, next)
				next = begin + 1e3 / pace.perSecond
				if (begin > now) await pace.clock.pause(begin - now)
			}
			await slot?.()
			if (isOver()) return
			await work(item, isOver)
		}
	}
	const note = error => thrown.push(error)
	await Promise.all(Array.from({length: most}, () => worker().catch(note)))
	if (isOver()) throw thrown[0]
}
module.exports = {forEachAtOnce}
