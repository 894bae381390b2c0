import { expect, test } from 'vitest'
import { inspectFiles } from '../../electron/engine/runner/import/inspect-files.ts'
import type { Imported } from '../support/import-files.ts'
import { askExtract, fileOf, importFile } from '../support/import-files.ts'
import { refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'

const fieldsOf = ({ fields }: Imported): string[] => fields.map(({ name, type }) => `${name} ${type}`) // prettier-ignore
const rejectedOf = ({ rejected }: Imported): string[] => rejected.map(({ row, raw }) => `${row} ${raw}`) // prettier-ignore
const leftOutOf = ({ warnings }: Imported): readonly string[] =>
  warnings.find(({ code }) => code === 'leftOutRows')?.examples ?? []

const table = '门店,金额\n上海,10\n北京,20\n'

test.each([
  ['behind a blank line', `${table}\n导出时间：2024-03-05 10:00\n制表人：王芳\n`, ['导出时间：2024-03-05 10:00 (5)', '制表人：王芳 (6)']],
  ['behind a blank line, in no words that are known', `${table}\nXX商贸有限公司\n`, ['XX商贸有限公司 (5)']],
  ['by their words', `${table}"制表人：王芳"\n`, ['制表人：王芳 (4)']],
  ['with blank lines among them', `${table}\n说明\n\n\nPrinted by Wang`, ['说明 (5)', 'Printed by Wang (8)']],
])('lines of one field at the end are notes, not rejected rows: %s', async (_case, content, notes) => {
  const done = await importFile(fileOf('月报.csv', content))
  expect(done.rows).toBe(2)
  expect(rejectedOf(done)).toEqual([])
  expect(leftOutOf(done)).toEqual(notes)
}) // prettier-ignore

test.each([
  ['a row cut short', `${table}广州`, ['4 广州']],
  ['a time cut short', '时间,额\n2024-03-05 10:20,1\n2024-03-05 10:2', ['3 2024-03-05 10:2']],
  ['among the rows', `门店,金额\n上海,10\n\n制表人：王芳\n北京,20\n`, ['4 制表人：王芳']],
  ['before a line of another count', `${table}\n制表人：王芳\na,b,c\n`, ['5 制表人：王芳', '6 a,b,c']],
])('a line of one field elsewhere is rejected: %s', async (_case, content, rejected) => {
  const done = await importFile(fileOf('月报.csv', content))
  expect(rejectedOf(done)).toEqual(rejected)
  expect(leftOutOf(done)).toEqual([])
}) // prettier-ignore

test('a list of one column has no notes below it', async () => {
  const done = await importFile(fileOf('会员.csv', '会员号\n0001\n\n0002\n'))
  expect([done.rows, rejectedOf(done)]).toEqual([2, []])
})

test('a line that somebody mended is read as they wrote it, wherever it stands', async () => {
  const mends = new Map([['制表人：王芳', '广州,30']])
  const done = await importFile(fileOf('月报.csv', `${table}\n制表人：王芳\n`), { mends })
  expect([done.rows, leftOutOf(done)]).toEqual([3, []])
})

test('the preview shows notes below a table where they stand', async () => {
  const path = fileOf('月报.csv', `${table}\n制表人：王芳\n`)
  const { parts } = await inspectFiles(
    { files: [{ id: 'f', path, name: '月报.csv' }], tempFolder: tempFolder(), done: [] },
    () => undefined,
  )
  expect(parts[0]?.leftOut).toEqual({
    count: 1,
    rows: [{ row: 5, before: 2, reason: 'footer', label: '制表人：王芳', cells: ['制表人：王芳', null] }], // prettier-ignore
  })
})

test('names that are one too few stand over the columns behind the names of the rows', async () => {
  const done = await importFile(
    fileOf('r.csv', '"销量","日期"\n"上海",10,2024-03-01\n"北京",20,2024-03-02\n'),
  )
  expect(fieldsOf(done)).toEqual(['列1 text', '销量 integer', '日期 date'])
  expect(done.rows).toBe(2)
  expect(done.warnings).toContainEqual({ code: 'rowNames' })
  const rows = await askExtract(done.target, tempFolder(), 'select source_row, c1 from a.rows order by row_id') // prettier-ignore
  expect(rows.map((row) => row.map(Number))).toEqual([[2, 10], [3, 20]]) // prettier-ignore
})

test('rows that each end with a delimiter keep the names where they stand', async () => {
  const done = await importFile(fileOf('a.csv', '门店,金额\n上海,10,\n北京,20,\n'))
  expect(fieldsOf(done)).toEqual(['门店 text', '金额 integer'])
  expect(done.warnings.map(({ code }) => code)).toEqual([])
})

test.each([
  ['facts', '门店：全部,期间：3月\n门店,金额,日期\n上海,10,2024-03-01\n'],
  ['a title over names', '销售,报表\n门店,金额,日期\n上海,10,2024-03-01\n'],
  ['a title of one cell', '销售报表\n门店,金额,日期\n上海,10,2024-03-01\n'],
])('a line above the names stays a title: %s', async (_case, content) => {
  const done = await importFile(fileOf('a.csv', content))
  expect(fieldsOf(done)).toEqual(['门店 text', '金额 integer', '日期 date'])
  expect(done.rows).toBe(1)
})

const picture = Buffer.from(
  '89504e470d0a1a0a0d0a494844520a0000001000000010080600000aff0a2c0d0a',
  'hex',
)
const noise = Buffer.from(Array.from({ length: 600 }, (_, n) => (n * 97 + (n >> 3)) % 256 || 7))

test.each([
  ['PNG', Buffer.concat([picture, noise])],
  ['JPEG', Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), noise])],
  ['GIF', Buffer.concat([Buffer.from('GIF89a'), noise])],
  ['PDF', Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n', 'latin1')],
  ['gzip', Buffer.concat([Buffer.from('1f8b0800', 'hex'), noise])],
  ['7z', Buffer.concat([Buffer.from('377abcaf271c', 'hex'), noise])],
  ['RAR', Buffer.concat([Buffer.from('526172211a07', 'hex'), noise])],
  ['a program', Buffer.concat([Buffer.from('4d5a9000', 'hex'), noise])],
])('a file that is no text is refused as such, whatever its name: %s', async (_kind, content) => {
  for (const name of ['a.csv', 'a.txt', 'a.json'])
    expect(await refusalOf(importFile(fileOf(name, content)))).toMatch(
      /^dataset\/unreadable no text/,
    )
})

test('a text that begins like a mark of pictures is a text', async () => {
  const done = await importFile(fileOf('a.csv', 'GIF89a,MZ\n1,2\n'))
  expect(fieldsOf(done)).toEqual(['GIF89a integer', 'MZ integer'])
})

test.each([
  ['quoted-printable', '<html><table><tr><td>=E9=97=A8=E5=BA=97</td><td>=E9=87=91=\r\n=E9=A2=9D</td></tr><tr><td>a&nbsp;b</td><td>1</td></tr></table></html>'],
  ['base64', Buffer.from('<html><table><tr><td>门店</td><td>金额</td></tr><tr><td>a b</td><td>1</td></tr></table></html>').toString('base64').replaceAll(/.{60}/g, '$&\r\n')],
  ['8bit', '<html><table><tr><td>门店</td><td>金额</td></tr><tr><td>a b</td><td>1</td></tr></table></html>'],
])('a web page saved as a single file gives its table: %s', async (how, body) => {
  const page = [
    'From: <Saved by a browser>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related;',
    '\tboundary="----=_X.1"; type="text/html"',
    '',
    'This document is a Single File Web Page.',
    '',
    '------=_X.1',
    'Content-Location: file:///C:/book.htm',
    `Content-Transfer-Encoding: ${how}`,
    'Content-Type: text/html; charset="utf-8"',
    '',
    body,
    '',
    '------=_X.1--',
    '',
  ].join('\r\n')
  const done = await importFile(fileOf('月报.xls', page))
  expect(fieldsOf(done)).toEqual(['门店 text', '金额 integer'])
  expect(done.rows).toBe(1)
}) // prettier-ignore

test('a web page in one file without a table says so', async () => {
  const page = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="X"\n\n--X\nContent-Type: text/html\n\n<html>none</html>\n--X--\n'
  expect(await refusalOf(importFile(fileOf('a.xls', page)))).toBe('dataset/unreadable no page in the archive')
}) // prettier-ignore

test('too many columns are told with their number and the limit', async () => {
  const names = Array.from({ length: 16_384 }, (_, n) => `h${n}`).join(',')
  const path = fileOf('a.csv', `${names}\n${names}\n`)
  const { unreadable } = await inspectFiles(
    { files: [{ id: 'f', path, name: 'a.csv' }], tempFolder: tempFolder(), done: [] },
    () => undefined,
  )
  expect(unreadable[0]).toMatchObject({
    code: 'dataset/overLimit',
    reason: 'columns',
    facts: { columns: 16_384, most: 2000 },
  })
})

test('the preview knows which of its cells another type of a column would blank', async () => {
  const lines = '额,日\n3,05/03/2024\n待定,25/03/2024\n4,x\n2.5,06/03/2024\n'
  const files = [{ id: 'a', path: fileOf('a.csv', lines), name: 'a.csv' }]
  const ask = { files, tempFolder: tempFolder(), done: [] }
  const { parts } = await inspectFiles(ask, () => undefined)
  const blanked = parts[0]?.blanked ?? []
  const rowsOf = (column: number, type: string, order?: string) =>
    blanked.find((one) => one.column === column && one.type === type && one.dateOrder === order)
      ?.rows
  expect(rowsOf(0, 'decimal')).toEqual([1])
  expect(rowsOf(0, 'integer')).toEqual([1, 3])
  expect(rowsOf(1, 'date', 'dayFirst')).toEqual([2])
  expect(rowsOf(1, 'boolean')).toEqual([0, 1, 2, 3])
  expect(rowsOf(1, 'text')).toBeUndefined()
})
