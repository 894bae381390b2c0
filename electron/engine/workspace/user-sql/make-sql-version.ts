/** The answer of a statement over extracts as a version of its dataset: written by a job, committed by the caller. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { WrittenOrder, WrittenOutcome } from '../../runner/user-sql/written-order.ts'
import { SqlRefused } from '../../sql/user/refused.ts'
import { readStatement } from '../../sql/user/statement.ts'
import { dropFile } from '../make-version.ts'
import type { BrokenStep } from '../preparation/replay.ts'
import { filesOf, replay } from '../preparation/replay.ts'
import type { StoredDataset, StoredField, StoredSql } from '../store/catalogue.ts'
import { nextTags } from '../store/column-tags.ts'
import type { Workspace } from '../workspace.ts'
import { limited } from './limited.ts'
import { offeredExtracts } from './offered-extracts.ts'
import type { Written } from './written-source.ts'

export const previewMs = 30_000
const writeMs = 1_800_000

export interface SqlVersionAsk {
  readonly existing: StoredDataset | undefined
  readonly name: string
  readonly written: Written
  readonly onBroken: 'refuse' | 'stop' | 'skip'
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

export interface SqlVersion {
  readonly stored: StoredDataset
  readonly files: readonly string[]
  readonly broken: readonly BrokenStep[]
}

/** Looks at the first rows only where `write` is null. */
export async function runOverExtracts(
  workspace: Workspace,
  own: StoredDataset | undefined,
  written: Written,
  job: Pick<WrittenOrder, 'write' | 'tempFolder'>,
  tools: { readonly signal: AbortSignal; readonly onProgress?: (progress: ImportProgress) => void },
): Promise<WrittenOutcome> {
  // Refused here, where it costs no process.
  readStatement(written.text, written.parameters, 'duckdb')
  const { extracts, circular } = offeredExtracts(workspace, own?.id ?? null, own?.sql?.inputs ?? [])
  const { memoryLimitMb, threads, runJob } = workspace.options
  const { text, parameters } = written
  const name = own?.name ?? 'SQL'
  const order = { text, parameters, offered: extracts, memoryLimitMb, threads, ...job }
  try {
    return await limited(tools.signal, job.write === null ? previewMs : writeMs, (signal) =>
      runJob('written', order, {
        ...{ signal, onStep: (step) => tools.onProgress?.({ dataset: name, ...step }) },
      }),
    )
  } catch (error) {
    throw asksItself(error, circular) ?? error
  }
}

function asksItself(error: unknown, circular: ReadonlySet<string>): SqlRefused | undefined {
  if (!(error instanceof AppErrorException)) return undefined
  const { code, details } = error.appError
  const { near, at } = details
  if (code !== 'sql/failed' || details['reason'] !== 'unknownTable') return undefined
  if (typeof near !== 'string' || !circular.has(near.toLowerCase())) return undefined
  return new SqlRefused('itself', typeof at === 'number' ? at : undefined, near)
}

/** Leaves nothing behind when it rejects. */
export async function makeSqlVersion(
  workspace: Workspace,
  ask: SqlVersionAsk,
): Promise<SqlVersion> {
  const { existing, written, signal, onProgress } = ask
  const id = existing?.id ?? `ds_${randomBytes(6).toString('hex')}`
  const version = workspace.catalogue.versions.next(id)
  const file = workspace.newExtractFile(`${id}-v${version}`)
  const tempFolder = await workspace.jobFolder()
  try {
    const write = { datasetId: id, version, target: join(tempFolder, file) }
    const tools = { signal, onProgress: (step: ImportProgress) => onProgress({ ...step, dataset: ask.name }) } // prettier-ignore
    const outcome = await runOverExtracts(
      workspace,
      existing,
      written,
      { write, tempFolder },
      tools,
    )
    if (outcome.rows === 0) throw new AppErrorException(appError('dataset/empty'))
    await workspace.takeIn(tempFolder, file)
    const read = storedVersion(workspace, ask, { id, version, file, outcome })
    const recipe = existing?.recipe ?? null
    const replaying = { recipe, onBroken: ask.onBroken, tempFolder, signal, onProgress }
    const { stored, broken } = await replay(workspace, read, replaying)
    return { stored, broken, files: filesOf(stored) }
  } catch (error) {
    await dropFile(workspace, file)
    throw error
  } finally {
    await workspace.files.remove(tempFolder)
  }
}

function storedVersion(
  workspace: Workspace,
  { existing, name, written }: SqlVersionAsk,
  made: {
    readonly id: string
    readonly version: number
    readonly file: string
    readonly outcome: WrittenOutcome
  },
): StoredDataset {
  const { id, version, file, outcome } = made
  const before = [...(existing?.imported?.fields ?? []), ...(existing?.fields ?? [])]
  const overrides = existing?.overrides ?? []
  const fields = told(workspace, outcome)
  return {
    ...{ id, name, version, file, mode: 'extract', livePath: null, liveTable: null },
    ...{ rows: outcome.rows, lastDay: outcome.lastDay, rejected: 0, warnings: [] },
    dataAsOf: workspace.options.now().toISOString(),
    fields: nextTags(fields, before, overrides),
    ...{ overrides, renames: {}, folder: null, overlap: 'ask', sources: [] },
    ...{ recipe: null, imported: null, companion: null },
    sql: sqlOf(workspace, written, outcome),
  }
}

function sqlOf(workspace: Workspace, written: Written, { used }: WrittenOutcome): StoredSql {
  const versions = new Map(workspace.catalogue.datasets().map((one) => [one.id, one.version]))
  return {
    ...{ text: written.text, parameters: [...written.parameters], place: 'extracts' },
    inputs: used.map((one) => ({ ...one, version: versions.get(one.dataset) ?? 0 })),
  }
}

/** What tells of a person in the data it was taken from tells of one here. */
function told(workspace: Workspace, { fields, aliases, used }: WrittenOutcome): StoredField[] {
  const personal = new Map<string, StoredField['personal']>()
  for (const { dataset } of used) {
    for (const field of workspace.catalogue.dataset(dataset)?.fields ?? []) {
      if (field.personal) personal.set(field.name.toLowerCase(), field.personal)
    }
  }
  // By another name it tells the same, and by one more given to that.
  for (let grows = true; grows;) {
    grows = false
    for (const { name, of } of aliases) {
      const kind = of.map((column) => personal.get(column)).find(Boolean)
      if (!kind || personal.has(name)) continue
      personal.set(name, kind)
      grows = true
    }
  }
  return fields.map((field) => ({
    ...field,
    personal: field.personal ?? personal.get(field.name.toLowerCase()) ?? null,
  }))
}
