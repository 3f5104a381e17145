// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	ActionError,
	ApiError,
	Cancelled,
	NoResponseError,
	OperationFailed,
	RunnerFileError,
	TimedOut,
	ageAndDate,
	attemptAll,
	clusterState,
	describeCharacter,
	describeClusterIfThere,
	firstLines,
	formatDuration,
	largestUnit,
	listClusters,
	listInSentence,
	partsOf,
	patiently,
	planned,
	quote,
	quoteInput,
	serviceTime,
	tableOf,
	toleranceOfRunner,
	toleranceOfService
} = require('./step.cjs')
const {firstWrongCharacter} = require('./clusters-name.cjs')
const {isProtected, noticeUnknownEntries, readProtectedClusters} = require('./clusters-protected.cjs')
const {endedEarly, severalFailed} = require('./several.cjs')
const {drop} = require('./clusters-drop.cjs')
const {forEachAtOnce} = require('./waiting-at-once.cjs')
const {dropCluster} = require('./zilliz-changes.cjs')
// src/clusters/name-pattern.ts
const leastOther = 3
function parseNamePattern(text) {
	const [before = '', placeholder, after = '', ...more] = text.split(/(\{pr\}|\*)/)
	const expected = (what, why) => `expected ${what}; got ${quoteInput(text)}, which ${why}`
	if (placeholder === void 0) return expected(onePlaceholder, 'has neither')
	if (more.length > 0) return expected(onePlaceholder, 'has more than one')
	const other = [...before, ...after]
	const wrong = firstWrongCharacter(before + after)
	if (wrong !== void 0)
		return expected(
			`letters, digits, blanks, _, - and Han characters around ${placeholder}`,
			`has ${describeCharacter(wrong)}`
		)
	if (other.length < leastOther)
		return expected(
			`at least ${leastOther} other characters around ${placeholder}`,
			`has ${other.length}: is the variable in it set?`
		)
	if (other.length > 255)
		return expected(`at most 255 other characters around ${placeholder}`, `has ${other.length}`)
	return {kind: placeholder === '*' ? 'any' : 'pull-request', before, after}
}
const onePlaceholder = 'a name with exactly one {pr} or exactly one *'
function readNamePattern(reader) {
	const text = reader.optional('name-pattern')
	const parsed = text === void 0 ? `expected ${onePlaceholder}; it is empty` : parseNamePattern(text)
	if (typeof parsed !== 'string') return parsed
	reader.report('name-pattern', parsed)
}
function textOfPattern({kind, before, after}) {
	return `${before}${kind === 'any' ? '*' : '{pr}'}${after}`
}
function matchOf({kind, before, after}, name) {
	if (!(name.startsWith(before) && name.endsWith(after)) || name.length <= before.length + after.length)
		return void 0
	const middle = name.slice(before.length, name.length - after.length)
	return kind === 'any' || /^[0-9]{1,10}$/.test(middle) ? middle : void 0
}
function isOtherCase(pattern, name) {
	const before = pattern.before.toLowerCase()
	const after = pattern.after.toLowerCase()
	return (
		matchOf({...pattern, before, after}, name.toLowerCase()) !== void 0 && matchOf(pattern, name) === void 0
	)
}
// src/clusters/candidates.ts
async function findCandidates(step, {pattern, projectId}, protectedClusters) {
	const all = await listClusters(step.cloud, projectId)
	await noticeUnknownEntries(step, protectedClusters)
	if (!all.some(cluster => cluster.projectId === projectId))
		await (await Promise.resolve().then(() => require('./project.cjs'))).refuseProjectSlip(step, projectId)
	const there = all.filter(({status}) => clusterState(status) !== 'deleted')
	const candidates = []
	for (const cluster of there.filter(isNamed)) {
		const match = matchOf(pattern, cluster.clusterName)
		if (match === void 0) continue
		const known = await withTime(step, cluster)
		const number = pattern.kind === 'any' ? void 0 : Number(match)
		if (known !== void 0) candidates.push({cluster: known, number})
	}
	const otherCase = there.filter(isNamed).filter(({clusterName}) => isOtherCase(pattern, clusterName))
	sayOtherCase(step, pattern, {matching: candidates.length, names: otherCase.map(one => one.clusterName)})
	return candidates.sort((one, other) => (one.cluster.createTime ?? 0) - (other.cluster.createTime ?? 0))
}
function isNamed(cluster) {
	return cluster.clusterName !== void 0
}
async function withTime(step, cluster) {
	if (cluster.createTime !== void 0) return cluster
	const found = await describeClusterIfThere(step.cloud, cluster.clusterId)
	return found && {...cluster, createTime: found.createTime}
}
function sayOtherCase(step, pattern, {matching, names}) {
	if (names.length === 0) return
	const named = listInSentence(names.map(quote))
	const text = quote(textOfPattern(pattern))
	if (matching === 0)
		throw new OperationFailed(
			`name-pattern: no name of a cluster matches ${text}, but some differ by case alone: ${named}.`
		)
	step.notice(`name-pattern: kept, since these names differ from ${text} by case: ${named}.`)
}
// src/clusters/prune-rule.ts
const longestAfterClosing = 216e5
function whyKept(rule, {cluster, owner}, now) {
	if (isProtected(rule.protectedClusters, cluster)) return 'protected'
	if (owner?.state === 'open' || owner?.state === 'not-found') return owner.state
	const {createTime} = cluster
	if (createTime === void 0) return 'without-time'
	const byOwner = owner === void 0 ? void 0 : whyKeptByTimes(owner, createTime, now.tolerance)
	if (byOwner !== void 0) return byOwner
	const {olderThan} = rule
	return olderThan !== void 0 && createTime > now.now - olderThan - now.tolerance ? 'young' : void 0
}
function whyKeptByTimes(owner, createTime, ofCluster) {
	const {createdAt, closedAt} = owner
	if (createdAt === void 0 || closedAt === void 0) return 'owner-without-time'
	const tolerance = ofCluster + owner.tolerance
	if (createTime < createdAt + tolerance) return 'older'
	return createTime > closedAt + longestAfterClosing - tolerance ? 'later' : void 0
}
const reasonsToNotice = ['not-found', 'without-time', 'owner-without-time', 'older', 'later']
function describeReason(reason, {olderThan = 0}) {
	switch (reason) {
		case 'protected':
			return 'it is one of protected-clusters'
		case 'open':
			return 'its pull request is open'
		case 'not-found':
			return 'its pull request was not found'
		case 'without-time':
			return 'the service shows no time of its creation'
		case 'owner-without-time':
			return 'GitHub shows no times of its pull request'
		case 'older':
			return 'it seems to be older than its pull request'
		case 'later':
			return 'it was created more than 6h after its pull request was closed'
		case 'young':
			return `it is not older than ${formatDuration(olderThan)}`
	}
}
// src/clusters/prune-one.ts
function ownerIn({owners}, {number}) {
	return number === void 0 ? void 0 : (owners.get(number) ?? unknown)
}
const unknown = {state: 'not-found', tolerance: 0, askedAt: Number.NEGATIVE_INFINITY}
const longestDrop = 6e5
const freshFor = 6e4
var KeptAfterAll = class extends OperationFailed {
	reason
	constructor({clusterId}, reason, rule) {
		super(`Cluster ${clusterId} is kept after all: ${describeReason(reason, rule)}.`)
		this.reason = reason
	}
}
async function dropOne(sweep, candidate) {
	const {step, fates} = sweep
	const {clusterId, clusterName} = candidate.cluster
	const set = fate => void fates.set(clusterId, fate)
	const limited = limitedTo(step, longestDrop)
	const unanswered = []
	const lookAgain = () =>
		askAgain(sweep, candidate).catch(error => {
			unanswered.push(error)
			throw error
		})
	const onSend = sent => set({kind: sent === void 0 ? 'waiting' : 'sent'})
	step.log(`Dropping cluster ${clusterId}, ${quote(clusterName)}${becauseOf(sweep, candidate)}.`)
	try {
		const outcome = await drop(limited, {...ruleOf(sweep, candidate), lookAgain, onSend}, sweep)
		set({kind: outcome === 'dropped' ? 'dropped' : 'gone'})
		step.log(`Cluster ${clusterId} is ${outcome === 'gone' ? 'gone already' : outcome}.`)
	} catch (error) {
		if (error instanceof KeptAfterAll) {
			set({kind: 'kept', reason: error.reason})
			step.log(error.message)
			return
		}
		if (unanswered.length > 0 || !isOfOne(error, limited !== step) || !(error instanceof ActionError))
			throw error
		const mayBeDropped = fates.get(clusterId)?.kind === 'sent'
		set({kind: 'failed', said: partsOf(error), mayBeDropped})
		step.log(error.message)
	}
}
function becauseOf(sweep, candidate) {
	const owner = ownerIn(sweep, candidate)
	return owner === void 0 ? '' : `: pull request ${candidate.number} is ${owner.state}`
}
function limitedTo(step, timeout) {
	const deadline = step.clock.elapsed() + timeout
	return deadline < step.deadline ? {...step, deadline, timeout, cloud: {...step.cloud, deadline}} : step
}
function ruleOf(sweep, candidate) {
	const {step, rule, projectId} = sweep
	const {clusterId, clusterName} = candidate.cluster
	return {
		clusterId,
		clusterName,
		projectId,
		isByPattern: true,
		protectedClusters: rule.protectedClusters,
		isFresh: () => isFresh(sweep, candidate),
		check(found) {
			const judged = {cluster: found, owner: ownerIn(sweep, candidate)}
			const reason = whyKept(rule, judged, serviceTime(step.cloud))
			if (reason !== void 0) throw new KeptAfterAll(found, reason, rule)
		}
	}
}
async function askAgain(sweep, candidate) {
	const {ask, owners} = sweep
	const {number} = candidate
	if (number === void 0 || ask === void 0 || isFresh(sweep, candidate)) return
	owners.set(number, await ask(number))
}
function isFresh(sweep, candidate) {
	const owner = ownerIn(sweep, candidate)
	return owner === void 0 || sweep.step.clock.elapsed() - owner.askedAt <= freshFor
}
function isOfOne(error, hasOwnDeadline) {
	if (error instanceof Cancelled || error instanceof RunnerFileError) return false
	return error instanceof TimedOut ? hasOwnDeadline : !isKeyRefused(error)
}
function isKeyRefused(error) {
	if (error instanceof ApiError) return error.group === 'key'
	return error instanceof Error && error.cause !== void 0 && isKeyRefused(error.cause)
}
// src/clusters/prune.ts
function judgeAll(sweep, candidates) {
	const now = serviceTime(sweep.step.cloud)
	for (const candidate of candidates) {
		const {cluster} = candidate
		const reason = whyKept(sweep.rule, {cluster, owner: ownerIn(sweep, candidate)}, now)
		sweep.fates.set(cluster.clusterId, reason === void 0 ? {kind: 'waiting'} : {kind: 'kept', reason})
	}
}
const mostNamed = 10
function noticeKept({step, rule, fates}, among) {
	const each = among.flatMap(({cluster: {clusterId, clusterName}}) => {
		const fate = fates.get(clusterId)
		if (fate?.kind !== 'kept' || !reasonsToNotice.includes(fate.reason)) return []
		return [`${quote(clusterName)} (${clusterId}): ${describeReason(fate.reason, rule)}`]
	})
	if (each.length === 0) return
	step.notice(['Kept:', ...firstLines(each, mostNamed)].join('\n'))
}
function warnWhereNoneWasFound({step, owners}) {
	if (owners.size === 0 || [...owners.values()].some(({state}) => state !== 'not-found')) return
	step.warning(
		'No pull request of these clusters was found, so all of them are kept. Either they belong to another repository, or github-token may not see the pull requests of this one: the job needs "permissions: pull-requests: read".'
	)
}
async function dropAll(sweep, toDrop) {
	const publish = () => sweep.step.publishList('deletedClusterIds', idsOf(sweep, 'dropped'))
	try {
		for (const candidate of toDrop) {
			await dropOne(sweep, candidate)
			publish()
		}
	} catch (error) {
		attemptAll(publish)
		const count = `${idsOf(sweep, 'dropped').length} of ${toDrop.length} clusters are dropped${droppedIn(sweep)}.`
		throw endedEarly(error, count, failuresIn(sweep))
	}
	const failures = failuresIn(sweep)
	if (failures.length === 0) return
	const count = `${failures.length} of ${toDrop.length} clusters could not be dropped. Dropped: ${idsOf(sweep, 'dropped').length}${droppedIn(sweep)}.`
	throw severalFailed(count, failures)
}
function droppedIn(sweep) {
	const ids = idsOf(sweep, 'dropped')
	return ids.length === 0 ? '' : ` (${listInSentence(ids)})`
}
function idsOf({fates}, kind) {
	return [...fates].flatMap(([clusterId, fate]) => (fate.kind === kind ? [clusterId] : []))
}
function failuresIn({fates}) {
	return [...fates.values()].flatMap(fate => (fate.kind === 'failed' ? [fate.said] : []))
}
// src/clusters/pull-requests.ts
const help = 'github-could-not-be-asked'
const longestExchange = 3e4
const longestTrouble = 12e4
const questionsPerSecond = 10
async function openAsk(step, token) {
	const {readPullRequest} = await Promise.resolve().then(() => require('./pull-requests.cjs'))
	const {clock, cloud} = step
	return number =>
		askUntilAnswered(step, number, longest =>
			readPullRequest(number, {token, longest, stop: cloud.stop, now: clock.now})
		)
}
async function askAll(step, ask, numbers) {
	const owners = new Map()
	const pace = {clock: step.clock, perSecond: questionsPerSecond}
	await forEachAtOnce([...new Set(numbers)], {pace}, async number => {
		owners.set(number, await ask(number))
	})
	return owners
}
async function askUntilAnswered(step, number, ask) {
	const {clock, deadline, log} = step
	const tried = `read pull request ${number} from GitHub`
	const attempt = async () => {
		const askedAt = clock.elapsed()
		const left = deadline - askedAt
		const timedOut = () => new TimedOut(`Could not ${tried}: the step timed out.`)
		if (left <= 0) throw timedOut()
		const answer = await ask(Math.min(longestExchange, left))
		if (answer.kind === 'found') return {...ownerOf(step, answer.pullRequest), askedAt}
		if (answer.kind === 'not-found') return {state: answer.kind, tolerance: 0, askedAt}
		const {said} = answer
		if (answer.kind === 'refused')
			throw new OperationFailed({...said, what: `Could not ${tried}: ${said.what}.`, help})
		if (left < longestExchange && clock.elapsed() >= deadline - 50) throw timedOut()
		const {isLoad, retryAfter} = answer
		throw new NoResponseError({...said, help}, {kind: isLoad ? 'throttled' : 'lost', retryAfter})
	}
	return patiently(attempt, {
		tried,
		clock,
		deadline,
		log,
		maxDuration: longestTrouble,
		shouldRetry: () => true,
		makeWayAfter: Number.POSITIVE_INFINITY,
		hasResponded: () => true,
		load: {notBefore: 0, times: 0}
	})
}
function ownerOf({cloud}, pullRequest) {
	const {state, createdAt, closedAt, clockDifference} = pullRequest
	const ahead = serviceTime(cloud).now - cloud.clock.now() - (clockDifference ?? 0)
	const byService = time => (time === void 0 ? void 0 : time + ahead)
	return {
		state,
		createdAt: byService(createdAt),
		closedAt: byService(closedAt),
		tolerance: clockDifference === void 0 ? toleranceOfRunner : toleranceOfService
	}
}
// src/github/pull-request-url.ts
function pullRequestUrl(number) {
	const {GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository} = process.env
	return server && repository ? `${server}/${repository}/pull/${number}` : void 0
}
// src/reports/prune-clusters.ts
function showPlannedSweep(shown) {
	const {report} = shown.sweep.step
	report.heading = `Dry run: ${countOf(shown, 'waiting')} would be dropped`
	report.sentence = `${describeSweepRule(shown)} Nothing was dropped.`
	showTable(shown, 'would be dropped')
}
function showSweep(shown) {
	const {sweep, candidates} = shown
	const {report} = sweep.step
	const isIdle = candidates.every(candidate => ['kept', 'gone'].includes(fateIn(sweep, candidate).kind))
	const isDropped = candidates.some(candidate => fateIn(sweep, candidate).kind === 'dropped')
	report.heading = isIdle
		? `Nothing to drop: ${nothingOf(shown)}`
		: `${countOf(shown, 'dropped')} are dropped`
	report.sentence = `${describeSweepRule(shown)}${isDropped ? ` ${bin}` : ''}`
	showTable(shown, {strong: 'not reached: the step ended before'})
}
const bin =
	'Dropped clusters stay in the recycle bin for 30 days, where the console can restore them; free ones do not.'
function nothingOf({pattern, candidates}) {
	const like = textOfPattern(pattern)
	if (candidates.length === 0) return `no cluster like ${like}`
	return candidates.length === 1
		? `1 cluster like ${like} stays`
		: `${candidates.length} clusters like ${like} stay`
}
function countOf({sweep, pattern, candidates}, kind) {
	return `${candidates.filter(candidate => fateIn(sweep, candidate).kind === kind).length} of ${candidates.length} clusters like ${textOfPattern(pattern)}`
}
function describeSweepRule({sweep, pattern}) {
	const {olderThan} = sweep.rule
	const old = olderThan === void 0 ? '' : ` when older than ${formatDuration(olderThan)}`
	if (pattern.kind === 'any') return `Rule: drop each cluster of that name${old}.`
	return `Rule: drop each cluster whose pull request is closed or merged${old}.`
}
function fateIn({fates}, {cluster}) {
	return fates.get(cluster.clusterId) ?? {kind: 'waiting'}
}
function showTable({sweep, pattern, candidates}, waiting) {
	if (candidates.length === 0) return
	const {now} = serviceTime(sweep.step.cloud)
	const columns = [
		{name: 'Created', cell: ({cluster}) => ageAndDate(cluster, now)},
		{name: 'Cluster', cell: ({cluster}) => cluster.clusterName},
		{name: 'Id', cell: ({cluster}) => ({code: cluster.clusterId})},
		{name: 'State', cell: ({cluster}) => cluster.status, isOptional: true},
		...(pattern.kind === 'any'
			? []
			: [{name: 'Pull request', cell: candidate => pullRequestCell(sweep, candidate, now)}]),
		{name: '', cell: candidate => fateCell(fateIn(sweep, candidate), {rule: sweep.rule, waiting})}
	]
	sweep.step.report.tables.push(tableOf(columns, candidates))
}
function pullRequestCell(sweep, candidate, now) {
	const {number = 0} = candidate
	const owner = ownerIn(sweep, candidate)
	const href = pullRequestUrl(number)
	const text = String(number)
	if (owner === void 0 || owner.state === 'not-found') return `${text}, not found`
	const {state, closedAt} = owner
	const age = state === 'open' || closedAt === void 0 ? '' : ` ${largestUnit(now - closedAt)} ago`
	return [href === void 0 ? text : {text, href}, `, ${state}${age}`]
}
function fateCell(fate, {rule, waiting}) {
	switch (fate.kind) {
		case 'kept':
			return [{strong: 'stays'}, `: ${describeReason(fate.reason, rule)}`]
		case 'waiting':
			return waiting
		case 'sent':
			return {strong: 'may be dropped'}
		case 'dropped':
			return 'dropped'
		case 'gone':
			return 'gone without this step'
		case 'failed':
			return {
				strong: fate.mayBeDropped ? 'may be dropped: it could not be confirmed' : 'could not be dropped'
			}
	}
}
// src/operations/prune-clusters.ts
async function read(reader, common) {
	const pattern = readNamePattern(reader)
	const olderThan = reader.optionalDuration('older-than')
	if (pattern?.kind === 'any' && reader.optional('older-than') === void 0)
		reader.report('older-than', 'with * in name-pattern expected a duration such as 7d; it is any')
	return {
		...common,
		pattern: pattern ?? {kind: 'any', before: '', after: ''},
		projectId: reader.id('target-project-id'),
		olderThan,
		protectedClusters: await readProtectedClusters(reader),
		token: pattern?.kind === 'pull-request' ? readToken(reader) : '',
		pollInterval: reader.duration('poll-interval'),
		dryRun: reader.boolean('dry-run')
	}
}
function readToken(reader) {
	const token = reader.optional('github-token') ?? ''
	if (!/^[\x21-\x7e]+$/.test(token)) {
		const got = token === '' ? 'it is empty' : 'got something else (not shown)'
		reader.report(
			'github-token',
			`with {pr} in name-pattern expected a token that may read pull requests, of visible ASCII characters; ${got}`
		)
	}
	return token
}
async function run(request, step) {
	const {pattern, projectId, dryRun} = request
	const {report} = step
	report.subject = `Dropping clusters like ${textOfPattern(pattern)}`
	step.publishList('deletedClusterIds', [])
	const candidates = await findCandidates(step, request, request.protectedClusters)
	const sweep = await openSweep(request, step, candidates)
	judgeAll(sweep, candidates)
	const toDrop = candidates.filter(({cluster}) => sweep.fates.get(cluster.clusterId)?.kind === 'waiting')
	step.log(
		`Clusters of project ${projectId} like ${textOfPattern(pattern)}: ${candidates.length}. To drop: ${toDrop.length}.`
	)
	warnWhereNoneWasFound(sweep)
	noticeKept(sweep, candidates)
	const shown = {sweep, pattern, candidates}
	if (dryRun) {
		showPlannedSweep(shown)
		return planned(
			step,
			toDrop.map(({cluster}) => dropCluster(cluster.clusterId))
		)
	}
	try {
		await dropAll(sweep, toDrop)
	} finally {
		noticeKept(sweep, toDrop)
		showSweep(shown)
	}
	return 'succeeded'
}
async function openSweep(request, step, candidates) {
	const {projectId, pollInterval, token} = request
	const numbers = candidates.flatMap(({number}) => number ?? [])
	const ask = numbers.length === 0 ? void 0 : await openAsk(step, token)
	return {
		step,
		rule: request,
		projectId,
		pollInterval,
		ask,
		owners: ask === void 0 ? new Map() : await askAll(step, ask, numbers),
		fates: new Map()
	}
}
module.exports = {read, run}
