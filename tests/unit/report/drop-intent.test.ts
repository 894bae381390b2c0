import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dragged, DropIntent, DropTarget } from '../../../shared/report/drop-intent.ts'
import { dropIntent } from '../../../shared/report/drop-intent.ts'
import * as history from '../../../shared/report/history.ts'
import { findFaults } from '../../../shared/report/integrity.ts'
import { newBlock, newFieldUse } from '../../../shared/report/new-block.ts'
import type { BlockKind } from '../../../shared/report/blocks/block.ts'
import type { Report } from '../../../shared/report/report.ts'
import { allPills, pillsOf, shelfRules } from '../../../shared/report/shelves.ts'
import { field, repeatableIds, salesFields, salesReport } from '../../support/report-builder.ts'

const newId = repeatableIds(11)
const frame = { x: 0, y: 0, w: 12, h: 14 }

function reportWith(
  kind: BlockKind,
  shape: (block: ReturnType<typeof newBlock>) => void = shapeless,
) {
  const report = salesReport(newId)
  const block = newBlock(kind, frame, newId)
  shape(block)
  const page = report.pages[report.pageOrder[0]!]!
  const next: Report = {
    ...report,
    pages: { [page.id]: { ...page, blocks: { [block.id]: block }, blockOrder: [block.id] } },
  }
  return { report: next, block, page: page.id }
}
const shapeless = (_block: ReturnType<typeof newBlock>): void => undefined

const hold = (report: Report, name: string): Dragged => ({
  kind: 'field',
  slot: report.datasets['sl_sales']!,
  field: field(name),
})

function dropped(report: Report, intent: DropIntent): Report {
  return intent.commands.reduce(
    (value, command) => history.run(value, command),
    history.startHistory(report),
  ).report
}

describe('dropping a field on the board', () => {
  it('makes a KPI card of a measure, a line of a date and columns of a text', () => {
    const report = salesReport(newId)
    const target: DropTarget = { kind: 'board', page: report.pageOrder[0]!, at: { x: 12, y: 3 } }
    const labels = ['amount', 'sold_at', 'region'].map(
      (name) => dropIntent(report, hold(report, name), target, newId)?.label,
    )
    expect(labels).toEqual(['drop.newMetric', 'drop.newLine', 'drop.newColumn'])
  })

  it('brings the dataset into the report with its first field', () => {
    const full = salesReport(newId)
    const report = { ...full, datasets: {} }
    const target: DropTarget = { kind: 'board', page: report.pageOrder[0]!, at: { x: 0, y: 0 } }
    const intent = dropIntent(report, hold(full, 'amount'), target, newId)!
    expect(intent.commands.map(({ name }) => name)).toEqual(['slot.add', 'block.add'])
    expect(findFaults(dropped(report, intent))).toEqual([])
  })
})

describe('dropping a field on a block', () => {
  it('fills the empty axis first, then colour', () => {
    const { report, block } = reportWith('chart')
    const first = dropIntent(
      report,
      hold(report, 'region'),
      { kind: 'block', block: block.id },
      newId,
    )!
    expect(first.shelf).toBe('columns')
    const second = dropIntent(
      dropped(report, first),
      hold(report, 'shop'),
      { kind: 'block', block: block.id },
      newId,
    )!
    expect(second.shelf).toBe('color')
  })

  it('replaces the one number of a KPI card and says so', () => {
    const { report, block } = reportWith('metric', (made) => {
      if (made.kind === 'metric')
        made.shelves.values.push(newFieldUse('sl_sales', field('amount'), 'measure', newId))
    })
    const intent = dropIntent(
      report,
      hold(report, 'quantity'),
      { kind: 'block', block: block.id },
      newId,
    )!
    expect(intent.label).toBe('drop.replace')
    expect(intent.values).toEqual({ field: 'quantity', other: 'amount' })
    const after = dropped(report, intent)
    const pills = Object.values(after.pages)[0]!.blocks[block.id]!
    expect(pillsOf(pills, 'values')?.map((use) => use.field)).toEqual(['sl_sales.quantity'])
  })

  it('shows a first measure in place of the number of rows a fresh chart counts', () => {
    const report = salesReport(newId)
    const board: DropTarget = { kind: 'board', page: report.pageOrder[0]!, at: { x: 0, y: 0 } }
    const made = dropped(report, dropIntent(report, hold(report, 'region'), board, newId)!)
    const block = Object.values(Object.values(made.pages)[0]!.blocks)[0]!
    const target: DropTarget = { kind: 'block', block: block.id }
    const first = dropIntent(made, hold(made, 'amount'), target, newId)!
    expect(first.label).toBe('drop.replaceCount')
    const second = dropIntent(dropped(made, first), hold(made, 'quantity'), target, newId)!
    expect([second.label, second.shelf]).toEqual(['drop.addSum', 'rows'])
  })

  it('a first measure takes the place of that number wherever on the shelf it is dropped', () => {
    const report = salesReport(newId)
    const board: DropTarget = { kind: 'board', page: report.pageOrder[0]!, at: { x: 0, y: 0 } }
    const made = dropped(report, dropIntent(report, hold(report, 'region'), board, newId)!)
    const { id } = Object.values(Object.values(made.pages)[0]!.blocks)[0]!
    const onto = (index: number): DropTarget => ({ kind: 'shelf', block: id, shelf: 'rows', index })
    for (const index of [0, 1]) {
      const intent = dropIntent(made, hold(made, 'amount'), onto(index), newId)!
      expect(intent.label).toBe('drop.replaceCount')
      const after = dropped(made, intent)
      const values = pillsOf(Object.values(after.pages)[0]!.blocks[id]!, 'rows')
      expect(values?.map(({ field, aggregate }) => [field, aggregate])).toEqual([
        ['sl_sales.amount', 'sum'],
      ])
      const second = dropIntent(after, hold(after, 'quantity'), onto(1), newId)!
      expect(second.label).toBe('drop.addSum')
    }
  })

  it('refuses a text block and changes nothing', () => {
    const { report, block } = reportWith('text')
    const intent = dropIntent(
      report,
      hold(report, 'region'),
      { kind: 'block', block: block.id },
      newId,
    )!
    expect([intent.label, intent.commands]).toEqual(['drop.noShelves', []])
  })
})

describe('dropping a pill', () => {
  const crosstab = () =>
    reportWith('crosstab', (made) => {
      if (made.kind !== 'crosstab') return
      made.shelves.rows.push(
        newFieldUse('sl_sales', field('region'), 'dimension', newId),
        newFieldUse('sl_sales', field('shop'), 'dimension', newId),
      )
      made.shelves.values.push(newFieldUse('sl_sales', field('amount'), 'measure', newId))
    })

  it('reorders within its shelf', () => {
    const { report, block } = crosstab()
    const first = allPills(block)[0]!.use.id
    const intent = dropIntent(
      report,
      { kind: 'pill', block: block.id, pill: first },
      { kind: 'shelf', block: block.id, shelf: 'rows', index: 2 },
      newId,
    )!
    expect(intent.label).toBe('drop.reorder')
    const after = Object.values(dropped(report, intent).pages)[0]!.blocks[block.id]!
    expect(pillsOf(after, 'rows')?.map((use) => use.field)).toEqual([
      'sl_sales.shop',
      'sl_sales.region',
    ])
  })

  it('turns a dimension into a distinct count where numbers go', () => {
    const { report, block } = crosstab()
    const first = allPills(block)[0]!.use.id
    const intent = dropIntent(
      report,
      { kind: 'pill', block: block.id, pill: first },
      { kind: 'shelf', block: block.id, shelf: 'values', index: 1 },
      newId,
    )!
    const after = Object.values(dropped(report, intent).pages)[0]!.blocks[block.id]!
    expect(pillsOf(after, 'values')?.[1]).toMatchObject({
      field: 'sl_sales.region',
      aggregate: 'countDistinct',
    })
  })

  it('goes away when it is dropped back on the fields', () => {
    const { report, block } = crosstab()
    const first = allPills(block)[0]!.use.id
    const intent = dropIntent(
      report,
      { kind: 'pill', block: block.id, pill: first },
      { kind: 'fields' },
      newId,
    )!
    expect(intent.label).toBe('drop.remove')
    const after = Object.values(dropped(report, intent).pages)[0]!.blocks[block.id]!
    expect(pillsOf(after, 'rows')).toHaveLength(1)
  })
})

describe('any drop at all', () => {
  it('runs exactly as announced and leaves a sound report', () => {
    const kinds: BlockKind[] = ['chart', 'crosstab', 'table', 'metric', 'text', 'image', 'filter']
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), { maxLength: 12 }),
        (kind, steps) => {
          const start = reportWith(kind)
          let report = start.report
          for (const [what, where, a, b] of steps) {
            const block = Object.values(report.pages)[0]!.blocks[start.block.id]!
            const pills = allPills(block)
            const rules = shelfRules(block)
            const pill = pills[a % Math.max(1, pills.length)]
            const rule = rules[b % Math.max(1, rules.length)]
            const dragged: Dragged =
              what % 2 === 0 && pill
                ? { kind: 'pill', block: block.id, pill: pill.use.id }
                : hold(report, salesFields[a % salesFields.length]!.name)
            const other = pills[b % Math.max(1, pills.length)]
            const targets: DropTarget[] = [
              { kind: 'block', block: block.id },
              { kind: 'fields' },
              ...(other ? [{ kind: 'pill' as const, block: block.id, pill: other.use.id }] : []),
              ...(rule
                ? [
                    {
                      kind: 'shelf' as const,
                      block: block.id,
                      shelf: rule.shelf,
                      index: a % ((pillsOf(block, rule.shelf)?.length ?? 0) + 1),
                    },
                  ]
                : []),
            ]
            const intent = dropIntent(report, dragged, targets[where % targets.length]!, newId)
            if (intent) report = dropped(report, intent)
            expect(findFaults(report)).toEqual([])
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
