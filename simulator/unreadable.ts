import { type ContractRequest, isDecodable } from './contract.ts'
import { tooLarge } from './incoming.ts'

/**
 * Why a request is refused before its operation is looked at; undefined for one that can be read. Inferred from nginx,
 * on which the gateway is built; no source states the limit of the service.
 */
export function unreadable({ path, body }: ContractRequest): { status: number; text: string } | undefined {
  if (body === tooLarge) return { status: 413, text: 'the body is larger than 1 MB' }
  if (!isDecodable(path)) return { status: 400, text: 'the address has a percent escape that is not UTF-8' }
  return undefined
}
