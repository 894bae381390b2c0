import { withoutTimeMark } from '../../shared/data/calendar-day.ts'
import { formatNumber } from '../../shared/data/number-format.ts'
import { exactAt, textAt } from '../../shared/query/cell-reading.ts'
import { useContentReport } from '../state/content-block.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { pillFormats } from '../ui/pill-formats.ts'
import { useLanguage } from '../ui/use-text.ts'
import './blocks.css'

export function MetricContent({ block, answer }: BlockContentProps<'metric'>) {
  const language = useLanguage()
  const report = useContentReport()
  const column = answer.state === 'result' ? answer.result.cells[0] : undefined
  const use = block.shelves.values[0]
  const number = exactAt(column, 0)
  const shown =
    number !== null && use
      ? formatNumber(number, pillFormats(report, block)(use.id), language)
      : withoutTimeMark(textAt(column, 0) ?? '')
  return (
    <div className="metric-content">
      <span className="metric-number">{shown === '' ? '–' : shown}</span>
    </div>
  )
}
