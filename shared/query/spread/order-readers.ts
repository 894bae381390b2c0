/** Which measures read their neighbours, so that what they say depends on the order of the lines. */
import { axisNamed } from '../../expression/functions/cell-words.ts'
import type { CellFunction } from '../../expression/functions/function-id.ts'
import { parseFormula } from '../../expression/parser.ts'
import type { Tree } from '../../expression/tree.ts'
import { partsOf } from '../../expression/tree.ts'
import type { Measure, ReportQuery } from '../report-query.ts'
import { measureName } from '../report-query.ts'
import type { Axis } from '../show-as.ts'

type Asked = Pick<ReportQuery, 'rows' | 'columns' | 'measures'>

const inOrder: ReadonlySet<string> = new Set<CellFunction>([
  'previous',
  'next',
  'first',
  'last',
  'runningSum',
  'movingAverage',
])

/** Edges whose lines are sorted by a formula over shown cells. */
export function edgesSortedByCells(query: Asked): Axis[] {
  const ofCells = new Set(query.measures.filter(isOverCells).map(measureName))
  return (['rows', 'columns'] as const).filter((axis) =>
    query[axis].some(({ sort }) => sort?.by === 'measure' && ofCells.has(sort.measure)),
  )
}

const isOverCells = ({ aggregate }: Measure): boolean => aggregate === 'cells'

/** Edges along which a measure, or one it names, reads the lines before or after. */
function edgesReadInOrder(query: Asked, name: string, above: readonly string[] = []): Axis[] {
  const measure = query.measures.find((one) => measureName(one) === name)
  if (!measure || above.includes(name)) return []
  const { show, formula = '' } = measure
  const edges = new Set<Axis>()
  if (show?.as === 'difference' || show?.as === 'percentDifference') {
    if (typeof show.from === 'string') edges.add(show.field.axis)
  }
  if (
    show?.as === 'runningTotal' ||
    show?.as === 'percentRunningTotal' ||
    show?.as === 'movingAverage'
  ) {
    edges.add(show.axis)
  }
  if (isOverCells(measure)) {
    const usual: Axis = query.rows.length > 0 ? 'rows' : 'columns'
    const visit = (tree: Tree): void => {
      if (tree.kind === 'field') {
        for (const axis of edgesReadInOrder(query, tree.name, [...above, name])) edges.add(axis)
      }
      if (tree.kind === 'call' && inOrder.has(tree.fn)) {
        const word = tree.args.at(-1)
        edges.add((word?.kind === 'text' ? axisNamed(word.text) : undefined) ?? usual)
      }
      for (const part of partsOf(tree)) visit(part)
    }
    const parsed = parseFormula(formula)
    if (parsed.ok) visit(parsed.value)
  }
  return [...edges]
}

/** A measure lines are sorted by that itself reads the order of lines sorted by cells, by its name. */
export function sortedInACircle(query: Asked): string | undefined {
  const sorted = edgesSortedByCells(query)
  return query.measures
    .filter(isOverCells)
    .map(measureName)
    .find((name) => {
      const decides = [...query.rows, ...query.columns].some(
        ({ sort }) => sort?.by === 'measure' && sort.measure === name,
      )
      return decides && edgesReadInOrder(query, name).some((axis) => sorted.includes(axis))
    })
}

/** The same question with its lines in the order they have before any formula over cells is known. */
export function withoutCellSorts<Query extends Asked>(query: Query): Query {
  const ofCells = new Set(query.measures.filter(isOverCells).map(measureName))
  const plain = (uses: Query['rows']): Query['rows'] =>
    uses.map((use) => {
      if (use.sort?.by !== 'measure' || !ofCells.has(use.sort.measure)) return use
      const { sort: _sort, ...rest } = use
      return rest
    })
  return { ...query, rows: plain(query.rows), columns: plain(query.columns) }
}
