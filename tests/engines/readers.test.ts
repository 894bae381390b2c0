import { chmodSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type * as Sheets from '@e965/xlsx'
import officeCrypto from 'officecrypto-tool'
import { expect, test, vi } from 'vitest'
import { Book } from '../../electron/engine/sources/book/book-source.ts'
import { sourceLimits } from '../../electron/engine/sources/source-limits.ts'
import { kindOfFile } from '../../electron/engine/sources/file-kind.ts'
import { askExtract, fileOf, importFile, importParts, partOf } from '../support/import-files.ts'
import { makeZip, workbookZip } from '../../scripts/fixtures/make-zip.ts'
import { refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'
import type { Imported } from '../support/import-files.ts'

// The package's own types stand behind the name.
const sheets = createRequire(import.meta.url)('@e965/xlsx') as typeof Sheets

const fieldsOf = ({ fields }: Imported): string[] =>
  fields.map(({ name, type, scale }) => `${name} ${type}${scale ? ` ${scale}` : ''}`)

function styled(sheet: Sheets.WorkSheet, address: string, format: string): void {
  // The library's types say `any` for a cell.
  const cell = sheet[address] as Sheets.CellObject
  cell.z = format
}

function bookOf(type: 'xls' | 'biff5' | 'xlsb' | 'ods' | 'xlml'): Buffer {
  const sheet = sheets.utils.aoa_to_sheet([
    ['会员号', '日期', '时间', '金额', '占比', '有效'],
    ['00123', 45356, 45356.354166666664, 12.5, 0.25, true],
    ['00124', 45357, 45357.5, 3.25, 0.5, false],
  ])
  for (const row of [2, 3]) {
    styled(sheet, `B${row}`, 'yyyy-mm-dd')
    styled(sheet, `C${row}`, 'yyyy-mm-dd hh:mm')
    styled(sheet, `E${row}`, '0%')
  }
  const book = sheets.utils.book_new(sheet, '销售')
  // The library gives a buffer when asked for one.
  return sheets.write(book, { type: 'buffer', bookType: type }) as Buffer
}

test.each([
  ['xls', 'xls'],
  ['xlsb', 'xlsb'],
  ['ods', 'ods'],
  ['xls', 'xlml'],
  ['xlsx', 'xls'],
] as const)('a .%s holding %s: dates, shares and texts keep their meaning', async (end, type) => {
  const done = await importFile(fileOf(`销售.${end}`, bookOf(type)))
  expect(fieldsOf(done)).toEqual([
    '会员号 text',
    '日期 date',
    '时间 timestamp',
    '金额 decimal 2',
    '占比 decimal 2',
    '有效 boolean',
  ])
  expect(done.fields[4]?.sign).toBe('%')
  expect(done.fields[2]?.min).toBe('2024-03-05T08:30:00')
  expect(done.sources[0]?.kind).toBe('book')
})

const page = (body: string, charset = ''): string =>
  `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>${charset}<style>td{}</style></head><body>${body}</body></html>`

const tillTable =
  '<TABLE border=1><tr><th colspan="2">门店销售&nbsp;表</th></tr><tr><td>门店<td>金额<td>条码</tr>' +
  '<tr><td rowspan=2>上海<br>人民广场</td><td align=right>12.50</td><td style="mso-number-format:\'\\@\'">0690123</td></tr><tr><td>3.00</td><td>0690124</td></tr>' +
  '<tr><td>A&amp;B</td><td>1,234.00</td><td>0690125</td></tr></TABLE>'

test('a page saved as .xls is read by its tables, in the encoding it says', async () => {
  const gb = Buffer.from('c3c5b5ea', 'hex')
  const plain = Buffer.from(page(tillTable.replaceAll(/[\u4e00-\u9fff]+/g, '门店'), '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')) // prettier-ignore
  const parts = plain.toString('latin1').split(Buffer.from('门店').toString('latin1'))
  const encoded = Buffer.from(parts.join(gb.toString('latin1')), 'latin1')
  const done = await importFile(fileOf('till.xls', encoded))
  expect(done.sources[0]).toMatchObject({ kind: 'html', encoding: 'gb18030' })
  expect(done.rows).toBe(3)
  expect(fieldsOf(await importFile(fileOf('till.xls', page(tillTable))))).toEqual([
    '门店 text',
    '金额 decimal 2',
    '条码 text',
  ])
})

test('tables around tables do the layout; each inner one is a part', async () => {
  const inner = (name: string): string => `<table><tr><td>${name}</td><td>n</td></tr><tr><td>x</td><td>1</td></tr></table>` // prettier-ignore
  const path = fileOf('a.html', page(`<table><tr><td>${inner('a')}</td><td>${inner('b')}</td></tr></table><script>"<table>"</script>`)) // prettier-ignore
  expect(fieldsOf(await importFile(path, { part: '2' }))).toEqual(['b text', 'n integer'])
  expect(await refusalOf(importFile(path, { part: '3' }))).toBe('dataset/unreadable part missing')
})

test.each([
  ['a page of a million columns', '<table><tr><td colspan=99999>x</td></tr></table>', 'dataset/overLimit columns'],
  ['tables in tables without end', '<table><tr><td>'.repeat(5000), 'dataset/overLimit xmlDepth'],
  ['a page without a table', '<p>nothing</p>', 'dataset/unreadable part missing'],
])('refuses %s', async (_what, body, expected) => {
  expect(await refusalOf(importFile(fileOf('a.xls', page(body))))).toBe(expected)
}) // prettier-ignore

test.each([
  ['a.xls', 'a\tb\n1\t2\n', 'csv'],
  ['a.xlsx', 'a,b\n1,2\n', 'csv'],
  ['a.xls', Buffer.from('\ufeffa\tb\n1\t2\n', 'utf16le'), 'csv'],
  ['a.csv', workbookZip({ sheet: '<worksheet/>' }), 'xlsx'],
  ['a.xls', workbookZip({ sheet: '<worksheet/>' }), 'xlsx'],
  ['a.xltm', workbookZip({ sheet: '<worksheet/>' }), 'xlsx'],
  ['a.xlsx', '<html><table></table></html>', 'html'],
  ['a.xls', '\r\n<table border="1"><tr>', 'html'],
  ['a.parquet', 'PAR1', 'parquet'],
  ['a.jsonl', '{"a":1}', 'json'],
  ['a.pdf', '%PDF-1.7', undefined],
] as const)('%s is known by its content', async (name, content, kind) => {
  expect(await kindOfFile(fileOf(name, Buffer.from(content)))).toBe(kind)
})

const protectedBook = (password: string): Buffer =>
  officeCrypto.encrypt(
    workbookZip({
      sheet:
        '<worksheet><sheetData><row><c t="str"><v>a</v></c></row><row><c><v>7</v></c></row></sheetData></worksheet>',
    }),
    { password },
  )

test('a protected workbook opens with its password alone and leaves no plain copy', async () => {
  const path = fileOf('秘密.xlsx', protectedBook('密码 1'))
  expect(await refusalOf(importFile(path))).toBe('dataset/encrypted')
  expect(await refusalOf(importFile(path, { password: 'other' }))).toBe('dataset/wrongPassword')
  const folder = tempFolder()
  const done = await importParts(folder, [partOf(path, { password: '密码 1' })])
  expect(done.rows).toBe(1)
  expect(readdirSync(folder).filter((name) => name.startsWith('plain'))).toEqual([])
})

async function parquet(sql: string): Promise<string> {
  const path = join(tempFolder(), 'a.parquet')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`copy (${sql}) to '${path}' (format parquet)`)
  connection.closeSync()
  instance.closeSync()
  return path
}

test('Parquet columns keep their types; nested values are JSON text', async () => {
  const done = await importFile(
    await parquet(
      `select '0' || i as code, i as n, (i * 1.1)::decimal(12,2) as money, i / 4 as share, date '2024-03-05' + i::integer as day,
       timestamp '2024-03-05 08:30:00' as at, i = 1 as ok, [i, 2] as list, 9007199254740993 + i as wide, '\\x01'::blob as b from range(3) t(i)`,
    ),
  )
  expect(fieldsOf(done)).toEqual([
    'code text', 'n integer', 'money decimal 2', 'share decimal 2', 'day date', 'at timestamp', 'ok boolean', 'list text', 'wide text', 'b text',
  ]) // prettier-ignore
  expect(done.fields[2]).toMatchObject({ min: '0.00', max: '2.20' })
  expect(done.sources[0]?.kind).toBe('parquet')
})

test('whole numbers beyond 15 digits come out of Parquet with every digit the file has, and never as powers of ten', async () => {
  const path = await parquet(
    `select 12345678901234567890123456789012345678::decimal(38,0) as exact, 18446744073709551615::ubigint as whole,
     170141183460469231731687303715884105727::hugeint as huge, 1e300::double as vast`,
  )
  const done = await importFile(path)
  expect(fieldsOf(done)).toEqual(['exact text', 'whole text', 'huge text', 'vast double'])
  // Parquet has no such integers: what wrote the file made a double of it.
  const huge = (2n ** 127n).toString()
  const texts = [0, 1, 2].map((i) => `(select value from a.dict_c${i})`).join(', ')
  expect(await askExtract(done.target, tempFolder(), `select ${texts}`)).toEqual([
    ['12345678901234567890123456789012345678', '18446744073709551615', huge],
  ])
  expect(done.warnings).toContainEqual({ code: 'lostDigits', column: 'huge', examples: [`${huge} (1)`] })
}) // prettier-ignore

test.each([
  ['a.jsonl', '{"会员号":"007","n":1,"m":12.50,"d":"2024-03-05","x":{"k":[1]},"big":12345678901234567890}\n{"会员号":"008","n":2,"m":3.10,"d":"2024-03-06","ok":true}\n'],
  ['a.json', '[{"会员号":"007","n":1,"m":12.50,"d":"2024-03-05","x":{"k":[1]},"big":12345678901234567890},\n {"会员号":"008","n":2,"m":3.10,"d":"2024-03-06","ok":true}]'],
])('records in %s: identifiers stay text, decimals exact, wide numbers whole', async (name, content) => {
  const done = await importFile(fileOf(name, content))
  expect(fieldsOf(done)).toEqual([
    '会员号 text', 'n integer', 'm decimal 1', 'd date', 'x text', 'big text', 'ok boolean',
  ]) // prettier-ignore
  expect(done.rows).toBe(2)
}) // prettier-ignore

test.each([
  ['two at once', '[{"SKU":1.50,"sku":"x","sku_1":7},{"SKU":2.25,"sku":"y"}]', ['SKU decimal 2', 'sku_1 integer', 'sku_1_1 text']],
  ['one at a time', '{"Qty":1,"n":1}\n{"QTY":2,"n":2}\n{"qty":3,"n":3}', ['Qty integer', 'n integer', 'QTY_1 integer', 'qty_2 integer']],
  ['signs of paths', '[{"a/b~c":1,"A/b~c":2,"":"x"}]', ['a/b~c integer', 'A/b~c_1 integer', 'C2 text']],
])('keys of JSON that differ in the size of their letters alone keep their values: %s', async (_how, json, names) => {
  const done = await importFile(fileOf('a.json', json))
  expect(fieldsOf(done).toSorted()).toEqual(names.toSorted())
  const filled = done.fields.map(({ blanks }) => done.rows - blanks)
  expect(filled.reduce((sum, one) => sum + one, 0)).toBe(json.match(/"[^"]*":/g)?.length)
}) // prettier-ignore

test('the mark Windows programs begin a JSON file with is no damage, in a file nobody may write to either', async () => {
  const path = fileOf('a.json', '\ufeff[{"a":"x","n":1},{"a":"y","n":2}]')
  chmodSync(path, 0o444)
  expect(fieldsOf(await importFile(path))).toEqual(['a text', 'n integer'])
})

test.each([
  ['a.parquet', 'PAR1 cut off'],
  ['a.parquet', ''],
  ['a.json', '{"a":'],
  ['a.jsonl', '{"a":1}\n{"b"\n'],
  ['a.json', '[1, 2'],
  ['a.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3000)])],
  ['a.ods', bookOf('ods').subarray(0, 700)],
  ['a.xlsb', bookOf('xlsb').subarray(0, 900)],
] as const)('a damaged %s is said to be so', async (name, content) => {
  const refused = await refusalOf(importFile(fileOf(name, Buffer.from(content))))
  expect(refused).toMatch(/^dataset\/(unreadable|empty)/)
  expect(refused).not.toContain('/tmp')
})

test('a sheet may have more merged cells than a call takes arguments', async () => {
  const count = 200_000
  const merges = Array.from({ length: count }, (_, n) => `<mergeCell ref="A${2 * n + 2}:A${2 * n + 3}"/>`) // prettier-ignore
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const rows = [['单号', '门店'], ['x', 'a'], ['y', 'b']].map((row) => `<row>${row.map(cell).join('')}</row>`) // prettier-ignore
  const sheet = `<worksheet><sheetData>${rows.join('')}</sheetData><mergeCells>${merges.join('')}</mergeCells></worksheet>` // prettier-ignore
  const done = await importFile(fileOf('合并.xlsx', workbookZip({ sheet })))
  expect(done.rows).toBe(2)
  expect(done.warnings).toMatchObject([{ code: 'mergedCells', column: '单号', count }])
})

/** A sheet as an office program keeps it, with these styles and tables. */
const openDocument = (styles: string, tables: string): string =>
  fileOf(
    '月报.ods',
    makeZip([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
      { name: 'META-INF/manifest.xml', content: '<manifest:manifest/>' },
      { name: 'styles.xml', content: '<office:document-styles/>' },
      {
        name: 'content.xml',
        content: `<?xml version="1.0"?><office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
      },
    ]),
  )

test('conditional number formats of OpenDocument are nothing the terminal is told of', async () => {
  const odsStyle = `<number:number-style style:name="N1"><number:number/><style:map style:condition="value()&gt;0" style:apply-style-name="N2"/></number:number-style>`
  const cells = ['金额', '7'].map(
    (text) => `<table:table-row><table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell></table:table-row>`, // prettier-ignore
  )
  const path = openDocument(
    odsStyle,
    `<table:table table:name="表">${cells.join('')}</table:table>`,
  )
  const told = vi.spyOn(console, 'error')
  const { fields } = await importFile(path)
  expect([fields.map(({ name }) => name), told.mock.calls]).toEqual([['金额'], []])
  told.mockRestore()
})

test.each([
  ['before one without an end', '<style:style style:name="a" style:family="table"/><style:style style:name="b" style:family="table">OFF</style:style>'],
  ['in another order', '<style:style style:name="a" style:family="table">ON</style:style><style:style style:family="table" style:name="b">OFF</style:style>'],
  ['behind one of columns', '<style:style style:name="b" style:family="table">OFF</style:style><style:style style:name="a" style:family="table-column">OFF</style:style>'],
])('a sheet OpenDocument hides is known, however its style is written: %s', async (_how, written) => {
  const properties = (shown: boolean) => `<style:table-properties table:display="${shown}"/>`
  const odsStyles = written.replaceAll('OFF', properties(false)).replaceAll('ON', properties(true))
  const cell = (text: string) => `<table:table-row><table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell></table:table-row>` // prettier-ignore
  const table = (style: string) => `<table:table table:name="T${style}" table:style-name="${style}">${cell(style)}${cell('x')}</table:table>` // prettier-ignore
  const path = openDocument(odsStyles, `${table('a')}${table('b')}`)
  const book = await Book.open(path, sourceLimits)
  expect(book.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([['Ta', false], ['Tb', true]])
}) // prettier-ignore
