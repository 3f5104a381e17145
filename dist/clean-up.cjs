// Made by "npm run build" from src/; licences in NOTICES.txt
const {
	Cancelled,
	InputError,
	OperationFailed,
	attemptAll,
	describeClusterIfThere,
	error,
	exitSoon,
	explain,
	isNotFound,
	listClusters,
	log,
	maskInputs,
	onCancel,
	openInProgress,
	openReader,
	openReport,
	openSession,
	openStep,
	partsOf,
	quote,
	readCommon,
	readInput,
	sanitize,
	stepCommon,
	systemClock,
	textOf,
	toleranceOfService,
	waitUntil,
	warning,
	writeSummary
} = require('./step.cjs')
const {isDeletingOrGone} = require('./clusters-busy.cjs')
const {drop} = require('./clusters-drop.cjs')
const {findLost, searchLimit} = require('./waiting-lost-response.cjs')
const {describeNamed} = require('./clusters-named.cjs')
const {afterJobPage} = require('./failed-page.cjs')
// src/clusters/find-own.ts
async function findOwn(step, intent, readableBy) {
	const {clusterName, projectId, since, until, clockDifference} = intent
	const createdSince = clockDifference === void 0 ? void 0 : since + clockDifference - toleranceOfService
	const isOlder = ({createTime}) =>
		createTime !== void 0 && createdSince !== void 0 && createTime < createdSince
	const killed = new Error('The step that asked for the cluster was killed.')
	const limit = Math.max(searchLimit, readableBy - step.clock.now())
	let young = []
	const result = await findLost(step, {lost: killed, limit}, async cloud => {
		young = (await describeNamed({...step, cloud}, intent)).filter(found => !isOlder(found))
		return young.length > 0 && young.every(({createTime}) => createTime !== void 0) ? young : void 0
	})
	if (result.kind === 'unknown') throw new OperationFailed(result.why)
	const latest = until + (clockDifference ?? 0) + longestMaking
	const [late] = young.filter(({createTime = 0}) => createTime > latest)
	if (late !== void 0) throw nothingShows(intent, young)
	if (young.length > 0) return onlyOne(step, intent, {found: young, createdSince})
	step.log(
		`delete-after-job: no cluster named ${quote(clusterName)} was created in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`
	)
}
const longestMaking = 3e5
function nothingShows({clusterName}, found) {
	const ids = found.map(({clusterId}) => clusterId).join(', ')
	const what = found.length > 1 ? 'Several clusters have' : 'A cluster has'
	return new OperationFailed(
		`${what} the name ${quote(clusterName)}, and nothing shows whether this job made it: ${ids}. Nothing was dropped.`
	)
}
function onlyOne(step, intent, {found, createdSince}) {
	const [only, ...others] = found
	const isUnclear = createdSince === void 0 || only?.createTime === void 0
	if (only === void 0 || others.length > 0 || isUnclear) throw nothingShows(intent, found)
	const {projectId} = intent
	step.log(
		`delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${sanitize(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, by the clock of the service, so it is this step's.`
	)
	return {clusterId: only.clusterId, createdSince}
}
// src/operations/delete-after-job.ts
const longestWait = 6e5
const notFoundGrace = 6e4
const pollInterval = 1e4
const stop = new AbortController()
const clock = systemClock(stop.signal)
let leftBehind = {clusterId: '', clusterName: ''}
async function run(intent, knownId, report) {
	leftBehind = {clusterId: knownId, clusterName: intent.clusterName}
	const step = await openOwnStep()
	const found =
		knownId === '' ? await findOwn(step, intent, intent.since + notFoundGrace) : {clusterId: knownId}
	if (found === void 0) return
	const {clusterId} = found
	leftBehind = {...leftBehind, clusterId}
	log(`delete-after-job: dropping cluster ${clusterId}, which this action created in this job.`)
	const {clusterName, projectId, neverIds, protectedClusters} = intent
	const what =
		(await dropCreated(
			step,
			{...found, clusterName, projectId, neverIds, protectedClusters},
			intent.since + notFoundGrace
		)) === 'dropped'
			? 'dropped. It stays in the recycle bin for 30 days'
			: 'gone'
	log(`delete-after-job: cluster ${clusterId} is ${what}.`)
	const [broken] = attemptAll(() =>
		report({dropped: true, cluster: leftBehind, text: `Cluster ${clusterId} is ${what}.`})
	)
	if (broken !== void 0) warning(explain(broken))
}
async function dropCreated(step, rule, readableBy) {
	const {clusterId} = rule
	const mayAppear = () => clock.now() < readableBy
	const poll = async () => {
		const found = await describeClusterIfThere(step.cloud, clusterId)
		if (found === void 0 && mayAppear()) return {progress: void 0}
		if (found === void 0) return {done: await goneFromList(step, rule)}
		try {
			const outcome = await drop(step, rule, {pollInterval})
			return outcome === 'gone' && mayAppear() ? {progress: void 0} : {done: outcome}
		} catch (error) {
			const refused = error instanceof OperationFailed ? error.cause : void 0
			if (isNotFound(refused, 'cluster') && mayAppear()) return {progress: void 0}
			throw error
		}
	}
	const stillOpen = () => `cluster ${clusterId} cannot be read`
	return waitUntil(step, poll, {maxPause: pollInterval, stillOpen})
}
async function goneFromList(step, {clusterId, projectId}) {
	const listed = (await listClusters(step.cloud, projectId)).find(cluster => cluster.clusterId === clusterId)
	if (listed === void 0 || isDeletingOrGone(listed.status)) return 'gone'
	throw new OperationFailed(
		`Cluster ${clusterId} cannot be read, but the list of clusters has it as ${sanitize(listed.status)}: it is not dropped unread.`
	)
}
async function openOwnStep() {
	const problems = []
	const environment = maskInputs()
	const reader = openReader(readInput, 'restore-cluster', problems)
	const access = await readCommon(reader, environment)
	if (problems.length > 0) throw new InputError(problems)
	const deadline = clock.elapsed() + longestWait
	return openStep(
		{...access, timeout: longestWait},
		{clock, deadline, stop: stop.signal},
		{inProgress: openInProgress(), session: openSession(), report: openReport()}
	)
}
function fail(failure, report) {
	const {clusterId, clusterName} = leftBehind
	const cluster = clusterId === '' ? `A cluster named ${quote(clusterName)}` : `Cluster ${clusterId}`
	const parts = partsOf(failure)
	const said = {
		...parts,
		help: 'a-cluster-could-not-be-dropped-after-the-job',
		stake: [parts.stake, `${cluster} may still be there and cost money.`].filter(Boolean).join(' '),
		next: [parts.next, 'Drop it with operation: delete-cluster or in the console.'].filter(Boolean).join(' ')
	}
	error(textOf(said), 'delete-after-job failed')
	attemptAll(() => report({dropped: false, cluster: leftBehind, said}))
}
async function deleteAfterJob(intentText, knownId, report) {
	process.exitCode = 1
	onCancel(() => stop.abort(new Cancelled()))
	process.on('uncaughtException', failure => {
		fail(failure, report)
		process.exit(1)
	})
	try {
		await run(JSON.parse(intentText), knownId, report)
		process.exitCode = 0
	} catch (failure) {
		fail(failure, report)
	}
	exitSoon()
}
// src/clean-up.ts
function cleanUp(intent, clusterId) {
	return deleteAfterJob(intent, clusterId, outcome => writeSummary(afterJobPage(outcome, stepCommon())))
}
module.exports = {cleanUp}
