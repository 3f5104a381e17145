/** The token for a cluster's endpoint, and whether a restore is to look into its cluster. */
import type { Reader } from '../inputs/reader.ts'

/** What the endpoint is to accept. */
export interface Token {
  value: string
  /** Where it is from, for sentences. */
  from: string
}

/** `data-token`, else the API key. */
export async function readToken(reader: Reader, apiKey: string): Promise<Token> {
  const value = reader.optional('data-token')
  if (value === undefined) return { value: apiKey, from: 'the API key' }
  const { problemOfToken } = await import('../inputs/key.ts')
  const problem = problemOfToken(value)
  if (problem !== undefined) reader.report('data-token', problem)
  return { value, from: 'data-token' }
}
