import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellKind } from '../../../electron/engine/sources/cell-kinds.ts'
import { csvReader } from '../../../electron/engine/sources/csv/csv-source.ts'
import { sourceLimits } from '../../../electron/engine/sources/source-limits.ts'
import type { ReadSource } from '../../support/read-source.ts'
import { readSource, refusalOf } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

async function read(
  content: string | Buffer,
  encoding?: string,
  limits = sourceLimits,
): Promise<ReadSource> {
  const path = join(tempFolder(), 'file.csv')
  writeFileSync(path, content)
  return readSource(csvReader(path, { encoding }), limits)
}

test('quotes, doubled quotes, delimiters and line ends inside quotes', async () => {
  const { rows } = await read('a,b\r\n"x, y","say ""hi"""\r\n"two\nlines",\r\n"","z"\n')
  expect(rows).toEqual([
    ['a', 'b'],
    ['x, y', 'say "hi"'],
    ['two\nlines', null],
    [null, 'z'],
  ])
})

test.each([
  ['comma', ','],
  ['tab', '\t'],
  ['semicolon', ';'],
  ['bar', '|'],
])('finds the delimiter: %s', async (_name, delimiter) => {
  const { rows } = await read(
    `x${delimiter}y, z\n1${delimiter}"a${delimiter}b"\n`.replace('y, z', 'y'),
  )
  expect(rows[1]).toEqual(['1', `a${delimiter}b`])
})

test('a decimal comma in semicolon files stays within its field', async () => {
  const { rows } = await read('name;price\nx;1,50\ny;2,75\nz;3,00\n')
  expect(rows[1]).toEqual(['x', '1,50'])
})

test('rows that do not parse are rejected with the reason, the others stay', async () => {
  const { rows, notes } = await read(
    'a,b\n1,2\n1\n1,2,3\n1,2,\n"x"y,2\n3,4\n\n5,6\n"never closed,7\n8,9\n',
  )
  expect(rows).toEqual([['a', 'b'], ['1', '2'], ['1', '2'], ['3', '4'], ['5', '6'], ['8', '9']]) // prettier-ignore
  expect(notes.rejected).toEqual([
    { row: 3, reason: 'fieldCount', raw: '1', cut: false },
    { row: 4, reason: 'fieldCount', raw: '1,2,3', cut: false },
    { row: 6, reason: 'textAfterQuote', raw: '"x"y,2', cut: false },
    { row: 10, reason: 'unterminatedQuote', raw: '"never closed,7', cut: false },
  ])
})

test('where lines of two widths are as many, the one of the names is the usual one', async () => {
  const { rows, notes } = await read('a,b\n1,2,3\n1,2\n1,2,\n')
  expect(rows).toEqual([['a', 'b'], ['1', '2'], ['1', '2']]) // prettier-ignore
  expect(notes.rejected.map(({ row }) => row)).toEqual([2])
})

test('a title above the header is no rejected row', async () => {
  const { rows, notes, sourceRows } = await read('Report 2024\n\na,b\n1,2\n')
  expect(rows).toEqual([['a', 'b'], ['1', '2']]) // prettier-ignore
  expect(sourceRows).toEqual([3, 4])
  expect(notes.rejectedCount).toBe(0)
})

const chinese = '门店,金额\n上海人民广场店,12.50\n北京西单店,3.00\n'
const inGb18030 = Buffer.from(
  'c3c5b5ea2cbdf0b6ee0ac9cfbaa3c8cbc3f1b9e3b3a1b5ea2c31322e35300ab1b1bea9cef7b5a5b5ea2c332e30300a',
  'hex',
)
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

test.each([
  ['utf-8', Buffer.from(chinese), 'utf-8'],
  ['utf-8 with a mark', Buffer.from(`\ufeff${chinese}`), 'utf-8'],
  ['gb18030', inGb18030, 'gb18030'],
  ['utf-16le with a mark', Buffer.from(`\ufeff${chinese}`, 'utf16le'), 'utf-16le'],
  ['utf-16be with a mark', swapped(`\ufeff${chinese}`), 'utf-16be'],
  ['utf-16le without a mark', Buffer.from(chinese, 'utf16le'), 'utf-16le'],
  ['utf-16be without a mark', swapped(chinese), 'utf-16be'],
])('reads %s', async (_name, bytes, encoding) => {
  const { rows, notes } = await read(bytes)
  expect(rows).toEqual([['门店', '金额'], ['上海人民广场店', '12.50'], ['北京西单店', '3.00']]) // prettier-ignore
  expect(notes.encoding).toBe(encoding)
})

test('one damaged line among many is rejected and does not change the encoding', async () => {
  const lines = Array.from({ length: 50 }, (_, i) => `上海店,${i}\n`).join('')
  const bytes = Buffer.concat([
    Buffer.from(`门店,数\n${lines}`),
    Buffer.from([0xc9, 0xcf, 0x2c, 0x31, 0x0a]),
    Buffer.from('北京店,7\n'),
  ])
  const { rows, notes } = await read(bytes)
  expect(notes.encoding).toBe('utf-8')
  expect(notes.rejected).toEqual([
    { row: 52, reason: 'badEncoding', raw: '\\xC9\\xCF,1', cut: false },
  ])
  expect(rows.length).toBe(52)
  expect(rows.flat().some((text) => text?.includes('\ufffd'))).toBe(false)
})

test('bytes that are no GB18030 either reject their line only', async () => {
  const bad = Buffer.from([0xff, 0xff, 0x2c, 0x31, 0x0a])
  const { rows, notes } = await read(Buffer.concat([inGb18030, bad, inGb18030.subarray(10)]))
  expect(notes.encoding).toBe('gb18030')
  expect(notes.rejected).toEqual([
    { row: 4, reason: 'badEncoding', raw: '\\xFF\\xFF,1', cut: false },
  ])
  expect(rows.length).toBe(5)
})

test('an encoding the user names overrules the guess, an unknown one is refused', async () => {
  expect((await read(inGb18030, 'GBK')).rows[0]).toEqual(['门店', '金额'])
  expect(await refusalOf(read('a,b\n', 'klingon'))).toBe('dataset/unreadable unknown encoding')
})

test('a file whose names cannot be read in the named encoding is refused, not read without them', async () => {
  const bytes = Buffer.concat([inGb18030, Buffer.from('a,1\n')])
  expect(await refusalOf(read(bytes, 'utf-8'))).toBe('dataset/unreadable not in this encoding')
})

test('a file that is no text is refused', async () => {
  const zeros = Buffer.alloc(100).fill('a\0\0b')
  expect(await refusalOf(read(zeros))).toBe('dataset/unreadable zero bytes in a text file')
})

test('a line longer than a cell may be is refused', async () => {
  const limits = { ...sourceLimits, cellBytes: 1000 }
  expect(await refusalOf(read(`a,b\n"${'x'.repeat(3_000_000)}`, undefined, limits))).toBe(
    'dataset/overLimit cellBytes',
  )
})

test('only writings that can be written back exactly become numbers and days', async () => {
  const { kinds } = await read(
    'a,b,c,d,e,f,g,h,i\n12.50,007,-0,1.,+3,1e3,2024-03-05,2024-02-30,2024-03-05 08:30:00\n',
  )
  const text = cellKind.text
  expect(kinds[1]).toEqual([
    cellKind.scaled + 2, text, text, text, text, text, cellKind.dayText, text, cellKind.secondText,
  ]) // prettier-ignore
})

const field = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.constantFrom('"', ',', '\n', 'a"b', '12.50', '-3', '007', '2024-01-31', ' x '),
)
const blankAsNull = (text: string): string | null => (text.trim() === '' ? null : text)
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

test('what a writer quotes comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 5 }).chain((width) =>
        fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
      ),
      async (grid) => {
        const head = grid[0]!.map((_, i) => `h${i}`)
        const lines = [head, ...grid].map((row) => row.map(quoted).join(','))
        const { rows, notes } = await read(lines.join('\r\n'))
        const expected = grid.map((row) => row.map(blankAsNull)).filter((row) => row.some((text) => text !== null))
        const padded = rows.slice(1).map((row) => [...row, ...Array<null>(5).fill(null)].slice(0, head.length))
        expect(padded).toEqual(expected)
        expect(notes.rejectedCount).toBe(0)
      },
    ),
    { numRuns: 150 },
  ) // prettier-ignore
})

test('records cut anywhere by the pieces of a large file come out whole', async () => {
  const count = 60_000
  const lines = Array.from(
    { length: count },
    (_, i) => `${i},"北京 ""${i % 9}""\n第二行",${i}.50\n`,
  )
  const { rows } = await read(`n,t,v\n${lines.join('')}`)
  expect(rows.length).toBe(count + 1)
  expect(
    rows.slice(1).every((row, i) => row[0] === String(i) && row[1] === `北京 "${i % 9}"\n第二行` && row[2] === `${i}.50`),
  ).toBe(true) // prettier-ignore
})

test('what a column repeats is read as what stands there, in quotes, with quotes inside, blank or not', async () => {
  const cells = ['R001', 'R002', '"a""1"', '"a""2"', '"R001"', '', '" "', '="001"', '="002"', '1.5']
  const all = fc.array(fc.tuple(fc.constantFrom(...cells), fc.constantFrom(...cells)), { minLength: 2, maxLength: 40 }) // prettier-ignore
  const meant = (cell: string): string => {
    const bare = /^="?(.*?)"?$/.exec(cell)?.[1] ?? cell
    return bare
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"')
      .trim()
  }
  await fc.assert(
    fc.asyncProperty(all, async (rows) => {
      const lines = rows.map(([first, second]) => `x,${first},${second}`)
      const { rows: found } = await read(['a,b,c', ...lines, ''].join('\n'))
      expect(found.slice(1).map((row) => row.map((cell) => cell ?? ''))).toEqual(
        rows.map(([first, second]) => ['x', meant(first), meant(second)]),
      )
    }),
  )
})
