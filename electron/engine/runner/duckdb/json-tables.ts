/** The tables a JSON file holds: lists inside its one object, or its rows, without the lines that are no JSON. */
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { AppErrorException } from '../../../../shared/errors.ts'
import { findJsonFault, lineAt } from '../../sources/json/json-faults.ts'
import type { CleanLines } from '../../sources/json/json-lines.ts'
import { cleanLines } from '../../sources/json/json-lines.ts'
import { outlineOf } from '../../sources/json/json-outline.ts'
import { plainJson, plainNarrowJson } from '../../sources/json/json-text.ts'
import type { SourceLimits } from '../../sources/source-limits.ts'
import { unreadable } from '../../sources/source-limits.ts'

export interface JsonTable {
  /** Undefined where the file holds one table. */
  readonly name: string | undefined
  readonly path: string
  readonly format: 'auto' | 'newline_delimited'
  readonly encoding?: string
  /** The list of the file's object its rows are, and what stands beside it. */
  readonly list?: { readonly name: string; readonly beside: readonly string[] }
  readonly lines?: CleanLines
}

/** More lists than this are no tables. */
const mostLists = 50

interface Ask<Opened> {
  readonly copy: string
  /** By its name every line of the file is one row, whatever lists are inside. */
  readonly isLines: boolean
  readonly limits: SourceLimits
  readonly maxLine: number
  /** Rejects as the engine says, or with what this product says of limits. */
  readonly open: (tables: readonly JsonTable[]) => Promise<Opened>
  readonly isRefused: (error: unknown) => boolean
}

/** Tries the file as it is; what the engine's parser refuses is looked at more closely. */
export async function openJson<Opened>(ask: Ask<Opened>): Promise<Opened> {
  const { copy, limits, isRefused } = ask
  const encoding = await plainJson(copy)
  try {
    return await ask.open(await tablesOf(ask, encoding))
  } catch (error) {
    if (!isRefused(error)) throw error
    const again = (await openNarrow(ask)) ?? (await openCleaned(ask, encoding))
    if (again !== undefined) return again
    throw (await faultOf(copy, limits, error)) ?? error
  }
}

async function tablesOf<Opened>(
  { copy, isLines }: Ask<Opened>,
  encoding: string | undefined,
): Promise<JsonTable[]> {
  const said = encoding === undefined ? {} : { encoding }
  const { lists, beside, apart } = await outlineOf(copy, isLines)
  if (isLines || lists.length === 0 || lists.length > mostLists)
    return [{ name: undefined, path: copy, format: apart ? 'newline_delimited' : 'auto', ...said }]
  const tables: JsonTable[] = []
  for (const [place, { name, from, to }] of lists.entries()) {
    const path = listPath(copy, place)
    await pipeline(createReadStream(copy, { start: from, end: to - 1 }), createWriteStream(path))
    const only = lists.length === 1
    const list = { name, beside: only ? beside : [] }
    tables.push({ name: only ? undefined : name, path, format: 'auto', list, ...said })
  }
  return tables
}

const listPath = (copy: string, place: number): string => `${copy}.${place}.json`

async function openNarrow<Opened>(ask: Ask<Opened>): Promise<Opened | undefined> {
  const encoding = await plainNarrowJson(ask.copy)
  if (encoding === undefined) return undefined
  const tables = await tablesOf(ask, encoding)
  return ifRead(ask, ask.open(tables), () => openCleaned(ask, encoding))
}

async function openCleaned<Opened>(
  ask: Ask<Opened>,
  encoding: string | undefined,
): Promise<Opened | undefined> {
  const path = `${ask.copy}.lines.json`
  const lines = await cleanLines(ask.copy, path, ask.maxLine)
  // One line alone is no file of lines: what it holds beside its rows would be one row.
  if (lines === undefined || lines.good + lines.badCount < 2) return undefined
  const said = encoding === undefined ? {} : { encoding }
  const table = { name: undefined, path, format: 'newline_delimited' as const, lines, ...said }
  return ifRead(ask, ask.open([table]), () => Promise.resolve(undefined))
}

async function ifRead<Opened>(
  { isRefused }: Ask<Opened>,
  opened: Promise<Opened>,
  otherwise: () => Promise<Opened | undefined>,
): Promise<Opened | undefined> {
  try {
    return await opened
  } catch (error) {
    if (!isRefused(error)) throw error
    return otherwise()
  }
}

/** What is wrong and in which line; undefined where the file is too large to be told, or nothing is found. */
async function faultOf(
  copy: string,
  limits: SourceLimits,
  error: unknown,
): Promise<AppErrorException | undefined> {
  const { size } = await stat(copy)
  if (size > limits.wholeFileBytes) return undefined
  const text = await readFile(copy, 'utf8')
  const fault = findJsonFault(text, 'anything')
  if (fault === undefined) {
    const others = error instanceof Error && error.message.includes('non-record')
    return others ? unreadable('noRecords', 'no objects in JSON') : undefined
  }
  const { kind, at, near } = fault
  const line = lineAt(text, at)
  if (kind === 'repeatedKey' || kind === 'badJson')
    return unreadable(kind, 'faulty JSON', { line, spot: near })
  return unreadable('damaged', 'JSON that does not end', { line })
}
