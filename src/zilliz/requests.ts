/** Requests as values: what a dry run shows is what a real run sends. */
import type { Right } from './refusals.ts'
import type { Expected } from './response.ts'

/** A POST or a DELETE as a value: what a dry run shows is what a real run sends. */
export interface Change<T> {
  method: 'POST' | 'DELETE'
  path: string
  body?: unknown
  /** Ends the sentence "Could not …". */
  tried: string
  /** What it needs of the key. */
  right: Right
  decode: (data: unknown) => T
  isTemporary?: Expected<T>['isTemporary']
}

/** A read as a value: a GET or, where it has a body, a POST that changes nothing. */
export interface Query<T> {
  path: string
  body?: unknown
  /** Ends the sentence "Could not …". */
  tried: string
  decode: (data: unknown, size: number) => T
  /** Bodies without envelope that the documentation shows for it. */
  bare?: (json: unknown) => boolean
  /** Absent: to read. */
  right?: Right
  isTemporary?: Expected<T>['isTemporary']
  /** One exchange is all the time it gets: it would take as long the next time. */
  endsOnTimeout?: boolean
}

/** Every part is encoded, so that none can change the path. */
export function pathOf(...parts: string[]): string {
  return `/v2/${parts.map(encodeURIComponent).join('/')}`
}
