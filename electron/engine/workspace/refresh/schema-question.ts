/** What a new version would take away from reports: the question a refresh stops with. */
import type { SchemaQuestion } from '../../../../shared/data/refresh-words.ts'
import { fieldNameOf, slotOf } from '../../../../shared/report/field-use.ts'
import { columnsUsed } from '../../../../shared/report/remap-slot.ts'
import type { Report } from '../../../../shared/report/report.ts'
import { fieldInfo } from '../dataset-words.ts'
import type { PreparedVersion } from '../make-version.ts'
import { asImported } from '../preparation/replay.ts'
import type { StoredDataset, StoredField, StoredReport, StoredSource } from '../store/catalogue.ts'
import { kindOfType, proposeRenames } from './propose-renames.ts'

/** Undefined for a file that is gone or no report any more. */
export type ReadReport = (path: string) => Promise<Report | undefined>

/** `again`: the sources of `stored` that were read anew, in the order they follow those taken over. */
export function schemaQuestion(
  stored: StoredDataset,
  again: readonly StoredSource[],
  { stored: made, outcome, broken }: PreparedVersion,
  decided: ReadonlySet<string> = new Set(),
): Omit<SchemaQuestion, 'reports'> | undefined {
  const next = asImported(made)
  const kept = outcome.sources.findIndex(({ hash }) => hash !== '')
  const gone = new Map<string, string[]>()
  for (const [index, source] of again.entries()) {
    const has = new Set(outcome.sources[kept + index]?.columns)
    for (const name of columnsOf(source, stored)) {
      if (!has.has(name)) gone.set(name, [...(gone.get(name) ?? []), source.name])
    }
  }
  const vanished = stored.fields.filter(({ name }) => gone.has(name))
  const known = new Set(stored.fields.map(({ name }) => name))
  const added = next.fields.filter(({ name }) => !known.has(name))
  const retyped = retypedFields(stored, next).filter(({ field }) => !decided.has(field))
  if (vanished.length + retyped.length + broken.length === 0) return undefined
  return {
    vanished: vanished.map((field) => ({
      field: fieldInfo(field),
      sources: gone.get(field.name) ?? [],
    })),
    added: added.map(fieldInfo),
    retyped,
    proposals: proposeRenames(vanished, added),
    steps: broken.map(({ step, problem }) => ({
      ...{ step: step.id, kind: step.kind, reason: problem.reason, fields: problem.fields },
    })),
  }
}

export function columnsOf(source: StoredSource, stored: StoredDataset): readonly string[] {
  return source.columns ?? stored.fields.map(({ name }) => name)
}

function retypedFields(stored: StoredDataset, next: StoredDataset): SchemaQuestion['retyped'] {
  const isBlank = (field: StoredField, rows: number): boolean => field.blanks >= rows
  return stored.fields.flatMap((before) => {
    const after = next.fields.find(({ name }) => name === before.name)
    if (after === undefined || kindOfType(after.type) === kindOfType(before.type)) return []
    if (isBlank(before, stored.rows) || isBlank(after, next.rows)) return []
    return [{ field: before.name, from: before.type, to: after.type }]
  })
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
