import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

const schema = new URL('../../docs/receipt.schema.json', import.meta.url)
// The patterns say more than the formats do.
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, validateFormats: false })
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))

/** Where a receipt is not what docs/receipt.schema.json says. */
export function schemaProblems(receipt: unknown): string[] {
  if (validate(receipt)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath || 'the receipt'} ${message} ${JSON.stringify(params)}`
  })
}
