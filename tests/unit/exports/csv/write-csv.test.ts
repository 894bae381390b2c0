import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { QueryResult, ValueColumn } from '../../../../shared/query/query-result.ts'
import { newBlock } from '../../../../shared/report/new-block.ts'
import { queryCsv, queryJson } from '../../../../electron/hosts/cli/query-output.ts'
import { csvText } from '../../../../electron/engine/exports/csv/csv-text.ts'
import { cellText, writeCsv } from '../../../../electron/engine/exports/csv/write-csv.ts'
import { exportWords } from '../../../../electron/engine/exports/words-from-text.ts'
import { frame, newId, use } from '../../../support/export-board.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

function resultOf(
  members: readonly (number | string | null)[],
  type: QueryResult['rows']['fields'][number]['type'],
  cells: ValueColumn[],
): QueryResult {
  return {
    rows: {
      fields: [{ field: 'points', type }],
      totals: 'none',
      paths: members.map((one) => [one]),
    },
    columns: { fields: [], totals: 'none', paths: [[]] },
    measures: cells.map((_cells, index) => ({
      name: `m${index}`,
      aggregate: 'sum',
      type: 'decimal',
      scale: 2,
    })),
    cells,
    baseRows: members.length,
    warnings: [],
    dataAsOf: '2024-12-31T00:00:00',
    version: 1,
    elapsedMs: 0,
    cached: false,
  }
}

async function written(result: QueryResult): Promise<string[]> {
  const block = newBlock('crosstab', frame, newId)
  if (block.kind !== 'crosstab') throw new Error(block.kind)
  block.shelves.rows.push(use('points'))
  const path = join(tempFolder(), 'out.csv')
  writeFileSync(path, '')
  await writeCsv(
    path,
    { kind: 'result', block, result },
    {
      words: exportWords('en'),
      window: () => () => Promise.reject(new Error('no rows here')),
      onRows: () => undefined,
      signal: new AbortController().signal,
    },
  )
  return (await readFile(path, 'utf8')).split('\r\n').slice(1, -1)
}

const scaled = (...values: number[]): ValueColumn => ({
  kind: 'scaled',
  scale: 2,
  values: Float64Array.from(values),
})

describe('a CSV file', () => {
  it('writes numbers on the edges as numbers, also below zero and beyond 2^53', async () => {
    const result = resultOf([-5, '-9007199254740995', 7], 'integer', [scaled(100, 200, 300)])
    expect(await written(result)).toEqual(['-5,1.00', '-9007199254740995,2.00', '7,3.00'])
    expect(queryCsv(result).split('\r\n').slice(1, -1)).toEqual([
      '-5,1.00',
      '-9007199254740995,2.00',
      '7,3.00',
    ])
  })

  it('keeps a member whose values are all blank, and members without any measure', async () => {
    const blank = resultOf(['A', 'B'], 'text', [scaled(NaN, 5)])
    expect(await written(blank)).toEqual(['A,', 'B,0.05'])
    expect(queryCsv(blank).split('\r\n').slice(1, -1)).toEqual(['A,', 'B,0.05'])
    expect(await written(resultOf(['A', 'B'], 'text', []))).toEqual(['A', 'B'])
  })

  it('writes every digit of a decimal, those included that no double keeps', () => {
    const column = scaled(9_007_199_254_740_991, 9_007_199_254_740_990, -1, -0)
    const texts = [0, 1, 2, 3].map((index) => cellText(column, index))
    expect(texts).toEqual(['90071992547409.91', '90071992547409.90', '-0.01', '0.00'])
    const json = queryJson(resultOf(['A', 'B'], 'text', [scaled(9_007_199_254_740_991, 123)]))
    expect(json).toMatchObject({ cells: [[['90071992547409.91']], [[1.23]]] })
  })

  it.each(['=1', '+1', '-1', '@a', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠a'])(
    'keeps %j from being run as a formula',
    (text) => {
      expect(csvText(text)).toBe(`"'${text}"`)
    },
  )
})
