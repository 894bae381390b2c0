import type { QueryResult } from '../query-result.ts'
import type { Axis } from '../show-as.ts'
import type { EdgeLayout } from './edge-layout.ts'
import type { Folds } from './folds.ts'
import { edgeLayout } from './edge-layout.ts'

/** Where the measures stand: on an edge, after so many of its fields. Innermost of the columns when nothing is said. */
export interface MeasuresOn {
  readonly axis: Axis
  readonly after: number
}

/** What a report says of a crosstab's lines beside its question. */
export interface CrosstabArrangement {
  readonly measuresOn?: MeasuresOn | undefined
  readonly folds?: Folds | undefined
}

/** Both edges of a crosstab as they are drawn, and where a cell's value stands in the answer. */
export interface CrosstabLayout {
  readonly rows: EdgeLayout
  readonly columns: EdgeLayout
  readonly cellAt: (
    row: number,
    column: number,
  ) => { readonly measure: number; readonly place: number }
}

export function crosstabLayout(
  result: QueryResult,
  { measuresOn: on, folds }: CrosstabArrangement = {},
): CrosstabLayout {
  const axis = on?.axis ?? 'columns'
  const fields = result[axis].fields.length
  const count = result.measures.length
  const measures = {
    count,
    after: Math.min(fields, on?.after ?? fields),
    // One measure under heads of members is named by the title; where nothing else stands it names the line.
    named: count > 1 || fields === 0,
  }
  const rows = edgeLayout(result.rows, axis === 'rows' ? measures : undefined, folds?.rows)
  const columns = edgeLayout(
    result.columns,
    axis === 'columns' ? measures : undefined,
    folds?.columns,
  )
  const width = result.columns.paths.length
  return {
    rows,
    columns,
    cellAt: (row, column) => {
      const [r, c] = [rows.places[row], columns.places[column]]
      const measure = (axis === 'rows' ? r?.measure : c?.measure) ?? 0
      return { measure, place: (r?.path ?? 0) * width + (c?.path ?? 0) }
    },
  }
}
