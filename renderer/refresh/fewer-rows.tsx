import type { SchemaQuestion } from '../../shared/data/refresh-words.ts'
import { showCount } from '../ui/show-number.ts'
import { useLanguage, useText } from '../ui/use-text.ts'

interface FewerProps {
  readonly emptied: SchemaQuestion['emptied']
  readonly shrunk: SchemaQuestion['shrunk']
  readonly resultEmpty: SchemaQuestion['resultEmpty']
}

/** Files, or what is made of them, that hold hardly anything of what they held. */
export function FewerRows({ emptied, shrunk, resultEmpty }: FewerProps) {
  const text = useText()
  const language = useLanguage()
  const count = (value: number): string => showCount(value, language)
  return (
    <>
      {emptied.length > 0 && (
        <p>{text('refresh.emptied', { files: emptied.join(text('list.separator')) })}</p>
      )}
      {shrunk.map(({ file, before, after }) => (
        <p key={file}>
          {text('refresh.shrunk', { file, before: count(before), after: count(after) })}
        </p>
      ))}
      {resultEmpty !== undefined && <p>{text(`refresh.resultEmpty.${resultEmpty}`)}</p>}
    </>
  )
}
