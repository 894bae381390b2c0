import { Button } from 'antd'
import type { DatasetWarning } from '../../shared/data/dataset.ts'
import type { ColumnOverride } from '../../shared/data/import-words.ts'
import type { MessageKey } from '../../shared/text/messages.ts'
import { warningSentence, warningTone } from '../../shared/text/warning-sentence.ts'
import { Icon } from './icon.tsx'
import { useText } from './use-text.ts'
import './import-remark.css'

export type ColumnRule = Omit<ColumnOverride, 'column'>

interface RemarkProps {
  readonly warning: DatasetWarning
  readonly onRule: ((column: string, rule: ColumnRule) => void) | null
  readonly onLikelyTotals?: () => void
}

/** A remark about what was read, with what one click can do about it. */
export function ImportRemark({ warning, onRule, onLikelyTotals }: RemarkProps) {
  const text = useText()
  const { code, column = '', wouldBe } = warning
  const type = wouldBe === undefined ? '' : text(`type.${wouldBe}`)
  const tone = warningTone(code)
  return (
    <li data-tone={tone}>
      <Icon name={tone === 'neutral' ? 'check' : 'warning'} size={14} />
      <span>{warningSentence(warning, text)}</span>
      {onRule &&
        rulesFor(warning).map(({ label, rule }) => (
          <Button key={label} size="small" onClick={() => onRule(column, rule)}>
            {text(label, { type, zone: warning.examples?.[0] ?? '', digits: warning.digits ?? 0 })}
          </Button>
        ))}
      {onLikelyTotals && (
        <Button size="small" onClick={onLikelyTotals}>
          {text('import.leaveOutLikely')}
        </Button>
      )}
    </li>
  )
}

interface OneClick {
  readonly label: MessageKey
  readonly rule: ColumnRule
}

const orderLabels = {
  dayFirst: 'warning.dayFirst',
  monthFirst: 'warning.monthFirst',
  yearFirst: 'warning.yearFirst',
} as const

/** `26-03-01`: with a year of two digits it may be the first part too. */
const hasShortYear = (text: string): boolean => /^\d{1,2}([-/.])\d{1,2}\1\d{2}(?!\d)/.test(text)

/** What can be done about a remark with one click. */
function rulesFor({
  code,
  column = '',
  wouldBe,
  count,
  digits,
  examples = [],
}: DatasetWarning): readonly OneClick[] {
  if (wouldBe !== undefined) return [{ label: 'warning.rule', rule: { type: wouldBe } }]
  if (code === 'mergedCells' && column !== '')
    return [{ label: 'warning.fillMerged', rule: { fillMerged: true } }]
  if (code === 'monthsAsDays') return [{ label: 'warning.keepText', rule: { type: 'text' } }]
  if (code === 'textMarks') return [{ label: 'warning.trimMarks', rule: { trimMarks: true } }]
  if (code === 'spelledNumbers') return [{ label: 'warning.asNumbers', rule: { type: 'decimal' } }]
  if (code === 'openComma')
    return [{ label: 'warning.commaMark', rule: { type: 'decimal', decimalMark: 'comma' } }]
  if (code === 'commaFile') {
    const type = examples.some((text) => text.includes('.')) ? 'decimal' : 'integer'
    return [{ label: 'warning.pointMark', rule: { type, decimalMark: 'point' } }]
  }
  if (code === 'longDecimals')
    return [{ label: 'warning.roundLong', rule: { type: 'decimal', rounded: true } }]
  if (code === 'lostZeros' && digits !== undefined)
    return [{ label: 'warning.padZeros', rule: { padTo: digits } }]
  if (code === 'serialDays') return [{ label: 'warning.asDays', rule: { type: 'date' } }]
  if (code === 'longNumbers' && examples.some((one) => /\d[.,]\d/.test(one)))
    return [{ label: 'warning.asNumbers', rule: { type: 'double' } }]
  if (code === 'someZones') return [{ label: 'warning.asZone', rule: { type: 'timestamp' } }]
  if (code !== 'openDateOrder') return []
  const orders = (['dayFirst', 'monthFirst', 'yearFirst'] as const).filter(
    (order) => order !== 'yearFirst' || examples.some(hasShortYear),
  )
  const type = examples.some((text) => text.includes(':')) ? 'timestamp' : 'date'
  return orders.map((dateOrder) => ({
    label: orderLabels[dateOrder],
    // A column of dates already: the type chosen for it stays, be it days or moments.
    rule: count === undefined ? { type, dateOrder } : { dateOrder },
  }))
}
