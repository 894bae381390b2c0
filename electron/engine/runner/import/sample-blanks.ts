/** Which of the rows shown lose a cell when a column is read as another type: the preview shows what a choice will blank. */
import type { BlankedCells } from '../../../../shared/data/import-words.ts'
import { fieldTypes, isTemporal } from '../../../../shared/data/field.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import type { ColumnChunk } from '../../sources/column-chunk.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import { columnCoder } from '../../sources/typing/column-coder.ts'
import type { ColumnCells } from '../../sources/typing/decide-columns.ts'
import { surveyTexts } from '../../sources/typing/text-survey.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'
import type { JobOverride } from './import-order.ts'
import { applyOverride } from './type-override.ts'

/** Nobody looks through more. */
const mostColumns = 1000

interface Shown {
  readonly chunk: ColumnChunk
  readonly from: number
  readonly rows: number
}

type Way = Pick<JobOverride, 'dateOrder'> & Pick<BlankedCells, 'type'>

const orders = [undefined, 'dayFirst', 'monthFirst', 'yearFirst'] as const
const ways: readonly Way[] = fieldTypes
  .filter((type) => type !== 'text')
  .flatMap((type) =>
    isTemporal(type)
      ? orders.map((dateOrder) => ({ type, ...(dateOrder ? { dateOrder } : {}) }))
      : [{ type }],
  )

export function blankedCells(
  { name, profile }: ColumnCells,
  decided: TypeDecision,
  column: number,
  shown: Shown,
  pool: TextPool,
): BlankedCells[] {
  if (column >= mostColumns || profile.filled === 0) return []
  const { chunk, from, rows } = shown
  const kinds = chunk.kinds[column]?.subarray(from, from + rows) ?? new Uint8Array(rows)
  const values = chunk.values[column]?.subarray(from, from + rows) ?? new Float64Array(rows)
  const survey = surveyTexts(profile, pool, true, 'all')
  return ways.flatMap((way) => {
    const type = applyOverride(decided, { column: name, ...way }, profile, pool, survey)
    const stored = columnCoder(type, false, pool).encode(kinds, values, rows, profile.exact)
    const isBlank = (row: number): boolean => {
      const value = stored instanceof Float64Array ? stored[row] : null
      return Array.isArray(stored) ? stored[row] === null : Number.isNaN(value)
    }
    const lost = [...kinds.keys()].filter((row) => isFilled(kinds[row] ?? 0) && isBlank(row))
    return lost.length === 0 ? [] : [{ column, ...way, rows: lost }]
  })
}

const isFilled = (kind: number): boolean => kind !== cellKind.blank && kind !== cellKind.error
