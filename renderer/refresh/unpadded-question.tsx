import { Radio } from 'antd'
import { useId } from 'react'
import type { ColumnOverride } from '../../shared/data/import-words.ts'
import type { SchemaQuestion } from '../../shared/data/refresh-words.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

type Unpadded = SchemaQuestion['unpadded'][number]

interface UnpaddedProps {
  readonly field: string
  readonly found: readonly Unpadded[]
  readonly pads: boolean
  readonly onChoose: (pads: boolean) => void
}

/** Numbers of members that a file writes without the zeros they are known with: the same ones, or others? */
export function UnpaddedQuestion({ field, found, pads, onChoose }: UnpaddedProps) {
  const text = useText()
  const own = useId()
  const language = useLanguage()
  const count = (value: number): string => showCount(value, language)
  const [first] = found
  if (first === undefined) return null
  const { digits } = first
  return (
    <fieldset className="refresh-retyped" aria-labelledby={own}>
      <p id={own}>{text('refresh.unpadded', { field, digits })}</p>
      <ul>
        {found.map(({ file, count: known, of, examples }) => (
          <li key={file}>
            {text('refresh.unpadded.file', {
              ...{ file, count: count(known), of: count(of) },
              examples: examples
                .map((value) => `${value} → ${value.padStart(digits, '0')}`)
                .join(text('list.separator')),
            })}
          </li>
        ))}
      </ul>
      <Radio.Group
        aria-labelledby={own}
        value={pads}
        onChange={({ target }) => onChoose(target.value === true)}
      >
        <Radio value={true}>{text('warning.padZeros', { digits })}</Radio>
        <Radio value={false}>{text('refresh.unpadded.keep')}</Radio>
      </Radio.Group>
    </fieldset>
  )
}

export function padRules(
  unpadded: readonly Unpadded[],
  kept: ReadonlySet<string>,
): ColumnOverride[] {
  const fields = [...new Set(unpadded.map(({ field }) => field))]
  return fields.flatMap((column) => {
    const padTo = unpadded.find(({ field }) => field === column)?.digits
    return kept.has(column) || padTo === undefined ? [] : [{ column, padTo }]
  })
}
