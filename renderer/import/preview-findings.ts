/** What the rows looked at before an import say: what will be left out, and what is worth knowing of each column. */
import type { DatasetWarning } from '../../shared/data/dataset.ts'
import type { SourcePart } from '../../shared/data/import-words.ts'
import type { PlannedDataset } from './import-plan.ts'

export interface LeftOutRows {
  readonly count: number
  /** `合计 (52)`, of several parts `一月.xlsx · 合计 (52)`. */
  readonly examples: readonly string[]
}

const shownExamples = 5

export function leftOutRows({ parts }: PlannedDataset): LeftOutRows {
  const examples = parts.flatMap(({ leftOut, fileName, part }) => {
    const source = parts.length > 1 ? `${[fileName, part].filter(Boolean).join(' · ')} · ` : ''
    return (leftOut?.rows ?? []).map(({ label, row }) => `${source}${label} (${row})`.trim())
  })
  return {
    count: parts.reduce((sum, { leftOut }) => sum + (leftOut?.count ?? 0), 0),
    examples: examples.slice(0, shownExamples),
  }
}

/** Rows that were looked at where some part goes on beyond them; null when all were seen. */
export function rowsSeen({ parts }: PlannedDataset): number | null {
  const cut = parts.filter(({ looked }) => !looked.all)
  return cut.length === 0 ? null : Math.min(...cut.map(({ looked }) => looked.rows))
}

/** Said of nearly every list, and asks for nothing. */
const expected = new Set<DatasetWarning['code']>(['textIdentifier'])

/** Each once, but for columns whose reading was chosen by hand: what was found no longer holds for them. */
export function columnRemarks({ parts, overrides }: PlannedDataset): DatasetWarning[] {
  const seen = new Set<string>()
  return parts.flatMap(({ remarks = [] }: SourcePart) =>
    remarks.filter(({ code, column = '', examples = [] }) => {
      const key = column === '' ? `${code} ${examples.join()}` : `${code} ${column}`
      const { type, dateOrder, fillMerged, trimMarks, decimalMark } = overrides[column] ?? {}
      const own = { mergedCells: fillMerged, textMarks: trimMarks }
      const settled =
        code === 'mergedCells' || code === 'textMarks'
          ? own[code]
          : (type ?? dateOrder ?? decimalMark)
      if (seen.has(key) || settled !== undefined || expected.has(code)) return false
      seen.add(key)
      return true
    }),
  )
}
