import { expect, it } from 'vitest'
import { RowLists } from '../../../electron/engine/query/row-lists.ts'
import { othersMember } from '../../../shared/data/cell-value.ts'
import { ReportQuery } from '../../../shared/query/report-query.ts'
import { extractEngine, liveEngine } from '../../support/query-engines.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { tinyFields, tinyLastDay, tinyRows } from '../../support/tiny-sales.ts'
import { sales } from '../../support/tiny-engines.ts'

const query = ReportQuery.parse({
  dataset: 'sales',
  rows: [{ field: 'region' }, { field: 'shop', top: { count: 1, measure: 'sales', others: true } }],
  measures: [{ ...sales, show: { as: 'percent', of: 'parentRow' } }],
  totals: { rows: 'all' },
})

it.each([
  ['an extract', extractEngine],
  ['live SQLite', liveEngine],
] as const)(
  'the rows listed for a cell of %s give its value again, Others too',
  async (_name, open) => {
    const engine = await open(tempFolder(), tinyFields, tinyRows, tinyLastDay)
    const lists = new RowLists(engine.tools)
    const rowsOf = async (row: (string | null)[]) => {
      const cell = { row, column: [] }
      const fields = ['shop', 'amount']
      const list = await lists.open(
        { query, cell, fields, sort: [], limit: 50 },
        engine.catalog,
        new AbortController().signal,
      )
      if (!list.ok) throw new Error(JSON.stringify(list.error))
      const [total] = list.value.totals
      return [list.value.count, total?.kind === 'scaled' ? (total.values[0] ?? NaN) / 100 : null]
    }
    expect(await rowsOf(['East', 'A'])).toEqual([2, 60])
    // B and C.
    expect(await rowsOf(['East', othersMember])).toEqual([2, 40])
    expect(await rowsOf(['East'])).toEqual([4, 100])
    expect(await rowsOf([])).toEqual([10, 225])
  },
)
