import type { CellValue } from '../../../../shared/data/cell-value.ts'
import type { Outcome } from '../../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../../shared/errors.ts'
import { exactAt, textAt } from '../../../../shared/query/cell-reading.ts'
import type { Proof, ProofAsk, ProofOperand } from '../../../../shared/query/proof.ts'
import { mostOperands } from '../../../../shared/query/proof.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'
import type { Measure, ReportQuery } from '../../../../shared/query/report-query.ts'
import { baseMeasure, measureName } from '../../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../../shared/query/row-list.ts'
import type { QueryFailure } from '../run-query.ts'
import { runQuery } from '../run-query.ts'
import type { ProofPlan } from './proof-operands.ts'
import { proofPlan, secondPassPlan } from './proof-operands.ts'
import type { ScannedCell } from './scan-cell.ts'
import { numberOf, scanOf } from './scan-cell.ts'
import type { ScanContext } from './scan-rows.ts'

/** Recomputes a shown number from base rows read one by one, and compares the two. */
export async function prove(
  ask: ProofAsk,
  context: ScanContext,
): Promise<Outcome<Proof, QueryFailure>> {
  const measure = ask.query.measures.find((one) => measureName(one) === ask.measure)
  if (!measure) return fail('query/invalid', { reason: 'unknownMeasure', measure: ask.measure })
  if (measure.aggregate === 'cells') {
    return fail('query/invalid', { reason: 'proofOfCells', name: ask.measure })
  }
  try {
    return await proved(ask, { ...measure, as: ask.measure }, context)
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

async function proved(
  { query, cell }: ProofAsk,
  measure: Measure,
  context: ScanContext,
): Promise<Outcome<Proof, QueryFailure>> {
  const { catalog, tools, signal } = context
  const shown = await runQuery(query, catalog, tools, signal)
  if (!shown.ok) return shown
  const whole = await runQuery(wholeQuestion(query, measure), catalog, tools, signal)
  if (!whole.ok) return whole
  const lines = (result: QueryResult) => ({
    rows: result.rows.paths,
    columns: result.columns.paths,
  })
  const all = lines(whole.value)
  const scan = (at: CellAddress): Promise<ScannedCell> =>
    scanOf({ query, cell: at, measure, lines: all, context })
  const second = secondPassPlan(measure, cell, query, lines(shown.value))
  const plan = second ?? proofPlan(measure, cell, query, all)
  if (plan.operands.length > mostOperands) {
    return fail('query/tooLarge', { cells: plan.operands.length, limit: mostOperands })
  }
  const pivot = second ? shown.value : whole.value
  const name = measure.as ?? ''
  const read: { operand: ProofOperand; size: number; scanned?: ScannedCell }[] = []
  for (const { role, cell: at } of plan.operands) {
    const fromPivot = cellOf(pivot, name, at)
    if (second) {
      read.push({
        operand: { role, cell: at, fromPivot, recomputed: fromPivot, rows: null },
        size: 0,
      })
      continue
    }
    const scanned = await scan(at)
    const { value, size, rows, compared } = scanned
    const operand = { role, cell: at, fromPivot, recomputed: value, rows }
    read.push({ operand: compared ? { ...operand, compared } : operand, size, scanned })
  }
  const own = read.find(({ operand }) => operand.role === 'cell')?.scanned ?? (await scan(cell))
  return ok(proofOf({ query, cell, measure, plan, read, own, shown: shown.value }))
}

interface Found {
  readonly query: ReportQuery
  readonly cell: CellAddress
  readonly measure: Measure
  readonly plan: ProofPlan
  readonly read: readonly { operand: ProofOperand; size: number }[]
  readonly own: ScannedCell
  readonly shown: QueryResult
}

function proofOf({ query, cell, measure, plan, read, own, shown }: Found): Proof {
  const operands = read.map(({ operand }) => operand)
  const name = measure.as ?? ''
  const size = Math.max(0, ...read.map((one) => one.size))
  const zero = measure.blankAs === 'zero' ? 0 : null
  const combined =
    plan.formula === 'itself'
      ? (operands[0]?.recomputed ?? null)
      : plan.combine(operands.map(({ recomputed }) => numberOf(recomputed)))
  const recomputed = combined ?? zero
  const value = cellOf(shown, name, cell)
  const { dataset } = own.resolved.base
  const answered = shown.measures.find((one) => one.name === name)
  return {
    measure: answered ?? { name, aggregate: measure.aggregate, type: 'double' },
    shown: value,
    recomputed,
    agrees:
      agree(value, recomputed, size) &&
      operands.every((one, index) => agree(one.fromPivot, one.recomputed, read[index]?.size ?? 0)),
    formula: plan.formula,
    operands,
    filters: query.filters,
    dataset: dataset.name,
    version: dataset.version,
    dataAsOf: dataset.dataAsOf,
    rows: own.rows,
    sources: [...own.sources],
    ...(own.compared ? { compared: own.compared } : {}),
  }
}

/** Every line and every total of the same question, the measure as it is over its own rows. */
function wholeQuestion(query: ReportQuery, measure: Measure): ReportQuery {
  return {
    ...query,
    measures: query.measures.map((one) =>
      measureName(one) === measure.as
        ? baseMeasure(measure)
        : { ...baseMeasure(one), hidden: true },
    ),
    totals: {
      rows: 'all',
      columns: 'all',
      ...(query.totals.over ? { over: query.totals.over } : {}),
    },
  }
}

function cellOf(result: QueryResult, measure: string, { row, column }: CellAddress): CellValue {
  const place = (paths: readonly unknown[], path: readonly unknown[]): number =>
    paths.findIndex((one) => JSON.stringify(one) === JSON.stringify(path))
  const [r, c] = [place(result.rows.paths, row), place(result.columns.paths, column)]
  const cells = result.cells[result.measures.findIndex(({ name }) => name === measure)]
  if (r < 0 || c < 0 || !cells) return null
  const at = r * result.columns.paths.length + c
  return textAt(cells, at) ?? exactAt(cells, at)
}

/** Exact numbers are equal; doubles may differ by rounding, measured by the size of what was added up. */
function agree(a: CellValue, b: CellValue, size: number): boolean {
  if (a === null || b === null) return a === b
  const [x, y] = [Number(a), Number(b)]
  if (Number.isNaN(x) || Number.isNaN(y)) return a === b
  return Math.abs(x - y) <= 1e-12 * Math.max(Math.abs(x), Math.abs(y), size)
}
