import type { z } from 'zod'
import type { RejectedRow } from '../../shared/data/dataset.ts'

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** The rows that were left out as a file to save: where each stood, why, and the line itself. */
export function rejectedCsv(rows: readonly z.infer<typeof RejectedRow>[]): string {
  const lines = rows.map(({ source, row, reason, raw }) =>
    [quoted(source), row, reason, quoted(raw)].join(','),
  )
  const csv = ['source,row,reason,line', ...lines].join('\r\n')
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${csv}\r\n`)}`
}
