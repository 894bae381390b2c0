/** Lines kept apart, seen and mended: those that parse now join the dataset as a new version, the others stay. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { FieldType } from '../../../../shared/data/field.ts'
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import type {
  MendedRows,
  MendRows,
  QuarantinedRow,
  RejectedRows,
  RowFix,
} from '../../../../shared/data/rejected-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { MendOrder } from '../../runner/import/import-order.ts'
import { datasetInfo } from '../dataset-words.ts'
import type { PreparedVersion } from '../make-version.ts'
import { commitVersions, dropFiles, prepareVersion } from '../make-version.ts'
import { asImported } from '../preparation/replay.ts'
import { followVersions } from '../follow-versions.ts'
import { refuseBeingImported } from '../import-turns.ts'
import type { StoredDataset, StoredSource } from '../store/catalogue.ts'
import type { RowMend } from '../store/quarantine.ts'
import type { Workspace } from '../workspace.ts'

export function rejectedRows(
  workspace: Workspace,
  ask: { readonly dataset: string; readonly offset: number; readonly limit: number },
): RejectedRows {
  const { id, version, rejected, sources } = required(workspace, ask.dataset)
  const { quarantine } = workspace.catalogue.versions
  return {
    total: rejected,
    kept: quarantine.count(id, version),
    sources: sources.map(({ name, part, kind, shape }, source) => ({
      ...{ source, kind, shape: shape ?? null },
      name: part === null ? name : `${name} · ${part}`,
    })),
    rows: quarantine.rows(id, version, ask.offset, ask.limit),
  }
}

export interface MendTools {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
}

/** Rejects with AppErrorException; then nothing has changed. */
export function mendRejected(
  workspace: Workspace,
  { dataset, fixes }: MendRows,
  tools: MendTools,
): Promise<MendedRows> {
  return workspace.exclusive(async () => {
    const before = required(workspace, dataset)
    refuseBeingImported(workspace, before)
    const plan = planOf(workspace, before, fixes)
    const prepared =
      plan.mend.length === 0 ? undefined : await joined(workspace, before, plan.mend, tools)
    try {
      return await committed(workspace, before, plan, prepared, tools)
    } catch (error) {
      await dropFiles(workspace, prepared?.files ?? [])
      throw error
    }
  })
}

interface Plan {
  readonly all: readonly QuarantinedRow[]
  readonly fixes: ReadonlyMap<string, RowFix>
  readonly mend: readonly MendOrder[]
  /** What cannot be mended: another line stands there by now, or nobody kept how lines are cut. */
  readonly gone: MendedRows['still']
}

const keyOf = ({ source, row }: Pick<QuarantinedRow, 'source' | 'row'>): string => `${source} ${row}` // prettier-ignore

function planOf(workspace: Workspace, before: StoredDataset, asked: readonly RowFix[]): Plan {
  const all = workspace.catalogue.versions.quarantine.rows(before.id, before.version)
  const known = new Map(all.map((row) => [keyOf(row), row]))
  const fixes = new Map<string, RowFix>()
  const gone: MendedRows['still'] = []
  for (const fix of asked) {
    const { source, row } = fix
    const stands = known.get(keyOf(fix))
    const mendable = fix.text === null || (stands?.cut === false && before.sources[source]?.shape)
    if (stands?.raw === fix.raw && mendable) fixes.set(keyOf(fix), fix)
    else gone.push({ source, row, reason: 'gone' })
  }
  return { all, fixes, gone, mend: mendOrders(before, [...fixes.values()]) }
}

function mendOrders(before: StoredDataset, fixes: readonly RowFix[]): MendOrder[] {
  return before.sources.flatMap(({ shape, layout }, place) => {
    const lines = fixes.flatMap(({ source, row, text }) =>
      source === place && text !== null ? [{ row, text }] : [],
    )
    return shape == null || lines.length === 0
      ? []
      : [{ place, shape, lines, layout: layout ?? {} }]
  })
}

async function joined(
  workspace: Workspace,
  before: StoredDataset,
  mend: readonly MendOrder[],
  tools: MendTools,
): Promise<PreparedVersion> {
  const from = asImported(before)
  const prepared = await prepareVersion(workspace, {
    existing: from,
    name: from.name,
    kept: { from, places: from.sources.map((_, place) => place) },
    mend,
    parts: [],
    overrides: from.overrides,
    renames: from.renames,
    folder: from.folder,
    overlap: from.overlap,
    recipe: from.recipe,
    onBroken: 'refuse',
    lenient: true,
    ...tools,
  })
  const retyped = retypedFields(from, prepared)
  if (retyped.length === 0) return prepared
  await dropFiles(workspace, prepared.files)
  throw new AppErrorException(appError('dataset/schemaChanged', { reason: 'mended', retyped }))
}

/** Wider numbers and days with a time hold what was there; any other type would change rows nobody touched. */
const wider: Partial<Record<FieldType, readonly FieldType[]>> = {
  integer: ['decimal', 'double'],
  decimal: ['double'],
  date: ['timestamp'],
}

function retypedFields(before: StoredDataset, { outcome }: PreparedVersion): string[] {
  const after = new Map(outcome.fields.map(({ name, type }) => [name, type]))
  return before.fields.flatMap(({ name, type, blanks }) => {
    const now = after.get(name)
    if (now === undefined || now === type || blanks === before.rows) return []
    return wider[type]?.includes(now) === true ? [] : [name]
  })
}

async function committed(
  workspace: Workspace,
  before: StoredDataset,
  { all, fixes, gone }: Plan,
  prepared: PreparedVersion | undefined,
  tools: MendTools,
): Promise<MendedRows> {
  const failed = (prepared?.outcome.sources ?? []).flatMap(({ mended }, source) =>
    (mended?.still ?? []).map((row) => ({ source, row, reason: 'fieldCount' })),
  )
  const still = [...gone, ...failed]
  const stays = new Set(failed.map(keyOf))
  const done = [...fixes.values()].filter((fix) => !stays.has(keyOf(fix)))
  const dropped = done.filter(({ text }) => text === null).length
  const answer = { joined: done.length - dropped, dropped, still }
  if (done.length === 0) {
    await dropFiles(workspace, prepared?.files ?? [])
    return { dataset: datasetInfo(before), ...answer }
  }
  const handled = new Set(done.map(keyOf))
  const sources = before.sources.map((source, place): StoredSource => {
    const own = done.filter((fix) => fix.source === place).length
    const rows = prepared?.outcome.sources[place]?.rows ?? source.rows
    return { ...source, rows, rejected: source.rejected - own }
  })
  const version = prepared?.stored.version ?? workspace.catalogue.versions.next(before.id)
  const next: StoredDataset = {
    ...(prepared?.stored ?? { ...before, version }),
    // The rows are of the same files as before.
    dataAsOf: before.dataAsOf,
    sources,
    rejected: before.rejected - done.length,
    warnings: warningsAfter(before, prepared, answer, before.rejected - done.length),
    quarantine: all.filter((row) => !handled.has(keyOf(row))),
    mends: [...workspace.catalogue.versions.quarantine.mends(before.id, before.version), ...mendsOf(before, done)], // prettier-ignore
  }
  await commitVersions(workspace, [{ stored: next, files: prepared?.files ?? [] }])
  await followVersions(workspace, new Set([before.id]), tools)
  return { dataset: datasetInfo(next), ...answer }
}

const mendsOf = (before: StoredDataset, done: readonly RowFix[]): RowMend[] =>
  done.flatMap(({ source, raw, text }) => {
    const own = before.sources[source]
    return own ? [{ name: own.name, part: own.part ?? '', raw, fixed: text }] : []
  })

/** What was said of columns is found anew; what was said of the files holds on. */
const ofColumns = new Set<DatasetWarning['code']>([
  ...([
    'mixedColumn',
    'mixedSigns',
    'mixedOrders',
    'weekdays',
    'lostValues',
    'roundedValues',
    'longDecimals',
    'openDateOrder',
    'textIdentifier',
  ] as const),
  ...([
    'oneZone',
    'mixedZones',
    'someZones',
    'cutFractions',
    'shortYears',
    'clocksAsText',
  ] as const),
  ...([
    'elapsedAsText',
    'elapsedAsDays',
    'longNumbers',
    'spelledNumbers',
    'serialDays',
    'commaFile',
    'openComma',
    'lostDigits',
    'monthsAsDays',
    'noRows',
    'rejectedRows',
    'mendedRows',
    'droppedRows',
  ] as const),
])

function warningsAfter(
  before: StoredDataset,
  prepared: PreparedVersion | undefined,
  { joined: mended, dropped }: { readonly joined: number; readonly dropped: number },
  rejected: number,
): DatasetWarning[] {
  const columns = prepared?.stored.warnings ?? before.warnings
  const known = (code: DatasetWarning['code']): number =>
    before.warnings.find((one) => one.code === code)?.count ?? 0
  const counts = [
    ['rejectedRows', rejected],
    ['mendedRows', known('mendedRows') + mended],
    ['droppedRows', known('droppedRows') + dropped],
  ] as const
  const counted = new Set<DatasetWarning['code']>(counts.map(([code]) => code))
  return [
    ...before.warnings.filter(({ code }) => !ofColumns.has(code)),
    ...columns.filter(({ code }) => ofColumns.has(code) && !counted.has(code)),
    ...counts.flatMap(([code, count]) => (count > 0 ? [{ code, count }] : [])),
  ]
}

function required(workspace: Workspace, id: string): StoredDataset {
  const stored = workspace.catalogue.dataset(id)
  if (stored === undefined)
    throw new AppErrorException(appError('dataset/notFound', { dataset: id }))
  return stored
}
