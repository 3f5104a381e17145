/** Reading one field of a response without trust: the reference marks no field as nullable and examples leave fields out (U18). */
import { isObject } from '../json.ts'
import { isSafeId } from '../untrusted-text.ts'

export type Fields = Record<string, unknown>

export function fields(value: unknown, what: string): Fields {
  if (!isObject(value)) throw new Error(`the response has no ${what}`)
  return value
}

export function optionalText(from: Fields, name: string): string | undefined {
  const value = from[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function text(from: Fields, name: string): string {
  const value = optionalText(from, name)
  if (value === undefined) throw new Error(`the response has no ${name}`)
  return value
}

/** An id that goes into a path. */
export function id(from: Fields, name: string): string {
  const value = text(from, name)
  if (!isSafeId(value)) throw new Error(`the response has an invalid ${name}`)
  return value
}

/** An id that is of use when it is there: an impossible one is none. */
export function optionalId(from: Fields, name: string): string | undefined {
  const value = optionalText(from, name)
  return value !== undefined && isSafeId(value) ? value : undefined
}

export function upper(value: string | undefined): string | undefined {
  return value?.toUpperCase()
}

export function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value.trim()) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}

/** Beyond it no Date goes. */
const lastMoment = 8.64e15

/** Below it a number is seconds (in milliseconds it would be 1973), above it milliseconds. */
const mostSeconds = 1e11

/** UTC text in every recording; epoch milliseconds elsewhere in this API family (F19), seconds in others. */
export function time(value: unknown): number | undefined {
  const epoch = number(value)
  if (epoch !== undefined) {
    const milliseconds = epoch < mostSeconds ? epoch * 1_000 : epoch
    return milliseconds > 0 && milliseconds <= lastMoment ? milliseconds : undefined
  }
  if (typeof value !== 'string') return undefined
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value.replace(' ', 'T')}Z`
  const parsed = Date.parse(zoned)
  return Number.isNaN(parsed) ? undefined : parsed
}
