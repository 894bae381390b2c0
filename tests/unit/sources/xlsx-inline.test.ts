/** Texts in their cells and texts in the shared list are the same texts, however odd and wherever a piece of the file ends. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sourceLimits } from '../../../electron/engine/sources/source-limits.ts'
import { Workbook } from '../../../electron/engine/sources/xlsx/workbook.ts'
import { workbookZip } from '../../../scripts/fixtures/make-zip.ts'
import type { WorkbookParts } from '../../../scripts/fixtures/make-zip.ts'
import { readSource } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

async function textsOf(parts: WorkbookParts): Promise<(string | null)[]> {
  const path = join(tempFolder(), 'book.xlsx')
  writeFileSync(path, workbookZip(parts))
  const workbook = await Workbook.open(path, sourceLimits)
  try {
    const [first] = workbook.visibleSheets()
    if (first === undefined) throw new Error('no sheet')
    const { rows } = await readSource(workbook.reader(first))
    return rows.map(([, text]) => text ?? null)
  } finally {
    await workbook.close()
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;')

/** Every row has a number first, so that rows of blank texts are rows. */
const sheetOf = (cells: readonly string[]): string =>
  `<worksheet><sheetData>${cells.map((cell, row) => `<row r="${row + 1}"><c r="A${row + 1}"><v>1</v></c>${cell}</row>`).join('')}</sheetData></worksheet>`

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\u3000',
    '\u00a0x',
    '会员',
    '_x000D_',
    'a_b',
    'R&D',
    '１２',
    '\ufeff',
    '½',
    'é',
    '  keep  ',
  ),
)

/** XML holds no such characters but escaped. */
const written = texts.filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) // prettier-ignore

test('a text reads the same from its cell, with and without kept spaces, and from the shared list', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 40 }), async (all) => {
      const inCells = (space: string): string[] =>
        all.map((text, row) => `<c r="B${row + 1}" t="inlineStr"><is><t${space}>${escaped(text)}</t></is></c>`) // prettier-ignore
      const plain = await textsOf({ sheet: sheetOf(inCells('')) })
      const kept = await textsOf({ sheet: sheetOf(inCells(' xml:space="preserve"')) })
      const shared = await textsOf({
        sheet: sheetOf(all.map((_, row) => `<c r="B${row + 1}" t="s"><v>${row}</v></c>`)),
        sharedStrings: `<sst>${all.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
      })
      const expected = all.map((text) => {
        const read = text.replaceAll(/_x([\da-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) // prettier-ignore
        return read.trim() === '' ? null : read
      })
      expect(plain).toEqual(expected)
      expect(kept).toEqual(expected)
      expect(shared).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('long sheets of texts are whole where one piece of the file ends and the next begins', async () => {
  const all = Array.from({ length: 60_000 }, (_, row) => `门店 ${row} ${'é'.repeat(row % 23)}`)
  const cells = all.map((text, row) => `<c r="B${row + 1}" s="0" t="inlineStr"><is><t>${text}</t></is></c>`) // prettier-ignore
  expect(await textsOf({ sheet: sheetOf(cells) })).toEqual(all)
})

test('bytes that are no UTF-8 do not go in as they are', async () => {
  const sheet = sheetOf(['<c r="B1" t="inlineStr"><is><t>caf\u00e9</t></is></c>', '<c r="B2" t="inlineStr"><is><t>fine</t></is></c>']) // prettier-ignore
  const path = join(tempFolder(), 'book.xlsx')
  const broken = Buffer.from(sheet, 'latin1')
  writeFileSync(path, workbookZip({ sheet: broken as unknown as string }))
  const workbook = await Workbook.open(path, sourceLimits)
  const [first] = workbook.visibleSheets()
  const { rows } = await readSource(workbook.reader(first ?? expect.fail('no sheet')))
  await workbook.close()
  expect(rows.map(([, text]) => text)).toEqual(['caf\ufffd', 'fine'])
})
