import { parseAst } from 'rolldown/parseAst'

/** Limits that keep a function readable at one sight. */
const limits = { functionLines: 40, parameters: 3, nesting: 4 }

/** A node of the syntax tree, with what the rules read of it. */
interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

/** What of the rules for functions and conditions a file breaks, each with its line. */
export function codeProblems(text: string): string[] {
  const problems: string[] = []
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length
  const report = (node: Node, problem: string) => problems.push(`line ${lineOf(node.start)}: ${problem}`)
  visit(parseAst(text, { lang: 'ts' }) as unknown as Node, [], (node, parents) => {
    if (isFunction(node)) {
      const lines = lineOf(node.end) - lineOf(node.start) + 1
      if (lines > limits.functionLines) report(node, `a function of ${lines} lines`)
      const { length } = node.params as unknown[]
      if (length > limits.parameters) report(node, `a function with ${length} positional parameters`)
    }
    if (isBlock(node)) {
      const depth = nestingOf(node, parents)
      if (depth === limits.nesting + 1) report(node, `nesting of ${depth} levels`)
    }
    if (node.type === 'ConditionalExpression' && parents.at(-1)?.type === 'ConditionalExpression') {
      report(node, 'a ternary inside a ternary')
    }
    const condition = conditionOf(node)
    if (condition !== undefined && hasEffect(condition)) report(node, 'a condition with an effect')
  })
  return problems
}

function visit(
  node: Node,
  parents: readonly Node[],
  enter: (node: Node, parents: readonly Node[]) => void,
): void {
  enter(node, parents)
  const below = [...parents, node]
  for (const child of childrenOf(node)) visit(child, below, enter)
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap(value => (Array.isArray(value) ? value : [value]).filter(isNode))
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function isFunction({ type }: Node): boolean {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(type)
}

const blocks = [
  'IfStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'WhileStatement',
  'DoWhileStatement',
  'SwitchStatement',
  'TryStatement',
]

function isBlock({ type }: Node): boolean {
  return blocks.includes(type)
}

/** Within the function it stands in; an `else if` is no level of its own. */
function nestingOf(node: Node, parents: readonly Node[]): number {
  const path = [...parents, node]
  const within = path.slice(path.findLastIndex(isFunction) + 1)
  return within.filter((one, index) => isBlock(one) && within[index - 1]?.alternate !== one).length
}

function conditionOf(node: Node): Node | undefined {
  const tested = ['IfStatement', 'ConditionalExpression', 'WhileStatement', 'DoWhileStatement']
  return tested.includes(node.type) && isNode(node.test) ? node.test : undefined
}

const mutators = [
  'delete',
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'set',
  'add',
  'clear',
]

function hasEffect(condition: Node): boolean {
  let effect = false
  visit(condition, [], (node, parents) => {
    // What a function inside does, it does when it is called.
    if (parents.some(isFunction)) return
    if (['AssignmentExpression', 'UpdateExpression'].includes(node.type)) effect = true
    if (node.type === 'CallExpression' && mutators.includes(calledMethod(node))) effect = true
  })
  return effect
}

function calledMethod({ callee }: Node): string {
  const property = isNode(callee) && callee.type === 'MemberExpression' ? callee.property : undefined
  return isNode(property) && typeof property.name === 'string' ? property.name : ''
}
