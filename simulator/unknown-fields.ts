import { fieldsOfOtherSources } from './variants.ts'

/** One thing about a request or an answer that the OpenAPI document does not allow. */
export interface Violation {
  /** JSON pointer, such as `/requestBody/cuSize` or `/query/pageSize`; it ends with the name of a missing or unknown field. */
  at: string
  /** The rule, a JSON Schema keyword; `unknown` for a body field that is in no source. */
  rule: string
  text: string
}

interface Schema {
  properties?: Record<string, Schema>
  additionalProperties?: unknown
  items?: Schema
  allOf?: Schema[]
}

/**
 * Body fields that no source knows. The document leaves objects open, since sources disagree; a client with a
 * misspelled field must still hear of it.
 */
export function unknownFields(operationId: string, schema: object, body: unknown): Violation[] {
  const exempt = fieldsOfOtherSources[operationId] ?? []
  const found: Violation[] = []
  walk(schema as Schema, body, '', '/requestBody')
  return found

  function walk(part: Schema, value: unknown, name: string, at: string): void {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        if (part.items !== undefined) walk(part.items, item, `${name}[]`, `${at}/${index}`)
      })
      return
    }
    const properties = propertiesOf(part)
    if (typeof value !== 'object' || value === null || properties === undefined) return
    for (const [key, inner] of Object.entries(value)) {
      const path = name === '' ? key : `${name}.${key}`
      const known = Object.hasOwn(properties, key) ? properties[key] : undefined
      if (known !== undefined) walk(known, inner, path, `${at}/${key}`)
      else if (!exempt.includes(path)) {
        found.push({
          at: `${at}/${key}`,
          rule: 'unknown',
          text: `${at}/${key} is a field that no source knows`,
        })
      }
    }
  }
}

/** Undefined for a schema that takes any field, such as a map of labels. */
function propertiesOf(schema: Schema): Record<string, Schema> | undefined {
  if (schema.additionalProperties !== undefined) return undefined
  const parts = [schema, ...(schema.allOf ?? [])]
    .map(part => part.properties)
    .filter(part => part !== undefined)
  return parts.length === 0 ? undefined : Object.assign({}, ...parts)
}
