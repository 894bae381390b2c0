import { describe, expect, it } from 'vitest'
import type { Block } from '../../../shared/report/blocks/block.ts'
import type { CrosstabBlock } from '../../../shared/report/blocks/crosstab-block.ts'
import type { Command } from '../../../shared/report/commands/commands.ts'
import type { ReportFormula, ReportParameter } from '../../../shared/report/formula.ts'
import * as history from '../../../shared/report/history.ts'
import { findFaults } from '../../../shared/report/integrity.ts'
import { newBlock } from '../../../shared/report/new-block.ts'
import { cutOut } from '../../../shared/report/paste/clipping.ts'
import type { Clipping } from '../../../shared/report/paste/clipping.ts'
import { planPaste } from '../../../shared/report/paste/paste-plan.ts'
import { readReport } from '../../../shared/report/read-report.ts'
import type { Bindings, Report } from '../../../shared/report/report.ts'
import { allPills } from '../../../shared/report/shelves.ts'
import { writeReport } from '../../../shared/report/write-report.ts'
import { repeatableIds, salesFields, salesReport } from '../../support/report-builder.ts'

const newId = repeatableIds(41)

const after = (report: Report, ...commands: readonly Command[]): Report =>
  commands.reduce((value, one) => history.run(value, one), history.startHistory(report)).report

const formula = (part: Partial<ReportFormula> & Pick<ReportFormula, 'name' | 'text'>) => ({
  id: newId('fx'),
  slot: 'sl_sales',
  kind: 'row' as const,
  type: 'decimal' as const,
  ...part,
})

const setFormula = (one: ReportFormula): Command => ({
  name: 'formula.set',
  args: { formula: one },
})
const setParameter = (parameter: ReportParameter): Command => ({
  name: 'parameter.set',
  args: { parameter },
})

const rate = (value = 0.9): ReportParameter => ({
  id: newId('pm'),
  name: 'rate',
  type: 'number',
  value,
})

const shareText = '[net] / ROWTOTAL([net])'

/** A crosstab of net sales, their share and a mean, by a drill path, with a control for the rate. */
function designed() {
  const id = repeatableIds(7)
  const block = newBlock('crosstab', { x: 0, y: 0, w: 12, h: 10 }, id) as CrosstabBlock
  const control = newBlock('parameter', { x: 12, y: 0, w: 6, h: 5 }, id)
  const parameter = rate()
  if (control.kind === 'parameter') control.parameter = parameter.id
  const path = {
    id: id('dp'),
    name: 'Places',
    levels: [{ field: 'sl_sales.region' }, { field: 'sl_sales.shop' }],
  }
  block.drillPath = path.id
  block.shelves.rows.push({ id: id('pl'), field: 'sl_sales.region' })
  block.shelves.values.push(
    { id: id('pl'), field: 'sl_sales.net', aggregate: 'sum' },
    { id: id('pl'), field: 'sl_sales.share', aggregate: 'cells' },
    { id: id('pl'), field: 'sl_sales.mean', aggregate: 'formula' },
  )
  const report = after(
    salesReport(id),
    setParameter(parameter),
    setFormula(formula({ name: 'net', text: '[amount] * @rate' })),
    setFormula(formula({ name: 'share', kind: 'cells', text: shareText })),
    setFormula(formula({ name: 'mean', kind: 'aggregate', text: 'SUM([net]) / COUNTROWS()' })),
    setFormula(formula({ name: 'idle', text: '[quantity] + 1' })),
    { name: 'drillPath.set', args: { path } },
  )
  const blocks: Block[] = [block, control]
  return after(report, { name: 'block.add', args: { page: report.pageOrder[0]!, blocks } })
}

const copied = (report: Report, bindings: Bindings = { sl_sales: 'd1' }): Clipping => {
  const page = report.pages[report.pageOrder[0]!]!
  return {
    ...cutOut(report, page.blockOrder.map((id) => page.blocks[id]!), bindings), // prettier-ignore
    here: false,
  }
}

const into = (report: Report, bindings: Bindings = { sl_other: 'd1' }, bring = false) => ({
  ...{ report, bindings, bring, known: new Set(['d1', 'd2']) },
})

/** Another report over the same data, its slot under another id and name. */
function other(...commands: readonly Command[]): Report {
  const slot = { id: 'sl_other', name: 'turnover', fields: [...salesFields] }
  return after({ ...salesReport(repeatableIds(99)), datasets: { sl_other: slot } }, ...commands)
}

function pasted(clipping: Clipping, target: Report, bindings?: Bindings) {
  const page = target.pages[target.pageOrder[0]!]!
  const plan = planPaste(clipping, page, into(target, bindings), newId)
  if (plan.kind !== 'ready') throw new Error(`missing: ${JSON.stringify(plan.missing)}`)
  const report = after(target, ...plan.commands)
  const blocks = plan.blocks.map((id) => report.pages[page.id]!.blocks[id]!)
  expect(findFaults(report)).toEqual([])
  expect(readReport(new TextEncoder().encode(writeReport(report, 't')))).toMatchObject({ ok: true })
  return { report, blocks, plan }
}

const texts = (report: Report): Record<string, string> =>
  Object.fromEntries(Object.values(report.formulas ?? {}).map(({ name, text }) => [name, text]))
const fieldsShown = (block: Block): string[] => allPills(block).map(({ use }) => use.field)

describe('pasting blocks into another report', () => {
  it('brings the formulas, the parameter and the drill path they use, and nothing else', () => {
    const { report, blocks } = pasted(copied(designed()), other())
    expect(texts(report)).toEqual({
      net: '[amount] * @rate',
      share: shareText,
      mean: 'SUM([net]) / COUNTROWS()',
    })
    expect(Object.values(report.parameters ?? {}).map(({ name }) => name)).toEqual(['rate'])
    expect(Object.values(report.drillPaths)).toMatchObject([
      { name: 'Places', levels: [{ field: 'sl_other.region' }, { field: 'sl_other.shop' }] },
    ])
    expect(fieldsShown(blocks[0]!)).toEqual([
      'sl_other.region',
      'sl_other.net',
      'sl_other.share',
      'sl_other.mean',
    ])
    expect(blocks[1]).toMatchObject({ parameter: Object.keys(report.parameters ?? {})[0] })
  })

  it('takes what the report has under the same name with the same text', () => {
    const { report: once } = pasted(copied(designed()), other())
    const { report: twice } = pasted(copied(designed()), once)
    expect(twice.formulas).toEqual(once.formulas)
    expect(twice.parameters).toEqual(once.parameters)
    expect(twice.drillPaths).toEqual(once.drillPaths)
  })

  it('gives another name to what the report has with another text, wherever it is named', () => {
    const target = other(
      setFormula(formula({ slot: 'sl_other', name: 'net', text: '[amount] - 1' })),
      setParameter(rate(0.5)),
    )
    const { report, blocks } = pasted(copied(designed()), target)
    expect(texts(report)).toEqual({
      net: '[amount] - 1',
      'net 2': '[amount] * @rate_2',
      share: '[net 2] / ROWTOTAL([net 2])',
      mean: 'SUM([net 2]) / COUNTROWS()',
    })
    expect(fieldsShown(blocks[0]!)).toEqual([
      'sl_other.region',
      'sl_other.net 2',
      'sl_other.share',
      'sl_other.mean',
    ])
    const parameters = Object.values(report.parameters ?? {})
    expect(parameters.map(({ name, value }) => [name, value])).toEqual([
      ['rate', 0.5],
      ['rate_2', 0.9],
    ])
    expect(blocks[1]).toMatchObject({ parameter: parameters[1]!.id })
    const again = pasted(copied(designed()), report).report
    expect(texts(again)).toEqual(texts(report))
  })

  it('names a formula anew where the report has a column of that name', () => {
    const fields = [...salesFields, { name: 'net', type: 'decimal', role: 'measure' } as const]
    const slot = { id: 'sl_other', name: 'turnover', fields }
    const { report } = pasted(copied(designed()), { ...other(), datasets: { sl_other: slot } })
    expect(Object.keys(texts(report))).toEqual(['net 2', 'mean', 'share'])
  })

  it('leaves formulas over cells with the captions people gave', () => {
    const report = designed()
    const page = report.pages[report.pageOrder[0]!]!
    const block = page.blocks[page.blockOrder[0]!] as CrosstabBlock
    const captioned = structuredClone(block)
    captioned.shelves.values[0]!.caption = 'Net sales'
    const share = Object.values(report.formulas!).find(({ name }) => name === 'share')!
    const source: Report = {
      ...report,
      pages: { [page.id]: { ...page, blocks: { ...page.blocks, [block.id]: captioned } } },
      formulas: { ...report.formulas, [share.id]: { ...share, text: '[Net sales] / 2 + [net]' } },
    }
    const target = other(setFormula(formula({ slot: 'sl_other', name: 'net', text: '1.0' })))
    expect(texts(pasted(copied(source), target).report)['share']).toBe(
      '[Net sales] / 2 + [Net sales]',
    )
  })

  it('keeps the formats of measures whose formula is written in another way there', () => {
    const format = { kind: 'percent', decimals: 1, grouping: false, unit: 'none' } as const
    const target = other(
      setParameter(rate()),
      setFormula(formula({ slot: 'sl_other', name: 'net', text: '[amount] * @rate', format })),
    )
    const { blocks } = pasted(copied(designed()), target)
    const [, net, share] = allPills(blocks[0]!)
    expect(net?.use.format).toMatchObject({ kind: 'number', decimals: 2 })
    expect(share?.use.format).toBeUndefined()
  })

  it('calls a drill path with other levels by another name', () => {
    const path = {
      id: 'dp_other',
      name: 'Places',
      levels: [{ field: 'sl_other.shop' }, { field: 'sl_other.region' }],
    }
    const target = other({ name: 'drillPath.set', args: { path } })
    const { report, blocks } = pasted(copied(designed()), target)
    const added = Object.values(report.drillPaths).find(({ name }) => name === 'Places 2')
    expect(blocks[0]).toMatchObject({ drillPath: added?.id })
    const again = pasted(copied(designed()), report)
    expect(again.report.drillPaths).toEqual(report.drillPaths)
  })

  it('brings pictures along', () => {
    const image = { id: 'im_logo', type: 'image/png' as const, data: 'aGVsbG8=' }
    const block = newBlock('image', { x: 0, y: 0, w: 6, h: 6 }, newId)
    const source = salesReport(newId)
    const page = source.pageOrder[0]!
    const drawn = after(
      source,
      { name: 'block.add', args: { page, blocks: [block] } },
      { name: 'block.setImage', args: { block: block.id, image } },
    )
    const { report, blocks } = pasted(copied(drawn), other())
    expect(blocks[0]).toMatchObject({ image: 'im_logo' })
    expect(report.images).toEqual({ im_logo: image })
  })

  it('says which fields are missing and inserts nothing', () => {
    const slot = {
      id: 'sl_other',
      name: 'members',
      fields: salesFields.flatMap(
        (one) =>
        one.name === 'amount' ? [] : one.name === 'shop' ? [{ ...one, type: 'date' as const }] : [one], // prettier-ignore
      ),
    }
    const target = { ...other(), datasets: { sl_other: slot } }
    const page = target.pages[target.pageOrder[0]!]!
    const plan = planPaste(copied(designed()), page, into(target, { sl_other: 'd2' }), newId)
    expect(plan).toEqual({
      kind: 'missing',
      missing: [
        { dataset: 'sales', nearest: 'members', fields: ['shop', 'amount'], canBring: true },
      ],
    })
    const without = { ...into(target, { sl_other: 'd2' }), known: new Set(['d2']) }
    expect(planPaste(copied(designed()), page, without, newId)).toMatchObject({
      missing: [{ canBring: false }],
    })
  })

  it('brings the dataset when asked to, and unasked into a report without any', () => {
    const members = { id: 'sl_sales', name: 'sales', fields: salesFields.slice(0, 2) }
    const target = { ...other(), datasets: { sl_sales: members } }
    const page = target.pages[target.pageOrder[0]!]!
    const asked = into(target, { sl_sales: 'd2' }, true)
    const plan = planPaste(copied(designed()), page, asked, newId)
    if (plan.kind !== 'ready') throw new Error('the dataset was to be brought')
    const [slot] = Object.keys(plan.bindings)
    expect(plan.bindings).toEqual({ [slot!]: 'd1' })
    const report = after(target, ...plan.commands)
    expect(report.datasets[slot!]?.name).toBe('sales 2')
    expect(findFaults(report)).toEqual([])

    const empty = pasted(copied(designed()), { ...other(), datasets: {} }, {})
    expect(empty.plan.bindings).toEqual({ sl_sales: 'd1' })
  })

  it('is one step of undo', () => {
    const target = other()
    const page = target.pages[target.pageOrder[0]!]!
    const plan = planPaste(copied(designed()), page, into(target), newId)
    if (plan.kind !== 'ready') throw new Error('nothing is missing')
    const run = (value: history.History, one: Command) => history.run(value, one)
    const before = history.startHistory(target)
    const now = history.commit(plan.commands.reduce(run, history.begin(before)), 'command.paste')
    expect(now.past).toHaveLength(1)
    expect(history.undo(now).report).toEqual(target)
    expect(history.redo(history.undo(now)).report).toEqual(now.report)
  })
})

describe('pasting blocks into the report they are from', () => {
  it('follows what was renamed or changed since', () => {
    const report = designed()
    const clipping = { ...copied(report), here: true }
    const net = Object.values(report.formulas!).find(({ name }) => name === 'net')!
    const changed = after(report, setFormula({ ...net, name: 'netto', text: '[amount] * 2' }))
    const { report: now, blocks } = pasted(clipping, changed, { sl_sales: 'd1' })
    expect(now.formulas).toEqual(changed.formulas)
    expect(fieldsShown(blocks[0]!)).toContain('sl_sales.netto')
  })

  it('brings back what was removed since', () => {
    const report = designed()
    const clipping = { ...copied(report), here: true }
    const page = report.pages[report.pageOrder[0]!]!
    const named = (name: string) => Object.values(report.formulas!).find((one) => one.name === name)! // prettier-ignore
    const bare = after(
      report,
      { name: 'block.remove', args: { blocks: [...page.blockOrder] } },
      { name: 'formula.remove', args: { formula: named('mean').id } },
      { name: 'drillPath.remove', args: { path: Object.keys(report.drillPaths)[0]! } },
    )
    const { report: now } = pasted(clipping, bare, { sl_sales: 'd1' })
    expect(now.formulas?.[named('mean').id]).toEqual(named('mean'))
    expect(Object.values(now.drillPaths)).toHaveLength(1)
  })
})
