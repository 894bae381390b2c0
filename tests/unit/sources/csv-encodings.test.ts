import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { csvReader } from '../../../electron/engine/sources/csv/csv-source.ts'
import type { ReadSource } from '../../support/read-source.ts'
import { readSource } from '../../support/read-source.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function read(content: string | Buffer, encoding?: string): Promise<ReadSource> {
  const path = join(tempFolder(), 'a.csv')
  writeFileSync(path, content)
  return readSource(csvReader(path, { encoding }))
}

/** Every pair of bytes and the character it stands for, from the decoder that reads it back. */
function encoderOf(encoding: string): (text: string) => Buffer {
  const bytes = new Map<string, number[]>()
  const decoder = new TextDecoder(encoding)
  for (let lead = 0x80; lead < 0xff; lead++) {
    const single = decoder.decode(Uint8Array.of(lead))
    if (single.length === 1 && single !== '\ufffd') bytes.set(single, [lead])
    for (let trail = 0x40; trail < 0xff; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail))
      if (text.length === 1 && text !== '\ufffd') bytes.set(text, bytes.get(text) ?? [lead, trail])
    }
  }
  return (text) =>
    Buffer.from(
      Array.from(text).flatMap((char) => bytes.get(char) ?? [...Buffer.from(char, 'latin1')]),
    )
}

test.each([
  ['gb18030', '门店,金额\n上海人民广场店,12.50\n北京西单店,3.00\n'],
  ['gb18030', '姓名,城市\n王芳,沈阳\n'],
  ['big5', '門市,金額\n臺北信義店,12.50\n高雄左營店,3.00\n'],
  ['big5', '姓名,城市\n陳淑芬,臺中\n'],
  ['shift_jis', '店舗,金額\n東京駅前店,12.50\nさくら通り,3.00\nカード,1.00\n'],
  ['windows-1252', 'Kunde,Größe\nMüller,12\nFrançois,7\nMuñoz,8\n'],
  ['windows-1252', 'a,b\nCafé,5 €\n'],
])('text in %s is told by its bytes', async (encoding, text) => {
  const { rows, notes } = await read(encoderOf(encoding)(text))
  expect(notes.encoding).toBe(encoding)
  expect(notes.encodings[0]?.confidence).toBeGreaterThan(0.5)
  expect(rows.map((row) => row.join(','))).toEqual(text.trimEnd().split('\n'))
  expect(notes.rejectedCount).toBe(0)
})

test('valid UTF-8 is never taken for anything else, whatever its characters', async () => {
  for (const text of ['a,é\n', '门,店\n', 'ÃƒÂ,¤\n', 'カ,ー\n', '臺,灣\n']) {
    const { notes } = await read(text.repeat(20))
    expect([notes.encoding, notes.encodings]).toEqual(['utf-8', []])
  }
})

test('the ways to read it are offered with what they give, and one that is chosen is taken', async () => {
  const bytes = encoderOf('big5')('門市,金額\n臺北,1\n')
  const { notes } = await read(bytes)
  const [first, ...others] = notes.encodings
  expect(first).toMatchObject({ encoding: 'big5', sample: '門市,金額\n臺北,1' })
  expect(others.map(({ encoding }) => encoding).toSorted()).toEqual(['gb18030', 'shift_jis', 'windows-1252']) // prettier-ignore
  const western = await read(bytes, 'latin1')
  expect(western.notes.encoding).toBe('windows-1252')
  expect(western.rows.length).toBe(2)
})

test('the delimiter a first line says is taken and the line is no row', async () => {
  const { rows, sourceRows } = await read('sep=;\r\na;b,c\r\n1;2,5\r\n')
  expect(rows).toEqual([['a', 'b,c'], ['1', '2,5']]) // prettier-ignore
  expect(sourceRows).toEqual([2, 3])
})

test.each([
  ['utf-8', (text: string) => Buffer.from(text)],
  ['utf-16le', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
])('lines may end in a lone carriage return, also beyond one piece: %s', async (_name, encode) => {
  const lines = Array.from({ length: 120_000 }, (_, i) => `店${i % 9},${i}\r`).join('')
  const { rows } = await read(encode(`a,b\r${lines}`))
  expect(rows.length).toBe(120_001)
  expect(rows[120_000]).toEqual(['店2', '119999'])
})

test('rejected lines are kept as they stood, with what is no text made visible', async () => {
  const good = Array.from({ length: 40 }, (_, i) => `店${i},${i}\n`).join('')
  const bytes = Buffer.concat([
    Buffer.from(`a,b\n${good}`),
    Buffer.from([0xe5, 0xba, 0x97, 0xff, 0x2c, 0x31, 0x0a]),
    Buffer.from('one\n"x"y,1\nn\0l,2\n"open,3\n'),
  ])
  const { rows, notes } = await read(bytes)
  expect(rows.length).toBe(41)
  expect(notes.rejected.map(({ reason, raw }) => [reason, raw])).toEqual([
    ['badEncoding', '店\\xFF,1'],
    ['fieldCount', 'one'],
    ['textAfterQuote', '"x"y,1'],
    ['zeroByte', 'n\\x00l,2'],
    ['unterminatedQuote', '"open,3'],
  ])
})

test('one stray zero in a short file of plain letters is no UTF-16', async () => {
  const { rows, notes } = await read('a,b\n1,\0\n2,x\n')
  expect(notes.encoding).toBe('utf-8')
  expect(rows).toEqual([['a', 'b'], ['2', 'x']]) // prettier-ignore
  expect(notes.rejected.map(({ reason }) => reason)).toEqual(['zeroByte'])
  const wide = await read(Buffer.from('a,b\n1,x\n', 'utf16le'))
  expect(wide.rows).toEqual([['a', 'b'], ['1', 'x']]) // prettier-ignore
})
