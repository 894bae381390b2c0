/** What a new version would take away from reports: the question a refresh stops with. */
import { columnKey } from '../../../../shared/data/column-key.ts'
import type { SchemaQuestion } from '../../../../shared/data/refresh-words.ts'
import { fieldNameOf, slotOf } from '../../../../shared/report/field-use.ts'
import { columnsUsed } from '../../../../shared/report/remap-slot.ts'
import type { Report } from '../../../../shared/report/report.ts'
import { fieldInfo } from '../dataset-words.ts'
import type { PreparedVersion } from '../make-version.ts'
import { asImported } from '../preparation/replay.ts'
import type { StoredDataset, StoredReport, StoredSource } from '../store/catalogue.ts'
import { proposeRenames } from './propose-renames.ts'
import { retypedFields } from './retyped-fields.ts'

/** Undefined for a file that is gone or no report any more. */
export type ReadReport = (path: string) => Promise<Report | undefined>

export interface Asked {
  /** The sources of `stored` that were read anew, in the order they follow those taken over. */
  readonly again: readonly StoredSource[]
  /** Fields whose change of type was asked for. */
  readonly decided: ReadonlySet<string>
  /** Rows the recipe left of the version before. */
  readonly rowsBefore: number
  /** What changed sources lose was accepted. */
  readonly accepted: boolean
  /** A new file, read last of all, that lacks columns of the others. */
  readonly stranger?: Asker | undefined
}

interface Asker {
  readonly name: string
  /** As the order names it, where it does. */
  readonly fileId?: string
  readonly waiting: readonly string[]
}

export function schemaQuestion(
  stored: StoredDataset,
  { again, decided, accepted, stranger, rowsBefore }: Asked,
  { stored: made, outcome, broken: brokenSteps }: PreparedVersion,
): Omit<SchemaQuestion, 'reports'> | undefined {
  const next = asImported(made)
  const kept = outcome.sources.findIndex(({ hash }) => hash !== '')
  const gone = new Map<string, string[]>()
  const miss = (name: string, source: string) => gone.set(name, [...(gone.get(name) ?? []), source])
  for (const [index, source] of accepted ? [] : again.entries()) {
    const has = new Set(outcome.sources[kept + index]?.columns)
    for (const name of columnsOf(source, stored)) if (!has.has(name)) miss(name, source.name)
  }
  const broken = accepted ? [] : brokenSteps
  // What changed files lose is asked about on its own: whoever takes a new file in has not agreed to it.
  const read = outcome.sources.slice(kept)
  const emptied = accepted ? [] : emptiedSources(again, read)
  const shrunk = accepted ? [] : shrunkSources(again, read)
  const isEmpty = !accepted && rowsBefore > 0 && next.rows > 0 && made.rows === 0
  const isOwn = gone.size + broken.length + emptied.length + shrunk.length > 0 || isEmpty
  const asked = isOwn ? undefined : stranger
  if (asked !== undefined) {
    const columns = outcome.sources.at(-1)?.columns ?? []
    for (const name of lackedBy(stored, columns)) miss(name, asked.name)
  }
  const vanished = stored.fields.filter(({ name }) => gone.has(name))
  const known = new Set(stored.fields.map(({ name }) => name))
  const added = next.fields.filter(({ name }) => !known.has(name))
  // What the next new file does to a type was not agreed to with what was lost before it.
  const changed = accepted && asked === undefined ? [] : retypedFields(stored, next, outcome)
  const retyped = changed.filter(({ field }) => !decided.has(field))
  const unpadded = accepted && asked === undefined ? [] : unpaddedFields(outcome)
  const open =
    vanished.length +
    retyped.length +
    broken.length +
    emptied.length +
    unpadded.length +
    shrunk.length
  if (open === 0 && !isEmpty && asked === undefined) return undefined
  return {
    vanished: vanished.map((field) => ({
      field: fieldInfo(field),
      sources: gone.get(field.name) ?? [],
    })),
    added: added.map(fieldInfo),
    ...(asked ? { file: asked.name } : {}),
    ...(asked?.fileId === undefined ? {} : { fileId: asked.fileId }),
    waiting: [...(isOwn && stranger ? [stranger.name] : []), ...(stranger?.waiting ?? [])],
    ...{ retyped, emptied, shrunk, unpadded },
    ...(isEmpty ? { resultEmpty: 'recipe' as const } : {}),
    proposals: proposeRenames(vanished, added, chosenTypes(stored)),
    steps: broken.map(({ step, problem }) => ({
      ...{ step: step.id, kind: step.kind, reason: problem.reason, fields: problem.fields },
    })),
  }
}

function unpaddedFields({
  lostZeros,
  sources,
}: PreparedVersion['outcome']): SchemaQuestion['unpadded'] {
  return lostZeros.map(({ column, source, width, count, of, examples }) => ({
    ...{ field: column, file: sources[source]?.name ?? '', digits: width, count, of },
    examples: [...examples],
  }))
}

/** Fields whose type was chosen: a new file's column is text to the eye when only some of its cells are of that type. */
function chosenTypes({ overrides }: StoredDataset): ReadonlySet<string> {
  return new Set(overrides.flatMap(({ column, type }) => (type === undefined ? [] : [column])))
}

/** An export that failed leaves its heads alone: that is no month without sales until somebody says so. */
function emptiedSources(
  again: readonly StoredSource[],
  read: PreparedVersion['outcome']['sources'],
): string[] {
  const found = rowsRead(again, read).filter(({ before, after }) => before > 0 && after === 0)
  return [...new Set(found.map(({ file }) => file))]
}

/** A first page, or the first day of a month: of an export that was whole so little is left only when it failed. */
const smallPart = 20
/** Lists of a few dozen rows come and go. */
const leastRows = 100

function shrunkSources(
  again: readonly StoredSource[],
  read: PreparedVersion['outcome']['sources'],
): SchemaQuestion['shrunk'] {
  return rowsRead(again, read).filter(
    ({ before, after }) => before >= leastRows && after > 0 && after * smallPart < before,
  )
}

/** Also the rows that gave way to those of other files. */
function rowsRead(
  again: readonly StoredSource[],
  read: PreparedVersion['outcome']['sources'],
): SchemaQuestion['shrunk'] {
  return again.flatMap(({ name: file, rows, leftOut }, index) => {
    const now = read[index]
    if (now === undefined) return []
    return [{ file, before: rows + (leftOut ?? 0), after: now.rows + (now.leftOut ?? 0) }]
  })
}

export function columnsOf(source: StoredSource, stored: StoredDataset): readonly string[] {
  return source.columns ?? stored.fields.map(({ name }) => name)
}

interface KnownColumns {
  /** Keys of its fields. */
  readonly fields: ReadonlySet<string>
  /** Of its sources, each list of columns once: a year of daily files has one. */
  readonly lists: readonly (readonly Column[])[]
}

interface Column {
  readonly name: string
  readonly key: string
}

/** Thousands of new files may be held to one dataset of as many. */
const known = new WeakMap<StoredDataset, KnownColumns>()

export function knownColumns(stored: StoredDataset): KnownColumns {
  const before = known.get(stored)
  if (before !== undefined) return before
  const lists = new Map<string, readonly string[]>()
  for (const source of stored.sources) {
    const names = columnsOf(source, stored)
    lists.set(JSON.stringify(names), names)
  }
  const found = {
    fields: new Set(stored.fields.map(({ name }) => columnKey(name))),
    lists: [...lists.values()].map((names) =>
      names.map((name) => ({ name, key: columnKey(name) })),
    ),
  }
  known.set(stored, found)
  return found
}

/** Fields the nearest source of the dataset has and these columns have not; `names` in lower case. */
export function lacking(stored: StoredDataset, names: ReadonlySet<string>): readonly string[] {
  const missing = knownColumns(stored).lists.map((columns) =>
    columns.flatMap(({ name, key }) => (names.has(key) ? [] : [name])),
  )
  return missing.toSorted((a, b) => a.length - b.length)[0] ?? []
}

function lackedBy(stored: StoredDataset, columns: readonly string[]): readonly string[] {
  return lacking(stored, new Set(columns.map(columnKey)))
}

/** Reports this workspace remembers that use one of the fields of the dataset. */
export async function affectedReports(
  reports: readonly StoredReport[],
  dataset: string,
  fields: ReadonlySet<string>,
  read: ReadReport,
): Promise<SchemaQuestion['reports']> {
  const found: SchemaQuestion['reports'] = []
  for (const { path, title, slots } of reports) {
    const own = Object.keys(slots).filter((slot) => slots[slot] === dataset)
    const report = own.length === 0 ? undefined : await read(path)
    if (report === undefined) continue
    const used = new Set<string>()
    for (const id of columnsUsed(report)) {
      if (own.includes(slotOf(id)) && fields.has(fieldNameOf(id))) used.add(fieldNameOf(id))
    }
    if (used.size > 0) found.push({ title, fields: [...used] })
  }
  return found
}
