import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CellValue, SheetSpec } from '../../../../electron/engine/exports/xlsx-stream/table.ts'
import {
  WorkbookWriter,
  type WorkbookOptions,
} from '../../../../electron/engine/exports/xlsx-stream/workbook-writer.ts'

const DAY = 86_400_000
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xlsx-stream 表格-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(
  spec: SheetSpec,
  rows: readonly (readonly CellValue[])[],
  options: WorkbookOptions = {},
  name = 'book.xlsx',
) {
  const path = join(folder, name)
  const book = await WorkbookWriter.create(path, options)
  const sheet = await book.addSheet(spec)
  await sheet.writeRows(rows)
  return { path, summary: await book.finish() }
}

async function reopen(path: string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(path)
  return book
}

function texts(sheet: ExcelJS.Worksheet, column: number): unknown[] {
  const values: unknown[] = []
  for (let row = 2; row <= sheet.rowCount; row++) values.push(sheet.getCell(row, column).value)
  return values
}

/** exceljs reads Excel's `_xHHHH_` form in shared texts but not in texts inside their cells. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return value.replace(/_x([0-9A-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

const oneText: SheetSpec = { name: '文本', columns: [{ title: '内容', kind: 'text' }] }

describe('a written workbook', () => {
  it('gives back every kind of cell with its format, width and frozen bold header', async () => {
    const noon = Date.UTC(2024, 1, 29, 12, 30, 15)
    const { path } = await write(
      {
        name: '销售',
        autoFilter: true,
        columns: [
          { title: '小票号', kind: 'text', format: '@', width: 20 },
          { title: '金额', kind: 'decimal', format: '#,##0.00' },
          { title: '数量', kind: 'number' },
          { title: '日期', kind: 'date' },
          { title: '时间', kind: 'timestamp' },
          { title: '会员', kind: 'boolean' },
        ],
      },
      [
        ['0012345678901234567', '-1234.50', 3, noon / DAY, noon, true],
        [null, 12.345, null, Math.floor(noon / DAY), noon + 999, false],
      ],
    )
    const sheet = (await reopen(path)).getWorksheet('销售')!
    expect(sheet.getRow(1).values).toEqual([
      undefined,
      '小票号',
      '金额',
      '数量',
      '日期',
      '时间',
      '会员',
    ])
    expect(sheet.getCell('A1').font.bold).toBe(true)
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(sheet.autoFilter).toBe('A1:F3')
    expect(sheet.getColumn(1).width).toBe(20)
    expect(sheet.getCell('A2').value).toBe('0012345678901234567')
    expect(sheet.getCell('B2').value).toBe(-1234.5)
    expect(sheet.getCell('B2').numFmt).toBe('#,##0.00')
    expect(sheet.getCell('D2').value).toEqual(new Date('2024-02-29T00:00:00Z'))
    expect(sheet.getCell('D2').numFmt).toBe('yyyy-mm-dd')
    expect(sheet.getCell('E2').value).toEqual(new Date(noon))
    expect(sheet.getCell('F2').value).toBe(true)
    expect([sheet.getCell('A3').value, sheet.getCell('C3').value]).toEqual([null, null])
    expect(sheet.getCell('E3').value).toEqual(new Date(noon + 999))
    expect(sheet.getCell('F3').value).toBe(false)
  })

  it('keeps markup, control characters, look-alike escapes and outer spaces', async () => {
    const rows = ['<a href="x">&amp;</a>', ' \tlead', 'trail ', 'two\nlines', 'bell\u0007vt\u000B']
    rows.push('_x000B_ is text', '表情😀', 'carriage\rreturn', '\uFFFE')
    for (const cap of [100, 0]) {
      const { path } = await write(
        oneText,
        rows.map((text) => [text]),
        {
          sharedStringCap: { count: cap, units: 10_000 },
        },
      )
      const read = texts((await reopen(path)).worksheets[0]!, 1)
      expect(cap > 0 ? read : read.map(decoded)).toEqual(rows)
    }
  })

  it('replaces a lone surrogate and cuts a text no cell can hold, saying so', async () => {
    const { path, summary } = await write(oneText, [['a\uD800b'], ['x'.repeat(40_000)]])
    expect(texts((await reopen(path)).worksheets[0]!, 1)).toEqual(['a\uFFFDb', 'x'.repeat(32_767)])
    expect(summary.cutTexts).toBe(1)
  })

  it('writes dates before Excel counts rightly as ISO text, and non-finite numbers as blanks', async () => {
    const spec: SheetSpec = {
      name: 'd',
      columns: [
        { title: 'd', kind: 'date' },
        { title: 't', kind: 'timestamp' },
        { title: 'n', kind: 'number' },
      ],
    }
    const old = Date.UTC(1899, 11, 31)
    const { path } = await write(spec, [
      [old / DAY, old + 1000, Number.NaN],
      [Date.UTC(1900, 2, 1) / DAY, Date.UTC(9999, 11, 31), Infinity],
    ])
    const sheet = (await reopen(path)).worksheets[0]!
    expect(sheet.getCell('A2').value).toBe('1899-12-31')
    expect(sheet.getCell('B2').value).toBe('1899-12-31 00:00:01.000')
    expect(sheet.getCell('A3').value).toEqual(new Date('1900-03-01T00:00:00Z'))
    expect(sheet.getCell('B3').value).toEqual(new Date('9999-12-31T00:00:00Z'))
    expect([sheet.getCell('C2').value, sheet.getCell('C3').value]).toEqual([null, null])
  })

  it('keeps integers too wide for a number as text', async () => {
    const { path } = await write(oneText, [[6901234567890n], [1234567890123456789n]])
    expect(texts((await reopen(path)).worksheets[0]!, 1)).toEqual([
      6901234567890,
      '1234567890123456789',
    ])
  })

  it('keeps exact values of more digits than Excel shows as text, and those it shows whole as numbers', async () => {
    const spec: SheetSpec = { name: 'd', columns: [{ title: 'd', kind: 'decimal' }] }
    const given = [
      1234567890123456,
      '1234567890123456',
      '-12345678901234.56',
      123456789012345,
      '-1234567890123.45',
      '0.000123456789012345',
      '1200000000000000000',
    ]
    const { path } = await write(
      spec,
      given.map((value) => [value]),
    )
    expect(texts((await reopen(path)).worksheets[0]!, 1)).toEqual([
      '1234567890123456',
      '1234567890123456',
      '-12345678901234.56',
      123456789012345,
      -1234567890123.45,
      0.000123456789012345,
      1.2e18,
    ])
  })

  it('continues on further sheets under the same header when rows do not fit', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => [`r${i}`])
    const { path, summary } = await write(oneText, rows, { rowsPerSheet: 4 })
    expect(summary.sheets).toEqual([
      { name: '文本', rows: 3 },
      { name: '文本 (2)', rows: 3 },
      { name: '文本 (3)', rows: 1 },
    ])
    const book = await reopen(path)
    expect(book.worksheets.flatMap((sheet) => texts(sheet, 1))).toEqual(rows.flat())
    expect(book.worksheets.map((sheet) => sheet.getCell('A1').value)).toEqual(Array(3).fill('内容'))
  })

  it('also continues when a part grows too large', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => [`row ${i}`])
    const { summary } = await write(oneText, rows, { bytesPerSheet: 8000 })
    expect(summary.sheets.length).toBeGreaterThan(1)
    expect(summary.sheets.reduce((sum, sheet) => sum + sheet.rows, 0)).toBe(400)
  })

  it('makes sheet names legal and different', async () => {
    const book = await WorkbookWriter.create(join(folder, 'names.xlsx'))
    for (const name of [
      "'[a]:b*?/\\'",
      'A  B',
      '',
      '长'.repeat(40),
      '长'.repeat(31),
      'a  B',
      'x\uffff',
    ])
      await book.addSheet({ name, columns: [] })
    const { sheets } = await book.finish()
    expect(sheets.map((sheet) => sheet.name)).toEqual([
      'a  b',
      'A  B (2)',
      'Sheet',
      '长'.repeat(31),
      `${'长'.repeat(27)} (2)`,
      'a  B (3)',
      // XML cannot hold that character.
      'x',
    ])
    expect((await reopen(join(folder, 'names.xlsx'))).worksheets).toHaveLength(7)
  })

  it('takes columns of numbers, codes and cells as batches', async () => {
    const path = join(folder, 'columns.xlsx')
    const book = await WorkbookWriter.create(path)
    const sheet = await book.addSheet({
      name: 'c',
      columns: [
        { title: 'n', kind: 'number' },
        { title: 'k', kind: 'text' },
        { title: 'd', kind: 'date' },
        { title: 'x', kind: 'text' },
      ],
    })
    const dictionary = ['甲', '乙', 'y'.repeat(33_000)]
    for (let batch = 0; batch < 2; batch++)
      await sheet.writeColumns(
        [
          { kind: 'numbers', numbers: new Float64Array([1.5, 2]), blanks: new Uint8Array([0, 1]) },
          { kind: 'codes', codes: new Int32Array([1, -1]), dictionary },
          { kind: 'numbers', numbers: new Int32Array([19_000, 19_001]) },
          { kind: 'codes', codes: new Int32Array([2, 0]), dictionary },
        ],
        2,
      )
    expect((await book.finish()).cutTexts).toBe(2)
    const read = (await reopen(path)).worksheets[0]!
    expect(texts(read, 1)).toEqual([1.5, null, 1.5, null])
    expect(texts(read, 2)).toEqual(['乙', null, '乙', null])
    expect(texts(read, 4)).toEqual(['y'.repeat(32_767), '甲', 'y'.repeat(32_767), '甲'])
    expect(read.getCell('C2').value).toEqual(new Date(19_000 * DAY))
  })

  it('gives back any numbers and texts exactly', async () => {
    const cell = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
      fc.boolean(),
    )
    const spec: SheetSpec = {
      name: 'p',
      columns: [
        { title: 'a', kind: 'number' },
        { title: 'b', kind: 'text' },
      ],
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1 }),
        fc.boolean(),
        async (rows, inline) => {
          const { path } = await write(spec, rows, {
            sharedStringCap: { count: inline ? 0 : 1000, units: 1e6 },
          })
          const sheet = (await reopen(path)).worksheets[0]!
          const at = (row: number, column: number) => {
            const value = sheet.getCell(row, column).value ?? ''
            return inline ? decoded(value) : value
          }
          const read = rows.map((_, i) => [at(i + 2, 1), at(i + 2, 2)])
          expect(read).toEqual(rows.map((row) => row.map((value) => (value === 0 ? 0 : value))))
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('writing', () => {
  it('gives the same bytes for the same calls, on a file and on a stream', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => [`小票${i}`, i / 100, 19_000 + (i % 99)])
    const spec: SheetSpec = {
      name: 's',
      columns: [
        { title: 'a', kind: 'text' },
        { title: 'b', kind: 'number' },
        { title: 'c', kind: 'date' },
      ],
    }
    const first = await readFile((await write(spec, rows, {}, 'one.xlsx')).path)
    const second = await readFile((await write(spec, rows, {}, 'two.xlsx')).path)
    const chunks: Buffer[] = []
    const stream = new PassThrough()
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    const book = await WorkbookWriter.create(stream)
    await (await book.addSheet(spec)).writeRows(rows)
    await book.finish()
    expect(second.equals(first)).toBe(true)
    expect(Buffer.concat(chunks).equals(first)).toBe(true)
  })

  it('stops when cancelled and leaves no file', async () => {
    const stop = new AbortController()
    const path = join(folder, 'stopped.xlsx')
    const book = await WorkbookWriter.create(path, { signal: stop.signal })
    const sheet = await book.addSheet(oneText)
    function* endless() {
      for (let i = 0; ; i++) {
        if (i === 50_000) stop.abort(new Error('stopped by the user'))
        yield [`row ${i}`]
      }
    }
    await expect(sheet.writeRows(endless())).rejects.toThrow('stopped by the user')
    await book.abandon()
    await expect(stat(path)).rejects.toThrow('ENOENT')
  })

  it('passes on the error of a target that breaks', async () => {
    const broken = new Writable({
      write: (_chunk, _encoding, done) => {
        done(new Error('disk full'))
      },
    })
    const book = await WorkbookWriter.create(broken)
    await expect(book.addSheet(oneText)).rejects.toThrow('disk full')
    await book.abandon()
    let room = 3
    const small = new Writable({
      write: (_chunk, _encoding, done) => {
        done(room-- > 0 ? null : new Error('disk full'))
      },
    })
    const second = await WorkbookWriter.create(small)
    const sheet = await second.addSheet(oneText)
    const rows = Array.from({ length: 300_000 }, (_, i) => [`${(i * 7919) % 100_003}`])
    await expect(sheet.writeRows(rows).then(() => second.finish())).rejects.toThrow('disk full')
    await second.abandon()
  })

  it('refuses more columns than a sheet has', async () => {
    const book = await WorkbookWriter.create(new PassThrough())
    const columns = Array.from({ length: 16_385 }, () => ({ title: 'c', kind: 'text' as const }))
    await expect(book.addSheet({ name: 'w', columns })).rejects.toThrow('16385 columns')
    await book.abandon()
  })
})
