import type { BlockContentProps } from '../state/block-content.ts'
import { showValue } from '../ui/show-value.ts'
import { useLanguage } from '../ui/use-text.ts'
import './blocks.css'

export function MetricContent({ answer }: BlockContentProps<'metric'>) {
  const language = useLanguage()
  const column = answer.state === 'result' ? answer.result.cells[0] : undefined
  const shown = column ? showValue(column, 0, language) : ''
  return <div className="metric-content">{shown === '' ? '–' : shown}</div>
}
