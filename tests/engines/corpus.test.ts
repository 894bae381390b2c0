/** Every file of the corpus through the real preview and the real import, held to the reading written beside it. */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { inspectFiles } from '../../electron/engine/runner/import/inspect-files.ts'
import { openExtractSources } from '../../electron/engine/runner/duckdb/extract-reader.ts'
import type { JobPart } from '../../electron/engine/runner/import/import-order.ts'
import type { DatasetWarning } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import type { SourcePart } from '../../shared/data/import-words.ts'
import type { SheetLayout } from '../../shared/data/sheet-layout.ts'
import type { Expected, ExpectedTable } from '../../scripts/fixtures/fixture.ts'
import type { Imported } from '../support/import-files.ts'
import { importParts } from '../support/import-files.ts'
import { readSource, refusalOf } from '../support/read-source.ts'
import { traces } from '../support/live-files.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folder = join(import.meta.dirname, '../fixtures/readers')
const mark = '.expected.json'
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith(mark))
  .map((name) => name.slice(0, -mark.length).replaceAll('\\', '/'))
  .toSorted()

/** Written by `scripts/fixtures` in this very shape. */
const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(join(folder, `${name}${mark}`), 'utf8')) as Expected

/** A copy, so that nothing a reader does beside a file reaches the corpus. */
function copyOf(name: string): string {
  const path = join(tempFolder(), basename(name))
  copyFileSync(join(folder, name), path)
  if (existsSync(join(folder, `${name}-wal`)))
    copyFileSync(join(folder, `${name}-wal`), `${path}-wal`)
  return path
}

function askedLayout({ asked }: Expected): SheetLayout | undefined {
  if (asked?.layout === undefined) return undefined
  const { unpivot, ...layout } = asked.layout
  return { ...layout, ...(unpivot ? { unpivot: { ...unpivot, columns: [...unpivot.columns] } } : {}) } // prettier-ignore
}

/** What the preview offers, asked as a user asks who knows more. */
async function preview(path: string, expected: Expected) {
  const { password, encoding } = expected.asked ?? {}
  const layout = askedLayout(expected)
  const more = { ...(encoding ? { encoding } : {}), ...(layout ? { layout } : {}) }
  const part = layout && readingsOf(expected)[0]?.part
  const file = { id: 'f', path, name: basename(path), ...(password ? { password } : {}) }
  const asked =
    encoding || layout
      ? { ...file, parts: [{ ...more, ...(part === undefined ? {} : { part }) }] }
      : file
  return inspectFiles({ files: [asked], tempFolder: tempFolder(), done: [] }, () => undefined)
}

const readingsOf = ({ tables = [] }: Expected): readonly ExpectedTable[] => tables

type Column = Pick<Field, 'name' | 'type' | 'scale' | 'role' | 'sign'>

const columnText = ({ name, type, scale, role, sign }: Column): string =>
  `${name}: ${type}${type === 'decimal' ? `(${scale ?? 0})` : ''} ${role}${sign ? ` ${sign}` : ''}`

function noteText({ code, count, column, examples, wouldBe }: DatasetWarning): string {
  const told = ['leftOutRows', 'likelyTotals', 'columnsBeyond', 'mergedCells', 'filledMerged', 'oneZone', 'mixedZones', 'leftOutColumn']
  const shown = told.includes(code) ? examples?.join(', ') : undefined
  const encoding = code === 'convertedEncoding' ? examples?.[0] : undefined
  const parts = [code, count, column, wouldBe, shown, encoding]
  return parts.filter((part) => part !== undefined).join(' ').trim()
} // prettier-ignore

function headerText({ headerRow, headerRows = 1 }: SheetLayout): string | undefined {
  if (headerRow === undefined) return undefined
  return headerRow === 0 ? '0' : `${headerRow}+${headerRows}`
}

async function valuesOf(target: string): Promise<(string | null)[][]> {
  const opened = await openExtractSources(target, tempFolder())
  try {
    const rows: (string | null)[][] = []
    for (const { reader } of opened.sources) {
      const width = opened.fields.length
      for (const row of (await readSource(reader)).rows)
        rows.push(Array.from({ length: width }, (_, at) => row[at] ?? null))
    }
    return rows
  } finally {
    opened.close()
  }
}

/** The import of one table, said in the words of the expectation. */
async function readingOf(part: SourcePart, done: Imported): Promise<ExpectedTable> {
  const rejected = done.rejected.map(({ row, reason, raw }) => `${row} ${reason} ${raw}`)
  const notes = done.warnings.map(noteText).toSorted()
  const header = headerText(part.layout)
  return {
    ...(part.part === undefined ? {} : { part: part.part }),
    ...(part.title === undefined ? {} : { title: part.title }),
    ...(part.hidden ? { hidden: true } : {}),
    ...(header === undefined ? {} : { header }),
    ...(part.periods ? { periods: part.periods } : {}),
    columns: done.fields.map(columnText),
    rows: await valuesOf(done.target),
    read: done.rows + done.rejectedCount + done.repeatedCount,
    ...(rejected.length > 0 ? { rejected } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  }
}

const sorted = (one: ExpectedTable): ExpectedTable =>
  one.notes ? { ...one, notes: one.notes.toSorted() } : one

const jobPart = (path: string, expected: Expected, more: Partial<JobPart> = {}): JobPart => {
  const { password, encoding } = expected.asked ?? {}
  return {
    ...{ path, name: basename(path) },
    ...(password ? { password } : {}),
    ...(encoding ? { encoding } : {}),
    ...more,
  }
}

async function imported(part: JobPart, expected: Expected): Promise<Imported> {
  const overrides = expected.asked?.overrides ?? []
  return importParts(tempFolder(), [part], { overrides })
}

const readable = files.filter((name) => expectedOf(name).refused === undefined)
const refused = files.filter((name) => expectedOf(name).refused !== undefined)

test.each(readable)('%s', async (name) => {
  const expected = expectedOf(name)
  const path = copyOf(name)
  const { parts, unreadable } = await preview(path, expected)
  expect(unreadable).toEqual([])
  const readings: ExpectedTable[] = []
  for (const part of parts) {
    const asked = part.part === undefined ? {} : { part: part.part }
    const done = await imported(jobPart(path, expected, { ...asked, layout: part.layout }), expected) // prettier-ignore
    readings.push(await readingOf(part, done))
    if (expected.asked?.overrides === undefined) {
      const dropped = done.fields.length < part.columns.length
      const shown = part.columns.map(columnText)
      expect(dropped ? shown.filter((one) => done.fields.some((field) => columnText(field) === one)) : shown).toEqual(done.fields.map(columnText)) // prettier-ignore
    }
  }
  expect(readings).toEqual(readingsOf(expected).map(sorted))
  if (expected.kind !== undefined) expect(parts[0]?.kind).toBe(expected.kind)
  if (expected.encoding !== undefined) expect(parts[0]?.encoding).toBe(expected.encoding)
})

test.each(refused)('%s is refused', async (name) => {
  const expected = expectedOf(name)
  const path = copyOf(name)
  const { parts, unreadable } = await preview(path, expected)
  expect(parts).toEqual([])
  const said = unreadable.map(({ code, reason }) => `${code} ${reason ?? ''}`.trim())
  expect(said).toEqual([expected.refused])
  expect(await refusalOf(imported(jobPart(path, expected), expected))).toContain(
    expected.refused?.split(' ')[0],
  )
})

test('a folder of months is one dataset, whatever the order, case, encoding and delimiter of each file', async () => {
  const names = files.filter((name) => name.startsWith('months/'))
  const done = await importParts(tempFolder(), names.map((name) => jobPart(copyOf(name), expectedOf(name)))) // prettier-ignore
  expect(done.fields.map(columnText)).toEqual(expectedOf('months/2024-01.csv').tables?.[0]?.columns)
  expect(done.sources.map(({ name, rows }) => `${name} ${rows}`)).toEqual(['2024-01.csv 2', '2024-02.csv 1', '2024-03.csv 2']) // prettier-ignore
  expect(await valuesOf(done.target)).toEqual([
    ['人民路', '2024-01-31', '12.50'],
    ['中山路', '2024-01-31', '7.00'],
    ['人民路', '2024-02-29', '1.25'],
    ['人民路', '2024-03-31', '3.00'],
    ['中山路', '2024-03-31', '4.00'],
  ])
})

test('a database that may not be written, in a folder that may not either, is read and left as it was', async () => {
  const path = copyOf('sqlite/wal.db')
  chmodSync(path, 0o400)
  const before = traces(dirname(path))
  const done = await imported({ path, name: 'wal.db' }, expectedOf('sqlite/wal.db'))
  expect(done.rows).toBe(3)
  expect(traces(dirname(path))).toEqual(before)
})

test('a database another program is writing is read as of one moment', async () => {
  const path = copyOf('sqlite/tables-and-views.sqlite')
  const writer = new Database(path)
  writer.exec("begin immediate; insert into 门店 values ('S09', '未提交', 1)")
  try {
    const done = await imported({ path, name: 'shops', part: '门店' }, { about: '' })
    expect(await valuesOf(done.target)).toEqual([
      ['S01', '人民路', '12.5'],
      ['S02', '中山路', '7.0'],
    ])
  } finally {
    writer.close()
  }
})

test('the corpus is what its scripts make, byte for byte, but for what other programs saved', () => {
  const made = tempFolder()
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/fixtures/generate.ts'), made]) // prettier-ignore
  const names = readdirSync(made, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.includes('.') && !name.startsWith('sqlite/wal.db'))
  expect(names.length).toBeGreaterThan(300)
  for (const name of names) {
    expect(readFileSync(join(made, name)).equals(readFileSync(join(folder, name))), name).toBe(true)
  }
})
