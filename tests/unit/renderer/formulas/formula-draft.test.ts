import { describe, expect, it } from 'vitest'
import type { DatasetInfo } from '../../../../shared/data/dataset.ts'
import { blockQuery } from '../../../../shared/report/block-query.ts'
import { run, startHistory } from '../../../../shared/report/history.ts'
import { newBlock } from '../../../../shared/report/new-block.ts'
import { formulaNames } from '../../../../shared/report/formula-query.ts'
import type { ReportFormula } from '../../../../shared/report/formula.ts'
import type { Report } from '../../../../shared/report/report.ts'
import { reachableOver } from '../../../../shared/report/page-questions.ts'
import { textIn } from '../../../../shared/text/messages.ts'
import type { FormulaDraft, Surroundings } from '../../../../renderer/formulas/formula-draft.ts'
import { checkDraft, datasetsToAdd, draftWords, formulaOfDraft } from '../../../../renderer/formulas/formula-draft.ts' // prettier-ignore
import { previewQuestion, usualSplit } from '../../../../renderer/formulas/preview-question.ts'
import { completionAt } from '../../../../renderer/ui/complete-formula.ts'
import { repeatableIds, salesFields, salesReport } from '../../../support/report-builder.ts'

const newId = repeatableIds(3)
const text = textIn('en')
const dataset: DatasetInfo = {
  ...{ id: 'ds_sales1', name: 'sales', mode: 'extract', fields: [...salesFields] },
  ...{ rows: 9, rejected: 0, version: 1, dataAsOf: '2025-01-01T00:00:00Z', lastDay: null },
  ...{ sources: [], warnings: [] },
}
const block = newBlock('crosstab', { x: 0, y: 0, w: 12, h: 10 }, newId)
if (block.kind === 'crosstab') {
  block.shelves.rows.push({ id: 'pl_region', field: 'sl_sales.region' })
  block.shelves.values.push({ id: 'pl_amount', field: 'sl_sales.amount', aggregate: 'sum' })
}
const empty = salesReport(newId)
const [page] = Object.values(empty.pages)
const report: Report = {
  ...empty,
  pages: { [page!.id]: { ...page!, blocks: { [block.id]: block }, blockOrder: [block.id] } },
  formulas: {
    fx_margin: {
      ...{ id: 'fx_margin', slot: 'sl_sales', name: 'margin', kind: 'row' },
      ...{ text: '[amount] * 0.2', type: 'decimal', scale: 3 },
    },
  },
  parameters: { pm_rate: { id: 'pm_rate', name: 'rate', type: 'number', value: 0.1 } },
}
const around: Surroundings = {
  ...{ report, bindings: { sl_sales: 'ds_sales1' }, datasets: [dataset], relationships: [], block },
}
const draft = (written: string, over: FormulaDraft['over'] = 'data'): FormulaDraft => ({
  ...{ id: 'fx_draft', slot: report.datasets['sl_sales']!, name: 'new' },
  ...{ over, text: written, format: undefined },
})
const checked = (written: string, over: FormulaDraft['over'] = 'data') =>
  checkDraft(draft(written, over), around, text)

describe('a calculated field being written', () => {
  it('is told which kind it is, and what it gives', () => {
    expect(checked('[amount] - [margin]')).toMatchObject({ kind: 'row', type: 'decimal' })
    expect(checked('SUM([margin]) / DISTINCTCOUNT([receipt])')).toMatchObject({ kind: 'aggregate' })
    expect(checked('[amount] / PREVIOUS([amount])', 'cells')).toMatchObject({ kind: 'cells' })
    expect(checked('[amount] * (1 - @rate)')).toMatchObject({ state: 'right', kind: 'row' })
    expect(checked('  ')).toEqual({ state: 'empty' })
  })

  it('brings the datasets along whose fields it names, and none whose name merely stands in it', () => {
    const named = ['shops', 'ops', '1', 'x'].map((name) => ({ ...dataset, id: `ds_${name}`, name }))
    const added = (written: string) =>
      datasetsToAdd(draft(written), { ...around, datasets: [dataset, ...named] }).map(({ name }) => name) // prettier-ignore
    expect(added('[amount] * 1.5 & "x.y" & [shops.region]')).toEqual(['shops'])
    expect(added('【ops.region】 + [sales.amount]')).toEqual(['ops'])
    expect(added('[shops.region')).toEqual([])
  })

  it('that mixes kinds is refused at the place, with what to write instead', () => {
    expect(checked('SUM([amount]) / [quantity]')).toMatchObject({
      state: 'wrong',
      error: { span: { from: 16, to: 26 }, suggestion: 'SUM([quantity])' },
    })
    expect(checked('[amount] * @rat')).toMatchObject({ error: { suggestion: '@rate' } })
    expect(checked('[nothing]', 'cells')).toMatchObject({ state: 'wrong' })
  })

  it('is offered fields, calculated fields and parameters, or measures for cells', () => {
    const names = (written: string, over: FormulaDraft['over']): string[] =>
      completionAt(written, written.length, draftWords(draft(written, over), around, text), 'en', false)?.suggestions.map(({ name }) => name) ?? [] // prettier-ignore
    expect(names('[', 'data')).toContain('margin')
    expect(names('1 + @', 'data')).toEqual(['rate'])
    expect(names('su', 'data')[0]).toBe('SUM')
    expect(names('[', 'cells')).toEqual(['amount'])
    expect(names('prev', 'cells')).toEqual(['PREVIOUS'])
  })
})

describe('its preview', () => {
  const reachable = reachableOver([])
  const by = usualSplit('sl_sales', report, block)
  const asked = (written: string, over: FormulaDraft['over'] = 'data') => {
    const found = checked(written, over)
    if (found.state !== 'right') throw new Error(JSON.stringify(found))
    return previewQuestion(formulaOfDraft(draft(written, over), found), by, around, reachable)
  }

  it('splits the result by what the block at hand is split by, with all levels', () => {
    expect(by[0]).toBe('sl_sales.region')
    expect(asked('SUM([amount]) / COUNTROWS()')).toMatchObject({
      query: {
        rows: [{ field: 'region', top: { others: true } }, { field: 'shop' }],
        measures: [{ aggregate: 'formula' }, { aggregate: 'count', hidden: true }],
        totals: { rows: 'all' },
      },
      rows: undefined,
    })
  })

  it('of a row formula lists rows as well, and groups by what is no number', () => {
    expect(asked('[amount] * 2')).toMatchObject({
      query: { measures: [{ field: 'new', aggregate: 'sum' }, {}] },
      rows: { fields: ['amount', 'new'] },
    })
    expect(asked('LEFT([shop], 1)')).toMatchObject({
      query: { rows: [{ field: 'new' }], measures: [{ aggregate: 'count' }] },
    })
  })

  it('of a formula over cells is of its block', () => {
    expect(asked('[amount] / PREVIOUS([amount])', 'cells')).toMatchObject({
      query: { rows: [{ field: 'region' }], measures: [{}, { aggregate: 'cells' }] },
    })
  })
})

describe('a formula over aggregates', () => {
  const share: ReportFormula = {
    ...{ scale: 12, id: 'fx_share', slot: 'sl_sales', name: 'share', kind: 'aggregate' as const },
    type: 'decimal',
    text: '=SUM([margin]) / SUM([amount])',
  }
  const named = {
    ...around,
    report: { ...report, formulas: { ...report.formulas, fx_share: share } },
  }

  it('names another one, which is offered and typed', () => {
    const found = checkDraft(draft('[share] * 100'), named, text)
    expect(found).toMatchObject({ state: 'right', kind: 'aggregate', type: 'decimal' })
    const offered = draftWords(draft('[sha'), named, text).fields.map(({ name }) => name)
    expect(offered).toContain('share')
    expect(checkDraft(draft('[shaer] * SUM([amount])'), named, text)).toMatchObject({
      error: { suggestion: '[share]' },
    })
  })

  it('is not offered where it would lead back to itself', () => {
    const own = { ...draft('[share]'), id: 'fx_share' }
    expect(draftWords(own, named, text).fields.map(({ name }) => name)).not.toContain('share')
    expect(checkDraft(own, named, text)).not.toMatchObject({ kind: 'aggregate' })
  })

  it('is asked with the other one written out', () => {
    const twice = { ...share, id: 'fx_twice', name: 'twice', text: '[share] * 2' }
    const { report: whole, bindings } = named
    const all = { ...whole, formulas: { ...whole.formulas, fx_twice: twice } }
    const names = formulaNames(all, 'ds_sales1', bindings)
    expect(names.textOf(twice)).toBe('(SUM([margin]) / SUM([amount])) * 2')
    expect(names.parts().calculated?.map(({ name }) => name)).toEqual(['margin'])
  })
})

describe('a formula over aggregates beside the measures of a block', () => {
  const aggregate = (id: string, name: string, written: string): ReportFormula => ({
    ...{ scale: 12, id, slot: 'sl_sales', name, kind: 'aggregate' as const },
    ...{ type: 'decimal' as const, text: written },
  })
  const formulas = {
    fx_draft: aggregate('fx_draft', 'new', '[Sales] / [Lines]'),
    fx_back: aggregate('fx_back', 'back', '[Own] + 1'),
    fx_share: {
      ...aggregate('fx_share', 'share', '[Sales] / PARENT([Sales])'),
      kind: 'cells' as const,
    },
  }
  const beside = newBlock('crosstab', { x: 0, y: 0, w: 12, h: 10 }, newId)
  if (beside.kind === 'crosstab') {
    const sum = { field: 'sl_sales.amount', aggregate: 'sum' as const }
    const show = { as: 'percent' as const, of: 'grand' as const }
    const cells = { field: 'sl_sales.share', aggregate: 'cells' as const }
    beside.shelves.rows.push({ id: 'pl_region', field: 'sl_sales.region' })
    beside.shelves.values.push(
      { ...sum, id: 'pl_sales', caption: 'Sales', show },
      { ...sum, id: 'pl_lines', aggregate: 'count', caption: 'Lines' },
      { ...cells, id: 'pl_share', caption: 'Share' },
      { id: 'pl_own', field: 'sl_sales.new', aggregate: 'formula', caption: 'Own' },
      { id: 'pl_back', field: 'sl_sales.back', aggregate: 'formula', caption: 'Back' },
    )
  }
  const here = { ...around, report: { ...report, formulas }, block: beside }
  const written = (of: string) => checkDraft(draft(of), here, text)

  it('names them as they are called, and is what they are over their rows', () => {
    expect(written('[Sales] / [Lines]')).toMatchObject({ state: 'right', kind: 'aggregate' })
    expect(written('[Sales] * 2')).toMatchObject({ type: 'decimal', scale: 2 })
    const words = draftWords(draft('[S'), here, text)
    expect(words.measures?.map(({ name }) => name)).toEqual(['Sales', 'Lines'])
    expect(completionAt('[Sal', 4, words, 'en', false)?.suggestions).toMatchObject([{ name: 'Sales' }]) // prettier-ignore
  })

  it('refuses a circle, and what is known too late, at the name and with what to do', () => {
    const span = { from: 10, to: 16 }
    expect(written('[Sales] + [Back]')).toMatchObject({ error: { reason: 'cellsInCircle', span } })
    expect(written('[Own] + 1')).toMatchObject({ error: { reason: 'cellsInCircle' } })
    expect(written('[Share] * 2')).toMatchObject({ error: { reason: 'cellsNamedInAggregate' } })
    expect(written('[Saless] / SUM([amount])')).toMatchObject({ error: { suggestion: '[Sales]' } })
  })

  it('is asked with their pills, of the block and of its preview', () => {
    const context = { bindings: here.bindings, reachable: reachableOver([]), view: { filters: {}, drill: {} } } // prettier-ignore
    const without = { ...here.report, formulas: { ...formulas, fx_back: { ...formulas.fx_back, text: '1' } } } // prettier-ignore
    const query = blockQuery(without, beside, context)
    if (typeof query === 'string') throw new Error(query)
    expect(query.measures.find(({ as }) => as === 'pl_own')?.formula).toBe(
      '[pl_sales] / [pl_lines]',
    )
    const found = written('[Sales] / [Lines]')
    if (found.state !== 'right') throw new Error(JSON.stringify(found))
    const drafted = formulaOfDraft(draft('[Sales] / [Lines]'), found)
    const asked = previewQuestion(drafted, [], here, reachableOver([]))
    if ('nothing' in asked) throw new Error(asked.nothing)
    expect(asked.query.measures).toMatchObject([
      { formula: '[pl_sales] / [pl_lines]' },
      { aggregate: 'count', hidden: true },
      { as: 'pl_sales', aggregate: 'sum', hidden: true },
      { as: 'pl_lines', aggregate: 'count', hidden: true },
    ])
    expect(asked.query.measures[2]).not.toHaveProperty('show')
  })

  it('shows nothing in a block that lacks them, and follows another name', () => {
    const context = { bindings: here.bindings, reachable: reachableOver([]), view: { filters: {}, drill: {} } } // prettier-ignore
    const alone = newBlock('crosstab', { x: 0, y: 0, w: 12, h: 10 }, newId)
    if (alone.kind !== 'crosstab' || beside.kind !== 'crosstab') throw new Error(alone.kind)
    const own = beside.shelves.values.filter(({ id }) => id !== 'pl_back')
    alone.shelves.values.push(own[3]!)
    expect(blockQuery(here.report, alone, context)).toBe('missingMeasure')
    const block = { ...beside, shelves: { ...beside.shelves, values: own } }
    const whole = { ...here.report, pages: { [page!.id]: { ...page!, blocks: { [block.id]: block }, blockOrder: [block.id] } } } // prettier-ignore
    const args = { block: block.id, pill: 'pl_sales', set: { caption: 'Revenue' }, clear: [] }
    const now = run(startHistory(whole), { name: 'shelf.changePill', args }).report
    expect(now.formulas?.['fx_draft']?.text).toBe('[Revenue] / [Lines]')
  })
})
