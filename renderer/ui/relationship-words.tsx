import type { Relationship } from '../../shared/data/dataset.ts'
import type { AppError } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { Icon } from './icon.tsx'
import { showCount } from './show-number.ts'
import { useLanguage, useText } from './use-text.ts'
import './relationship-words.css'

type Measures = Pick<Relationship, 'orphans' | 'blanks' | 'orphanExamples'>

/** What was counted when a relationship was made: rows without a partner with examples, and blank keys. */
export function RelationshipMeasures({ orphans, blanks, orphanExamples }: Measures) {
  const text = useText()
  const language = useLanguage()
  return (
    <p className="link-made">
      <Icon name="check" size={14} />
      {orphans === 0
        ? text('import.links.clean')
        : text('import.links.orphans', {
            count: showCount(orphans, language),
            examples: orphanExamples.join(text('list.separator')),
          })}
      {blanks > 0 && ` ${text('import.links.blanks', { count: showCount(blanks, language) })}`}
    </p>
  )
}

/** Why datasets were not related, with the keys that repeat where that is the reason. */
export function RelationshipRefusal({ error }: { readonly error: AppError }) {
  const text = useText()
  const { code, details } = error
  const examples = Array.isArray(details['examples']) ? details['examples'] : []
  return (
    <p className="link-refused" role="alert">
      <Icon name="warning" size={14} />
      {code === 'relationship/duplicateKey'
        ? text('import.links.duplicate', {
            dataset: String(details['dataset'] ?? ''),
            examples: examples.join(text('list.separator')),
          })
        : errorSentence(error, text)}
    </p>
  )
}
