/**
 * Body fields that another source documents and the OpenAPI document does not: the only exemption from the rule
 * that an unknown field is rejected. Dots lead into objects, `[]` into arrays.
 */
export const fieldsOfOtherSources: Readonly<Record<string, readonly string[]>> = {
  restoreCluster: ['targetProjectId'],
  restoreCollection: [
    'dbCollections[].collections[].targetCollectionName',
    'dbCollections[].collections[].targetCollectionStatus',
  ],
  setBackupPolicy: ['crossRegionPolicies'],
}

/** One violation of the OpenAPI document by a request or a response. */
export interface Violation {
  /** JSON pointer such as `/requestBody/cuSize`; it ends with the name of a missing or unknown field. */
  pointer: string
  /** A keyword of JSON Schema; `unknown` for a body field that no source documents. */
  rule: string
  text: string
}

interface Schema {
  properties?: Record<string, Schema>
  additionalProperties?: unknown
  items?: Schema
  allOf?: Schema[]
}

/** Where a value is in a body. */
interface Position {
  /** Dots lead into objects, `[]` into arrays, as in `fieldsOfOtherSources`. */
  name: string
  pointer: string
}

/**
 * Body fields that no source documents. The OpenAPI document allows additional properties because the sources
 * disagree; a misspelled field must be rejected anyway.
 */
export function unknownFields(operationId: string, schema: object, body: unknown): Violation[] {
  const exempt = fieldsOfOtherSources[operationId] ?? []
  return unknownPositions(schema as Schema, body, { name: '', pointer: '/requestBody' })
    .filter(({ name }) => !exempt.includes(name))
    .map(({ pointer }) => ({ pointer, rule: 'unknown', text: `${pointer} is not documented by any source` }))
}

function unknownPositions(schema: Schema, value: unknown, { name, pointer }: Position): Position[] {
  if (Array.isArray(value)) {
    const { items } = schema
    if (items === undefined) return []
    return value.flatMap((item, index) =>
      unknownPositions(items, item, { name: `${name}[]`, pointer: `${pointer}/${index}` }),
    )
  }
  const properties = propertiesOf(schema)
  if (typeof value !== 'object' || value === null || properties === undefined) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const position = { name: name === '' ? key : `${name}.${key}`, pointer: `${pointer}/${key}` }
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined
    return known === undefined ? [position] : unknownPositions(known, inner, position)
  })
}

/** Undefined for a schema that allows any field, such as a map of labels. */
function propertiesOf(schema: Schema): Record<string, Schema> | undefined {
  if (schema.additionalProperties !== undefined) return undefined
  const parts = [schema, ...(schema.allOf ?? [])]
    .map(part => part.properties)
    .filter(part => part !== undefined)
  return parts.length === 0 ? undefined : Object.assign({}, ...parts)
}
