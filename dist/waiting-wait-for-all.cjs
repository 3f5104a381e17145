// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ActionError,
	ApiError,
	Cancelled,
	OperationFailed,
	TimedOut,
	formatDuration,
	progressLog,
	waitUntil,
	withMore
} = require('./step.cjs')
const {openSlots} = require('./waiting-slots.cjs')
// src/waiting/conditions.ts
const notFoundGrace = {created: 6e4, given: 15e3, none: 0}
// src/waiting/in-turn.ts
async function* inTurn(step, reads, {troubledLast}) {
	const {stop} = step.cloud
	const over = new AbortController()
	const stopped = () => over.abort(stop.reason)
	stop.addEventListener('abort', stopped)
	if (stop.aborted) stopped()
	try {
		const turns = reads.map(read => begin(step, read, over.signal))
		for (const {speak, result} of troubledLast ? await quietFirst(turns) : turns) {
			speak()
			yield await result
		}
	} finally {
		stop.removeEventListener('abort', stopped)
		over.abort(new Cancelled())
	}
}
async function bothInTurn(step, first, second) {
	const results = []
	for await (const result of inTurn(step, [first, second], {troubledLast: false})) results.push(result)
	return results
}
function begin(step, read, stop) {
	const held = []
	let log = line => {
		held.push(line)
	}
	let onLine = () => {}
	const hasLine = new Promise(resolve => {
		onLine = () => resolve(false)
	})
	const say = line => {
		onLine()
		log(line)
	}
	const result = read({...step, log: say, cloud: {...step.cloud, log: say, stop}})
	const isOver = () => true
	return {
		result,
		isQuiet: Promise.race([hasLine, result.then(isOver, isOver)]),
		speak() {
			for (const line of held) step.log(line)
			log = step.log
		}
	}
}
async function quietFirst(turns) {
	const quiet = await Promise.all(turns.map(({isQuiet}) => isQuiet))
	return [true, false].flatMap(isQuiet => turns.filter((_, index) => quiet[index] === isQuiet))
}
// src/waiting/read-once.ts
function ignoreTrouble(error) {
	if (error instanceof Cancelled || !(error instanceof ActionError)) throw error
}
function readingOnce(step) {
	return {...step, cloud: {...step.cloud, triesOnce: true}}
}
const longestRead = 6e4
async function readOnce(condition, options) {
	const {step, isAlone} = options
	const own = isAlone ? step : {...step, cloud: {...step.cloud, makeWayAfter: longestRead}}
	try {
		return {status: await condition.read(own), isUnreadable: false}
	} catch (error) {
		if (!(error instanceof TimedOut) && !(error instanceof ApiError)) throw error
		const {afterFault} = await Promise.resolve().then(() => require('./unreadable.cjs'))
		return afterFault(error, condition, options)
	}
}
// src/waiting/taken.ts
function take(waiting, {condition, status, isUnreadable, readAt}) {
	const {inProgress} = waiting.step
	record(waiting, condition, status)
	if (status.state === 'pending') {
		if (status.hasEnded) inProgress.ended(condition.item)
		else if (!isUnreadable) inProgress.started(condition.item)
		return [status.progress]
	}
	waiting.open.delete(condition)
	if (status.state === 'met') waiting.lastMet = condition
	if (status.state === 'met' && condition.item.kind !== 'job') waiting.met.set(condition, readAt)
	if (!isUnreadable) inProgress.ended(condition.item)
	return []
}
function record(waiting, condition, status) {
	const {step, lastRead, failures, log, label} = waiting
	const progress = status.state === 'pending' ? status.progress : void 0
	const percent = progress === void 0 ? '' : `${Math.floor(progress)} %`
	lastRead.set(condition, [status.line, percent].filter(Boolean).join(', '))
	if (status.state === 'failed') failures.push({condition, status})
	if (status.state === 'failed' && status.isHopeless) waiting.isHopeless = true
	if (status.state !== 'pending') condition.onEnd?.(status.state === 'failed' ? status : void 0)
	const tenth = progress === void 0 ? '' : Math.floor(progress / 10)
	if (!log.isNew(condition.what, `${status.line} ${tenth}`) && !log.isDue()) return
	const reason = status.state === 'failed' && status.reason ? ` Reason: ${status.reason.text}.` : ''
	const line = `${label(condition)} ${status.line}${reason}`.trim()
	step.log([waitedFor(waiting), percent, line].filter(Boolean).join('  '))
}
function labelsOf(conditions) {
	if (conditions.length === 1) return () => ''
	return ({what, item: {kind}}) =>
		conditions.filter(({item}) => item.kind === kind).length === 1 ? kind : what
}
function waitedFor({step, start}) {
	return formatDuration(step.clock.elapsed() - start)
}
function stillOpen({open, lastRead}) {
	return [...open]
		.map(condition => `${condition.what} is ${lastRead.get(condition) ?? 'not read yet'}`)
		.join('; ')
}
// src/waiting/wait-for-all.ts
async function waitForAll(step, conditions, {pollInterval, failFast = false, isNew = false}) {
	const {clock} = step
	const waiting = {
		step,
		failFast,
		start: clock.elapsed(),
		open: new Set(conditions),
		met: new Map(),
		lastMet: void 0,
		lastRead: new Map(),
		failures: [],
		isHopeless: false,
		slot: openSlots(clock),
		throttled: 0,
		log: progressLog(clock),
		label: labelsOf(conditions)
	}
	try {
		const isThrottled = step.cloud.session.load.times > 0
		await waitUntil(step, () => readRound(waiting), {
			maxPause: pollInterval,
			stillOpen: () => stillOpen(waiting),
			known: isNew && isThrottled ? {progress: 0, isThrottled} : void 0
		})
	} catch (error) {
		if (waiting.failures.length === 0) throw error
		throw withMore(error, await whatIsSaid(waiting))
	}
	if (waiting.failures.length > 0) throw new OperationFailed(await whatIsSaid(waiting))
}
async function whatIsSaid({failures}) {
	const {partsOf} = await Promise.resolve().then(() => require('./failures.cjs'))
	return partsOf(failures)
}
async function readRound(waiting) {
	const {open, step} = waiting
	const {load} = step.cloud.session
	const throttledBefore = waiting.throttled
	let progress = await readSome(waiting)
	for (let again = metBeforeTheLast(waiting); open.size === 0 && again.length > 0; again = tooOld(waiting)) {
		for (const condition of again) {
			open.add(condition)
			waiting.met.delete(condition)
			waiting.lastRead.set(condition, `${waiting.lastRead.get(condition)} at the last read, which is too old`)
		}
		progress = await readOpen(waiting, [...open])
	}
	const over = isOver(waiting)
	if (over) await readOpen({...waiting, step: readingOnce(waiting.step)}, [...open]).catch(ignoreTrouble)
	if (open.size === 0 || over) return {done: void 0}
	const least = progress.includes(void 0) ? void 0 : Math.min(...progress)
	waiting.throttled = load.times
	return {progress: least, isThrottled: load.times > throttledBefore}
}
const mostFirst = 15
const mostInPart = 18
async function readSome(waiting) {
	const {open} = waiting
	const left = [...open]
	const progress = []
	for (let first = mostFirst; left.length > 0; first = mostInPart) {
		const part = left.splice(0, mostInPart)
		progress.push(...(await readOpen(waiting, part)))
		const others = left.length > 0 ? part.slice(first).filter(read => open.has(read)) : []
		for (const read of others) {
			open.delete(read)
			open.add(read)
		}
		if (isOver(waiting) || part.slice(0, first).some(condition => open.has(condition))) break
	}
	return progress
}
function isOver({failFast, failures, isHopeless}) {
	return (failFast && failures.length > 0) || isHopeless
}
function metBeforeTheLast(waiting) {
	const old = tooOld(waiting)
	return [...waiting.met.keys()].filter(condition => condition !== waiting.lastMet || old.includes(condition))
}
const oldestLook = 3e4
function tooOld({met, step}) {
	const now = step.clock.elapsed()
	return [...met].filter(([, readAt]) => now - readAt > oldestLook).map(([condition]) => condition)
}
const mostAtOnce = 4
async function readOpen(waiting, conditions) {
	const {clock} = waiting.step
	const progress = []
	const isAlone = waiting.open.size === 1
	const left = [...conditions]
	while (left.length > 0) {
		const few = left.splice(0, mostAtOnce)
		for (const _ of few) await waiting.slot()
		const reads = few.map(condition => async step => {
			return {...(await readOnce(condition, {...waiting, step, isAlone})), condition, readAt: clock.elapsed()}
		})
		for await (const seen of inTurn(waiting.step, reads, {troubledLast: true})) {
			progress.push(...take(waiting, seen))
			if (isOver(waiting)) return progress
		}
	}
	return progress
}
module.exports = {bothInTurn, ignoreTrouble, notFoundGrace, waitForAll}
