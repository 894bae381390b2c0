/** What is asked to show a formula on leaves, subtotals and totals of real data. Pure. */
import type { ReportQuery } from '../../shared/query/report-query.ts'
import type { RowsRequest } from '../../shared/query/row-list.ts'
import { isNumeric } from '../../shared/data/field.ts'
import type { NothingToAsk, QueryContext } from '../../shared/report/block-query.ts'
import { blockQuery, blockRows } from '../../shared/report/block-query.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { CrosstabBlock } from '../../shared/report/blocks/crosstab-block.ts'
import type { TableBlock } from '../../shared/report/blocks/table-block.ts'
import type { FieldId, FieldUse } from '../../shared/report/field-use.ts'
import { fieldId, slotOf } from '../../shared/report/field-use.ts'
import type { ReportFormula } from '../../shared/report/formula.ts'
import { fieldsOfFormula } from '../../shared/report/formula-places.ts'
import { fieldOf } from '../../shared/report/captions.ts'
import { measuresBehind } from '../../shared/report/measures-behind.ts'
import { newFieldUse } from '../../shared/report/new-block.ts'
import { formulaOf } from '../../shared/report/report-formulas.ts'
import type { Report } from '../../shared/report/report.ts'
import { allPills, draftPills } from '../../shared/report/shelves.ts'
import type { Surroundings } from './formula-draft.ts'

/** Members shown of each dimension; the rest stand together, so that totals are of everything. */
const shownMembers = 3
const shownRows = 5

const resultPill = 'pl_result'
const rowsPill = 'pl_rows'

export interface PreviewAsk {
  readonly query: ReportQuery
  /** Of the measure whose cells are shown. */
  readonly measure: string
  /** How its pill uses the formula; counted where the formula gives no numbers. */
  readonly use: FieldUse
  readonly rows: RowsRequest | undefined
  /** As it was asked: the answer outlives the text it belongs to. */
  readonly formula: ReportFormula
}

export type PreviewQuestion = PreviewAsk | { readonly nothing: NothingToAsk | 'noBlock' }

const frame = { x: 0, y: 0, w: 12, h: 16 }

export function previewQuestion(
  formula: ReportFormula,
  by: readonly FieldId[],
  around: Surroundings,
  reachable: QueryContext['reachable'],
): PreviewQuestion {
  const report: Report = {
    ...around.report,
    formulas: { ...around.report.formulas, [formula.id]: formula },
  }
  const context = { bindings: around.bindings, reachable, view: { filters: {}, drill: {} } }
  if (formula.kind === 'cells') return cellsQuestion(report, formula, around.block, context)
  const use = resultUse(formula)
  const named = around.block ? measuresBehind(report, formula, around.block) : []
  const block = withHidden(crosstab(report, formula, use, by), named)
  const query = blockQuery(report, block, context)
  if (typeof query === 'string') return { nothing: query }
  const rows = formula.kind === 'row' ? rowsQuestion(report, formula, context) : undefined
  return { query, measure: use.id, use, rows, formula }
}

/** With the measures of the block at hand that the formula names. */
function withHidden(block: CrosstabBlock, named: readonly FieldUse[]): CrosstabBlock {
  const values = [...block.shelves.values]
  for (const { show: _show, totals: _totals, ...use } of named)
    values.push({ ...use, hidden: true })
  return { ...block, shelves: { ...block.shelves, values } }
}

function resultUse(formula: ReportFormula): FieldUse {
  const field = fieldId(formula.slot, formula.name)
  if (formula.kind === 'aggregate') return { id: resultPill, field, aggregate: 'formula' }
  return isNumeric(formula.type)
    ? { id: resultPill, field, aggregate: 'sum' }
    : { id: rowsPill, field, aggregate: 'count' }
}

/** What gives no number is grouped by, and its rows counted. */
function crosstab(
  report: Report,
  formula: ReportFormula,
  use: FieldUse,
  by: readonly FieldId[],
): CrosstabBlock {
  const counted: FieldUse = { id: rowsPill, field: fieldId(formula.slot, formula.name), aggregate: 'count' } // prettier-ignore
  // Rows are counted, whichever column is named.
  const [column] = report.datasets[formula.slot]?.fields ?? []
  const count = column ? { ...counted, field: fieldId(formula.slot, column.name) } : counted
  const split = use.aggregate === 'count' ? [fieldId(formula.slot, formula.name)] : by
  const values = use.aggregate === 'count' ? [use] : [use, { ...count, hidden: true }]
  return {
    ...{ id: 'bk_preview', kind: 'crosstab', frame, filters: [], overflow: 'continue' },
    shelves: {
      rows: split.map((field, index) => dimension(report, field, index)),
      columns: [],
      values,
    },
    totals: { rows: 'all', columns: 'none' },
  }
}

function dimension(report: Report, id: FieldId, index: number): FieldUse {
  const field = fieldOf(report, id)
  const ids = () => `pl_split${index}`
  const plain = field ? newFieldUse(slotOf(id), field, 'dimension', ids) : { id: ids(), field: id }
  return { ...plain, field: id, top: { count: shownMembers, pill: rowsPill, others: true } }
}

function rowsQuestion(
  report: Report,
  formula: ReportFormula,
  context: QueryContext,
): RowsRequest | undefined {
  const own = fieldsOfFormula(report, formula).filter((id) => slotOf(id) === formula.slot)
  const listed = [...own.slice(0, 4), fieldId(formula.slot, formula.name)]
  const columns = listed.map((field, index): FieldUse => ({ id: `pl_listed${index}`, field }))
  const block: TableBlock = {
    ...{ id: 'bk_preview', kind: 'table', frame, filters: [], sort: [], overflow: 'continue' },
    shelves: { columns },
  }
  const rows = blockRows(report, block, context)
  return typeof rows === 'string' ? undefined : { ...rows, limit: shownRows }
}

/** The block itself with the formula among its values; its place there is its own where it has one. */
function cellsQuestion(
  report: Report,
  formula: ReportFormula,
  block: Block | undefined,
  context: QueryContext,
): PreviewQuestion {
  if (!block || (block.kind !== 'crosstab' && block.kind !== 'chart')) return { nothing: 'noBlock' }
  const known = allPills(block).find(({ use }) => formulaOf(report, use.field)?.id === formula.id)
  const use: FieldUse = known?.use ?? {
    ...{ id: resultPill, aggregate: 'cells' },
    field: fieldId(formula.slot, formula.name),
  }
  const query = blockQuery(report, known ? block : withValue(block, use), context)
  return typeof query === 'string'
    ? { nothing: query }
    : { query, measure: use.id, use, rows: undefined, formula }
}

export function withValue(block: Block, use: FieldUse): Block {
  const copy = structuredClone(block)
  const shelf = block.kind === 'crosstab' ? 'values' : 'rows'
  draftPills(copy, shelf)?.push(use)
  return copy
}

/** What a preview is first split by: as the block beside it, else by the first fields that group rows. */
export function usualSplit(slot: string, report: Report, block: Block | undefined): FieldId[] {
  const own = block
    ? allPills(block).flatMap(({ use }) =>
        use.aggregate === undefined && slotOf(use.field) === slot ? [use.field] : [],
      )
    : []
  const fields = report.datasets[slot]?.fields ?? []
  const grouping = fields.filter(({ role, type, personal }) => role === 'dimension' && type === 'text' && personal === undefined) // prettier-ignore
  const usual = grouping.map(({ name }) => fieldId(slot, name))
  return [...new Set([...own, ...usual])].slice(0, 2)
}

/** The fields a preview can be split by. */
export function splitsOf(slot: string, report: Report): FieldId[] {
  return (report.datasets[slot]?.fields ?? []).flatMap(({ name, role }) =>
    role === 'measure' ? [] : [fieldId(slot, name)],
  )
}
