/** A table of the user's SQLite file as a dataset that stays where it is: only its description is kept. */
import { basename } from 'node:path'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { ImportStep } from '../runner/import/import-order.ts'
import type { DescribeOrder, DescribeOutcome } from '../runner/sqlite/describe-live.ts'
import { nextTags } from './store/column-tags.ts'
import type { StoredDataset, StoredField } from './store/catalogue.ts'
import type { Workspace } from './workspace.ts'

/** As long as a question may take. */
const describeLimitMs = 120_000

export interface DescribeAsk {
  readonly path: string
  readonly table: string
  readonly sql?: DescribeOrder['sql']
  readonly signal: AbortSignal
  readonly onStep?: (step: ImportStep) => void
  readonly limitMs?: number
}

/** Looks at every row in a job process. `dataset/tooSlow` when that takes too long, as with a view that never ends. */
export async function describeTable(
  workspace: Workspace,
  { path, table, sql, signal, onStep, limitMs = describeLimitMs }: DescribeAsk,
): Promise<DescribeOutcome> {
  const tempFolder = await workspace.jobFolder()
  const limit = AbortSignal.timeout(limitMs)
  try {
    return await workspace.options.runJob(
      'describe',
      { path, table, tempFolder, ...(sql ? { sql } : {}) },
      { signal: AbortSignal.any([signal, limit]), ...(onStep ? { onStep } : {}) },
    )
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error
    throw new AppErrorException(appError('dataset/tooSlow', { table }))
  } finally {
    await workspace.files.remove(tempFolder)
  }
}

export interface LiveAsk {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly table: string
  readonly described: DescribeOutcome
  readonly now: Date
}

export function liveDataset({ id, name, path, table, described, now }: LiveAsk): StoredDataset {
  const importedAt = now.toISOString()
  const { rows, stamp } = described
  return {
    ...{ id, name, rows, mode: 'live', version: 1, file: null, livePath: path, liveTable: table },
    rejected: 0,
    dataAsOf: importedAt,
    lastDay: described.lastDay,
    fields: described.fields,
    warnings: described.warnings,
    overrides: [],
    renames: {},
    folder: null,
    overlap: 'ask',
    recipe: null,
    imported: null,
    companion: null,
    sources: [
      // The hash of a live source is the state of the file that was described.
      { name: basename(path), part: table, kind: 'sqlite', path, hash: stamp, rows, rejected: 0, importedAt, ...unkept }, // prettier-ignore
    ],
  }
}

/** A live table is described anew by its stamp alone. */
const unkept = { layout: null, encoding: null, size: null, changedMs: null, columns: null } as const

/** State of the file the description is true of. */
export function describedStamp({ sources }: StoredDataset): string {
  return sources[0]?.hash ?? ''
}

/** The same dataset over the file as it is now. A column whose values are gone keeps the type it had. */
export function redescribed(
  stored: StoredDataset,
  described: DescribeOutcome,
  now: Date,
): StoredDataset {
  const { id, name, livePath, liveTable } = stored
  const next = liveDataset({
    id,
    name,
    path: livePath ?? '',
    table: liveTable ?? '',
    described,
    now,
  })
  const fields = next.fields.map((field): StoredField => {
    const before = stored.fields.find((candidate) => candidate.name === field.name)
    if (!before || !described.empty.includes(field.name)) return field
    const { type, role, scale } = before
    return { ...field, type, role, scale }
  })
  const changed = seenFrom({ ...next, fields }) !== seenFrom(stored)
  const tagged = nextTags(fields, stored.fields, stored.overrides)
  return {
    ...next,
    fields: tagged,
    overrides: stored.overrides,
    ...(stored.sql ? { sql: stored.sql } : {}),
    version: stored.version + (changed ? 1 : 0),
  }
}

/** What reports and pages can tell apart. */
function seenFrom({ fields, lastDay }: StoredDataset): string {
  return JSON.stringify([
    lastDay,
    fields.map(({ name, type, role, scale }) => [name, type, role, scale]),
  ])
}
