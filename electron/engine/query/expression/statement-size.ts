import type { Expr } from '../../sql/nodes.ts'

/** How many nodes are printed; a node used in two places counts twice, though it is one object. */
export function statementSize(expr: Expr): number {
  const known = new Map<Expr, number>()
  const size = (node: Expr): number => {
    const before = known.get(node)
    if (before !== undefined) return before
    const found = partsOf(node).reduce((sum, part) => sum + size(part), 1)
    known.set(node, found)
    return found
  }
  return size(expr)
}

function partsOf(node: Expr): readonly Expr[] {
  switch (node.kind) {
    case 'column':
    case 'param':
    case 'integer':
    case 'null':
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
