import { Select } from 'antd'
import type { SourcePart } from '../../shared/data/import-words.ts'
import type { SheetLayout } from '../../shared/data/sheet-layout.ts'
import { useText } from '../ui/use-text.ts'

const named = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'bar', ' ': 'space' } as const
const isNamed = (sign: string): sign is keyof typeof named => Object.hasOwn(named, sign)

interface DelimiterProps {
  readonly part: SourcePart
  readonly onChange: (change: Partial<SheetLayout>) => void
}

/** What parts the fields of a text file: as found, or another sign. */
export function DelimiterChoice({ part: { delimiter }, onChange }: DelimiterProps) {
  const text = useText()
  if (delimiter === undefined) return null
  const signs = [...new Set([...Object.keys(named), delimiter])]
  const labelOf = (sign: string): string =>
    isNamed(sign) ? text(`import.delimiter.${named[sign]}`) : shown(sign)
  return (
    <label className="plan-delimiter">
      <span>{text('import.delimiter')}</span>
      <Select
        size="small"
        aria-label={text('import.delimiter')}
        value={delimiter}
        options={signs.map((sign) => ({ value: sign, label: labelOf(sign) }))}
        // Cut in another way the names may stand elsewhere.
        onChange={(sign) =>
          onChange({ delimiter: sign, headerRow: undefined, headerRows: undefined })
        }
      />
    </label>
  )
}

/** Signs that nobody sees are shown by their number. */
const shown = (sign: string): string =>
  sign > ' ' ? sign : `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
