// Made by "npm run build" from src/; licences in NOTICES.txt
const {OperationFailed, quote} = require('./step.cjs')
const {describeSourceIfThere, unknownWhereForbidden} = require('./backups-source.cjs')
// src/backups/plans.ts
const plansWithoutBackup = ['free', 'serverless']
function refuseByPlan({clusterId, plan}, use) {
	if (plan === void 0 || !plansWithoutBackup.includes(plan.toLowerCase())) return
	throw new OperationFailed({
		what: `Cluster ${clusterId} is of plan ${quote(plan)} and cannot be ${use}: backups are for Dedicated clusters only.`,
		next: 'Choose a Dedicated cluster, or change the plan of this one in the console.'
	})
}
async function refuseSourceByPlan(step, clusterId, use) {
	const source = await describeSourceIfThere(step, clusterId).catch(unknownWhereForbidden)
	if (source !== void 0) refuseByPlan(source, use)
}
module.exports = {refuseByPlan, refuseSourceByPlan}
