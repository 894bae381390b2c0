import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cellKind } from '../../../electron/engine/sources/cell-kinds.ts'
import { sourceLimits } from '../../../electron/engine/sources/source-limits.ts'
import { cellStyleOfCode } from '../../../electron/engine/sources/xlsx/number-formats.ts'
import { Workbook } from '../../../electron/engine/sources/xlsx/workbook.ts'
import type { WorkbookParts, ZipPart } from '../../../scripts/fixtures/make-zip.ts'
import { makeZip, workbookZip } from '../../../scripts/fixtures/make-zip.ts'
import type { ReadSource } from '../../support/read-source.ts'
import { readSource, refusalOf } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

async function readZip(bytes: Buffer): Promise<ReadSource> {
  const path = join(tempFolder(), 'book.xlsx')
  writeFileSync(path, bytes)
  const workbook = await Workbook.open(path, sourceLimits)
  try {
    const [first] = workbook.visibleSheets()
    if (first === undefined) throw new Error('no sheet')
    return await readSource(workbook.reader(first))
  } finally {
    await workbook.close()
  }
}

const readParts = (parts: WorkbookParts, more: readonly ZipPart[] = []): Promise<ReadSource> =>
  readZip(workbookZip(parts, more))

const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const one = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')

const utf16 = (xml: string, mark = true): Buffer =>
  Buffer.from(`${mark ? '\ufeff' : ''}${xml}`, 'utf16le')

test.each([
  ['little-endian', utf16],
  ['big-endian', (xml: string) => utf16(xml).swap16()],
  ['without a mark', (xml: string) => utf16(xml, false)],
])('parts in UTF-16 are read: %s', async (_name, encode) => {
  const relations = '<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>'
  const long = Array.from({ length: 30_000 }, (_, i) => `<row><c t="s"><v>0</v></c><c><v>${i}</v></c></row>`)
  const { rows } = await readZip(
    makeZip([
      { name: 'xl/workbook.xml', content: encode('<workbook><sheets><sheet name="页" r:id="a"/></sheets></workbook>') },
      { name: 'xl/_rels/workbook.xml.rels', content: encode(relations) },
      { name: 'xl/s.xml', content: encode(sheet(long.join(''))) },
      { name: 'xl/sharedStrings.xml', content: encode('<sst><si><t>门店</t></si></sst>') },
    ]),
  )
  expect(rows.length).toBe(30_000)
  expect(rows[29_999]).toEqual(['门店', '29999'])
}) // prettier-ignore

test('names with prefixes, in every part', async () => {
  const main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const { rows } = await readParts({
    workbook: `<x:workbook ${main} xmlns:rel="r"><x:workbookPr date1904="true"/><x:sheets><x:sheet name="S" sheetId="1" rel:id="rId1"/></x:sheets></x:workbook>`,
    relations:
      '<p:Relationships xmlns:p="q"><p:Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/sheet1.xml"/></p:Relationships>',
    sharedStrings: `<x:sst ${main}><x:si><x:t>a</x:t></x:si><x:si><x:r><x:t>b</x:t></x:r><x:rPh><x:t>z</x:t></x:rPh></x:si></x:sst>`,
    styles: `<x:styleSheet ${main}><x:cellXfs><x:xf/><x:xf numFmtId="14"/></x:cellXfs></x:styleSheet>`,
    sheet: `<x:worksheet ${main}><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c r="B1" s="1"><x:v>1</x:v></x:c><x:c r="C1" t="inlineStr"><x:is><x:t>c</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
  })
  expect(rows).toEqual([['b', '1904-01-02', 'c']])
})

test.each([
  ['absolute', '/xl/worksheets/sheet1.xml'],
  ['climbing', '../xl/worksheets/sheet1.xml'],
  ['with other slashes', 'worksheets\\sheet1.xml'],
  ['in other case', 'Worksheets/Sheet1.xml'],
])('the address of a part may be %s', async (_how, target) => {
  const relations = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="${target}"/></Relationships>`
  expect((await readParts({ sheet: one, relations })).rows).toEqual([['1']])
})

test('blanks in addresses are escaped, names in the zip may have the other slash', async () => {
  const relations =
    '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="my%20data/1.xml"/></Relationships>'
  const sheetPath = 'xl\\my data\\1.xml'
  expect((await readParts({ sheet: one, sheetPath, relations })).rows).toEqual([['1']])
})

test('rows without numbers, cells without addresses, out of order and stated again', async () => {
  const { rows, sourceRows } = await readParts({
    sheet: sheet(
      '<row><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row><row><c><v>4</v></c><c t="str"><v>x</v></c></row>' +
        '<row r="9"><c r="A9"><v>9</v></c></row><row r="9"><c r="B9"><v>10</v></c></row><row r="4"><c r="A4"><v>5</v></c><c r="A4"><v>6</v></c></row>',
    ),
  })
  expect(rows).toEqual([
    ['1', null, '3'],
    ['4', 'x', null],
    ['9', '10', null],
    ['6', null, null],
  ])
  expect(sourceRows).toEqual([1, 2, 9, 4])
})

test('the letters of an address say the column, whatever row its digits say', async () => {
  const rows = [12, 13, 14].map((row) => `<row r="${String(row)}"><c r="AB9"><v>${String(row)}</v></c></row>`).join('') // prettier-ignore
  const { rows: read } = await readParts({ sheet: sheet(rows) })
  expect(read.map((row) => row.findIndex((cell) => cell !== null))).toEqual([27, 27, 27])
})

test('single quotes and blanks around the equals sign', async () => {
  const { rows } = await readParts({
    sheet: sheet(
      `<row r = '3' ><c  r = 'B3'\n t='str' ><v>b</v></c><c r ="C3" s= "0"><v>7</v></c></row>`,
    ),
  })
  expect(rows).toEqual([[null, 'b', '7']])
})

test('a wrong dimension and everything beside the cells is passed over', async () => {
  const { rows } = await readParts({
    sheet:
      '<worksheet><dimension ref="A1:A1"/><sheetViews><sheetView><selection sqref="A1"/></sheetView></sheetViews><cols><col min="1" max="3"/></cols>' +
      '<sheetData><row r="1" spans="1:2"><c r="A1"><v>1</v><extLst><ext/></extLst></c><c r="ZZ1" t="b"><v>true</v></c></row></sheetData>' +
      '<mergeCells><mergeCell ref="A1:B1"/></mergeCells><c r="A1"><v>9</v></c></worksheet>',
  })
  expect(rows[0]?.[0]).toBe('1')
  expect(rows[0]?.[701]).toBe('TRUE')
})

test.each([
  ['no sheetData', '<worksheet><sheetPr/></worksheet>'],
  ['an empty sheetData', '<worksheet><sheetData/></worksheet>'],
  ['nothing at all', '<?xml version="1.0"?><worksheet xmlns="m"/>'],
])('a sheet with %s is empty', async (_what, content) => {
  expect((await readParts({ sheet: content })).rows).toEqual([])
})

test('texts keep blanks, line ends and escapes as they were meant', async () => {
  const { rows } = await readParts({
    sharedStrings:
      '<sst><si><t xml:space="preserve"> a b </t></si><si><t>l1\r\nl2</t></si><si><t>_x005F_x000D_</t></si><si><t>&#128512;&quot;&#x4E2D;</t></si><si><t/></si><si/></sst>',
    sheet: sheet(
      '<row r="1">' +
        [0, 1, 2, 3, 4, 5].map((n) => `<c t="s"><v>${n}</v></c>`).join('') +
        '<c t="s"><v></v></c><c t="s"/><c t="inlineStr"><is><t><![CDATA[<a&b>]]></t></is></c></row>',
    ),
  })
  expect(rows).toEqual([[' a b ', 'l1\nl2', '_x000D_', '😀"中', null, null, null, null, '<a&b>']])
})

test('ISO dates with and without a time, and times alone', async () => {
  const values = ['2024-03-05', '2024-03-05T08:30:00', '2024-03-05T00:00:00Z', '2024-03-05T08:30:00.000Z', '08:30:00', 'T08:30', 'PT5H'] // prettier-ignore
  const { rows, kinds } = await readParts({
    sheet: sheet(`<row>${values.map((value) => `<c t="d"><v>${value}</v></c>`).join('')}</row>`),
  })
  expect(rows).toEqual([
    ['2024-03-05', '2024-03-05 08:30:00', '2024-03-05', '2024-03-05 08:30:00', '08:30:00', '08:30:00', 'PT5H'],
  ]) // prettier-ignore
  expect(kinds[0]?.slice(4, 6)).toEqual([cellKind.clock, cellKind.clock])
})

test('numbers in any writing; what is no number is kept as it stands', async () => {
  const values = ['1E+05', '1.5e-3', '+7', '.5', '5.', '6.2220212345678901E+17', '6222021234567890123', '0x10', 'abc', '-0'] // prettier-ignore
  const { rows } = await readParts({
    sheet: sheet(`<row>${values.map((value) => `<c><v>${value}</v></c>`).join('')}</row>`),
  })
  expect(rows).toEqual([
    ['100000', '0.0015', '7', '0.5', '5', '622202123456789000', '6222021234567890123', '0x10', 'abc', '0'],
  ]) // prettier-ignore
})

test.each([
  ['yyyy"年"m"月"d"日"', 1],
  ['[$-804]aaaa;@', 1],
  ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 1],
  ['yyyy年mm月dd日', 1],
  ['[DBNum1][$-804]m"月"d"日"', 1],
  ['mmm\\-yy', 1],
  ['上午/下午h"时"mm"分"', 2],
  ['h:mm AM/PM', 2],
  ['mm:ss.0', 2],
  ['[h]:mm:ss', 4],
  ['0.00E+00', 0],
  ['##0.0e-0', 0],
  ['[Red]#,##0.00;[Blue]\\-#,##0.00', 0],
  ['"day "0', 0],
  ['#,##0.00\\ "元"', 0],
  ['0.0%', 3],
  ['General', 0],
  ['@', 0],
])('the format %s says what its number is', (code, style) => {
  expect(cellStyleOfCode(code)).toBe(style)
})

test('formats may be told after the styles that use them; serial 60 is the last of February', async () => {
  const { rows } = await readParts({
    styles:
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs><numFmts><numFmt numFmtId="170" formatCode="yyyy-mm-dd"/></numFmts></styleSheet>',
    sheet: sheet(
      '<row><c s="1"><v>60</v></c><c s="1"><v>45356.999999</v></c><c s="1"><v>-1</v></c><c s="99"><v>2</v></c></row>',
    ),
  })
  expect(rows).toEqual([['1900-02-28', '2024-03-06', '-1', '2']])
})

test('chart and dialog sheets are no sheets; hidden ones are read when they are all there is', async () => {
  const path = join(tempFolder(), 'book.xlsx')
  const type = (kind: string, id: string, target: string): string =>
    `<Relationship Id="${id}" Type="x/${kind}" Target="${target}"/>`
  const tag = (name: string, id: string, state = ''): string =>
    `<sheet name="${name}" r:id="${id}"${state === '' ? '' : ` state="${state}"`}/>`
  const relations = `<Relationships>${type('worksheet', 'a', 'worksheets/sheet1.xml')}${type('chartsheet', 'b', 'c.xml')}${type('dialogsheet', 'c', 'd.xml')}</Relationships>`
  const workbook = (sheets: string): string => `<workbook><sheets>${sheets}</sheets></workbook>`
  const names = async (sheets: string): Promise<string[]> => {
    writeFileSync(path, workbookZip({ sheet: one, relations, workbook: workbook(sheets) }))
    const book = await Workbook.open(path, sourceLimits)
    await book.close()
    return book.visibleSheets().map(({ name }) => name)
  }
  const all = tag('图', 'b') + tag('对话', 'c') + tag('藏', 'a', 'veryHidden')
  expect(await names(all)).toEqual(['藏'])
  expect(await names(all + tag('明', 'a'))).toEqual(['明'])
  expect(await names('')).toEqual([])
})

test('text that stands in a shared strings part that is missing is never guessed', async () => {
  const content = sheet('<row><c t="s"><v>0</v></c></row>')
  expect(await refusalOf(readParts({ sheet: content }))).toBe(
    'dataset/unreadable shared string missing',
  )
  expect((await readParts({ sheet: one })).rows).toEqual([['1']])
})

test.each([11, 40, 400])(
  'a row number of %i digits is damage and no endless count',
  async (digits) => {
    const row = `<row  r="${'9'.repeat(digits)}"><c><v>1</v></c></row>`
    expect(await refusalOf(readParts({ sheet: sheet(row) }))).toBe(
      'dataset/unreadable row number damaged',
    )
  },
)
