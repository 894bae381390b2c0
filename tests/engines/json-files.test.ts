import { expect, test } from 'vitest'
import { inspectFiles } from '../../electron/engine/runner/import/inspect-files.ts'
import { AppErrorException } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { Imported } from '../support/import-files.ts'
import { askExtract, fileOf, importFile } from '../support/import-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

const fieldsOf = ({ fields }: Imported): string[] => fields.map(({ name, type }) => `${name} ${type}`) // prettier-ignore

/** What is said to people of a file that cannot be read. */
async function saidOf(path: string): Promise<string> {
  const text = textIn('en')
  try {
    await importFile(path)
  } catch (error) {
    if (error instanceof AppErrorException) return errorSentence(error.appError, text)
    throw error
  }
  return 'accepted'
}

test('lines that are no JSON are kept apart with their number and the reason, the others stay', async () => {
  const lines = [
    '{"会员号":"001","n":1}',
    'bad',
    '',
    '{"会员号":"002","会员号":"003","n":2}',
    '{"会员号":"004","n":3}\r',
    '[1,2]',
    '{"会员号":"005","n":NaN}',
    '{"会员号":"006","n":5}',
    '{"会员号":"007","n":6}',
    '{"会员号":"00',
  ]
  const done = await importFile(fileOf('会员.jsonl', lines.join('\n')))
  expect(done.rejected.map(({ row, reason, raw }) => [row, reason, raw])).toEqual([
    [2, 'badJson', 'bad'],
    [4, 'repeatedKey', lines[3]],
    [6, 'notAnObject', '[1,2]'],
    [10, 'badJson', '{"会员号":"00'],
  ])
  const rows = await askExtract(done.target, tempFolder(), 'select source_row from a.rows order by 1') // prettier-ignore
  expect(rows.map(([row]) => Number(row))).toEqual([1, 5, 7, 8, 9])
  expect(done.quarantine.map(({ row }) => row)).toEqual([2, 4, 6, 10])
})

test('a name twice in one line alone rejects that line', async () => {
  const done = await importFile(fileOf('a.jsonl', '{"a":1}\n{"a":1,"a":2}\n{"a":3}\n'))
  expect(done.rejected.map(({ row, reason }) => `${row} ${reason}`)).toEqual(['2 repeatedKey'])
  expect(done.rows).toBe(2)
})

test('a line left out for good is no rejected row when the file is read again', async () => {
  const path = fileOf('a.jsonl', '{"a":1}\nbad\n{"a":2}\n')
  const done = await importFile(path, { mends: new Map([['bad', null]]) })
  expect(done.rejectedCount).toBe(0)
  expect(done.warnings).toMatchObject([{ code: 'droppedRows', count: 1 }])
})

test('broken characters in one line reject that line alone', async () => {
  const bad = Buffer.concat([
    Buffer.from('{"店":"'),
    Buffer.from([0xe4, 0xb8]),
    Buffer.from('"}\n'),
  ])
  const good = Buffer.from('{"店":"上海"}\n{"店":"北京"}\n')
  const done = await importFile(fileOf('a.jsonl', Buffer.concat([good, bad])))
  expect([done.rows, done.rejected.map(({ row, reason }) => `${row} ${reason}`)]).toEqual([2, ['3 badEncoding']]) // prettier-ignore
})

test.each([
  ['most lines are none', 'a.jsonl', 'x\ny\n{"a":1}\n', 'Line 1 is not valid JSON, from “x” on.'],
  ['in a list', 'a.json', '[{"a":1},\n{"a":2 "b":3}]', 'Line 2 is not valid JSON, from “"b":3}]” on.'],
  ['a name twice', 'a.json', '[{"a":1},\n{"b":1,"c":2,"c":3}]', 'In line 2 one object has the name “c” twice'],
  ['numbers alone', 'a.json', '[1,2,3]', 'holds no objects that could be rows'],
  ['cut off', 'a.json', '[{"a":1},\n{"a":"x', 'damaged or was not copied whole'],
])('what is wrong and where is said in words: %s', async (_case, name, content, words) => {
  expect(await saidOf(fileOf(name, content))).toContain(words)
}) // prettier-ignore

const list = '[{"会员号":"001","额":1.50},{"会员号":"002","额":2.25}]'
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

test.each([
  ['utf-16le with a mark', Buffer.from(`\ufeff${list}`, 'utf16le'), 'utf-16le'],
  ['utf-16be with a mark', swapped(`\ufeff${list}`), 'utf-16be'],
  ['utf-16le', Buffer.from(list, 'utf16le'), 'utf-16le'],
  ['gb18030', Buffer.from('[{"\xbb\xe1\xd4\xb1\xba\xc5":"001","\xb6\xee":1.50},{"\xbb\xe1\xd4\xb1\xba\xc5":"002","\xb6\xee":2.25}]', 'latin1'), 'gb18030'],
])('reads JSON in %s and says so', async (_name, content, encoding) => {
  const done = await importFile(fileOf('a.json', content))
  expect(fieldsOf(done)).toEqual(['会员号 text', '额 decimal'])
  expect(done.rows).toBe(2)
  expect(done.warnings).toContainEqual({ code: 'convertedEncoding', examples: [encoding] })
}) // prettier-ignore

test('lines of UTF-16 keep apart what is no JSON', async () => {
  const lines = Buffer.from('\ufeff{"店":"上海"}\r\nbad\r\n{"店":"北京"}\r\n', 'utf16le')
  const done = await importFile(fileOf('a.jsonl', lines))
  expect([done.rows, done.rejected.map(({ row }) => row)]).toEqual([2, [2]])
})

test('one list inside the one object of a file is the table, and what stands beside it is named', async () => {
  const answer = `{"code":0,"message":"a \\"list\\": [{","data":{"list":${list},"total":2},"time":1}`
  const path = fileOf('answer.json', answer)
  const done = await importFile(path)
  expect(fieldsOf(done)).toEqual(['会员号 text', '额 decimal'])
  expect(done.rows).toBe(2)
  expect(done.warnings).toContainEqual({
    code: 'innerList',
    column: 'data.list',
    examples: ['code', 'message', 'total', 'time'],
  })
  const { parts } = await inspectFiles(
    { files: [{ id: 'f', path, name: 'answer.json' }], tempFolder: tempFolder(), done: [] },
    () => undefined,
  )
  expect(parts.map(({ part, remarks = [] }) => [part, remarks[0]?.code])).toEqual([[undefined, 'innerList']]) // prettier-ignore
})

test('of several lists each is a table of its own, by its name', async () => {
  const path = fileOf('a.json', `{"members":${list},"shops":[{"店":"上海"}],"tags":["x"]}`)
  const { parts } = await inspectFiles(
    { files: [{ id: 'f', path, name: 'a.json' }], tempFolder: tempFolder(), done: [] },
    () => undefined,
  )
  expect(parts.map(({ part, columns }) => [part, columns.map(({ name }) => name)])).toEqual([
    ['members', ['会员号', '额']],
    ['shops', ['店']],
  ])
  expect(fieldsOf(await importFile(path, { part: 'shops' }))).toEqual(['店 text'])
})

test.each([
  ['rows with lists of their own', 'a.json', '[{"单":1,"行":[{"x":1}]},{"单":2,"行":[]}]', '单 integer'],
  ['lines with lists of their own', 'a.json', '{"单":1,"行":[{"x":1}]}\n{"单":2,"行":[]}\n', '单 integer'],
  ['a single line of a file of lines', 'a.jsonl', '{"单":1,"行":[{"x":1}]}\n', '单 integer'],
  ['an object without a list of objects', 'a.json', '{"单":1,"行":[1,2]}', '单 integer'],
])('lists that are not the table stay cells: %s', async (_case, name, content, first) => {
  const done = await importFile(fileOf(name, content))
  expect(fieldsOf(done)).toEqual([first, '行 text'])
}) // prettier-ignore
