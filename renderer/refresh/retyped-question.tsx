import { Radio } from 'antd'
import { useId } from 'react'
import type { KeepKind, RetypedField } from '../../shared/data/refresh-words.ts'
import type { ColumnOverride } from '../../shared/data/import-words.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

/** A way to keep the type, or that it changes. */
export type RetypedChoice = KeepKind | 'change'

interface RetypedProps {
  readonly retyped: RetypedField
  readonly chosen: RetypedChoice | undefined
  readonly onChoose: (choice: RetypedChoice) => void
}

/** A field is another kind of value now: which cells made it so, and whether it stays what it was. */
export function RetypedQuestion({ retyped, chosen, onChoose }: RetypedProps) {
  const text = useText()
  const own = useId()
  const language = useLanguage()
  const { field, from, to, odd, ways } = retyped
  const count = (value: number): string => showCount(value, language)
  const types = { from: text(`type.${from}`), to: text(`type.${to}`) }
  if (ways.length === 0) return <p>{text('refresh.retyped', { field, ...types })}</p>
  return (
    <fieldset className="refresh-retyped" aria-labelledby={own}>
      <p id={own}>
        {text(odd.length > 0 ? 'refresh.retyped.odd' : 'refresh.retyped.all', { field, ...types })}
      </p>
      {odd.length > 0 && (
        <ul>
          {odd.map(({ file, count: cells, of, examples }) => (
            <li key={file}>
              {text('refresh.retyped.file', {
                ...{ file, count: count(cells), of: count(of) },
                examples: examples.join(text('list.separator')),
              })}
            </li>
          ))}
        </ul>
      )}
      <Radio.Group
        aria-labelledby={own}
        value={chosen}
        onChange={({ target }) => onChoose(target.value as RetypedChoice)}
      >
        {ways.map(({ kind, rule, blank, rounded }) => (
          <Radio key={kind} value={kind}>
            {text(`refresh.keep.${kind}`, { type: text(`type.${rule.type ?? from}`) })}
            {blank > 0 &&
              kind !== 'blank' &&
              ` · ${text('refresh.keep.cost', { count: count(blank) })}`}
            {rounded > 0 &&
              kind !== 'rounded' &&
              ` · ${text('refresh.keep.rounds', { count: count(rounded) })}`}
          </Radio>
        ))}
        <Radio value="change">
          {text(to === 'double' ? 'refresh.keep.double' : 'refresh.keep.change', types)}
        </Radio>
      </Radio.Group>
    </fieldset>
  )
}

/** What is chosen before anybody did: nothing that could lose much. */
export function proposedChoices(retyped: readonly RetypedField[]): Record<string, RetypedChoice> {
  return Object.fromEntries(
    retyped.flatMap(({ field, proposed }) => (proposed === undefined ? [] : [[field, proposed]])),
  )
}

/** Fields without a way to stay what they were are merely told. */
export function areAnswered(
  retyped: readonly RetypedField[],
  choices: Readonly<Record<string, RetypedChoice>>,
): boolean {
  return retyped.every(({ field, ways }) => ways.length === 0 || field in choices)
}

export function rulesOf(
  retyped: readonly RetypedField[],
  choices: Readonly<Record<string, RetypedChoice>>,
): ColumnOverride[] {
  return retyped.flatMap(({ field, ways }) => {
    const way = ways.find(({ kind }) => kind === choices[field])
    return way === undefined ? [] : [way.rule]
  })
}
