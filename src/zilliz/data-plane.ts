/** The cluster's own door: its address, its token, its codes. All but `aliases/alter` are reads, and POSTs (F97, F98). */
import { mayHaveProxy } from '../inputs/access.ts'
import { dataPlane } from './cluster-party.ts'
import { type Connection, read, type Session } from './connection.ts'
import { ApiError } from './errors.ts'
import { pathOf, type Query } from './requests.ts'

/** Not ready, unavailable, too many requests, rate limit, resources, not fully loaded, on recovering (F103). */
const temporaryCodes = [1, 2, 4, 8, 12, 103, 106]
const collectionNotFound = 100
const notLoaded = 101
const databaseNotFound = 800
const aliasNotFound = 1600

/**
 * @param connectAddress as the control plane shows it: the token goes to its host alone
 * @throws OperationFailed when it is no https address (http on loopback alone)
 */
export async function openDataPlane(
  cloud: Connection,
  connectAddress: string,
  token: string,
): Promise<Connection> {
  const { session } = cloud
  // What this host shows of its clock and its certificate says nothing of the control plane; what changes, counts.
  const own: Session = {
    hasResponded: false,
    kept: {},
    load: { notBefore: 0, times: 0 },
    get changes() {
      return session.changes
    },
    set changes(count) {
      session.changes = count
    },
  }
  return { ...cloud, baseUrl: await originOf(connectAddress), apiKey: token, session: own, party: dataPlane }
}

/** Nothing can be wrong with such a one. */
const plainAddress = /^(?:https:\/\/[a-z0-9.-]+|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/

async function originOf(connectAddress: string): Promise<string> {
  const isPlain = plainAddress.test(connectAddress) && URL.canParse(connectAddress)
  if (isPlain && !mayHaveProxy()) return new URL(connectAddress).origin
  return (await import('./endpoint.ts')).judgedOrigin(connectAddress)
}

type Missing = 'collection' | 'database' | 'alias'

const missingCodes: Record<Missing, number> = {
  collection: collectionNotFound,
  database: databaseNotFound,
  alias: aliasNotFound,
}

/** Whether a refusal says that it is not there; of a 5xx nothing is believed. */
export function saysMissing(error: unknown, ...what: readonly Missing[]): boolean {
  return error instanceof ApiError && what.some(one => missingCodes[one] === error.code)
}

/** The collection was released meanwhile. */
export function saysNotLoaded(error: unknown): boolean {
  return error instanceof ApiError && error.code === notLoaded
}

export function isTemporary(code: number): boolean {
  return temporaryCodes.includes(code)
}

/** A read of the cluster, repeated while it is not ready. */
export function ask<T>(to: Connection, path: readonly string[], query: Omit<Query<T>, 'path'>): Promise<T> {
  return read(to, { right: 'data', isTemporary, ...query, path: pathOf('vectordb', ...path) })
}

export function decodeNames(data: unknown): string[] {
  // An empty list may come as null: it is Go's.
  if (data === null) return []
  if (!Array.isArray(data) || !data.every(item => typeof item === 'string')) {
    throw new Error('the response has no list of names')
  }
  return data
}
