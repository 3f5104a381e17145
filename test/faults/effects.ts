import { outputs as declared } from '../../src/contract.ts'
import type { StepResult } from '../harness/runner.ts'
import type { Run } from './case.ts'
import { cancelledByRunner } from './endings.ts'
import { secretsIn } from './fixture.ts'
import { mark } from './hostile.ts'
import { brokenSummary } from './summary.ts'

/** Of an error the title is the action's own, and says which operation did not end well. */
const ownTitle = /^(?:[a-z-]+ (?:failed|timed out|was cancelled)|\d+ problems? with the inputs)$/
const ownCommands = /^::(?:add-mask|error title=[a-z0-9 -]+|warning|notice|debug)::/
const mostAnnotations = 4

/** What an untrusted text has made the runner do, or the job summary show. */
export function effects({ step, cloud, fixture }: Run): string[] {
  const texts: string[] = []
  for (const name of Object.keys(step.outputs)) {
    if (!(name in declared)) texts.push(`output ${name} was set`)
  }
  for (const name of Object.keys(step.state)) {
    if (!['intent', 'clusterId'].includes(name)) texts.push(`state ${name} was set`)
  }
  const unexpected = [...Object.keys(step.env), ...step.path, ...step.groups, ...step.commandErrors]
  texts.push(...unexpected.map(what => `environment, path, group or error: ${what}`))
  const secrets = [cloud.apiKey, ...secretsIn(fixture).flatMap(secret => [secret, ...secret.split('\n')])]
  const token = step.inputs['github-token'] ?? ''
  for (const { value } of step.masks) {
    if (![...secrets, token].includes(value)) texts.push(`masked: ${value}`)
  }
  for (const { text } of step.rawLines) {
    if (text.trimStart().startsWith('::') && !ownCommands.test(text)) texts.push(`a command: ${text}`)
    if (text.includes('##[')) texts.push(`a command in a line: ${text}`)
    if (/[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\u202a-\u202e]/.test(text))
      texts.push(`control characters: ${text}`)
  }
  for (const annotation of step.annotations) {
    const { title, file, message } = annotation
    if (!hasOwnTitle(annotation) || file !== undefined || message.startsWith(mark))
      texts.push(`annotation ${title}: ${message}`)
  }
  const count = Object.values(step.annotationCounts).reduce((sum, one) => sum + one, 0)
  if (count > mostAnnotations) texts.push(`${count} annotations`)
  return [...texts, ...brokenSummary(step.summary)]
}

/** The runner says of its own that it cancels a step. */
function hasOwnTitle({ level, title, message }: StepResult['annotations'][number]): boolean {
  const isOfAction = level === 'error' && message !== cancelledByRunner
  return isOfAction ? ownTitle.test(title ?? '') : title === undefined
}
