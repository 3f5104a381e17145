/** Reading one field of a response without trust: the reference marks no field as nullable and examples leave fields out (U18). */
import { isSafeId } from '../untrusted-text.ts'

export type Fields = Record<string, unknown>

export function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`the response has no ${what}`)
  }
  return value as Fields
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

export function upper(value: string | undefined): string | undefined {
  return value?.toUpperCase()
}

export function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value.trim()) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}

/** Beyond it no Date goes. */
const lastMoment = 8.64e15

/** UTC text in every recording; epoch milliseconds elsewhere in this API family (F19). */
export function time(value: unknown): number | undefined {
  const milliseconds = number(value)
  if (milliseconds !== undefined)
    return milliseconds > 0 && milliseconds <= lastMoment ? milliseconds : undefined
  if (typeof value !== 'string') return undefined
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value.replace(' ', 'T')}Z`
  const parsed = Date.parse(zoned)
  return Number.isNaN(parsed) ? undefined : parsed
}
