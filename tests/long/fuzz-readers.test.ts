import type * as Sheets from '@e965/xlsx'
import * as fc from 'fast-check'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { AppErrorException } from '../../shared/errors.ts'
import { decodeFrame, encodeFrame } from '../../shared/wire/codec.ts'
import { readReport } from '../../shared/report/read-report.ts'
import { writeReport } from '../../shared/report/write-report.ts'
import { outcomeInJob } from '../support/file-outcome.ts'
import { importParts, partOf } from '../support/import-files.ts'
import { salesReport } from '../support/report-builder.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** Bytes of a good file with some changed, cut out, doubled or cut off. */
const damaged = (good: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .array(
      fc.record({
        at: fc.nat(good.length - 1),
        length: fc.nat(40),
        byte: fc.integer({ min: 0, max: 255 }),
        kind: fc.constantFrom('set', 'cut', 'double', 'end'),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((changes) =>
      changes.reduce((bytes: Buffer, { at, length, byte, kind }) => {
        const place = Math.min(at, bytes.length)
        const [before, middle, after] = [
          bytes.subarray(0, place),
          bytes.subarray(place, place + length),
          bytes.subarray(place + length),
        ]
        if (kind === 'set') return Buffer.concat([before, Buffer.alloc(middle.length, byte), after])
        if (kind === 'cut') return Buffer.concat([before, after])
        return kind === 'double' ? Buffer.concat([before, middle, middle, after]) : before
      }, Buffer.from(good)),
    )

/** Rows when it was read, else the code it was refused with; anything else is thrown on. */
async function outcomeOf(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  try {
    return `rows ${(await importParts(folder, [partOf(path)])).rows}`
  } catch (error) {
    if (error instanceof AppErrorException) return error.appError.code
    throw error
  }
}

async function workbook(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('销售')
  sheet.addRow(['门店', '日期', '金额'])
  for (let row = 0; row < 60; row++)
    sheet.addRow([`店${row % 7}`, new Date(Date.UTC(2024, 0, 1 + row)), row * 1.25])
  return new Uint8Array(await book.xlsx.writeBuffer())
}

test('a damaged workbook is read or refused with a reason, never a crash', async () => {
  const folder = tempFolder()
  await fc.assert(
    fc.asyncProperty(damaged(await workbook()), async (bytes) => {
      expect(await outcomeOf(folder, 'x.xlsx', bytes)).toMatch(/^(rows \d+|dataset\/)/)
    }),
    { numRuns: 400 },
  )
})

test('a damaged text file is read or refused with a reason, never a crash', async () => {
  const folder = tempFolder()
  const lines = Array.from(
    { length: 50 },
    (_, row) => `"店 ""${row}""",2024-01-${String((row % 28) + 1).padStart(2, '0')},${row / 4}`,
  )
  const good = Buffer.from(`门店,日期,金额\r\n${lines.join('\r\n')}\r\n`)
  await fc.assert(
    fc.asyncProperty(damaged(good), async (bytes) => {
      expect(await outcomeOf(folder, 'x.csv', bytes)).toMatch(/^(rows \d+|dataset\/)/)
    }),
    { numRuns: 400 },
  )
})

// The package's own types stand behind the name.
const sheets = createRequire(import.meta.url)('@e965/xlsx') as typeof Sheets

const book = (type: 'xls' | 'xlsb' | 'ods'): Uint8Array => {
  const rows = Array.from({ length: 40 }, (_, row) => [`店${row}`, row / 4, row % 2 === 0])
  const made = sheets.utils.book_new(sheets.utils.aoa_to_sheet([['门店', '金额', '有效'], ...rows]))
  // The library gives a buffer when asked for one.
  return sheets.write(made, { type: 'buffer', bookType: type }) as Uint8Array
}
const records = Array.from({ length: 40 }, (_, row) => `{"门店":"店${row}","n":${row / 4},"x":[1]}`)
const cells = Array.from({ length: 40 }, (_, row) => `<tr><td>店${row}<td>${row / 4}</tr>`)

test.each([
  ['x.xls', book('xls')],
  ['x.xlsb', book('xlsb')],
  ['x.ods', book('ods')],
  ['x.htm', Buffer.from(`<html><table><tr><th>门店<th>金额</tr>${cells.join('')}</table></html>`)],
  ['x.jsonl', Buffer.from(records.join('\n'))],
  ['x.json', Buffer.from(`[${records.join(',')}]`)],
] as const)('a damaged %s is read or refused with a reason, never a crash', async (name, good) => {
  const folder = tempFolder()
  await fc.assert(
    fc.asyncProperty(damaged(good), async (bytes) => {
      expect(await outcomeOf(folder, name, bytes)).toMatch(/^(rows \d+|dataset\/)/)
    }),
    { numRuns: 150 },
  )
}) // prettier-ignore

test('a damaged Parquet file is read or refused with a reason, never a crash', async () => {
  const folder = tempFolder()
  const good = readFileSync(join(import.meta.dirname, '../fixtures/readers/data/types.parquet'))
  await fc.assert(
    fc.asyncProperty(damaged(good), async (bytes) => {
      expect(await outcomeInJob(folder, 'x.parquet', bytes)).toMatch(/^(rows \d+|dataset\/)/)
    }),
    { numRuns: 60 },
  )
})

test('damaged frames and reports are refused as values', () => {
  const frame = encodeFrame({
    kind: 'call',
    id: 1,
    name: 'query.run',
    payload: { list: [1, 'x', null], column: Float64Array.of(1, 2, 3) },
  })
  fc.assert(
    fc.property(damaged(frame), (bytes) => {
      expect(typeof decodeFrame(bytes).ok).toBe('boolean')
    }),
    { numRuns: 5000 },
  )
  const report = new TextEncoder().encode(writeReport(salesReport(), 'test'))
  fc.assert(
    fc.property(damaged(report), (bytes) => {
      expect(typeof readReport(bytes).ok).toBe('boolean')
    }),
    { numRuns: 3000 },
  )
})
