import type { Relationship } from '../../shared/data/dataset.ts'
import type { AppError } from '../../shared/errors.ts'
import { errorSentence } from '../../shared/text/error-sentence.ts'
import { Icon } from './icon.tsx'
import { showCount } from './show-number.ts'
import { useLanguage, useText } from './use-text.ts'
import './relationship-words.css'

type Measures = Pick<
  Relationship,
  'orphans' | 'blanks' | 'orphanExamples' | 'most' | 'mostExample' | 'broken'
>

/** What was counted when a relationship was made: rows without a partner with examples, and blank keys; why it broke. */
export function RelationshipMeasures(measures: Measures) {
  const { orphans, blanks, orphanExamples, most, mostExample, broken } = measures
  const text = useText()
  const language = useLanguage()
  if (broken) return <RelationshipRefusal error={broken} broken />
  const further = [
    ...(blanks > 0 ? [text('import.links.blanks', { count: showCount(blanks, language) })] : []),
    ...(most === 1 ? [text('relations.single')] : []),
    ...(most > 1
      ? [text('relations.most', { count: showCount(most, language), example: mostExample })]
      : []),
  ]
  return (
    <p className={orphans === 0 ? 'link-made' : 'link-partly'}>
      <Icon name={orphans === 0 ? 'check' : 'warning'} size={14} />
      <span>
        {orphans === 0
          ? text('import.links.clean')
          : text('import.links.orphans', {
              count: showCount(orphans, language),
              examples: orphanExamples.join(text('list.separator')),
            })}
        {further.map((words) => (
          <span key={words} className="link-fact">
            {' '}
            {words}
          </span>
        ))}
      </span>
    </p>
  )
}

interface RefusalProps {
  readonly error: AppError
  /** It held before a newer version came. */
  readonly broken?: boolean
}

/** Why datasets are not related, with the keys that repeat where that is the reason. */
export function RelationshipRefusal({ error, broken = false }: RefusalProps) {
  const text = useText()
  const { code, details } = error
  const examples = Array.isArray(details['examples']) ? details['examples'] : []
  return (
    <p className="link-refused" role={broken ? undefined : 'alert'}>
      <Icon name="warning" size={14} />
      {broken && `${text(error.canRetry ? 'relations.unmeasured' : 'relations.broken')} `}
      {code === 'relationship/duplicateKey'
        ? text(broken ? 'relations.repeated' : 'import.links.duplicate', {
            dataset: String(details['dataset'] ?? ''),
            examples: examples.join(text('list.separator')),
          })
        : errorSentence(error, text)}
    </p>
  )
}
