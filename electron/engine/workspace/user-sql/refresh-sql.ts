/** A statement over extracts run again: a new version, unless reports would lose fields and nobody agreed to that. */
import type {
  RefreshedDataset,
  RefreshOrder,
  SchemaQuestion,
} from '../../../../shared/data/refresh-words.ts'
import type { ImportProgress } from '../../../../shared/data/import-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { datasetInfo, fieldInfo } from '../dataset-words.ts'
import { followVersions } from '../follow-versions.ts'
import { commitVersions, dropFiles } from '../make-version.ts'
import { lostFields } from '../preparation/replay.ts'
import type { ReadReport } from '../refresh/schema-question.ts'
import { lostOf } from '../refresh/retyped-fields.ts'
import { affectedReports } from '../refresh/schema-question.ts'
import { kindOfType } from '../refresh/propose-renames.ts'
import type { StoredDataset, StoredSql } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'
import type { SqlVersion } from './make-sql-version.ts'
import { makeSqlVersion } from './make-sql-version.ts'

interface Tools {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ImportProgress) => void
  readonly readReport: ReadReport
}

export async function refreshSql(
  workspace: Workspace,
  stored: StoredDataset,
  sql: StoredSql,
  { acceptLoss }: RefreshOrder,
  { signal, onProgress, readReport }: Tools,
): Promise<RefreshedDataset> {
  const onBroken = acceptLoss ? 'skip' : 'stop'
  const made = await makeSqlVersion(workspace, {
    ...{ existing: stored, name: stored.name, written: sql, onBroken, signal, onProgress },
  })
  try {
    const question = acceptLoss ? undefined : questionOf(stored, made)
    if (question) {
      await dropFiles(workspace, made.files)
      const fields = new Set([
        ...question.vanished.map(({ field }) => field.name),
        ...question.retyped.map(({ field }) => field),
        ...(question.steps.length > 0 ? lostFields(workspace, stored, made) : []),
      ])
      const known = workspace.catalogue.reports()
      const reports = await affectedReports(known, stored.id, fields, readReport)
      return { state: 'question', dataset: datasetInfo(stored), question: { ...question, reports } }
    }
    if (signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
    await commitVersions(workspace, [made])
  } catch (error) {
    await dropFiles(workspace, made.files)
    throw error
  }
  const waiting = await followVersions(workspace, new Set([stored.id]), { signal, onProgress })
  return {
    ...(waiting.length > 0 ? { waiting } : {}),
    ...{ state: 'refreshed', dataset: datasetInfo(made.stored), rowsBefore: stored.rows },
    ...lostOf(stored, made.stored),
    ...{ rejected: [], read: sql.inputs.map(({ name }) => name), kept: 0, added: [] },
  }
}

function questionOf(
  stored: StoredDataset,
  { stored: next, broken }: SqlVersion,
): Omit<SchemaQuestion, 'reports'> | undefined {
  const after = new Map(next.fields.map((field) => [field.name, field]))
  const before = new Set(stored.fields.map(({ name }) => name))
  const vanished = stored.fields.filter(({ name }) => !after.has(name))
  const retyped = stored.fields.flatMap(({ name, type: from }) => {
    const to = after.get(name)?.type
    return to === undefined || kindOfType(to) === kindOfType(from)
      ? []
      : [{ field: name, from, to, odd: [], ways: [] }]
  })
  const isEmpty = stored.rows > 0 && next.rows === 0
  if (vanished.length + retyped.length + broken.length === 0 && !isEmpty) return undefined
  return {
    vanished: vanished.map((field) => ({ field: fieldInfo(field), sources: [] })),
    added: next.fields.filter(({ name }) => !before.has(name)).map(fieldInfo),
    ...{ retyped, proposals: [], emptied: [], unpadded: [], shrunk: [], waiting: [] },
    ...(isEmpty ? { resultEmpty: 'sql' as const } : {}),
    steps: broken.map(({ step, problem }) => ({
      ...{ step: step.id, kind: step.kind, reason: problem.reason, fields: problem.fields },
    })),
  }
}
