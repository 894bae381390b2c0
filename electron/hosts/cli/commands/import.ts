import { existsSync } from 'node:fs'
import { realpath, rm, rmdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Output } from '../../../../shared/contract.ts'
import { delimiterNames, delimiters } from '../../../../shared/data/delimiters.ts'
import { SheetLayout } from '../../../../shared/data/sheet-layout.ts'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import type { UnreadableReason } from '../../../../shared/data/unreadable-reason.ts'
import { hasSheets } from '../../../../shared/data/source-kind.ts'
import { maskText } from '../../../../shared/data/personal.ts'
import type { ErrorCode, ErrorDetails } from '../../../../shared/errors.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { isMessageKey } from '../../../../shared/text/messages.ts'
import { fileFaultOf } from '../../../engine/file-faults.ts'
import { dataFilesIn } from '../../../engine/workspace/folder-files.ts'
import { oneOf, readArguments, required, UsageError, wholeNumber } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import { givenPassword } from '../password.ts'
import { readRecipe } from '../recipe-file.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'
import { saidColumns } from '../column-options.ts'
import type { OrderAsk } from '../import-orders.ts'
import { ordersOf } from '../import-orders.ts'
import { maskedWarnings } from '../masked-examples.ts'
import { columnLine } from './datasets.ts'
import {
  sayEmpty,
  sayHidden,
  sayNotes,
  sayUnreadable,
  sayWithoutRows,
  unreadableError,
} from './import-remarks.ts'
import { relateImported } from './relate-imported.ts'

const modes = ['replace', 'append', 'fail'] as const
const overlaps = ['refuse', 'replace', 'keep', 'skip'] as const

interface ImportAsk extends AskedImport {
  /** The files are all of one folder's, and so will be those that come later. */
  readonly growing: boolean
}

interface AskedImport extends Omit<OrderAsk, 'growing'> {
  readonly files: readonly string[]
  readonly workspace: string
  readonly sheets: readonly string[]
  readonly tables: readonly string[]
  /** Relationships that are proposed are made, not only listed. */
  readonly relates: boolean
}

export const importCommand: Command = async (run) => {
  const asked = await readAsk(run.args)
  const files = await filesOf(asked)
  const ask = { ...asked, files, growing: files !== asked.files }
  await refuseRepeatedFiles(ask.files)
  const isNew = !existsSync(join(ask.workspace, 'catalogue.sqlite'))
  const hadFolder = existsSync(ask.workspace)
  let notRead: Looked['unreadable'] = []
  try {
    await withSession(run, { workspace: ask.workspace, create: true }, async (session) => {
      const looked = await lookInto(run, session, ask)
      const imported = await importAll(run, session, ask, looked.parts)
      run.terminal.result(jsonText({ datasets: imported.datasets.map(datasetLine) }))
      notRead = looked.unreadable
    })
  } catch (error) {
    if (isNew) await removeEmptyWorkspace(ask.workspace, hadFolder, error)
    throw error
  }
  refuseHalf(notRead)
}

type Looked = Output<'files.inspect'>

/** What was read stays, and no script goes on as if it were everything. */
function refuseHalf(notRead: Looked['unreadable']): void {
  const [first] = notRead
  if (first === undefined) return
  const error = unreadableError(first)
  const names = notRead.map(({ fileName }) => fileName)
  throw refusal(error.code, { ...error.details, notRead: names.slice(0, 50) })
}

async function readAsk(args: readonly string[]): Promise<AskedImport> {
  const { values, positionals } = readArguments(args, {
    workspace: { type: 'string' },
    into: { type: 'string' },
    mode: { type: 'string', default: 'fail' },
    overlap: { type: 'string', default: 'refuse' },
    sheet: { type: 'string', multiple: true, default: [] },
    table: { type: 'string', multiple: true, default: [] },
    'header-row': { type: 'string' },
    encoding: { type: 'string' },
    delimiter: { type: 'string' },
    'keep-totals': { type: 'boolean', default: false },
    'totals-by-word': { type: 'boolean', default: false },
    'as-found': { type: 'boolean', default: false },
    unpivot: { type: 'boolean', default: false },
    'no-unpivot': { type: 'boolean', default: false },
    column: { type: 'string', multiple: true, default: [] },
    meaning: { type: 'string', multiple: true, default: [] },
    personal: { type: 'string', multiple: true, default: [] },
    recipe: { type: 'string' },
    'password-stdin': { type: 'boolean', default: false },
    'no-relate': { type: 'boolean', default: false },
  })
  if (positionals.length === 0) throw new UsageError('FILE is missing', { name: 'FILE' })
  const headerRow = values['header-row']
  return {
    files: positionals.map((file) => resolve(file)),
    workspace: resolve(required(values.workspace, '--workspace')),
    into: values.into,
    mode: oneOf(values.mode, modes, '--mode'),
    overlap: oneOf(values.overlap, overlaps, '--overlap'),
    sheets: values.sheet,
    tables: values.table,
    headerRow:
      headerRow === undefined ? undefined : wholeNumber(headerRow, '--header-row', 0, 1_048_576),
    encoding: values.encoding,
    delimiter: values.delimiter === undefined ? undefined : delimiterOf(values.delimiter),
    keepTotals: values['keep-totals'],
    totalsByWord: values['totals-by-word'],
    asFound: values['as-found'],
    unpivot: unpivotAsk(values.unpivot, values['no-unpivot']),
    relates: !values['no-relate'],
    password: await givenPassword(values['password-stdin']),
    columns: saidColumns(values),
    recipe: values.recipe === undefined ? undefined : await readRecipe(values.recipe),
  }
}

/** By its name, or the sign itself. */
function delimiterOf(said: string): string {
  const name = delimiterNames.find((one) => one === said)
  const sign = SheetLayout.shape.delimiter.safeParse(name === undefined ? said : delimiters[name])
  if (sign.data !== undefined) return sign.data
  throw new UsageError(`--delimiter: ${delimiterNames.join(', ')}, or one sign`, {
    name: '--delimiter',
    value: said,
  })
}

function unpivotAsk(rows: boolean, columns: boolean): OrderAsk['unpivot'] {
  if (rows && columns) throw new UsageError('Either --unpivot or --no-unpivot')
  return rows ? 'rows' : columns ? 'columns' : undefined
}

/** The files of a folder stand for it; a folder goes alone, into one dataset. */
async function filesOf({ files, into }: AskedImport): Promise<readonly string[]> {
  const folders = []
  for (const file of files) {
    const found = await stat(file).catch(() => undefined)
    if (found?.isDirectory() === true) folders.push(file)
  }
  const [folder] = folders
  if (folder === undefined) return files
  if (files.length > 1) throw new UsageError('One FOLDER only', { name: 'FOLDER' })
  required(into, '--into')
  return dataFilesIn(folder)
}

/** By the file itself, not by how its path was written. */
async function refuseRepeatedFiles(files: readonly string[]): Promise<void> {
  const seen = new Set<string>()
  for (const file of files) {
    const real = await realpath(file).catch((error: unknown) => {
      const fault = fileFaultOf(error)
      if (fault === undefined) throw error
      throw refusal(fault, { name: basename(file) })
    })
    if (seen.has(real)) throw refusal('dataset/sameFile', { name: basename(file) })
    seen.add(real)
  }
}

/** What the files hold, and of tables that were not asked for by name those that cannot be read. */
async function lookInto(
  run: CommandRun,
  session: Session,
  ask: ImportAsk,
): Promise<Pick<Looked, 'parts' | 'unreadable'>> {
  const { terminal, text } = run
  terminal.progress(text('cli.inspecting'), '')
  const files = ask.files.map((path) => session.file(path).id)
  const { password } = ask
  const passwords =
    password === undefined
      ? {}
      : { passwords: Object.fromEntries(files.map((id) => [id, password])) }
  const { parts, unreadable, empty } = await session.call(
    'files.inspect',
    { files, ...passwords },
    (step) => {
      const counted = text('import.looked', { done: step.done, files: step.files })
      if (step.files > 1) terminal.progress(text('cli.inspecting'), counted)
    },
  )
  // Named tables stand on their own: what else is in their file does not matter.
  const missing = ask.tables.filter((name) => !parts.some(({ part }) => part === name))
  const bad = unreadable.find(
    ({ fileName }) =>
      !fileName.includes(' · ') ||
      parts.length === 0 ||
      missing.some((name) => fileName.endsWith(` · ${name}`)),
  )
  if (bad !== undefined) throw new AppErrorException(unreadableError(bad))
  if (ask.sheets.length === 0) sayHidden(run, parts)
  if (passesNotes(ask)) sayNotes(run, parts)
  if (ask.sheets.length > 0 || ask.tables.length > 0) return { parts, unreadable: [] }
  sayWithoutRows(run, empty)
  for (const one of unreadable) sayUnreadable(run, one)
  return { parts, unreadable }
}

async function importAll(
  run: CommandRun,
  session: Session,
  ask: ImportAsk,
  parts: readonly SourcePart[],
): Promise<Output<'dataset.import'>> {
  const { terminal, text } = run
  const orders = await ordersOf(run, session, ask, chosenParts(ask, parts))
  const imported = await session.call('dataset.import', { orders }, (step) => {
    const rows = step.rows
    const percent = step.fraction === undefined ? undefined : Math.floor(step.fraction * 100)
    const detail =
      percent === undefined
        ? text('cli.importRows', { rows })
        : text('cli.importPercent', { rows, percent })
    terminal.progress(text('cli.importing', { dataset: step.dataset }), detail)
  })
  sayRejected(run, imported)
  sayEmpty(run, imported)
  await relateImported(
    run,
    session,
    imported.datasets.map(({ dataset }) => dataset.id),
    ask.relates,
  )
  return imported
}

/** Whoever names sheets, or says where names stand, gets what they ask for. */
const passesNotes = ({ sheets, headerRow }: ImportAsk): boolean =>
  sheets.length === 0 && headerRow === undefined

function chosenParts(ask: ImportAsk, parts: readonly SourcePart[]): SourcePart[] {
  const chosen = parts.filter(({ kind, part = '', hidden, note }) => {
    if (passesNotes(ask) && note !== undefined) return false
    if (hasSheets(kind)) return ask.sheets.length === 0 ? !hidden : ask.sheets.includes(part)
    if (isTable(kind, part)) return ask.tables.length === 0 || ask.tables.includes(part)
    return true
  })
  refuseMissing(ask.sheets, hasSheets, 'no such sheet', parts)
  refuseMissing(ask.tables, isTable, 'no such table', parts)
  if (chosen.length === 0) throw refusal('dataset/empty', {})
  return chosen
}

/** A list inside a JSON file is a table like one of a database. */
const isTable = (kind: SourcePart['kind'], part: string): boolean =>
  kind === 'sqlite' || (kind === 'json' && part !== '')

function refuseMissing(
  wanted: readonly string[],
  isOf: (kind: SourcePart['kind'], part: string) => boolean,
  fact: string,
  parts: readonly SourcePart[],
): void {
  const known = parts.filter(({ kind, part = '' }) => isOf(kind, part)).map(({ part = '' }) => part)
  const missing = wanted.find((name) => !known.includes(name))
  if (missing === undefined) return
  const reason: UnreadableReason = 'partMissing'
  throw refusal('dataset/unreadable', { reason, fact, name: missing, known: known.slice(0, 50) })
}

function datasetLine({ dataset, rowsRejected }: Output<'dataset.import'>['datasets'][number]) {
  return {
    name: dataset.name,
    rows: dataset.rows,
    rejected: rowsRejected,
    columns: dataset.fields.map(columnLine),
    warnings: maskedWarnings(dataset),
  }
}

const rejectedShown = 20

function sayRejected({ terminal, text }: CommandRun, { datasets }: Output<'dataset.import'>): void {
  for (const { dataset, rowsRejected, rejected } of datasets) {
    if (rowsRejected === 0) continue
    terminal.say(text('cli.rejected', { dataset: dataset.name, count: rowsRejected }))
    for (const { source, row, reason: code, raw } of rejected.slice(0, rejectedShown)) {
      const key: string = `reject.${code}`
      const reason = isMessageKey(key) ? text(key) : code
      terminal.say(`  ${text('cli.rejectedRow', { source, row, reason, raw: maskText(raw) })}`)
    }
  }
}

/** An import that failed leaves no workspace that was not there before. */
async function removeEmptyWorkspace(
  folder: string,
  hadFolder: boolean,
  error: unknown,
): Promise<void> {
  const refused = error instanceof AppErrorException && error.appError.code.startsWith('workspace/')
  if (refused) return
  const own = ['catalogue.sqlite', 'extracts', 'temp', 'backups', 'workspace.lock']
  for (const name of own) await rm(join(folder, name), { recursive: true, force: true })
  if (!hadFolder) await rmdir(folder).catch(() => undefined)
}

function refusal(code: ErrorCode, details: ErrorDetails): AppErrorException {
  return new AppErrorException(appError(code, details))
}
