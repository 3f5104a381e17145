/** Evaluates the expressions of a workflow with GitHub's own parser and evaluator. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

/** Values by the name of their context, such as `inputs`. */
export type Contexts = Readonly<Record<string, unknown>>

/** What `success()` and `failure()` are where an expression stands. */
export interface Status {
  success: boolean
  failure: boolean
}

type Value = data.ExpressionData

/** A workflow cannot tell a variable or secret that is not set from an empty one; a test must not miss it. */
const strict = ['vars', 'secrets']

/** The value of a text: that of its expression where it is one, otherwise a text. */
export function evaluate(given: unknown, contexts: Contexts): unknown {
  if (typeof given !== 'string') return given
  const whole = /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s.exec(given)
  if (whole !== null)
    return JSON.parse(JSON.stringify(valueOfExpression(whole[1] ?? '', contexts), data.replacer))
  return given.replace(/\$\{\{(.*?)\}\}/gs, (_, text: string) =>
    valueOfExpression(text, contexts).coerceString(),
  )
}

/** As an action or a process gets it. */
export function evaluateText(given: unknown, contexts: Contexts): string {
  const value = evaluate(given, contexts)
  return value === null || value === undefined ? '' : String(value)
}

export function evaluateAll(
  given: Record<string, unknown> | undefined,
  contexts: Contexts,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([name, value]) => [name, evaluateText(value, contexts)]),
  )
}

const statusFunction = /\b(?:success|failure|always|cancelled)\s*\(/

/** Whether a job or step with that `if` is run. */
export function isDue(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  if (condition === undefined) return status.success
  const text = condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1')
  const isTrue = truthOf(valueOfExpression(text, contexts, status))
  return isTrue && (status.success || statusFunction.test(text))
}

function valueOfExpression(text: string, contexts: Contexts, status?: Status): Value {
  const functions = status === undefined ? [] : statusFunctions(status)
  const { tokens } = new Lexer(text.trim()).lex()
  const expression = new Parser(tokens, Object.keys(contexts), functions).parse()
  const known = new Map(functions.map(entry => [entry.name, entry]))
  return new Evaluator(expression, dictionaryOf(contexts), known).evaluate()
}

function statusFunctions({ success, failure }: Status) {
  const values = { success, failure, always: true, cancelled: false }
  return Object.entries(values).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }))
}

function dictionaryOf(contexts: Contexts): data.Dictionary {
  const dictionary: data.Dictionary = JSON.parse(JSON.stringify(contexts), data.reviver)
  for (const name of strict) {
    const context = dictionary.get(name)
    if (context instanceof data.Dictionary) refuseUnknown(name, context)
  }
  return dictionary
}

function refuseUnknown(name: string, context: data.Dictionary): void {
  const get = context.get.bind(context)
  context.get = key => {
    const value = get(key)
    if (value === undefined) throw new Error(`There is no value here for ${name}.${key}`)
    return value
  }
}

function truthOf(value: Value): boolean {
  const plain: unknown = JSON.parse(JSON.stringify(value, data.replacer))
  return Boolean(plain)
}
