// Made by "npm run build" from src/; licences in NOTICES.txt
const {Cancelled, TimedOut, partsOf, quote, withMore} = require('./step.cjs')
const {alterAlias, describeAlias} = require('./verification-look-into.cjs')
const {readBack, runAgain, sendOrLost} = require('./switch-alias.cjs')
// src/verification/alias-in-doubt.ts
async function seeThrough(step, connection, lost) {
	if (!(await tookAnyway(step, connection, lost))) await sendAgain(step, connection, lost)
}
async function tookAnyway(step, connection, {alias, collection, previous, lost}) {
	step.log(`${lost.message} Checking where the alias points.`)
	const at = await describeAlias(connection, alias).catch(trouble => {
		throw inDoubt(lost, trouble)
	})
	if (at === collection || at === previous) return at === collection
	const name = quote(alias.alias)
	throw withMore(lost, {
		stake: `Alias ${name} points at ${quote(at)} now, so something else has switched it meanwhile. That is left as it is.`,
		next: 'Look which collection is the right one, then run this step again.'
	})
}
async function sendAgain(step, connection, wanted) {
	const {alias, collection, seeWhole} = wanted
	await seeWhole().catch(error => {
		throw withMore(error, {
			stake: 'The first request to switch the alias was not carried out, as a read showed.'
		})
	})
	const lost = await sendOrLost(connection, alterAlias(alias, collection))
	if (lost === void 0) await readBack(step, connection, wanted)
	else if (!(await tookAnyway(step, connection, {...wanted, lost})))
		throw withMore(lost, {stake: 'A read shows that the alias does not point there.', next: runAgain})
}
function inDoubt(lost, trouble) {
	const isCutShort = trouble instanceof Cancelled || trouble instanceof TimedOut
	const {what, answer} = partsOf(isCutShort ? lost : trouble)
	return withMore(isCutShort ? trouble : lost, {
		what,
		answer,
		stake: 'It may have been carried out.',
		next: runAgain,
		help: 'it-may-have-started'
	})
}
module.exports = {seeThrough}
