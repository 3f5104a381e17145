// Made by "npm run build" from src/; licences in NOTICES.txt
const {Cancelled} = require('./inputs.cjs')
// src/clock.ts
const longestTimer = 2 ** 31 - 1
function systemClock(stop) {
	return {
		now: () => Date.now(),
		elapsed: () => performance.now(),
		pause: milliseconds => pauseUnless(stop, milliseconds)
	}
}
function pauseUnless(stop, milliseconds) {
	return new Promise((resolve, reject) => {
		if (stop.aborted) {
			reject(new Cancelled())
			return
		}
		const cancel = () => {
			clearTimeout(timer)
			reject(new Cancelled())
		}
		const done = () => {
			stop.removeEventListener('abort', cancel)
			resolve()
		}
		const timer = setTimeout(done, Math.min(milliseconds, longestTimer))
		stop.addEventListener('abort', cancel, {once: true})
	})
}
// src/in-progress.ts
function openInProgress() {
	const items = new Map()
	const unread = new Set()
	let createdClusterId
	let droppedClusterId
	return {
		started(item) {
			items.set(keyOf(item), item)
			unread.delete(keyOf(item))
		},
		asked(item) {
			items.set(keyOf(item), item)
			unread.add(keyOf(item))
		},
		ended: item => void items.delete(keyOf(item)),
		created(clusterId) {
			createdClusterId = clusterId
		},
		get createdClusterId() {
			return createdClusterId
		},
		dropping(clusterId) {
			droppedClusterId = clusterId
		},
		get droppedClusterId() {
			return droppedClusterId
		},
		get items() {
			return [...items.values()]
		},
		get unread() {
			return [...items].flatMap(([key, item]) => (unread.has(key) ? [item] : []))
		}
	}
}
function idOf(item) {
	switch (item.kind) {
		case 'job':
			return item.jobId
		case 'backup':
			return item.backupId
		case 'cluster':
			return item.clusterId
	}
}
function keyOf(item) {
	const of = item.kind === 'backup' ? `${item.clusterId} ` : ''
	return `${item.kind} ${of}${idOf(item)}`
}
module.exports = {idOf, openInProgress, systemClock}
