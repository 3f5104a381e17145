import type { ContractRequest } from '../contract.ts'
import type { Variants } from '../variants.ts'

type Json = Record<string, unknown>

interface Answered {
  variants: Variants
  request: ContractRequest
  operationId: string
}

/** Where `data` deviates from the OpenAPI document on purpose; applied after that was validated. */
export function deviateData({ variants, request, operationId }: Answered, data: unknown): unknown {
  switch (operationId) {
    case 'getLoadState':
      return { ...(data as Json), loadState: shownState(variants, (data as Json).loadState) }
    case 'describeCollection':
      return described(variants, data as Json)
    case 'countEntities': {
      const isText = variants.entityCount === 'text' || request.headers[INT64_HEADER] === 'false'
      return isText ? (data as Json[]).map(row => ({ 'count(*)': String(row['count(*)']) })) : data
    }
    default:
      return data
  }
}

/** A client that sends `false` gets Int64 as text from the open engine; without the header its settings decide. */
const INT64_HEADER = 'accept-type-allow-int64'

function described(variants: Variants, { load, aliases, ...rest }: Json): Json {
  const none = (aliases as string[]).length === 0
  const shownAliases = {
    list: { aliases },
    null: { aliases: null },
    'null-when-none': { aliases: none ? null : aliases },
    missing: {},
  }[variants.describedAliases]
  const shownLoad = variants.describedLoad === 'missing' ? {} : { load: shownState(variants, load) }
  return { ...rest, ...shownLoad, ...shownAliases }
}

function shownState({ unknownLoadState }: Variants, state: unknown): unknown {
  return unknownLoadState === '' ? state : unknownLoadState
}
