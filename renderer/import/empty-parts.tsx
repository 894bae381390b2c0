import type { EmptyPart, SourcePart } from '../../shared/data/import-words.ts'
import { useText } from '../ui/use-text.ts'
import type { ImportPlan } from './import-plan.ts'

interface EmptyPartsProps {
  readonly empty: readonly EmptyPart[]
  readonly plan: ImportPlan
}

/** Sheets and tables nothing comes of, and those that have names alone, are said by name. */
export function EmptyParts({ empty, plan }: EmptyPartsProps) {
  const text = useText()
  const all = plan.filter(({ included }) => included).flatMap(({ parts }) => parts)
  const bare = all.filter(isBare).map(({ part, fileName }) => part ?? fileName)
  const said = [
    ['import.emptyParts', empty.map(({ part }) => part)],
    ['import.bareParts', bare],
  ] as const
  return said
    .filter(([, names]) => names.length > 0)
    .map(([key, names]) => (
      <p key={key} className="hint import-hidden" role="note">
        {text(key, { names: [...new Set(names)].join(text('list.separator')) })}
      </p>
    ))
}

const isBare = ({ sample, rowsKnown }: SourcePart): boolean =>
  sample.length === 0 && (rowsKnown ?? 0) === 0
