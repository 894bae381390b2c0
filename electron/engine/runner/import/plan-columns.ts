/** How the columns read so far are to be stored. */
import { columnKey } from '../../../../shared/data/column-key.ts'
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { isNumeric } from '../../../../shared/data/field.ts'
import { worthCoding } from '../../extracts/extract-columns.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import type { ColumnProfile } from '../../sources/typing/column-profile.ts'
import { decideColumns } from '../../sources/typing/decide-columns.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'
import type { ColumnPlan, SeenTexts } from './column-writer.ts'
import { earlierOf } from './earlier-marks.ts'
import type { ImportJobOrder } from './import-order.ts'
import type { SpoolReader } from './spool.ts'
import { applyOverride } from './type-override.ts'

export interface PlannedColumn {
  readonly name: string
  /** Place among the spooled columns. */
  readonly spooled: number
  readonly decision: TypeDecision
  readonly profile: ColumnProfile
}

interface Rows {
  readonly rows: number
  /** How many there are likely to be in the end; all are read when it is `rows`. */
  readonly expected: number
  readonly spool: SpoolReader
  /** What was planned from fewer rows. */
  readonly before?: readonly ColumnPlan[]
}

interface ReadColumns {
  readonly fields: { readonly names: readonly string[] }
  readonly profiles: readonly ColumnProfile[]
  readonly pool: TextPool
  /** As in `decideColumns`. */
  readonly partedByCommas: boolean
}

/** The columns of all rows read so far; those without a name and without a value are none. */
export function plannedColumns(
  { fields, profiles, pool, partedByCommas }: ReadColumns,
  { overrides, before = [] }: Pick<ImportJobOrder, 'overrides' | 'before'>,
  warnings: readonly DatasetWarning[],
): PlannedColumn[] {
  const unnamed = new Set(
    warnings.filter(({ code }) => code === 'missingHeader').map(({ column }) => column),
  )
  const columns = fields.names.flatMap((name, spooled) => {
    const profile = profiles[spooled]
    if (profile === undefined || (profile.filled === 0 && unnamed.has(name))) return []
    const key = columnKey(name)
    const override = overrides.find(({ column }) => columnKey(column) === key)
    const was = before.find((field) => field.name === name)
    const known = {
      wasNumber: was !== undefined && isNumeric(was.type),
      mark: override?.decimalMark,
    }
    return [{ name, spooled, profile, override, known, before: earlierOf(before, name) }]
  })
  return decideColumns(columns, pool, partedByCommas).flatMap((decided, index) => {
    const column = columns[index]
    if (column === undefined) return []
    const { name, spooled, profile, override } = column
    const decision = override ? applyOverride(decided, override, profile, pool) : decided
    return [{ name, spooled, profile, decision }]
  })
}

/** Numbers among texts, nothing said of their zeros. */
export function mayLackZeros({ decision: { type, padTo }, profile }: PlannedColumn): boolean {
  return type === 'text' && padTo === undefined && profile.numbers > profile.wideWholes
}

export function columnPlan(column: PlannedColumn, all: Rows): ColumnPlan {
  const { name, spooled, decision } = column
  const { warnings: _told, ...type } = decision
  if (type.type !== 'text') return { name, spooled, type, coded: false }
  const seen = { rows: all.rows, distinct: distinctAtMost(column, all) }
  return { name, spooled, type, seen, coded: isCoded(spooled, seen, all) }
}

/** Near the border either will do, and what was begun goes on. */
const margin = 1.2

function isCoded(column: number, seen: SeenTexts, { expected, before }: Rows): boolean {
  const last = before?.find(({ spooled }) => spooled === column)
  const distinct = expectedTexts(seen, last?.seen, expected)
  const leaning = last === undefined ? 1 : last.coded ? 1 / margin : margin
  return worthCoding(distinct * leaning, expected)
}

/** Whether the values written under one plan are those the other asks for. */
export function sameValues(one: readonly ColumnPlan[], other: readonly ColumnPlan[]): boolean {
  const values = ({ name, spooled, coded, type }: ColumnPlan) => {
    return { name, spooled, coded, type: { ...type, role: '', sign: '' } }
  }
  return JSON.stringify(one.map(values)) === JSON.stringify(other.map(values))
}

/** Different texts of a column, never too few: places in the pool, and numbers that become text. */
function distinctAtMost({ profile, spooled }: PlannedColumn, all: Rows): number {
  const distinct = profile.distinctTexts()
  const others = profile.filled - profile.count(cellKind.text)
  const mixed = others > 0 && all.rows > 100_000
  return mixed ? distinct + distinctOthers(all.spool, spooled) : distinct
}

function distinctOthers(spool: SpoolReader, place: number): number {
  const seen = new Set<number>()
  for (let index = 0; index < spool.chunks; index++) {
    const chunk = spool.read(index)
    const kinds = chunk.kinds[place]
    const values = chunk.values[place]
    for (let i = 0; i < chunk.rows; i++) {
      const kind = kinds?.[i] ?? 0
      if (kind !== cellKind.blank && kind !== cellKind.text) seen.add(values?.[i] ?? 0)
    }
  }
  return seen.size
}

/** Numbers that go up with the rows, as receipts do, bring new texts at a steady rate; names come back. */
export function expectedTexts(
  seen: SeenTexts,
  last: SeenTexts | undefined,
  expected: number,
): number {
  const { rows, distinct } = seen
  if (expected <= rows) return distinct
  const isSteady = last !== undefined && last.rows < rows && distinct / rows >= (0.95 * last.distinct) / last.rows // prettier-ignore
  return isSteady ? (distinct / rows) * expected : distinctAmong(distinct, rows, expected)
}

/**
 * Different values to expect among `expected` rows when `rows` of them held `distinct`: as if drawn evenly from some number
 * N of values, whose draws hold N (1 - e^(-rows / N)) different ones.
 */
function distinctAmong(distinct: number, rows: number, expected: number): number {
  if (distinct >= rows * 0.99) return (distinct / rows) * expected
  const drawn = (all: number, draws: number): number => all * (1 - Math.exp(-draws / all))
  let low = Math.max(1, distinct)
  let high = rows * 100
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (drawn(middle, rows) < distinct) low = middle
    else high = middle
  }
  return drawn(low, expected)
}
