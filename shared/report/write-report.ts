import type { Report } from './report.ts'
import { reportFormat, reportVersion } from './report.ts'

/** Text of a report file: keys in one order and two-space JSON, so that two versions differ only where they differ. */
export function writeReport(
  report: Report,
  savedBy: string,
  format: string = reportFormat,
): string {
  const file = { format, version: reportVersion, savedBy, report }
  return `${JSON.stringify(sorted(file, true), null, 2)}\n`
}

function sorted(value: unknown, top = false): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  // The envelope keeps its order: a reader of the file sees first what it is.
  if (!top) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}
