/** What it would take for a field to stay of the type it was: which cells stand in the way, and what would become of them. */
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { isNumeric, isRetyped, isTemporal } from '../../../../shared/data/field.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import type { ColumnCoder } from '../../sources/typing/column-coder.ts'
import { columnCoder } from '../../sources/typing/column-coder.ts'
import { likelyForm, surveyTexts } from '../../sources/typing/text-survey.ts'
import type { FieldBefore, JobOverride, KeepWay, OddCells, RetypedColumn } from './import-order.ts'
import type { PlannedColumn } from './plan-columns.ts'
import type { SpoolReader } from './spool.ts'
import { applyOverride } from './type-override.ts'

export interface KeptLook {
  readonly spool: SpoolReader
  readonly pool: TextPool
  readonly before: readonly FieldBefore[]
  readonly overrides: readonly JobOverride[]
}

export function retypedColumns(columns: readonly PlannedColumn[], look: KeptLook): RetypedColumn[] {
  return columns.flatMap((column) => {
    const was = look.before.find(({ name }) => name === column.name)
    if (was === undefined || column.profile.filled === 0) return []
    if (!isRetyped(was.type, column.decision.type)) return []
    return [{ column: column.name, ...waysOf(column, was, look) }]
  })
}

type Ways = Omit<RetypedColumn, 'column'>

function waysOf(column: PlannedColumn, was: FieldBefore, look: KeptLook): Ways {
  const rule = { column: column.name, ...keptType(column, was, look) }
  if (was.type === 'text') return { odd: [], ways: [{ kind: 'same', rule, blank: 0, rounded: 0 }] }
  const plain = costOf(column, rule, look)
  const odd = plain.cells.filter(({ count }) => count > 0)
  if (isTemporal(was.type) && plain.open > 0) {
    const orders = (['dayFirst', 'monthFirst', 'yearFirst'] as const).filter(
      (order) => order !== 'yearFirst' || odd.some(({ examples }) => examples.some(isShort)),
    )
    return { odd, ways: orders.map((order) => wayOf(order, { ...rule, dateOrder: order }, column, look)) } // prettier-ignore
  }
  const { blank, rounded } = plain
  const kind = blank > 0 ? 'blank' : rounded > 0 ? 'rounded' : 'same'
  return { odd, ways: [{ kind, rule, blank, rounded }] }
}

/** `26-03-01`: with a year of two digits it may be the first part too. */
const isShort = (text: string): boolean => /^\d{1,2}([-/.])\d{1,2}\1\d{2}(?!\d)/.test(text)

function wayOf(
  kind: KeepWay['kind'],
  rule: JobOverride,
  column: PlannedColumn,
  look: KeptLook,
): KeepWay {
  const { blank, rounded } = costOf(column, rule, look)
  return { kind, rule, blank, rounded }
}

const mostDecimals = 6

/** Whole numbers may have got decimals beside what is no number; sums stay exact, whatever it takes. */
function keptType(
  { profile }: PlannedColumn,
  { type, role }: FieldBefore,
  { pool }: KeptLook,
): Omit<JobOverride, 'column'> {
  const usual: FieldRole = isNumeric(type) ? 'measure' : 'dimension'
  const own = role === usual ? {} : { role }
  if (type !== 'integer' && type !== 'decimal') return { type, ...own }
  const survey = surveyTexts(profile, pool, true, 'all')
  const numbers = survey.byForm[likelyForm(survey)]
  const decimals = Math.max(profile.decimals, numbers.decimals)
  const long = decimals > mostDecimals || profile.count(cellKind.double) + numbers.doubles > 0
  const kept: FieldType = long || decimals > 0 ? 'decimal' : type
  return { type: kept, ...own, ...(long ? { rounded: true } : {}) }
}

interface Cost {
  readonly blank: number
  /** Of these, dates that read either way round. */
  readonly open: number
  readonly rounded: number
  readonly cells: readonly OddCells[]
}

/** Every cell as it would be stored under the rule: what is counted is what would happen. */
function costOf(
  { name, spooled, profile, decision }: PlannedColumn,
  rule: JobOverride,
  look: KeptLook,
): Cost {
  const known = look.overrides.find(({ column }) => column === name)
  const type = applyOverride(decision, { ...known, ...rule }, profile, look.pool)
  const { spool, pool } = look
  const coders = new Map<number, { readonly coder: ColumnCoder; of: number }>()
  for (let index = 0; index < spool.chunks; index++) {
    const { kinds, values, rows, source, exact } = spool.read(index)
    const own = coders.get(source) ?? { coder: columnCoder(type, false, pool), of: 0 }
    coders.set(source, own)
    const cells = kinds[spooled]
    if (cells === undefined) continue
    own.coder.encode(cells, values[spooled] ?? new Float64Array(rows), rows, exact)
    for (const kind of cells) if (kind !== cellKind.blank && kind !== cellKind.error) own.of++
  }
  const all = [...coders.values()].map(({ coder }) => coder)
  const sum = (count: (coder: ColumnCoder) => number): number =>
    all.reduce((total, coder) => total + count(coder), 0)
  const open = sum((coder) => coder.open)
  return {
    ...{ open, blank: open + sum(({ lost }) => lost), rounded: sum(({ rounded }) => rounded) },
    cells: [...coders].map(([source, { coder, of }]) => ({
      ...{ source, of, count: coder.lost + coder.open + coder.rounded },
      examples: [...coder.lostExamples, ...coder.openExamples, ...coder.roundedExamples].slice(
        0,
        5,
      ),
    })),
  }
}
