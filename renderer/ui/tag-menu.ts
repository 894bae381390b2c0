import type { MenuProps } from 'antd'
import type { Field } from '../../shared/data/field.ts'
import { Meaning } from '../../shared/data/meaning.ts'
import { PersonalKind } from '../../shared/data/personal.ts'
import type { Text } from '../../shared/text/messages.ts'

type Chosen = { readonly meaning: Meaning | null } | { readonly personal: PersonalKind | null }

interface TagMenuNeeds {
  readonly onChoose: (chosen: Chosen) => void
  /** The change before, whatever column it was of. */
  readonly last: { readonly field: string; undo(): void } | undefined
}

const entries = <T extends string>(
  group: string,
  options: readonly T[],
  label: (option: T | 'none') => string,
) => ['none' as const, ...options].map((one) => ({ key: `${group}:${one}`, label: label(one) }))

/** What a column stands for and whether it tells of a person, as the menu of its head. */
export function tagMenu(field: Field, text: Text, { onChoose, last }: TagMenuNeeds): MenuProps {
  const { meaning = 'none', personal = 'none' } = field
  return {
    selectable: true,
    multiple: true,
    selectedKeys: [`meaning:${meaning}`, `personal:${personal}`],
    items: [
      {
        key: 'meaning',
        label: text('tags.meaning'),
        children: entries('meaning', Meaning.options, (one) =>
          text(one === 'none' ? 'tags.none' : `meaning.${one}`),
        ),
      },
      {
        key: 'personal',
        label: text('tags.personal'),
        children: entries('personal', PersonalKind.options, (one) =>
          text(one === 'none' ? 'tags.none' : `personal.${one}`),
        ),
      },
      ...(last ? [{ key: 'undo', label: text('tags.undo', { field: last.field }) }] : []),
    ],
    onClick: ({ key, domEvent }) => {
      domEvent.stopPropagation()
      const [group, value] = key.split(':')
      if (group === 'meaning') onChoose({ meaning: Meaning.safeParse(value).data ?? null })
      if (group === 'personal') onChoose({ personal: PersonalKind.safeParse(value).data ?? null })
      if (group === 'undo') last?.undo()
    },
  }
}

/** "Text · stands for Customer · personal: Phone", for tooltips and screen readers. */
export function tagWords({ meaning, personal }: Field, text: Text): string[] {
  return [
    ...(meaning ? [text('tags.ofField', { meaning: text(`meaning.${meaning}`) })] : []),
    ...(personal ? [text('tags.personalField', { kind: text(`personal.${personal}`) })] : []),
  ]
}
