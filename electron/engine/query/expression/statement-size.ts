import type { Expr } from '../../sql/nodes.ts'
import type { RowFunction } from '../../sql/row-functions.ts'

export interface StatementSize {
  /** Nodes that are printed; one used in two places counts twice, though it is one object. */
  readonly nodes: number
  /** Levels of calls inside each other, as the engine counts them. */
  readonly levels: number
}

/** How many calls inside each other one is spelt as; most are two or three. */
const spelledLevels: Partial<Readonly<Record<RowFunction, number>>> = {
  possibleDay: 18,
  possibleMoment: 18,
  bounded: 9,
  makeDay: 14,
  addDays: 9,
  addMonths: 9,
  addSeconds: 9,
  fromOne: 9,
  place: 10,
  numberText: 9,
  numberTextNarrow: 9,
  textOfExact: 6,
  exactOfDecimal: 6,
  divided: 17,
  quotient: 5,
  quotientNarrow: 5,
  nearest: 4,
  nearestNarrow: 6,
  cutOff: 4,
  floorOff: 4,
  ceilOff: 4,
}
const usualLevels = 3

export function statementSize(expr: Expr): StatementSize {
  const known = new Map<Expr, StatementSize>()
  const measure = (node: Expr): StatementSize => {
    const before = known.get(node)
    if (before !== undefined) return before
    const parts = partsOf(node).map(measure)
    // A division writes its parts twice.
    const times = node.kind === 'row' && node.fn === 'divided' ? 2 : 1
    const own = node.kind === 'row' ? (spelledLevels[node.fn] ?? usualLevels) : usualLevels
    const size = {
      nodes: parts.reduce((sum, part) => sum + part.nodes * times, 1),
      levels: own + Math.max(0, ...parts.map((part) => part.levels)),
    }
    known.set(node, size)
    return size
  }
  return measure(expr)
}

function partsOf(node: Expr): readonly Expr[] {
  switch (node.kind) {
    case 'column':
    case 'param':
    case 'integer':
    case 'exact':
    case 'null':
    case 'momentFormat':
    case 'output':
    case 'scalar':
      return []
    case 'call':
    case 'row':
    case 'prepare':
    case 'window':
      return node.args
    case 'binary':
      return [node.left, node.right]
    case 'all':
    case 'any':
      return node.of
    case 'not':
    case 'isNull':
    case 'cast':
    case 'inSelect':
      return [node.of]
    case 'inList':
      return [node.of, ...node.values]
    case 'when':
      return [node.if, node.then, node.otherwise]
  }
}

/** The row functions an expression is made of, each once. */
export function rowFunctionsIn(expr: Expr): RowFunction[] {
  const found = new Set<RowFunction>()
  const seen = new Set<Expr>()
  const visit = (node: Expr): void => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.kind === 'row') found.add(node.fn)
    for (const part of partsOf(node)) visit(part)
  }
  visit(expr)
  return [...found]
}
