import { describe, expect, it } from 'vitest'
import { foundRow, plainRow } from '../../../electron/engine/sources/xlsx/plain-row.ts'

/** The row that begins at the start of the text, and what follows its tag; undefined where a general parser must look. */
function beginning(xml: string): { row: number; rest: string } | undefined {
  const bytes = Buffer.from(xml.padEnd(400, ' '))
  const end = plainRow(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0)
  return end < 0 ? undefined : { row: foundRow.number, rest: xml.slice(end + 1) }
}

describe('the beginning of a row', () => {
  it.each([
    ['<row r="2">', 2],
    ['</row><row r="1048576" spans="1:14" ht="15" customHeight="1">', 1_048_576],
    ['<row r="3" x14ac:dyDescent="0.25" note="a > b">', 3],
    ['<row r="7"/>', 7],
  ])('is read from %s', (tag, row) => {
    expect(beginning(`${tag}<c r="A1"/>`)).toEqual({ row, rest: '<c r="A1"/>' })
  })

  it.each([
    ['another element', '<rows r="2">'],
    ['a row without number', '<row>'],
    ['a number that is no number', '<row r="two">'],
    ['row 0', '<row r="0">'],
    ['apostrophes', `<row r="2" a='">'>`],
    ['other attributes first', '<row spans="1:2" r="2">'],
    ['space between tags', '</row>\n<row r="2">'],
    ['the last row', '</row></sheetData>'],
    ['a tag without end', `<row r="2" a="${'x'.repeat(300)}">`],
  ])('is left to the general parser: %s', (_why, tag) => {
    expect(beginning(`${tag}<c r="A1"/>`)).toBeUndefined()
  })

  it('is never looked for past the bytes there are', () => {
    const bytes = Buffer.from('<row r="2">')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    expect(plainRow(bytes, view, 0)).toBe(-1)
  })
})
