import { ImportRemark } from '../ui/import-remark.tsx'
import type { ColumnRule } from '../ui/import-remark.tsx'
import { Icon } from '../ui/icon.tsx'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { PlannedDataset } from './import-plan.ts'
import { columnRemarks, leftOutRows, rowsSeen } from './preview-findings.ts'

interface NotesProps {
  readonly dataset: PlannedDataset
  readonly onRule: (column: string, rule: ColumnRule) => void
  /** Leaves out what looks like totals as well. */
  readonly onLikelyTotals: () => void
}

/** What will be left out and which columns hold odd cells, as far as the rows that were looked at show it. */
export function PreviewNotes({ dataset, onRule, onLikelyTotals }: NotesProps) {
  const text = useText()
  const language = useLanguage()
  if (dataset.live) return null
  const remarks = columnRemarks(dataset)
  const { count, examples } = leftOutRows(dataset)
  const seen = rowsSeen(dataset)
  if (count === 0 && remarks.length === 0 && seen === null) return null
  const names = examples.join(text('list.separator'))
  return (
    <section className="plan-notes" aria-label={text('import.seen')}>
      {seen !== null && (
        <p className="hint">{text('import.seenPart', { count: showCount(seen, language) })}</p>
      )}
      {count + remarks.length > 0 && (
        <ul className="result-remarks">
          {count > 0 && (
            <li data-tone="neutral">
              <Icon name="check" size={14} />
              <span>{text('import.willLeaveOut', { count, examples: names })}</span>
            </li>
          )}
          {remarks.map((warning) => (
            <ImportRemark
              key={`${warning.code} ${warning.column ?? ''} ${warning.examples?.join() ?? ''}`}
              warning={warning}
              onRule={onRule}
              {...(warning.code === 'likelyTotals' ? { onLikelyTotals } : {})}
            />
          ))}
        </ul>
      )}
    </section>
  )
}
