import { describe, expect, it } from 'vitest'
import { rowReader, windowRows } from '../../../../renderer/state/row-windows.ts'
import { fail, ok } from '../../../../shared/errors.ts'
import type { RowList, RowsPage, RowsRequest } from '../../../../shared/query/row-list.ts'
import type { Engine } from '../../../../shared/contract.ts'

const request: RowsRequest = {
  query: {
    dataset: 'ds_sales00',
    rows: [],
    columns: [],
    measures: [],
    filters: [],
    totals: { rows: 'none', columns: 'none' },
  },
  fields: ['shop'],
  sort: [],
  limit: 500,
}

function page(offset: number): RowsPage {
  return {
    offset,
    rowIds: Float64Array.of(offset),
    sources: [],
    sourceRows: new Float64Array(0),
    columns: [],
  }
}

function list(key: string, count = 2000): RowList {
  return { key, version: 1, count, fields: [], measures: [], totals: [], page: page(0) }
}

/** An engine whose open lists can be closed, as when others take their place. */
function fakeEngine(count = 2000) {
  const open = new Set(['rows_1'])
  let opened = 0
  const engine: Pick<Engine, 'rows.window' | 'rows.open'> = {
    'rows.window': ({ key, offset }) =>
      Promise.resolve(
        open.has(key) ? ok(page(offset)) : fail('query/invalid', { reason: 'listClosed' }),
      ),
    'rows.open': () => {
      opened += 1
      open.add(`again_${opened}`)
      return Promise.resolve(ok(list(`again_${opened}`, count)))
    },
  }
  return { engine, open, opened: () => opened }
}

describe('windows of a list of rows', () => {
  it('go on after the list had to give way to others, opened once for all that wait', async () => {
    const { engine, open, opened } = fakeEngine()
    const read = rowReader(engine, list('rows_1'), request)
    expect(await read(1)).toEqual(page(windowRows))
    open.clear()
    const [second, third] = await Promise.all([read(2), read(3)])
    expect([second?.offset, third?.offset]).toEqual([2 * windowRows, 3 * windowRows])
    expect(opened()).toBe(1)
    open.clear()
    expect(await read(1)).toEqual(page(windowRows))
    expect(opened()).toBe(2)
  })

  it('are not mixed with those of other rows that came in their place', async () => {
    const { engine, open } = fakeEngine(1999)
    const read = rowReader(engine, list('rows_1'), request)
    open.clear()
    expect(await read(2)).toBeNull()
  })

  it('are none while nothing says what to open again', async () => {
    const { engine, open, opened } = fakeEngine()
    const read = rowReader(engine, list('rows_1'), undefined)
    open.clear()
    expect([await read(2), opened()]).toEqual([null, 0])
  })
})
