import { describe, expect, it } from 'vitest'
import { blockQuery, blockRows } from '../../../shared/report/block-query.ts'
import type { Block } from '../../../shared/report/blocks/block.ts'
import { fieldOf, pillCaption, totalCaption } from '../../../shared/report/captions.ts'
import { CommandRefused } from '../../../shared/report/commands/command.ts'
import type { Command } from '../../../shared/report/commands/commands.ts'
import { dropIntent } from '../../../shared/report/drop-intent.ts'
import type { FieldUse } from '../../../shared/report/field-use.ts'
import type { ReportFormula, ReportParameter } from '../../../shared/report/formula.ts'
import * as history from '../../../shared/report/history.ts'
import { findFaults } from '../../../shared/report/integrity.ts'
import { newBlock } from '../../../shared/report/new-block.ts'
import { reachableOver } from '../../../shared/report/page-questions.ts'
import { pillFormat } from '../../../shared/report/pill-format.ts'
import { readReport } from '../../../shared/report/read-report.ts'
import type { Report } from '../../../shared/report/report.ts'
import { packTemplate, templateLiterals } from '../../../shared/report/template/pack-template.ts'
import { writeReport } from '../../../shared/report/write-report.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { repeatableIds, salesFields, salesReport } from '../../support/report-builder.ts'

const newId = repeatableIds(7)
const frame = { x: 0, y: 0, w: 12, h: 10 }
const text = textIn('en')

const formula = (
  id: string,
  kind: ReportFormula['kind'],
  name: string,
  written: string,
  type: ReportFormula['type'] = 'decimal',
): ReportFormula => ({ id: `fx_${id}`, slot: 'sl_sales', name, kind, text: written, type })

const margin = formula('margin', 'row', 'margin', '[amount] * 0.2')
const basket = formula('basket', 'aggregate', 'basket', 'SUM([amount]) / DISTINCTCOUNT([receipt])')
const growth = formula('growth', 'cells', 'growth', '[basket] / PREVIOUS([basket]) - 1')
const rate: ReportParameter = {
  ...{ id: 'pm_rate', name: 'rate', type: 'number', value: 0.1 },
  range: { min: 0, max: 1, step: 0.05 },
}

const after = (report: Report, ...commands: readonly Command[]): Report =>
  commands.reduce((value, one) => history.run(value, one), history.startHistory(report)).report
const set = (one: ReportFormula): Command => ({ name: 'formula.set', args: { formula: one } })
const setParameter = (one: ReportParameter): Command => ({
  ...{ name: 'parameter.set', args: { parameter: one } },
})
const refusal = (report: Report, command: Command): string | undefined => {
  try {
    after(report, command)
    return undefined
  } catch (error) {
    return error instanceof CommandRefused ? error.reason : String(error)
  }
}

const use = (id: string, field: string, part: Partial<FieldUse> = {}): FieldUse => ({
  ...{ id: `pl_${id}`, field: `sl_sales.${field}`, ...part },
})
function crosstab(values: FieldUse[], rows: FieldUse[] = [use('region', 'region')]): Block {
  const block = newBlock('crosstab', frame, newId)
  if (block.kind === 'crosstab') Object.assign(block.shelves, { rows, values })
  return block
}
const withBlocks = (report: Report, ...blocks: Block[]): Report =>
  after(report, { name: 'block.add', args: { page: report.pageOrder[0]!, blocks } })
const blockIn = (report: Report, id: string): Block => report.pages[report.pageOrder[0]!]!.blocks[id]! // prettier-ignore

const context = {
  bindings: { sl_sales: 'ds_sales', sl_shops: 'ds_shops' },
  reachable: reachableOver([]),
  view: { filters: {}, drill: {} },
}

const three = crosstab(
  [
    use('basket', 'basket', { aggregate: 'formula' }),
    use('margin', 'margin', { aggregate: 'sum' }),
    use('growth', 'growth', { aggregate: 'cells' }),
  ],
  [use('region', 'region')],
)
const report = withBlocks(after(salesReport(newId), set(margin), set(basket), set(growth)), three)

describe('calculated fields in a report', () => {
  it('are saved and read back, and are absent where there are none', () => {
    const read = readReport(new TextEncoder().encode(writeReport(report, 't')))
    expect(read).toMatchObject({ ok: true })
    expect(findFaults(report)).toEqual([])
    expect(writeReport(salesReport(newId), 't')).not.toContain('formulas')
  })

  it('are asked by their kind: rows as calculated fields, aggregates and cells as measures', () => {
    expect(blockQuery(report, three, context)).toMatchObject({
      dataset: 'ds_sales',
      calculated: [{ name: 'margin', formula: '[amount] * 0.2' }],
      measures: [
        { aggregate: 'formula', as: 'pl_basket', formula: basket.text },
        { aggregate: 'sum', as: 'pl_margin', field: 'margin' },
        {
          ...{ aggregate: 'cells', as: 'pl_growth' },
          formula: '[pl_basket] / PREVIOUS([pl_basket]) - 1',
        },
      ],
    })
  })

  it('are asked after those they are computed from, and can be listed row by row', () => {
    const after20 = formula('after', 'row', 'after', '[margin] - 1')
    const table = newBlock('table', frame, newId)
    if (table.kind === 'table') table.shelves.columns.push(use('after', 'after'))
    const rows = table.kind === 'table' && blockRows(after(report, set(after20)), table, context)
    expect(rows).toMatchObject({
      fields: ['after'],
      query: { calculated: [{ name: 'margin' }, { name: 'after' }] },
    })
  })

  it('keep naming a measure of their block when it is given another name', () => {
    const args = { block: three.id, pill: 'pl_basket', set: { caption: 'ticket' } } as const
    const called = after(report, { name: 'shelf.changePill', args })
    const back = after(called, {
      name: 'shelf.changePill',
      args: { ...args, set: { caption: 'per receipt' } },
    })
    const [asked, again] = [called, back].map((one) => blockQuery(one, blockIn(one, three.id), context)) // prettier-ignore
    expect(asked).toMatchObject({ measures: [{}, {}, { formula: '[pl_basket] / PREVIOUS([pl_basket]) - 1' }] }) // prettier-ignore
    expect(again).toEqual(asked)
  })

  it('say which measure of the block is missing instead of asking', () => {
    const lonely = crosstab([use('growth', 'growth', { aggregate: 'cells' })])
    expect(blockQuery(report, lonely, context)).toBe('missingMeasure')
    const called = crosstab([
      use('amount', 'amount', { aggregate: 'sum', caption: 'basket' }),
      use('growth', 'growth', { aggregate: 'cells' }),
    ])
    expect(blockQuery(report, called, context)).toMatchObject({
      measures: [{}, { formula: '[pl_amount] / PREVIOUS([pl_amount]) - 1' }],
    })
  })

  it('are called by their name, in their own format, and their totals say so', () => {
    const [pill] = three.kind === 'crosstab' ? three.shelves.values : []
    expect(pillCaption(pill!, text)).toBe('basket')
    expect(totalCaption([{ aggregate: 'formula' }], text)).toBe('Formula total')
    const percent = { kind: 'percent', decimals: 1, grouping: true, unit: 'none' } as const
    const formatted = after(report, set({ ...basket, format: percent }))
    expect(pillFormat(pill!, fieldOf(formatted, pill!.field))).toEqual(percent)
    expect(pillFormat(pill!, fieldOf(report, pill!.field))).toMatchObject({ decimals: 2 })
  })
})

describe('changing a calculated field', () => {
  it('renames it wherever it is named, as one step that undo takes back', () => {
    const before = history.startHistory(report)
    const renamed = history.run(before, set({ ...basket, name: 'ticket' }))
    expect(findFaults(renamed.report)).toEqual([])
    expect(renamed.report.formulas?.['fx_growth']?.text).toBe('[ticket] / PREVIOUS([ticket]) - 1')
    expect(JSON.stringify(blockIn(renamed.report, three.id))).toContain('sl_sales.ticket')
    expect(history.undo(renamed).report).toEqual(report)
  })

  it('refuses names that are taken and formulas that lead back to themselves', () => {
    expect(refusal(report, set({ ...basket, name: 'amount' }))).toBe('nameTaken')
    expect(refusal(report, set({ ...basket, name: 'margin' }))).toBe('nameTaken')
    const circle = set({ ...margin, text: '[net] * 2' })
    expect(refusal(after(report, set(formula('netto', 'row', 'net', '[margin] + 1'))), circle)).toBe('circularFormula') // prettier-ignore
    expect(refusal(report, set({ ...margin, text: '[margin] + 1' }))).toBe('circularFormula')
  })

  it('takes its measures along when it becomes one of another kind, and refuses where it splits', () => {
    const changed = after(
      report,
      set({ ...margin, kind: 'aggregate', text: 'SUM([amount]) * 0.2' }),
    )
    expect(JSON.stringify(blockIn(changed, three.id))).toContain(
      '"field":"sl_sales.margin","aggregate":"formula"',
    )
    const split = withBlocks(report, crosstab([], [use('split', 'margin')]))
    expect(refusal(split, set({ ...margin, kind: 'aggregate', text: 'SUM([amount])' }))).toBe('usedAsDimension') // prettier-ignore
  })

  it('removes it from all blocks, and not at all while others are computed from it', () => {
    const removed = after(report, { name: 'formula.remove', args: { formula: 'fx_basket' } })
    expect(findFaults(removed)).toEqual([])
    expect(JSON.stringify(blockIn(removed, three.id))).not.toContain('basket"')
    const named = after(report, set(formula('netto', 'row', 'net', '[margin] + 1')))
    const remove = { name: 'formula.remove', args: { formula: 'fx_margin' } } as const
    expect(refusal(named, remove)).toBe('formulaNamed')
  })

  it('never lets a pill use it as what it is not', () => {
    const grouped = use('wrong', 'basket')
    const args = { block: three.id, shelf: 'rows', index: 0, use: grouped } as const
    expect(refusal(report, { name: 'shelf.placeField', args })).toBe('notAccepted')
    const summed = { block: three.id, pill: 'pl_basket', set: { aggregate: 'sum' } } as const
    expect(refusal(report, { name: 'shelf.changePill', args: summed })).toBe('notAccepted')
    const faults = findFaults(withBlocks(report, crosstab([use('wrongly', 'basket', { aggregate: 'sum' })]))) // prettier-ignore
    expect(faults.map(({ fault }) => fault)).toEqual(['formulaMisused'])
  })

  it('follows the columns of another dataset, and gives way to a column of its name', () => {
    const fields = salesFields.map((one) => ({ ...one, name: one.name === 'amount' ? 'paid' : one.name })) // prettier-ignore
    const slot = { id: 'sl_sales', name: 'orders', fields: [...fields, { ...fields[0]!, name: 'basket' }] } // prettier-ignore
    const remapped = after(report, { name: 'slot.remap', args: { slot, fields: { amount: 'paid' } } }) // prettier-ignore
    expect(findFaults(remapped)).toEqual([])
    expect(remapped.formulas?.['fx_margin']?.text).toBe('[paid] * 0.2')
    expect(remapped.formulas?.['fx_basket']?.name).toBe('basket 2')
    expect(remapped.formulas?.['fx_growth']?.text).toContain('[basket 2]')
    const widened = { ...report.datasets['sl_sales']!, fields: [...salesFields, { ...salesFields[0]!, name: 'margin' }] } // prettier-ignore
    const wider = after(report, { name: 'slot.add', args: { slot: widened } })
    expect(findFaults(wider)).toEqual([])
    expect(wider.formulas?.['fx_margin']?.name).toBe('margin 2')
  })
})

describe('dropping a calculated field', () => {
  const slot = report.datasets['sl_sales']!
  const dragged = (one: ReportFormula) => ({
    ...({ kind: 'field', slot, formula: one.kind } as const),
    field: fieldOf(report, `sl_sales.${one.name}`)!,
  })
  const onto = (one: ReportFormula, shelf: 'rows' | 'values') =>
    dropIntent(report, dragged(one), { kind: 'shelf', block: three.id, shelf, index: 0 }, newId)

  it('places aggregates among the values only, as they are', () => {
    expect(onto(basket, 'rows')).toMatchObject({ label: 'drop.formulaIsMeasure', commands: [] })
    expect(onto(basket, 'values')?.commands).toMatchObject([
      { name: 'shelf.placeField', args: { use: { aggregate: 'formula' } } },
    ])
    expect(onto(margin, 'values')?.commands).toMatchObject([
      { args: { use: { aggregate: 'sum' } } },
    ])
  })

  it('makes a card of an aggregate on the board, and nothing of a formula over cells', () => {
    const at = { kind: 'board', page: report.pageOrder[0]!, at: { x: 0, y: 0 } } as const
    const made = dropIntent(report, dragged(basket), at, newId)
    expect(made?.commands).toMatchObject([{ args: { blocks: [{ kind: 'metric' }] } }])
    expect(findFaults(after(report, ...made!.commands))).toEqual([])
    expect(dropIntent(report, dragged(growth), at, newId)?.label).toBe('drop.formulaAlone')
  })
})

describe('parameters', () => {
  const priced = formula('priced', 'row', 'priced', '[amount] * (1 - @rate)')
  const shown = crosstab([use('priced', 'priced', { aggregate: 'sum' })])
  const set10 = withBlocks(after(salesReport(newId), setParameter(rate), set(priced)), shown)

  it('travel with questions that name them, and with no others', () => {
    expect(blockQuery(set10, shown, context)).toMatchObject({
      parameters: [{ name: 'rate', type: 'number', value: 0.1 }],
    })
    const plain = crosstab([use('amount', 'amount', { aggregate: 'sum' })])
    expect(blockQuery(set10, plain, context)).not.toHaveProperty('parameters')
  })

  it('take values within their range, and formulas follow another name', () => {
    const setTo = (value: number | string): Command => ({
      ...{ name: 'parameter.setValue', args: { parameter: 'pm_rate', value } },
    })
    expect(after(set10, setTo(0.25)).parameters?.['pm_rate']?.value).toBe(0.25)
    expect(refusal(set10, setTo(2))).toBe('notAccepted')
    expect(refusal(set10, setTo('much'))).toBe('notAccepted')
    const renamed = after(set10, setParameter({ ...rate, name: 'discount' }))
    expect(renamed.formulas?.['fx_priced']?.text).toBe('[amount] * (1 - @discount)')
  })

  it('stay while formulas name them; a control of one that is gone waits for another', () => {
    const remove = { name: 'parameter.remove', args: { parameter: 'pm_rate' } } as const
    expect(refusal(set10, remove)).toBe('parameterNamed')
    const control = { ...newBlock('parameter', frame, newId), parameter: 'pm_rate' }
    const alone = withBlocks(after(salesReport(newId), setParameter(rate)), control)
    expect(findFaults(alone)).toEqual([])
    const gone = after(alone, remove)
    expect(findFaults(gone)).toEqual([])
    expect(blockIn(gone, control.id)).not.toHaveProperty('parameter')
  })

  it('and formulas are told of before they travel in a template, and only used ones do', () => {
    const told = templateLiterals(set10).map(({ kind, preview }) => [kind, preview])
    expect(told).toContainEqual(['formula', 'priced = [amount] * (1 - @rate)'])
    expect(told).toContainEqual(['parameter', '@rate = 0.1'])
    const kept = packTemplate(set10, new Set(['fx_priced.text']))
    expect(findFaults(kept)).toEqual([])
    expect(kept.parameters?.['pm_rate']?.value).toBe(0)
    expect(kept.datasets['sl_sales']?.fields.map(({ name }) => name)).toEqual(['region', 'amount'])
    const bare = packTemplate(set10, new Set())
    expect(findFaults(bare)).toEqual([])
    expect(bare.formulas).toEqual({})
    expect(packTemplate(after(salesReport(newId), set(basket)), new Set()).formulas).toEqual({})
  })
})
