import { Button } from 'antd'
import type { DatasetWarning } from '../../shared/data/dataset.ts'
import type { ColumnOverride } from '../../shared/data/import-words.ts'
import { warningSentence, warningTone } from '../../shared/text/warning-sentence.ts'
import { Icon } from './icon.tsx'
import { useText } from './use-text.ts'
import './import-remark.css'

export type ColumnRule = Omit<ColumnOverride, 'column'>

interface RemarkProps {
  readonly warning: DatasetWarning
  readonly onRule: ((column: string, rule: ColumnRule) => void) | null
}

/** A remark about what was read, with what one click can do about it. */
export function ImportRemark({ warning, onRule }: RemarkProps) {
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
            {text(label, { type })}
          </Button>
        ))}
    </li>
  )
}

/** What can be done about a remark with one click. */
function rulesFor({ code, wouldBe, count }: DatasetWarning) {
  if (wouldBe !== undefined) return [{ label: 'warning.rule', rule: { type: wouldBe } }] as const
  if (code !== 'openDateOrder') return []
  // A column of dates already: the type chosen for it stays, be it days or moments.
  if (count !== undefined)
    return [
      { label: 'warning.dayFirst', rule: { dateOrder: 'dayFirst' } },
      { label: 'warning.monthFirst', rule: { dateOrder: 'monthFirst' } },
    ] as const
  return [
    { label: 'warning.dayFirst', rule: { type: 'date', dateOrder: 'dayFirst' } },
    { label: 'warning.monthFirst', rule: { type: 'date', dateOrder: 'monthFirst' } },
  ] as const
}
