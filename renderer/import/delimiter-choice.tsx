import { Select } from 'antd'
import { delimiterNames, delimiters } from '../../shared/data/delimiters.ts'
import type { SourcePart } from '../../shared/data/import-words.ts'
import type { SheetLayout } from '../../shared/data/sheet-layout.ts'
import { useText } from '../ui/use-text.ts'

interface DelimiterProps {
  readonly part: SourcePart
  readonly onChange: (change: Partial<SheetLayout>) => void
}

/** What parts the fields of a text file: as found, or another sign. */
export function DelimiterChoice({ part: { delimiter }, onChange }: DelimiterProps) {
  const text = useText()
  if (delimiter === undefined) return null
  const signs = [...new Set([...Object.values(delimiters), delimiter])]
  const labelOf = (sign: string): string => {
    const name = delimiterNames.find((one) => delimiters[one] === sign)
    return name === undefined ? shown(sign) : text(`import.delimiter.${name}`)
  }
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
