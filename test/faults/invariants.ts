/** What must hold in every run, whatever goes wrong. */

import { changesOnUsedConnections, inOrder, strayTokens } from '../harness/data-requests.ts'
import type { StepResult } from '../harness/runner.ts'
import { findLeaks } from '../harness/secrets.ts'
import type { Run, Violation } from './case.ts'
import { deletedBesides, unreportedDeletions } from './deletions.ts'
import { undescribed } from './described.ts'
import { effects } from './effects.ts'
import { brokenCancels, disagreements, greenWithoutGoal, lateEnds, poorErrors, wrongEnds } from './endings.ts'
import { secretsIn } from './fixture.ts'
import { changesOfDryRun, takenFromOthers } from './others.ts'
import { repeatedRefusals, tooSoon } from './refusals.ts'
import { unsaid } from './silence.ts'
import { lostIds, secondStarts } from './starts.ts'
import { secondSwitches, unsaidSwitches, unseenSwitches } from './switches.ts'
import { falseSuccess } from './truth.ts'

type Invariant = (run: Run) => string[]

/** By name; those that a busy machine can break are marked. */
const invariants: Record<string, { find: Invariant; timed?: true }> = {
  'no second start': { find: secondStarts },
  'nothing else is deleted': { find: deletedBesides },
  'nothing is deleted unread': { find: undescribed },
  'what others made is left alone': { find: takenFromOthers },
  'a dry run changes nothing': { find: changesOfDryRun },
  'what is deleted is reported': { find: unreportedDeletions, timed: true },
  'no success without the result': { find: greenWithoutGoal },
  'what succeeded is true at the end': { find: falseSuccess },
  'no secret shown': { find: secretsShown },
  'no other host': { find: otherHosts },
  'the token goes to its cluster alone': { find: astray },
  'each change has a connection of its own': { find: sharedConnections },
  'no alias is switched to a collection that was not just seen whole': { find: unseenSwitches },
  'no second switch without a look': { find: secondSwitches },
  'ends in time': { find: lateEnds, timed: true },
  'one error that says what was tried': { find: poorErrors },
  'status, receipt and exit code agree': { find: disagreements },
  'ids are kept': { find: lostIds, timed: true },
  'hostile text has no effect': { find: effects },
  'no retry of a refusal': { find: repeatedRefusals, timed: true },
  'waits as long as asked': { find: tooSoon, timed: true },
  'nothing goes unsaid': { find: run => [...unsaid(run), ...unsaidSwitches(run)], timed: true },
  'survives what it must': { find: wrongEnds, timed: true },
  'a cancel ends it': { find: brokenCancels, timed: true },
}

export const invariantNames = Object.keys(invariants)

export function evaluate(run: Run): Violation[] {
  return Object.entries(invariants).flatMap(([invariant, { find, timed = false }]) =>
    find(run).map(text => ({ invariant, text, timed })),
  )
}

/** Of the stage after the job: what was made is gone, or one error says so. */
export function evaluatePost(run: Run, main: StepResult): Violation[] {
  const { step, cloud, fixture, given } = run
  const others = fixture.others?.() ?? []
  const left = cloud.world.clusters.filter(
    ({ clusterId, clusterName, status }) =>
      fixture.keep.includes(clusterName) &&
      !others.includes(clusterId) &&
      !['DELETING', 'DELETED'].includes(status),
  )
  const ids = left.map(({ clusterId }) => clusterId)
  const errors = step.annotations.filter(({ level }) => level === 'error')
  const texts: string[] = []
  // A service that leaves it out of its lists, or says that it is gone, cannot be disproved.
  const isHidden = given.injected.some(({ fault }) =>
    ['list without its newest entry', 'envelope 404'].includes(fault),
  )
  if (step.exitCode === 0 && left.length > 0 && !isHidden)
    texts.push(`green, but ${ids.join()} is still there`)
  if (step.exitCode !== 0 && errors.length !== 1) texts.push(`${errors.length} errors`)
  if (step.exitCode === 0 && errors.length !== 0) texts.push(`green with an error: ${errors[0]?.message}`)
  const known = main.state.clusterId
  if (errors[0] !== undefined && known && !errors[0].message.includes(known))
    texts.push('the error does not name the id')
  const { postMustEnd } = given
  if (postMustEnd !== undefined && (step.exitCode === 0) !== (postMustEnd === 'well'))
    texts.push(`it must end ${postMustEnd} and ended with ${step.exitCode}`)
  const kept: Invariant[] = [
    deletedBesides,
    undescribed,
    takenFromOthers,
    secretsShown,
    otherHosts,
    astray,
    sharedConnections,
    effects,
  ]
  return [...texts, ...kept.flatMap(find => find(run))].map(text => ({
    invariant: 'the end of the job cleans up',
    text,
    timed: false,
  }))
}

function astray({ fixture, ...run }: Run): string[] {
  return strayTokens({ ...run, inputs: fixture.inputs })
}

function sharedConnections({ requests, dataRequests }: Run): string[] {
  return changesOnUsedConnections(inOrder(requests, dataRequests))
}

function secretsShown({ step, cloud, fixture }: Run): string[] {
  const passwords = secretsIn(fixture).map((password, index) => [`password ${index + 1}`, password])
  const token = step.inputs['github-token'] ?? ''
  const secrets = Object.fromEntries([['api-key', cloud.apiKey], ['github-token', token], ...passwords])
  const masked = step.masks.map(({ value }) => value)
  // To mask what is shorter than this would hide unrelated text.
  const lines = (step.outputs.password ?? '').split('\n').filter(line => line.length >= 6)
  return [
    ...findLeaks(step, secrets, { allowOutputs: ['password'] }),
    ...lines.filter(line => !masked.includes(line)).map((_, index) => `line ${index + 1} is not masked`),
  ]
}

function otherHosts({ cloud, controlPlane, connections, requests, github, endpoint }: Run): string[] {
  const redirected = requests.filter(({ path }) => path.includes('elsewhere'))
  return [
    ...cloud.elsewhere.map(({ method, path }) => `${method} ${path} at another origin`),
    ...redirected.map(({ method, path }) => `${method} ${path}`),
    // The two faults on the side of the step lead nowhere.
    ...connections
      .filter(
        to =>
          ![controlPlane, github, endpoint, '127.0.0.1:1'].includes(to) &&
          !to.startsWith('control-plane.invalid:'),
      )
      .map(to => `connected to ${to}`),
  ]
}
