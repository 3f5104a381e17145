// Made by "npm run build" from src/; licences in NOTICES.txt
const {readBackupChoice} = require('./backups-choice.cjs')
const {chooseBackup} = require('./backups-find.cjs')
const {backupRow} = require('./backups-size.cjs')
const {
	mayHaveSucceeded,
	planned,
	quote,
	quoteInput,
	send,
	serviceTime,
	tookSoFar,
	withMore
} = require('./step.cjs')
const {notFoundGrace, waitForAll} = require('./waiting-wait-for-all.cjs')
const {jobSuccessful} = require('./waiting-job.cjs')
const {expectChange} = require('./zilliz-ahead.cjs')
const {exportBackup} = require('./zilliz-changes.cjs')
// src/operations/export-backup.ts
function read(reader, common) {
	const directory = reader.optional('directory')
	if (directory !== void 0 && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(directory))
		reader.report(
			'directory',
			`expected a folder without line ends and control characters; got ${quoteInput(directory)}`
		)
	return {
		...common,
		clusterId: reader.id('cluster-id'),
		backup: readBackupChoice(reader),
		integrationId: reader.id('integration-id'),
		directory,
		wait: reader.boolean('wait'),
		pollInterval: reader.duration('poll-interval'),
		dryRun: reader.boolean('dry-run')
	}
}
async function run(request, step) {
	const {clusterId, integrationId, directory, pollInterval} = request
	const {report} = step
	report.subject = `Export of a backup of ${clusterId}`
	if (!request.dryRun) expectChange(step.cloud)
	const backup = await chooseBackup(step, request, {use: 'exported'})
	const {backupId} = backup
	const change = exportBackup({clusterId, backupId}, request)
	const what = `backup ${backupId} of ${backup.clusterName ?? clusterId}`
	report.subject = `Export of ${what}`
	report.rows.push(
		backupRow(backup, serviceTime(step.cloud).now),
		{name: 'Integration', value: {code: integrationId}},
		...(directory === void 0 ? [] : [{name: 'Folder', value: {code: directory}}])
	)
	if (request.dryRun) return plan(step, clusterId, {what, change})
	const jobId = await send(step.cloud, change).catch(error => {
		throw mayHaveSucceeded(error) ? inDoubt(error, backupId) : error
	})
	step.inProgress.started({kind: 'job', jobId})
	const folder = directory === void 0 ? '' : `, folder ${quote(directory)}`
	step.log(`Export of backup ${backupId} to integration ${integrationId}${folder}: job ${jobId}.`)
	step.publish('jobId', jobId)
	step.publishList('jobIds', [jobId])
	if (!request.wait) {
		report.heading = `Export of ${what} has started`
		report.sentence = 'The step does not wait for it.'
		return 'started'
	}
	const job = jobSuccessful(jobId, {grace: notFoundGrace.created, isReadBack: false})
	await waitForAll(step, [job], {pollInterval, isNew: true})
	report.heading = `Export of ${what} is complete`
	report.sentence = `In ${tookSoFar(step)}. The files stay in your storage until you delete them.`
	return 'succeeded'
}
async function plan(step, clusterId, {what, change}) {
	const {refuseSourceByPlan} = await Promise.resolve().then(() => require('./plans.cjs'))
	await refuseSourceByPlan(step, clusterId, 'exported from')
	step.report.heading = `Dry run: ${what} would be exported`
	step.report.sentence = 'Nothing was started.'
	return planned(step, [change])
}
function inDoubt(error, backupId) {
	return withMore(error, {
		stake: `The export of backup ${backupId} may have started anyway.`,
		next: 'Look at the jobs in the console and at the storage before running this step again.',
		help: 'it-may-have-started'
	})
}
module.exports = {read, run}
