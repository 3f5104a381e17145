/** The sentences of a refusal: what was tried, what they answered, what to do next. */
import type { Parts } from '../errors.ts'
import { quote, sanitize } from '../untrusted-text.ts'
import { type CodeGroup, enterpriseOnlyCode, groupOf, wrongStateCode } from './codes.ts'
import { ApiError, type ResponseFacts } from './errors.ts'
import { controlPlane, type Party } from './party.ts'

/** What a request needs the key to be allowed to: for the sentence of a refusal. `data`: in a cluster itself. */
export type Right = 'read' | 'backup' | 'cluster' | 'data'

const rights: Record<Right, string> = {
  read: 'read access to the cluster and its project: check the scope of the key',
  backup:
    'the backup privileges of the project: a project admin, or a custom role with the resource backup, and a scope that covers the cluster',
  cluster: 'the right to make and drop clusters: a project admin, or a custom role that has it',
  data: 'privileges on this cluster: data-token takes an API key that has them, or user:password of a user with such a role',
}

const hints: Record<CodeGroup, string> = {
  key: '',
  permission: '',
  'not-found': 'Check the id, and that the key belongs to the organization and has the cluster in its scope.',
  conflict: 'The state or the name of the cluster or backup does not allow this: look in the console.',
  unsupported:
    'Backups are for Dedicated clusters only: choose one, or change the plan of this cluster in the console.',
  parameter: 'Check the inputs of this step against the message.',
  'operation-failed':
    'The message gives the reason. A cluster must be running, and no other backup or restore may be in its way.',
}

/** For the brackets at the end of an error. */
function describeResponse({ status, code, message, requestId }: ResponseFacts): string {
  return [
    message ? quote(message) : 'no message',
    `HTTP ${status}`,
    ...(code === undefined ? [] : [`code ${sanitize(String(code))}`]),
    requestId === undefined ? 'no request id' : `request id ${sanitize(requestId)}`,
  ].join(', ')
}

/** What was asked for, for the sentence of a refusal. */
export interface Asked {
  /** Ends the sentence "Could not …". */
  tried: string
  right: Right
  /** Names what a response without an envelope came from: not the service. */
  baseUrl: string
  /** Absent: the control plane. */
  party?: Party | undefined
}

/** Where a response has no code of a known group, its status stands for one. */
const groupOfStatus: Readonly<Record<number, CodeGroup>> = { 401: 'key', 403: 'permission', 404: 'not-found' }

export function apiError(asked: Asked, facts: ResponseFacts & { code?: number | undefined }): ApiError {
  const group = groupOf(facts.code) ?? groupOfStatus[facts.status]
  const said = facts.code === undefined ? saidByStranger(asked, facts) : saidByService(asked, facts, group)
  return new ApiError({ ...said, answer: describeResponse(facts) }, { ...facts, group })
}

/** What came back when it was neither yes nor no. */
export function unexpectedResponse(what: string, facts: ResponseFacts): Parts {
  return { what, answer: describeResponse(facts) }
}

function saidByService(
  { tried, right, party = controlPlane }: Asked,
  { status, code }: ResponseFacts,
  group: CodeGroup | undefined,
): Parts {
  const what = `Could not ${tried}: ${party.short} refused.`
  const { credential, checkCredential } = party
  if (status >= 300 && status < 400) return { what, next: party.redirected }
  if (group === 'key') {
    return { what: `${credential} refused: could not ${tried}.`, next: checkCredential, help: party.refused }
  }
  if (code === enterpriseOnlyCode) return { what, next: 'This is for projects of the Enterprise plan only.' }
  if (group === 'permission') {
    const next = `It needs ${rights[right]}.`
    return { what: `This ${lowerFirst(credential)} may not ${tried}.`, next, help: party.notAllowed }
  }
  // The other codes are those of the control plane.
  if (party !== controlPlane) return { what, next: reasonHint }
  if (code === wrongStateCode) return { what, next: hints.conflict, help: 'the-cluster-is-not-ready' }
  if (group !== undefined) return { what, next: hints[group] }
  const isLimited = right === 'backup' || right === 'cluster'
  return { what, next: isLimited ? `${reasonHint} ${limitHint}` : reasonHint }
}

/** In the middle of a sentence; what begins with capitals keeps them. */
function lowerFirst(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}

const reasonHint = 'The message gives the reason.'
/** No code is known for a quota. */
const limitHint = 'A quota or a plan is changed in the console.'

/** A response without an envelope did not come from the service, so it says nothing about the key; 401 may. */
function saidByStranger({ tried, baseUrl, party = controlPlane }: Asked, { status }: ResponseFacts): Parts {
  const what = `Could not ${tried}: something other than ${party.name} responded at ${baseUrl}.`
  if (status >= 300 && status < 400) return { what, next: party.redirected }
  if (party !== controlPlane) return { what, next: checkOf(party, status) }
  const between = 'Check base-url, and what may stand in between, such as a proxy or a firewall.'
  return { what, next: status === 401 ? `${between} Check the secret behind api-key too.` : between }
}

/** A gateway may refuse a token too, and 403 may come from a network that lets only some in. */
function checkOf({ check, checkCredential }: Party, status: number): string {
  if (status === 401) return checkCredential
  return status === 403 ? `${checkCredential} ${check}` : check
}
