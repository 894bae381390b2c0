import { describe, expect, it } from 'vitest'
import { crosstabSheet } from '../../../electron/engine/exports/workbook/crosstab-sheet.ts'
import { numberAt } from '../../../shared/query/cell-reading.ts'
import { crosstabLayout } from '../../../shared/query/crosstab/crosstab-layout.ts'
import { foldedLevel, linesInSight, toggled } from '../../../shared/query/crosstab/folds.ts'
import { tints } from '../../../shared/query/stage/tint.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import { byMonth, byShop, sales, tinyAnswer, tinyValues } from '../../support/tiny-engines.ts'

const shows = [
  undefined,
  { as: 'rank', axis: 'rows', direction: 'descending', ties: 'skip' },
  { as: 'percent', of: 'parentRow' },
  { as: 'runningTotal', axis: 'rows', reset: 'none' },
] as const

/** Values by row; of lines that are seen. */
const inSight = (result: QueryResult, folds: Parameters<typeof linesInSight>[1]) =>
  linesInSight(result.rows, folds).map((line) => [
    result.rows.paths[line]?.join('/') ?? '',
    numberAt(result.cells[0], line),
  ])

const eastAway = { levels: [], paths: [['East']] }

describe('rule 26: a group that is put away', () => {
  it('says what it said as a question without the finer field', async () => {
    for (const show of shows) {
      const measures = [{ ...sales, ...(show ? { show } : {}) }]
      const open = await tinyValues({ rows: [...byShop], measures, totals: { rows: 'all' } })
      const shut = await tinyValues({ rows: [byShop[0]], measures, totals: { rows: 'all' } })
      for (const [row, value] of Object.entries(shut))
        expect([row, open[row]]).toEqual([row, value])
    }
  })

  it.each(['none', 'grand', 'all'] as const)(
    'has a line of its own with totals "%s", and no other line says anything else for it',
    async (rows) => {
      for (const show of shows) {
        for (const pass of [undefined, 'average'] as const) {
          const measures = [
            { ...sales, ...(show ? { show } : {}), ...(pass ? { totals: { rows: pass } } : {}) },
          ]
          const asked = { rows: [...byShop], measures }
          const open = await tinyAnswer({ ...asked, totals: { rows } })
          const able = await tinyAnswer({ ...asked, totals: { rows, aside: ['rows'] } })
          // Nothing put away: the same lines, the same numbers.
          expect(inSight(able, undefined)).toEqual(inSight(open, undefined))
          const all = await tinyAnswer({ ...asked, totals: { rows: 'all' } })
          const east = all.rows.paths.findIndex((path) => path.join() === 'East')
          expect(inSight(able, eastAway)).toEqual([
            ['East', numberAt(all.cells[0], east)],
            ...inSight(open, undefined).filter(([path]) => !String(path).startsWith('East')),
          ])
        }
      }
    },
  )

  it('keeps the colours of what stays', async () => {
    const asked = { rows: [...byShop], columns: [...byMonth], measures: [sales] }
    const open = await tinyAnswer({ ...asked, totals: { rows: 'grand' } })
    const able = await tinyAnswer({ ...asked, totals: { rows: 'grand', aside: ['rows'] } })
    const width = open.columns.paths.length
    for (const over of ['leaves', 'totals', 'parent'] as const) {
      const [before, after] = [tints(open, 0, over), tints(able, 0, over)]
      linesInSight(able.rows, undefined).forEach((line, at) => {
        for (let column = 0; column < width; column++)
          expect(after(line * width + column)).toBe(before(at * width + column))
      })
    }
  })

  it('reaches with its name to the numbers, on either edge and on a sheet', async () => {
    const asked = { rows: [...byShop], columns: [...byMonth], measures: [sales] }
    const result = await tinyAnswer({ ...asked, totals: { rows: 'all', columns: 'all' } })
    const { rows } = crosstabLayout(result, { folds: { rows: eastAway } })
    expect(rows.heads[0]?.[0]).toMatchObject({ member: 'East', levels: 2, span: 1, folded: true })
    expect(rows.heads[0]?.[1]).toMatchObject({ member: 'North', levels: 1, folded: false })
    expect(rows.lines.slice(0, 3)).toEqual(['subtotal', 'member', 'subtotal'])
    const sheet = crosstabSheet('a', result, {
      ...{ title: 'a', notes: [], rowCaptions: ['region', 'shop'], locale: 'en' },
      measures: [{ caption: 'sales', format: { kind: 'number', decimals: 0, grouping: true, unit: 'none' } }], // prettier-ignore
      total: () => 'Total',
      member: (_dimension, _axis, member) => String(member),
      arranged: { folds: { rows: foldedLevel(undefined, 1, true) } },
    })
    const lines = sheet.rows.slice(sheet.frozen.rows).map((line) => line.map((cell) => cell?.value ?? null)) // prettier-ignore
    expect(lines).toEqual([
      ['East', null, 50, 20, 30, 100],
      ['North', null, null, 0, null, 0],
      ['West', null, 60, 50, -10, 100],
      ['null', null, null, null, 25, 25],
      ['Total', null, 110, 70, 45, 225],
    ])
  })

  it('is opened again, alone or with all groups of its level', () => {
    expect(toggled(undefined, ['East'])).toEqual(eastAway)
    expect(toggled(eastAway, ['East'])).toBeUndefined()
    const level = foldedLevel(eastAway, 1, true)
    expect(level).toEqual({ levels: [1], paths: [] })
    // Of a level that is away, single groups are open.
    expect(toggled(level, ['West'])).toEqual({ levels: [1], paths: [['West']] })
    expect(foldedLevel(toggled(level, ['West']), 1, false)).toBeUndefined()
  })
})
