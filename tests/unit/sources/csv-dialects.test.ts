import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvReader } from '../../../electron/engine/sources/csv/csv-source.ts'
import type { ReadSource } from '../../support/read-source.ts'
import { readSource } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

async function read(content: string): Promise<ReadSource> {
  const path = join(tempFolder(), 'file.csv')
  writeFileSync(path, content)
  return readSource(csvReader(path))
}

test('single quotes around fields are taken off, with delimiters, line ends and doubled quotes inside', async () => {
  const { rows, notes } = await read(
    "'门店','备注'\n'人民路, 一层','it''s'\n'中山路','two\nlines'\n'解放路',5\n",
  )
  expect(rows).toEqual([
    ['门店', '备注'],
    ['人民路, 一层', "it's"],
    ['中山路', 'two\nlines'],
    ['解放路', '5'],
  ])
  expect(notes.rejectedCount).toBe(0)
})

test.each([
  ['an apostrophe before digits', "条码,数量\n'690123,3\n'690124,2\n", "'690123"],
  ['an apostrophe in a name', "name,n\nO'Neill,3\n'Ndrangheta,2\n", "O'Neill"],
  ['one quoted word', "name,n\n'fresh',3\nmilk,2\nbread,4\nrice,5\n", "'fresh'"],
  ['fields in double quotes', `name,n\n"'a'",3\n"'b'",2\n`, "'a'"],
])('%s is a sign of the text', async (_case, content, first) => {
  const { rows, notes } = await read(content)
  expect(rows[1]?.[0]).toBe(first)
  expect(notes.rejectedCount).toBe(0)
})

test('backslashes before quotes, as databases write them', async () => {
  const { rows, notes } = await read(
    'a,b\n"say \\"hi\\", he said",1\n"C:\\\\dir",2\n"plain",3\n"half \\n way",4\n',
  )
  expect(rows.slice(1)).toEqual([
    ['say "hi", he said', '1'],
    ['C:\\dir', '2'],
    ['plain', '3'],
    ['half \\n way', '4'],
  ])
  expect(notes.rejectedCount).toBe(0)
})

test('a folder whose path ends in a backslash is no escaped quote', async () => {
  const { rows } = await read('a,b\n"C:\\dir\\",1\n"D:\\",2\n"say ""hi""",3\n')
  expect(rows.slice(1)).toEqual([['C:\\dir\\', '1'], ['D:\\', '2'], ['say "hi"', '3']]) // prettier-ignore
})

test.each([
  ['caret', '^'],
  ['tilde', '~'],
  ['unit separator', '\u001f'],
  ['start of heading', '\u0001'],
])('finds the delimiter: %s', async (_name, sign) => {
  const { rows } = await read(`门店${sign}地址${sign}数量\n人民路${sign}一层, 左${sign}3\n`)
  expect(rows[1]).toEqual(['人民路', '一层, 左', '3'])
})

test('hours from one to the other stay one column', async () => {
  const { rows } = await read('营业时间\n09:00~22:00\n10:00~21:30\n')
  expect(rows[1]).toEqual(['09:00~22:00'])
})

const versions = [
  'version,codename,created,release,eol,eol-lts',
  '1.1,Buzz,1993-08-16,1996-06-17,1997-06-05',
  '1.2,Rex,1996-06-17,1996-12-12,1998-06-05',
  '6.0,Squeeze,2009-02-14,2011-02-06,2014-05-31,2016-02-29',
  '14,Forky,2025-08-09',
  ',Sid,1993-08-16',
]

test('where programs leave blanks at the end of a line off, the names stay and short rows are whole', async () => {
  const { rows, notes } = await read(`${versions.join('\n')}\n`)
  expect(rows[0]).toEqual(['version', 'codename', 'created', 'release', 'eol', 'eol-lts'])
  expect(rows.slice(1).map((row) => row.filter((cell) => cell !== null).length)).toEqual([5, 5, 6, 3, 2]) // prettier-ignore
  expect(notes).toMatchObject({ rejectedCount: 0, shortRows: 4 })
})

test.each([
  ['a blank end is written', [...versions, '15,Duke,2027-08-01,,,'], 4],
  [
    'lines are cut in two',
    ['id,note,day,n', '1,a,2024-01-01,5', '2,b', 'c,2024-01-02,6', '3,d', 'e,2024-01-03,7'],
    4,
  ],
  ['one line of many is short', [...Array.from({ length: 30 }, (_, n) => (n ? `${n},x,1` : 'id,name,n')), '31,y'], 1], // prettier-ignore
])('short lines are kept apart where %s', async (_case, lines, rejected) => {
  const { notes } = await read(`${lines.join('\n')}\n`)
  expect(notes).toMatchObject({ rejectedCount: rejected, shortRows: 0 })
})

test('what a database writes with backslashes comes back as it was', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '店', '"', '\\', ',', '\n', '5'), minLength: 1 }).filter((text) => text.trim() !== '') // prettier-ignore
  const written = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
      async (pairs) => {
        const all = [['名', '注'], ['x "y" z', 'b'], ...pairs]
        const { rows } = await read(all.map((row) => `${row.map(written).join(',')}\n`).join(''))
        expect(rows).toEqual(all)
      },
    ),
    { numRuns: 60 },
  )
})

test('names one too few stand over their columns, however long their line is', async () => {
  const names = Array.from({ length: 600 }, (_, n) => `a long name of column ${String(n)}`)
  const values = Array.from({ length: 600 }, (_, n) => String(n))
  const { rows } = await read(`${names.join(',')}\n${`${values.join(',')},\n`.repeat(5)}`)
  expect(rows[0]?.slice(0, 600)).toEqual(names)
})

test('amounts that their own comma cut in two move no names', async () => {
  const { rows } = await read('id,name,amount\n1,Anna,12,50\n2,Bob,8,90\n3,Carl,100,05\n')
  expect(rows[0]).toEqual(['1', 'Anna', '12', '50'])
})
