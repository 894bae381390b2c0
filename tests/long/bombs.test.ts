/** Files made to exhaust or to mislead their reader: each ends in a message, within the memory and the time of a job. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type * as Sheets from '@e965/xlsx'
import { expect, test } from 'vitest'
import { makeZip } from '../../scripts/fixtures/make-zip.ts'
import { outcomeInJob } from '../support/file-outcome.ts'
import { tempFolder } from '../support/temp-folder.ts'

// The package's own types stand behind the name.
const sheets = createRequire(import.meta.url)('@e965/xlsx') as typeof Sheets

async function parquet(sql: string, more = ''): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'bomb-'))
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const path = join(folder, 'file.parquet')
    await connection.run(`copy (${sql}) to '${path}' (format parquet${more})`)
    return readFileSync(path)
  } finally {
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true })
  }
}

const small = (): Promise<Buffer> =>
  parquet("select i as n, 'x' || i as t, i * 1.5 as d from range(3000) r(i)")

function book(type: 'xls' | 'xlsb' | 'ods'): Buffer {
  const rows = Array.from({ length: 300 }, (_, row) => [`店${row}`, row / 4, row % 2 === 0])
  const made = sheets.utils.book_new(sheets.utils.aoa_to_sheet([['门店', '金额', '有效'], ...rows]))
  // The library gives a buffer when asked for one.
  return sheets.write(made, { type: 'buffer', bookType: type }) as Buffer
}

const ods = (rows: string): Buffer =>
  makeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
    {
      name: 'content.xml',
      content: `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="S">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
    },
  ])
const odsCell = (more = ''): string =>
  `<table:table-cell office:value-type="string" ${more}><text:p>x</text:p></table:table-cell>`

/** The last bytes of a Parquet file tell how long its footer is. */
function withFooterLength(bytes: Buffer, length: number): Buffer {
  const lied = Buffer.from(bytes)
  lied.writeUInt32LE(length, lied.length - 8)
  return lied
}

const said = /^(rows \d+|dataset\/(unreadable|overLimit|empty|encrypted)( \w+)?)$/

test.each([
  ['more rows than are read, in a few bytes', () => parquet('select 0 as z from range(150000000)'), 'dataset/overLimit rows'],
  ['more columns than are read', () => parquet(`select ${Array.from({ length: 3000 }, (_, i) => `1 as c${i}`).join(', ')}`), 'dataset/overLimit columns'],
  ['a thousand-fold text', () => parquet("select repeat('x', 4000000) as t from range(50)", ', compression zstd'), undefined],
  ['a footer that claims to be huge', async () => withFooterLength(await small(), 0x7fff_fff0), 'dataset/unreadable damaged'],
  ['a footer of no length', async () => withFooterLength(await small(), 0), 'dataset/unreadable damaged'],
] as const)('Parquet: %s', async (_what, make, expected) => {
  const outcome = await outcomeInJob(tempFolder(), 'x.parquet', await make())
  expect(outcome).toMatch(expected === undefined ? said : new RegExp(`^${expected}$`))
}) // prettier-ignore

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

test.each([
  ['arrays in arrays', 'x.json', nested(100_000)],
  ['arrays behind a quote that is never closed', 'x.jsonl', `{"a":"x\n${nested(50_000)}`],
  ['arrays in a field', 'x.jsonl', `{"a":${nested(50_000)}}\n`],
  ['objects in objects', 'x.jsonl', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}\n`],
  ['a text without end', 'x.jsonl', `{"a":"${'x'.repeat(40_000_000)}`],
  ['one record beyond what is held', 'x.jsonl', `{"a":"${'x'.repeat(40_000_000)}"}\n`],
  ['another key in every record', 'x.jsonl', Array.from({ length: 60_000 }, (_, i) => `{"k${i}":1}`).join('\n')],
  ['a number of a million digits', 'x.jsonl', `{"a":${'9'.repeat(1_000_000)}}\n{"a":1e999999}\n`],
  ['thousands of arrays never closed', 'x.json', '[{"a":'.repeat(20_000)],
] as const)('JSON: %s', async (_what, name, text) => {
  expect(await outcomeInJob(tempFolder(), name, Buffer.from(text))).toMatch(said)
}) // prettier-ignore

test.each([
  ['one cell said to fill the whole sheet', ods(`<table:table-row table:number-rows-repeated="1048576">${odsCell('table:number-columns-repeated="16384"')}</table:table-row>`)],
  ['a row said to be there a thousand million times', ods(`<table:table-row table:number-rows-repeated="1000000000">${odsCell()}</table:table-row>`)],
  ['columns without end', ods(`<table:table-row>${odsCell('table:number-columns-repeated="2000000000"')}</table:table-row>`)],
  ['a thousand-fold part', makeZip([{ name: 'mimetype', content: 'x' }, { name: 'content.xml', content: Buffer.alloc(700_000_000, 0x20) }])],
  ['tables in tables', ods('<table:table table:name="t">'.repeat(5000))],
] as const)('OpenDocument: %s', async (_what, bytes) => {
  expect(await outcomeInJob(tempFolder(), 'x.ods', bytes)).toMatch(said)
}) // prettier-ignore

test.each(['xls', 'xlsb', 'ods'] as const)('a .%s cut off anywhere ends in a message', async (type) => {
  const good = book(type)
  const folder = tempFolder()
  for (let part = 1; part < 24; part++) {
    const cut = good.subarray(0, Math.floor((good.length * part) / 24))
    expect(await outcomeInJob(folder, `x.${type}`, cut), String(cut.length)).toMatch(said)
  }
}) // prettier-ignore

test('an .xls whose records claim other lengths ends in a message', async () => {
  const good = book('xls')
  const folder = tempFolder()
  for (let at = 512; at < good.length - 4; at += Math.ceil(good.length / 40)) {
    const lied = Buffer.from(good)
    lied.writeUInt32LE(0xffff_ffff, at)
    expect(await outcomeInJob(folder, 'x.xls', lied), String(at)).toMatch(said)
  }
})
