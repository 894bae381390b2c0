import { describe, expect, it } from 'vitest'
import type { Member } from '../../../shared/data/cell-value.ts'
import { buildChart } from '../../../shared/chart/build-chart.ts'
import type { ChartModel } from '../../../shared/chart/chart-model.ts'
import type { ChartSpec } from '../../../shared/chart/chart-parts.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'

const noShelves = { columns: [], rows: [], color: [], size: [], detail: [], tooltip: [] }

const spec = (
  part: Omit<Partial<ChartSpec>, 'shelves'> & { shelves: Partial<ChartSpec['shelves']> },
): ChartSpec => ({
  mark: 'bar',
  orientation: 'vertical',
  stacking: 'grouped',
  donut: false,
  legend: 'top',
  showLabels: false,
  axisTitles: true,
  ...part,
  shelves: { ...noShelves, ...part.shelves },
})

const answer = (paths: Member[][], measures: Record<string, number[]>): QueryResult => ({
  rows: { fields: [], totals: 'none', paths },
  columns: { fields: [], totals: 'none', paths: [[]] },
  measures: Object.keys(measures).map((name) => ({
    name,
    aggregate: 'sum',
    type: 'decimal',
    scale: 2,
  })),
  cells: Object.values(measures).map((list) => ({
    kind: 'scaled',
    scale: 2,
    values: Float64Array.from(list, (value) => value * 100),
  })),
  baseRows: 0,
  dataAsOf: '',
  version: 1,
  elapsedMs: 0,
  cached: false,
  warnings: [],
})

const words = {
  blank: '(blank)',
  yes: 'yes',
  no: 'no',
  caption: (pill: string) => pill.toUpperCase(),
  member: (_pill: string, member: Member) => (member === null ? '(blank)' : String(member)),
}
const format = { kind: 'number', decimals: 2, grouping: true, unit: 'none' } as const

function build(block: ChartSpec, result: QueryResult): ChartModel {
  const model = buildChart(block, result, () => format, words)
  if (!model) throw new Error('no model')
  return model
}

const use = (id: string, more: object = {}) => ({ id, ...more })

describe('colours', () => {
  const colorsOf = (paths: Member[][], members?: string[]): unknown => {
    const asked = answer(paths, Object.fromEntries([['sales', paths.map(() => 1)]]))
    const fields = ['month', 'region'].map((field) => ({ field, type: 'text' as const }))
    const result = {
      ...asked,
      rows: {
        ...asked.rows,
        fields: fields.with(1, { ...fields[1]!, ...(members && { members }) }),
      },
    }
    const shelves = { columns: [use('month')], color: [use('region')] }
    const model = build(
      spec({ shelves: { ...shelves, rows: [use('sales', { aggregate: 'sum' })] } }),
      result,
    )
    if (model.kind !== 'cartesian') throw new Error(model.kind)
    return Object.fromEntries(model.series.map(({ name, color }) => [name, color]))
  }

  it('stay with their member when others are filtered away, where the field has few', () => {
    const members = ['North', 'East', 'South']
    const all = [
      ['1', 'South'],
      ['1', 'East'],
      ['1', 'North'],
      ['1', null],
    ]
    expect(colorsOf(all, members)).toEqual({ East: 0, North: 1, South: 2, '(blank)': 3 })
    expect(colorsOf([['1', 'South']], members)).toEqual({ South: 2 })
  })

  it('are those of the members present where the field has many', () => {
    expect(
      colorsOf([
        ['1', 'South'],
        ['1', 'East'],
      ]),
    ).toEqual({ East: 0, South: 1 })
  })
})

describe('bars and lines', () => {
  it('one series a colour member, null where a combination has no rows, shares of each category', () => {
    const model = build(
      spec({
        stacking: 'percent',
        shelves: {
          columns: [use('month')],
          rows: [use('sales', { aggregate: 'sum' })],
          color: [use('channel')],
        },
      }),
      answer(
        [
          ['01', 'B'],
          ['01', 'A'],
          ['02', 'A'],
        ],
        { sales: [25, 75, 10] },
      ),
    )
    if (model.kind !== 'cartesian') throw new Error(model.kind)
    expect(model.categories.map(({ label }) => label)).toEqual(['01', '02'])
    expect(model.series.map(({ name, color }) => [name, color])).toEqual([
      ['A', 0],
      ['B', 1],
    ])
    expect(model.series[1]?.data.map((datum) => datum?.share ?? null)).toEqual([0.25, null])
    expect(model.series[0]?.data[1]).toEqual({ value: 10, share: 1, path: ['02', 'A'] })
  })

  it('returns weigh by their size: shares of a category never exceed the whole', () => {
    const model = build(
      spec({
        stacking: 'percent',
        shelves: { columns: [use('m')], rows: [use('s', { aggregate: 'sum' })], color: [use('c')] },
      }),
      answer(
        [
          ['x', 'A'],
          ['x', 'B'],
        ],
        { s: [30, -10] },
      ),
    )
    if (model.kind !== 'cartesian') throw new Error(model.kind)
    expect(model.series.map((one) => one.data[0]?.share)).toEqual([0.75, -0.25])
  })

  it('a line over months shows a month without rows as a gap', () => {
    const model = build(
      spec({
        mark: 'line',
        shelves: {
          columns: [use('month', { grain: 'month' })],
          rows: [use('s', { aggregate: 'sum' })],
        },
      }),
      answer([['2024-11'], ['2025-02'], [null]], { s: [1, 2, 3] }),
    )
    if (model.kind !== 'cartesian') throw new Error(model.kind)
    expect(model.categories.map(({ label }) => label)).toEqual([
      '2024-11',
      '2024-12',
      '2025-01',
      '2025-02',
      '(blank)',
    ])
    expect(model.series[0]?.data.map((datum) => datum?.value ?? null)).toEqual([
      1,
      null,
      null,
      2,
      3,
    ])
  })

  it('a line over periods of the retail calendar has those the answer says there are', () => {
    const asked = answer([['FY2023-W51'], ['FY2024-W02'], [null]], { s: [1, 2, 3] })
    const weeks = ['FY2023-W51', 'FY2023-W52', 'FY2023-W53', 'FY2024-W01', 'FY2024-W02']
    const field = { field: 'week', type: 'date', grain: 'fiscalWeek' } as const
    const shown = (paths: Member[][]) => {
      const rows = { ...asked.rows, fields: [{ ...field, periods: [...weeks] }], paths }
      const model = build(
        spec({
          mark: 'line',
          shelves: {
            columns: [use('week', { grain: 'fiscalWeek' })],
            rows: [use('s', { aggregate: 'sum' })],
          },
        }),
        { ...asked, rows },
      )
      if (model.kind !== 'cartesian') throw new Error(model.kind)
      return model.categories.map(({ label }) => label)
    }
    expect(shown(asked.rows.paths)).toEqual([...weeks, '(blank)'])
    // In another order than time's there are no gaps to see.
    expect(shown([['FY2024-W02'], ['FY2023-W51']])).toEqual(['FY2024-W02', 'FY2023-W51'])
  })

  it('two measures without colour are two series, named by their captions', () => {
    const model = build(
      spec({
        shelves: {
          columns: [use('m')],
          rows: [use('a', { aggregate: 'sum' }), use('b', { aggregate: 'sum' })],
        },
      }),
      answer([['x']], { a: [1], b: [2] }),
    )
    if (model.kind !== 'cartesian') throw new Error(model.kind)
    expect(model.series.map(({ name, measure }) => [name, measure])).toEqual([
      ['A', 0],
      ['B', 1],
    ])
    expect(model.axisTitles).toEqual({ category: 'M', value: 'A / B' })
  })
})

describe('pies', () => {
  it('slices add up to the whole and say how many members have none', () => {
    const model = build(
      spec({ mark: 'arc', shelves: { rows: [use('s', { aggregate: 'sum' })], color: [use('c')] } }),
      answer([['A'], ['B'], ['C'], [null]], { s: [60, -5, NaN, 20] }),
    )
    if (model.kind !== 'arc') throw new Error(model.kind)
    expect(model.slices.map(({ name, share }) => [name, share])).toEqual([
      ['A', 0.75],
      ['(blank)', 0.25],
    ])
    expect(model.leftOut).toBe(2)
  })
})

describe('scatters', () => {
  it('a point per member with both values, the rest counted as left out', () => {
    const model = build(
      spec({
        mark: 'point',
        shelves: {
          columns: [use('x', { aggregate: 'sum' })],
          rows: [use('y', { aggregate: 'sum' })],
          detail: [use('shop')],
        },
      }),
      answer([['A'], ['B']], { x: [1, 2], y: [3, NaN] }),
    )
    if (model.kind !== 'point') throw new Error(model.kind)
    expect(model.groups[0]?.points).toEqual([{ x: 1, y: 3, size: null, name: 'A', path: ['A'] }])
    expect(model.leftOut).toBe(1)
  })

  it('is not drawn before both axes have a measure', () => {
    const block = spec({ mark: 'point', shelves: { rows: [use('y', { aggregate: 'sum' })] } })
    expect(buildChart(block, answer([[]], { y: [1] }), () => format, words)).toBeNull()
  })
})
