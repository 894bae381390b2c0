import { z } from 'zod'
import type { Outcome } from '../errors.ts'
import { fail, ok } from '../errors.ts'
import { findFaults } from './integrity.ts'
import { migrate } from './migrations/migrations.ts'
import type { Report } from './report.ts'
import { ReportFile, reportFormat, reportVersion } from './report.ts'

/** Largest report text that is read: pictures included, a report stays far below. */
export const maxReportBytes = 80 * 1024 * 1024

const Envelope = z.looseObject({ format: z.string(), version: z.number().int().min(1) })

export type ReadFailure =
  | 'report/notAReport'
  | 'report/tooNew'
  | 'report/migrationFailed'
  | 'report/invalid'
  | 'report/dangling'

/**
 * Bytes to document in six steps, each with its own error: text, JSON, envelope, version, migration, strict schema and
 * integrity. Nothing is repaired and no version is guessed.
 */
export function readReport(
  bytes: Uint8Array,
  format: string = reportFormat,
): Outcome<Report, ReadFailure> {
  const parsed = parseJson(bytes)
  if (!parsed.ok) return parsed
  const envelope = Envelope.safeParse(parsed.value)
  if (!envelope.success || envelope.data.format !== format) {
    return fail('report/notAReport', { step: 'envelope' })
  }
  const { version } = envelope.data
  if (version > reportVersion) return fail('report/tooNew', { version, supported: reportVersion })
  const migrated = tryMigrate(parsed.value, version)
  if (!migrated.ok) return migrated
  const file = ReportFile.safeParse({ ...asObject(migrated.value), format: reportFormat })
  if (!file.success) {
    const issue = file.error.issues[0]
    return fail('report/invalid', {
      place: issue?.path.join('.') ?? '',
      problem: issue?.code ?? '',
      count: file.error.issues.length,
    })
  }
  const faults = findFaults(file.data.report)
  if (faults.length > 0) {
    return fail('report/dangling', {
      count: faults.length,
      faults: faults.slice(0, 20).map(({ place, fault }) => `${place}: ${fault}`),
    })
  }
  return ok(file.data.report)
}

function parseJson(bytes: Uint8Array): Outcome<unknown, 'report/notAReport'> {
  if (bytes.length > maxReportBytes) return fail('report/notAReport', { step: 'size' })
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    return fail('report/notAReport', { step: 'json' })
  }
}

function tryMigrate(raw: unknown, version: number): Outcome<unknown, 'report/migrationFailed'> {
  try {
    return ok(migrate(raw, version, reportVersion))
  } catch {
    return fail('report/migrationFailed', { version })
  }
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
