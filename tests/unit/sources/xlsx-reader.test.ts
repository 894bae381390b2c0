import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellKind } from '../../../electron/engine/sources/cell-kinds.ts'
import { sourceLimits, unreadable } from '../../../electron/engine/sources/source-limits.ts'
import { Workbook } from '../../../electron/engine/sources/xlsx/workbook.ts'
import type { WorkbookParts, ZipPart } from '../../../scripts/fixtures/make-zip.ts'
import { workbookZip } from '../../../scripts/fixtures/make-zip.ts'
import type { ReadSource } from '../../support/read-source.ts'
import { readSource, refusalOf } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

async function readFile(path: string, sheet = 0, limits = sourceLimits): Promise<ReadSource> {
  const workbook = await Workbook.open(path, limits)
  try {
    const info = workbook.visibleSheets()[sheet]
    if (info === undefined) throw unreadable('partMissing', 'no sheet')
    return await readSource(workbook.reader(info), limits)
  } finally {
    await workbook.close()
  }
}

async function readParts(
  parts: WorkbookParts,
  more: readonly ZipPart[] = [],
  limits = sourceLimits,
): Promise<ReadSource> {
  const path = join(tempFolder(), 'book.xlsx')
  writeFileSync(path, workbookZip(parts, more))
  return readFile(path, 0, limits)
}

const sheet = (rows: string): string =>
  `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`

test('plain numbers keep every digit and every decimal', async () => {
  const { rows } = await readParts({
    sheet: sheet(
      '<row r="1"><c r="A1"><v>12.50</v></c><c r="B1"><v>-0.05</v></c><c r="C1"><v>123456789012345</v></c>' +
        '<c r="D1"><v>148.91999999999999</v></c><c r="E1"><v>1E-3</v></c><c r="F1"><v>0.30000000000000004</v></c></row>',
    ),
  })
  expect(rows).toEqual([
    ['12.50', '-0.05', '123456789012345', '148.92', '0.001', '0.30000000000000004'],
  ])
})

test('shared, rich, inline and formula texts are read; phonetic hints are not', async () => {
  const { rows } = await readParts({
    sharedStrings:
      '<sst><si><t>一 &amp; 二</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve">text </t></r>' +
      '<rPh sb="0" eb="1"><t>no</t></rPh></si><si/><si><t>a_x000D_b&#x4e2d;</t></si><si><t><![CDATA[<raw>]]></t></si></sst>',
    sheet: sheet(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c>' +
        '<c r="E1" t="s"><v>4</v></c><c r="F1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>' +
        '<c r="G1" t="str"><f>A1&amp;"x"</f><v>一 &lt;x</v></c><c r="H1" t="inlineStr"><is><t> </t></is></c></row>',
    ),
  })
  expect(rows).toEqual([['一 & 二', 'rich text ', null, 'a\rb中', '<raw>', 'inline', '一 <x']])
})

test('formulas give their cached value and are counted when there is none', async () => {
  const { rows, notes } = await readParts({
    sheet: sheet(
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="shared" si="0"/><v>3</v></c><c r="C1"><f>NOW()</f></c>' +
        '<c r="D1"><f>A1*2</f><v /></c><c r="E1" t="str"><f>""</f><v></v></c></row>',
    ),
  })
  expect(rows).toEqual([['2', '3']])
  // The second is what openpyxl writes; a formula that gave an empty text has its value.
  expect(notes.formulasWithoutValue).toBe(2)
})

test('booleans and errors have kinds of their own', async () => {
  const { rows, kinds } = await readParts({
    sheet: sheet(
      '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c></row>',
    ),
  })
  expect(rows).toEqual([['TRUE', 'FALSE', null]])
  expect(kinds[0]?.[2]).toBe(cellKind.error)
})

const styles =
  '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>' +
  '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="#,##0.00_);[Red]\\(0.00\\)"/>' +
  '<numFmt numFmtId="167" formatCode="&quot;day &quot;0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>'

test('the style says which numbers are dates, times or just numbers', async () => {
  const cells = [
    '45356',
    '45356',
    '45356.354166666664',
    '0.354166666666667',
    '1.5',
    '45356',
    '45356',
  ]
  const row = cells
    .map((value, index) => `<c r="${'ABCDEFG'[index] ?? ''}1" s="${index + 1}"><v>${value}</v></c>`)
    .join('')
  const { rows } = await readParts({ styles, sheet: sheet(`<row r="1">${row}</row>`) })
  expect(rows).toEqual([
    ['2024-03-05', '2024-03-05', '2024-03-05 08:30:00', '08:30:00', '1.5', '45356', '45356'],
  ])
})

test('the 1904 system and the leap day that never was are minded', async () => {
  const cells =
    '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>59</v></c><c r="C1" s="1"><v>61</v></c></row>'
  const in1900 = await readParts({ styles, sheet: sheet(cells) })
  const in1904 = await readParts({
    styles,
    sheet: sheet(cells),
    workbook:
      '<workbook><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
  })
  expect(in1900.rows).toEqual([['1900-01-01', '1900-02-28', '1900-03-01']])
  expect(in1904.rows).toEqual([['1904-01-02', '1904-02-29', '1904-03-02']])
})

test('namespace prefixes, missing references, gaps, comments and no dimension are all fine', async () => {
  const { rows, sourceRows } = await readParts({
    sheet:
      '<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:sheetPr a=">"/><x:sheetData><!-- <c> --><x:row><x:c><x:v>1</x:v></x:c><x:c t="str"><x:v>b</x:v></x:c></x:row>' +
      '<x:row r="5"><x:c r="B5"><x:v>2</x:v></x:c></x:row><x:row/><x:row><x:c/><x:c><x:v> 7 </x:v></x:c></x:row></x:sheetData></x:worksheet>',
  })
  expect(rows).toEqual([
    ['1', 'b'],
    [null, '2'],
    [null, '7'],
  ])
  expect(sourceRows).toEqual([1, 5, 7])
})

test('parts of any address, ZIP64 sizes and stored parts are found', async () => {
  const path = join(tempFolder(), 'book.xlsx')
  const content = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
  writeFileSync(path, workbookZip({ sheet: content, sheetPath: 'data/页 1.xml' }))
  expect((await readFile(path)).rows).toEqual([['1']])
  const { makeZip } = await import('../../../scripts/fixtures/make-zip.ts')
  writeFileSync(
    path,
    makeZip([
      { name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>', stored: true },
      { name: 'xl/_rels/workbook.xml.rels', content: '<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>', zip64: true },
      { name: 'xl/s.xml', content, zip64: true },
    ]), // prettier-ignore
  )
  expect((await readFile(path)).rows).toEqual([['1']])
})

test('cells cut anywhere by the pieces of a large sheet come out whole', async () => {
  const count = 60_000
  const rows = Array.from(
    { length: count },
    (_, i) =>
      `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}.25</v></c><c r="B${i + 1}" t="str"><v>门店 ${i % 7}</v></c></row>`,
  ).join('')
  const read = await readParts({ sheet: sheet(rows) })
  expect(read.rows.length).toBe(count)
  expect(read.rows.every((row, i) => row[0] === `${i}.25` && row[1] === `门店 ${i % 7}`)).toBe(true)
})

const cellValue = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== ''),
  fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
  fc.boolean(),
  fc.integer({ min: 0, max: 2_000_000_000 }).map((seconds) => new Date(seconds * 1000)),
  fc.constant(null),
)

test('random workbooks read the same as another reader reads them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cellValue, { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 20,
      }),
      async (grid) => {
        const path = join(tempFolder(), 'random.xlsx')
        const book = new exceljs.Workbook()
        const page = book.addWorksheet('页')
        for (const row of grid) page.addRow(row)
        page.eachRow((row) => row.eachCell((cell) => {
          if (cell.value instanceof Date) cell.numFmt = 'yyyy-mm-dd hh:mm:ss'
        })) // prettier-ignore
        await book.xlsx.writeFile(path)
        expect(await byUs(path)).toEqual(await byExceljs(path))
      },
    ),
    { numRuns: 40 },
  )
})

async function byUs(path: string): Promise<string[]> {
  const { rows, sourceRows } = await readFile(path)
  return rows.flatMap((row, r) =>
    row.flatMap((text, c) =>
      text === null ? [] : [`${sourceRows[r] ?? 0},${c + 1}=${comparable(text)}`],
    ),
  )
}

/** Numbers by value, so that 0.10 and 0.1 agree; days get their midnight back. */
function comparable(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text} 00:00:00`
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? `n${Number(text)}` : text
}

async function byExceljs(path: string): Promise<string[]> {
  const book = new exceljs.Workbook()
  await book.xlsx.readFile(path)
  const found: string[] = []
  book.worksheets[0]!.eachRow((row, r) => row.eachCell((cell, c) => {
    const text = plainText(cell.value)
    if (text.trim() !== '') found.push(`${r},${c}=${comparable(text)}`)
  })) // prettier-ignore
  return found
}

function plainText(value: exceljs.CellValue): string {
  if (value instanceof Date) {
    return new Date(Math.round(value.getTime() / 1000) * 1000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
  }
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const row1 = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
const attacks: [string, string, () => Promise<unknown>][] = [
  ['a bomb by ratio', 'dataset/overLimit zipRatio', () => readParts({ sheet: row1 }, [{ name: 'bomb', content: Buffer.alloc(8_000_000) }])],
  ['a part that lies about its size', 'dataset/overLimit zipRatio', () => readParts({ sheet: row1, sheetPath: 'xl/a.xml' }, [{ name: 'xl/sharedStrings.xml', content: `<sst>${' '.repeat(3_000_000)}</sst>`, claimedBytes: 100 }])],
  ['a part that ends early', 'dataset/unreadable part ends early', () => readParts({ sheet: row1 }, [{ name: 'xl/sharedStrings.xml', content: '<sst/>', claimedBytes: 5000 }])],
  ['too many parts', 'dataset/overLimit zipParts', () => readParts({ sheet: row1 }, Array.from({ length: 30 }, (_, i) => ({ name: `p${i}`, content: '' })), { ...sourceLimits, zipParts: 20 })],
  ['too large in all', 'dataset/overLimit zipTotalBytes', () => readParts({ sheet: row1 }, [{ name: 'p', content: 'x'.repeat(5000) }], { ...sourceLimits, zipTotalBytes: 4000 })],
  ['one part too large', 'dataset/overLimit zipPartBytes', () => readParts({ sheet: row1 }, [{ name: 'p', content: 'x'.repeat(5000) }], { ...sourceLimits, zipPartBytes: 4000 })],
  ['a name that climbs', 'dataset/unreadable unsafe part name', () => readParts({ sheet: row1 }, [{ name: '../../evil', content: '' }])],
  ['a name with backslashes that climbs', 'dataset/unreadable unsafe part name', () => readParts({ sheet: row1 }, [{ name: 'a\\..\\..\\evil', content: '' }])],
  ['an absolute name', 'dataset/unreadable unsafe part name', () => readParts({ sheet: row1 }, [{ name: '/etc/passwd', content: '' }])],
  ['a drive in a name', 'dataset/unreadable unsafe part name', () => readParts({ sheet: row1 }, [{ name: 'C:evil', content: '' }])],
  ['two parts of one name', 'dataset/unreadable two parts of one name', () => readParts({ sheet: row1 }, [{ name: 'A', content: '' }, { name: 'a', content: '' }])],
  ['an encrypted part', 'dataset/encrypted', () => readParts({ sheet: row1 }, [{ name: 'e', content: '', flags: 1 }])],
  ['a document type', 'dataset/unreadable document type in a part', () => readParts({ sheet: `<!DOCTYPE a [<!ENTITY b "c">]>${row1}` })],
  ['a document type in the shared strings', 'dataset/unreadable document type in a part', () => readParts({ sheet: row1, sharedStrings: '<!DOCTYPE a><sst/>' })],
  ['a document type in the workbook', 'dataset/unreadable document type in a part', () => readParts({ sheet: row1, workbook: '<!DOCTYPE a><workbook/>' })],
  ['endless nesting', 'dataset/overLimit xmlDepth', () => readParts({ sheet: row1, styles: '<a>'.repeat(500) })],
  ['a column beyond any sheet', 'dataset/unreadable cell reference damaged', () => readParts({ sheet: sheet('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>') })],
  ['too many columns', 'dataset/overLimit columns', () => readParts({ sheet: sheet(Array.from({ length: 30 }, (_, row) => `<row r="${row + 1}"><c r="XFD${row + 1}"><v>1</v></c></row>`).join('')) })],
  ['a shared string that is not there', 'dataset/unreadable shared string missing', () => readParts({ sheet: sheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>') })],
  ['a cell without end', 'dataset/overLimit cellBytes', () => readParts({ sheet: sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>${randomText(3_000_000)}`) }, [], { ...sourceLimits, cellBytes: 100_000 })],
  ['a sheet that stops', 'dataset/unreadable sheet ends early', () => readParts({ sheet: '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>' })],
  ['too much text', 'dataset/overLimit textBytes', () => readParts({ sheet: row1, sharedStrings: `<sst><si><t>${'x'.repeat(2000)}</t></si></sst>` }, [], { ...sourceLimits, textBytes: 1000 })],
] // prettier-ignore

/** Text that does not pack, so that the ratio stays honest. */
function randomText(length: number): string {
  let state = 7
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return String.fromCharCode(65 + (state % 57))
  }).join('').replaceAll(/[<>&[\]\\^]/g, 'x') // prettier-ignore
}

test.each(attacks)('refuses %s', async (_what, expected, attack) => {
  expect(await refusalOf(attack())).toBe(expected)
})

test.each([
  ['an old binary workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]), 'dataset/unreadable old binary workbook'],
  ['an encrypted workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(100)]), 'dataset/encrypted'],
  ['text', Buffer.from('a,b,c\n'.repeat(50)), 'dataset/unreadable not a zip file'],
  ['nothing', Buffer.alloc(0), 'dataset/unreadable not a zip file'],
  ['a zip of something else', workbookZip({ sheet: '' }).subarray(0, 200), 'dataset/unreadable not a zip file'],
] as const)('says what is wrong with %s', async (_what, bytes, expected) => {
  const path = join(tempFolder(), 'x.xlsx')
  writeFileSync(path, bytes)
  expect(await refusalOf(Workbook.open(path, sourceLimits))).toBe(expected)
}) // prettier-ignore

test('a damaged file is refused wherever the damage is, and never crashes', async () => {
  const good = workbookZip({ sheet: sheet('<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(50)) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 8,
      }),
      async (damage) => {
        const bytes = Buffer.from(good)
        for (const [at, value] of damage) bytes[at] = value
        const path = join(tempFolder(), 'x.xlsx')
        writeFileSync(path, bytes)
        expect(await refusalOf(readFile(path))).toMatch(/^(accepted|dataset\/)/)
      },
    ),
    { numRuns: 150 },
  )
})
