import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as Sheets from '@e965/xlsx'
import { expect, test } from 'vitest'
import { fileFaultOf } from '../../electron/engine/file-faults.ts'
import { inspectParts } from '../../electron/engine/workspace/inspect-parts.ts'
import { appError } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { textIn } from '../../shared/text/messages.ts'
import { workbookZip } from '../../scripts/fixtures/make-zip.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { refusalOf } from '../support/read-source.ts'
import { tempFolder } from '../support/temp-folder.ts'

// The package's own types stand behind the name.
const sheets = createRequire(import.meta.url)('@e965/xlsx') as typeof Sheets

const rows = Array.from(
  { length: 400 },
  (_, row) => `<row r="${row + 1}"><c r="A${row + 1}"><v>${row}</v></c></row>`,
)
const whole = workbookZip({
  sheet: `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
})

/** What the library offers to write compound files with; it is typed as `any`. */
interface CompoundFiles {
  readonly utils: {
    cfb_new(): object
    cfb_add(file: object, path: string, content: Buffer): void
  }
  write(file: object, options: { readonly type: 'buffer' }): Buffer
}

function documentOfAnotherProgram(): Buffer {
  const compounds = sheets.CFB as CompoundFiles
  const letter = compounds.utils.cfb_new()
  compounds.utils.cfb_add(letter, '/WordDocument', Buffer.from('a letter'.repeat(600)))
  return compounds.write(letter, { type: 'buffer' })
}

async function look(name: string, content: string | Buffer | null) {
  const folder = tempFolder()
  const path = join(folder, name)
  if (content === null) mkdirSync(path)
  else writeFileSync(path, content)
  const workspace = await openWorkspace(join(tempFolder(), 'w'))
  const asked = [{ id: 'file_1', path, name }]
  const { parts, unreadable } = await inspectParts(workspace, asked, new AbortController().signal)
  return { parts, unreadable, workspace, path }
}

const bomb = workbookZip({ sheet: '<worksheet/>' }, [
  { name: 'xl/media/zeros.bin', content: Buffer.alloc(32 * 1_048_576) },
])

test.each([
  ['a page of text', '报表.xlsx', 'nothing of a workbook', 'dataset/unreadable', 'notAWorkbook'],
  ['a letter', 'letter.xls', documentOfAnotherProgram(), 'dataset/unreadable', 'notAWorkbook'],
  ['a download cut short', 'a.xlsx', whole.subarray(0, whole.length - 300), 'dataset/unreadable', 'damaged'],
  ['a bomb', 'a.xlsx', bomb, 'dataset/overLimit', 'unpacked'],
  ['a part that would climb', 'a.xlsx', workbookZip({ sheet: '' }, [{ name: '../../a', content: '' }]), 'dataset/unreadable', 'unsafe'],
  ['nothing at all', 'a.csv', '', 'dataset/empty', 'noBytes'],
  ['no database', 'a.db', 'no database'.repeat(200), 'dataset/unreadable', 'notADatabase'],
  ['a folder', 'a.xlsx', null, 'dataset/unreadable', 'folder'],
  ['another kind', 'a.pdf', '%PDF-1.7', 'dataset/unreadable', 'unknownKind'],
  ['no text', 'a.csv', 'a\0\0b,\0\0c\n'.repeat(60), 'dataset/unreadable', 'notText'],
  ['one key twice', 'a.jsonl', '{"a":1,"a":2}\n', 'dataset/unreadable', 'repeatedKey'],
  ['a damaged parquet', 'a.parquet', `PAR1${'x'.repeat(100)}PAR1`, 'dataset/unreadable', 'damaged'],
])('%s (%s) is refused with its reason, in words of both languages', async (_, name, content, code, reason) => {
  const { parts, unreadable, workspace, path } = await look(name, content)
  expect(parts).toEqual([])
  expect(unreadable).toMatchObject([{ file: 'file_1', fileName: name, code, reason }])
  expect(await refusalOf(importInto(workspace, 'x', [path]))).toMatch(code)
  for (const language of ['en', 'zh-CN'] as const) {
    const text = textIn(language)
    const [found] = unreadable
    const said = errorSentence(appError(found?.code ?? 'internal/bug', { ...found?.facts, reason }), text) // prettier-ignore
    expect(said).not.toMatch(/[{}]/)
    expect(said).not.toBe(text(`error.${found?.code ?? 'internal/bug'}`))
  }
}) // prettier-ignore

test('text with lines under a workbook’s name is read as the text it is', async () => {
  const { parts, unreadable } = await look('export.xlsx', 'shop\tamount\nS01\t1.5\n')
  expect(unreadable).toEqual([])
  expect(parts.map(({ kind, columns }) => [kind, columns.map(({ name }) => name)])).toEqual([
    ['csv', ['shop', 'amount']],
  ])
})

test('a file its reader has no permission for says so, and one that another program holds', async () => {
  const { path, workspace } = await look('a.csv', 'k\n1\n')
  chmodSync(path, 0)
  const asked = [{ id: 'file_1', path, name: 'a.csv' }]
  const { unreadable } = await inspectParts(workspace, asked, new AbortController().signal)
  // The super-user may read everything.
  const denied = { file: 'file_1', fileName: 'a.csv', code: 'file/denied', reason: 'reading' }
  expect(unreadable).toEqual(process.getuid?.() === 0 ? [] : [denied])
  expect(fileFaultOf(Object.assign(new Error(), { code: 'EACCES' }))).toBe('file/denied')
  expect(fileFaultOf(Object.assign(new Error(), { code: 'EBUSY' }))).toBe('file/inUse')
})

test.each([
  ['UTF-16 with its mark', 'utf16le', '\ufeff'],
  ['UTF-16 without one', 'utf16le', ''],
] as const)('JSON in %s is read', async (_, encoding, mark) => {
  const lines = Array.from({ length: 30 }, (_row, at) => `{"门店":"人民路","金额":${at}.5}`)
  const { parts, workspace, path } = await look('a.jsonl', Buffer.from(mark + lines.join('\n'), encoding)) // prettier-ignore
  expect(parts[0]?.columns.map(({ name, type }) => [name, type])).toEqual([['门店', 'text'], ['金额', 'decimal']]) // prettier-ignore
  await importInto(workspace, 'x', [path])
  expect(workspace.catalogue.datasetNamed('x')?.rows).toBe(30)
})
