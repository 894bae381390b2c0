import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeIn } from '../../scripts/fixtures/encode.ts'
import { findJsonFault } from '../../electron/engine/sources/json/json-faults.ts'
import type { Imported } from '../support/import-files.ts'
import { askExtract, importParts, partOf } from '../support/import-files.ts'
import { refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'

function imported(name: string, content: string | Buffer): Promise<Imported> {
  const path = join(tempFolder(), name)
  writeFileSync(path, content)
  return importParts(tempFolder(), [partOf(path)])
}

const sumOf = async ({ target }: Imported, what: string): Promise<string> => {
  const [[value] = []] = await askExtract(target, tempFolder(), `select (${what})::varchar from a.rows`) // prettier-ignore
  return String(value)
}

const noObjects = 'dataset/unreadable no objects in JSON'

test('lines cut short open nothing for the next, however many they are', async () => {
  const lines = Array.from({ length: 1000 }, (_, n) => {
    const line = `{"id":${n},"amount":${n}.5}`
    return n % 3 === 1 ? line.slice(0, -3) : line
  })
  const done = await imported('cut.jsonl', lines.join('\n'))
  expect(done.rows).toBe(667)
  expect(await sumOf(done, 'sum(c1)')).toBe('333666.5')
})

test('brackets without end are refused on one line and over many', async () => {
  const nested = (name: string, part: string): Promise<string> =>
    refusalOf(imported(name, part.repeat(5000)))
  expect(await nested('a.jsonl', '[')).toBe('dataset/overLimit xmlDepth')
  expect(await nested('a.json', '{"a":\n')).toBe('dataset/overLimit xmlDepth')
  expect(await nested('b.jsonl', '{"a":\n')).toMatch(/^dataset\/unreadable/)
})

test.each([
  ['Big5', 'big5', '{"id":1,"狀態":"成功"}'],
  ['Shift-JIS', 'shift_jis', '{"id":1,"状態":"発表"}'],
])('halves of %s characters that look like signs open nothing', async (_name, encoding, line) => {
  const done = await imported('odd.json', encodeIn(encoding, `${line}\n`.repeat(500)))
  expect(done.rows).toBe(500)
  expect(done.fields.map(({ name }) => name)).toEqual(Object.keys(JSON.parse(line) as object))
}) // prettier-ignore

test('decimals the parser rounds are no exact decimals', async () => {
  const done = await imported('digits.json', '[{"x":1234567890123.4567},{"x":0.5}]')
  expect(done.fields[0]?.type).toBe('double')
  const exact = await imported('exact.json', '[{"x":123456789012.125},{"x":0.5}]')
  expect(exact.fields[0]?.type).toBe('decimal')
  expect(await sumOf(exact, 'sum(c0)')).toBe('123456789012.625')
})

test('an empty list inside the one object is a table without rows', async () => {
  expect(await refusalOf(imported('month.json', '{"data":[],"total":0}'))).toBe(noObjects)
})

test('a list that also holds a bare number is refused rather than read as one row', async () => {
  const mixed = imported('mixed.json', '{"rows":[{"a":1},{"a":2},3]}')
  expect(await refusalOf(mixed)).toBe(noObjects)
})

test.each([
  ['letters', 'a'.repeat(15_000_000), undefined],
  ['escapes', '\\n'.repeat(5_000_000), undefined],
  ['a tab among them', `${'\\n'.repeat(5_000_000)}\t`, 'badJson'],
])('a text of millions of %s is looked at without end', (_name, text, kind) => {
  expect(findJsonFault(`{"a":"${text}"}`, 'objects')?.kind).toBe(kind)
})
