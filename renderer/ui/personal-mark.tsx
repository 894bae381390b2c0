import type { PersonalKind } from '../../shared/data/personal.ts'
import { Icon } from './icon.tsx'
import { useText } from './use-text.ts'

/** Beside the name of a column that tells of a person. */
export function PersonalMark({ kind }: { readonly kind: PersonalKind }) {
  const text = useText()
  return (
    <span
      className="personal-mark"
      title={text('tags.personalMark', { kind: text(`personal.${kind}`) })}
    >
      <Icon name="person" size={12} />
    </span>
  )
}
