import type { Field } from '../../shared/data/field.ts'
import { idGenerator } from '../../shared/report/ids.ts'
import type { NewId } from '../../shared/report/ids.ts'
import { newReport } from '../../shared/report/new-report.ts'
import type { Report } from '../../shared/report/report.ts'

/** Repeatable ids: a small linear congruential generator is random enough for names. */
export function repeatableIds(seed = 1): NewId {
  let state = seed
  return idGenerator(() => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  })
}

export const salesFields: readonly Field[] = [
  { name: 'receipt', type: 'text', role: 'identifier' },
  { name: 'sold_at', type: 'date', role: 'dimension' },
  { name: 'region', type: 'text', role: 'dimension' },
  { name: 'shop', type: 'text', role: 'dimension' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'quantity', type: 'integer', role: 'measure' },
]

/** A report with one empty page and one slot, `sl_sales`. */
export function salesReport(newId: NewId = repeatableIds()): Report {
  const report = newReport('Sales', 'Page 1', newId)
  return {
    ...report,
    datasets: { sl_sales: { id: 'sl_sales', name: 'sales', fields: [...salesFields] } },
  }
}

export function field(name: string): Field {
  const found = salesFields.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`No such field: ${name}`)
  return found
}
