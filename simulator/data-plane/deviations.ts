import type { Variants } from '../variants.ts'

type Json = Record<string, unknown>

/** The variants in which `data` deviates from the OpenAPI document; applied after that was validated. */
export function deviateData(variants: Variants, operationId: string, data: unknown): unknown {
  switch (operationId) {
    case 'getLoadState':
      return { ...(data as Json), loadState: shownState(variants, (data as Json).loadState) }
    case 'describeCollection':
      return described(variants, data as Json)
    case 'countEntities':
      if (variants.entityCount === 'number') return data
      return (data as Json[]).map(row => ({ 'count(*)': String(row['count(*)']) }))
    default:
      return data
  }
}

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
