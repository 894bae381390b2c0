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
import { expandFormulas } from '../expand-formulas.ts'
import { findDataset } from '../locate-field.ts'
import type { QueryDataset } from '../query-catalog.ts'
import { CellsProof, readKey } from './prove-cells.ts'
import type { Lines, ProofPlan } from './proof-operands.ts'
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
  try {
    return await provedAny(ask, { ...measure, as: ask.measure }, { ...context, asked: new Map() })
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

/** One proof may ask the same question for many cells. */
interface ProofContext extends ScanContext {
  readonly asked: Map<string, ReturnType<typeof runQuery>>
}

function asked(query: ReportQuery, context: ProofContext): ReturnType<typeof runQuery> {
  const { catalog, tools, signal } = context
  const key = JSON.stringify(query)
  const known = context.asked.get(key) ?? runQuery(query, catalog, tools, signal)
  context.asked.set(key, known)
  return known
}

const provedAny: typeof proved = (ask, measure, context) =>
  measure.aggregate === 'cells' && !measure.show && !measure.totals
    ? provedCells(ask, measure, context)
    : proved(ask, measure, context)

const lines = (result: QueryResult): Lines => ({
  rows: result.rows.paths,
  columns: result.columns.paths,
})

/** From the cells the formula names, each proved by itself. */
async function provedCells(
  { query, cell }: ProofAsk,
  measure: Measure,
  context: ProofContext,
): Promise<Outcome<Proof, QueryFailure>> {
  const name = measureName(measure)
  const shown = await asked(query, context)
  if (!shown.ok) return shown
  // Formulas read lines that are not shown too.
  const every = { ...query, totals: { ...query.totals, rows: 'all', columns: 'all' } } as const
  const whole = await asked(every, context)
  if (!whole.ok) return whole
  const { formulas, lastDay } = expandFormulas(query, context.catalog)
  const found = formulas.find((one) => one.name === name)
  if (found?.kind !== 'cells') return fail('query/invalid', { reason: 'unknownMeasure', measure: name }) // prettier-ignore
  const cells = new CellsProof(found.formula, query, lines(whole.value), lastDay)
  const operands: ProofOperand[] = []
  const said = new Map<string, CellValue>()
  const here: Proof[] = []
  for (const read of cells.reads(cell)) {
    const named = query.measures.find((one) => measureName(one) === read.measure)
    if (!named) continue
    // Totals of shown numbers are made of what is shown.
    const question = visible(named.totals ? query : every, read.measure)
    const ask = { query: question, cell: read.cell, measure: read.measure }
    const proof = await provedAny(ask, { ...named, as: read.measure }, context)
    if (!proof.ok) return proof
    const { value } = proof
    said.set(readKey(read.measure, read.cell), value.recomputed)
    if (JSON.stringify(read.cell) === JSON.stringify(cell)) here.push(value)
    operands.push({
      ...{ role: 'shown', cell: read.cell, fromPivot: value.shown, recomputed: value.recomputed },
      ...{ rows: value.rows, measure: value.measure },
    })
    if (!value.agrees) said.set(readKey(read.measure, read.cell), null)
  }
  const value = cellOf(shown.value, name, cell)
  const recomputed = shownAs(measure, cells.value(cell, said))
  const counted = here.toSorted((a, b) => b.rows - a.rows)[0]
  const dataset = findDataset(query.dataset, context.catalog)
  const answered = shown.value.measures.find((one) => one.name === name)
  return ok({
    measure: answered ?? { name, aggregate: 'cells', type: 'double' },
    ...{ shown: value, recomputed, formula: 'cells', text: measure.formula ?? '' },
    agrees:
      agree(value, recomputed, 0) &&
      operands.every((one) => agree(one.fromPivot, one.recomputed, 0)),
    operands,
    filters: query.filters,
    dataset: dataset?.name ?? query.dataset,
    version: shown.value.version,
    dataAsOf: shown.value.dataAsOf,
    rows: counted?.rows ?? 0,
    sources: counted?.sources ?? [],
  })
}

/** What a proof takes from a cell: those of formulas over cells have no rows resolved. */
type AnyScanned = Omit<ScannedCell, 'resolved'> & Partial<Pick<ScannedCell, 'resolved'>>

async function scanCells(
  ask: ProofAsk,
  measure: Measure,
  context: ProofContext,
): Promise<AnyScanned> {
  const proof = await provedCells(ask, baseMeasure(measure), context)
  if (!proof.ok) throw new AppErrorException(proof.error)
  const { recomputed, rows, sources } = proof.value
  return { value: recomputed as AnyScanned['value'], size: 0, rows, sources }
}

const shownAs = ({ blankAs }: Measure, value: CellValue): CellValue =>
  value === null && blankAs === 'zero' ? 0 : value

/** A hidden measure is answered to be compared with. */
function visible(query: ReportQuery, name: string): ReportQuery {
  const measures = query.measures.map((one) => {
    if (measureName(one) !== name) return one
    const { hidden: _hidden, ...shown } = one
    return shown
  })
  return { ...query, measures }
}

async function proved(
  { query, cell }: ProofAsk,
  measure: Measure,
  context: ProofContext,
): Promise<Outcome<Proof, QueryFailure>> {
  const shown = await asked(query, context)
  if (!shown.ok) return shown
  const whole = await asked(wholeQuestion(query, measure), context)
  if (!whole.ok) return whole
  const all = lines(whole.value)
  const base = wholeQuestion(query, measure)
  const scan = (at: CellAddress): Promise<AnyScanned> =>
    measure.aggregate === 'cells'
      ? scanCells({ query: base, cell: at, measure: measureName(measure) }, measure, context)
      : scanOf({ query, cell: at, measure, lines: all, context })
  const second = secondPassPlan(measure, cell, query, lines(shown.value))
  const plan = second ?? proofPlan(measure, cell, query, all)
  if (plan.operands.length > mostOperands) {
    return fail('query/tooLarge', { cells: plan.operands.length, limit: mostOperands })
  }
  const pivot = second ? shown.value : whole.value
  const name = measure.as ?? ''
  const read: { operand: ProofOperand; size: number; scanned?: AnyScanned }[] = []
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
  const dataset = own.resolved?.base.dataset ?? findDataset(query.dataset, context.catalog)
  return ok(proofOf({ query, cell, measure, plan, read, own, dataset, shown: shown.value }))
}

interface Found {
  readonly query: ReportQuery
  readonly cell: CellAddress
  readonly measure: Measure
  readonly plan: ProofPlan
  readonly read: readonly { operand: ProofOperand; size: number }[]
  readonly own: AnyScanned
  readonly dataset: QueryDataset | undefined
  readonly shown: QueryResult
}

function proofOf({ query, cell, measure, plan, read, own, dataset, shown }: Found): Proof {
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
    dataset: dataset?.name ?? query.dataset,
    version: dataset?.version ?? shown.version,
    dataAsOf: dataset?.dataAsOf ?? shown.dataAsOf,
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
        : measure.aggregate === 'cells'
          ? one
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
