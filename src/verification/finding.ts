/** What a look at one collection has shown. */
import type { Picture } from './baseline.ts'

/** What was seen of one. */
export type Finding =
  | NotThere
  | { kind: 'loading' }
  | { kind: 'there'; now: Picture; lostAliases: LostAlias[] }

export interface NotThere {
  kind: 'missing'
  /** Its database is not there either. */
  hasNoDatabase?: boolean
  /** One that differs by case alone. */
  other?: string | undefined
  /** The name is an alias of this one. */
  aliasOf?: string | undefined
}

/** An alias of the baseline that the collection has no more; where it points now, if anywhere. */
export interface LostAlias {
  alias: string
  at?: string | undefined
}
