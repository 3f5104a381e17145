/** `verify: true` of a restore: whether to look into its cluster, and with which token. */
import type { Reader } from '../inputs/reader.ts'
import type { RestoredCluster } from '../zilliz/changes.ts'
import { readToken, type Token } from './token.ts'

/** `verify` of a restore. @returns undefined when nothing is to be verified */
export async function readVerification(
  reader: Reader,
  { apiKey, wait }: { apiKey: string; wait: boolean },
): Promise<Token | undefined> {
  if (!reader.boolean('verify')) {
    if (reader.optional('data-token') !== undefined) {
      reader.report('data-token', 'has an effect only with verify: true')
    }
    return undefined
  }
  if (!wait) reader.report('verify', 'cannot be combined with wait: false: there is nothing to look at yet')
  return readToken(reader, apiKey)
}

/** Of a cluster that this step made, its own user; else, or where no header can hold the password, what the inputs say. */
export function tokenOfNew(
  { username = 'db_admin', password }: Pick<RestoredCluster, 'username' | 'password'>,
  otherwise: Token,
): Token {
  const value = `${username}:${password}`
  if (password === undefined || !/^[\x20-\x7e]+$/.test(value)) return otherwise
  return { value, from: `${username} and the password of the restore` }
}
