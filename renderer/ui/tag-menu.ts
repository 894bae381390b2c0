import type { MenuProps } from 'antd'
import type { Field } from '../../shared/data/field.ts'
import { Meaning } from '../../shared/data/meaning.ts'
import { PersonalKind } from '../../shared/data/personal.ts'
import type { Text } from '../../shared/text/messages.ts'

type Chosen = { readonly meaning: Meaning | null } | { readonly personal: PersonalKind | null }

/** What a column stands for and whether it tells of a person, as the menu of its head. */
export function tagMenu(field: Field, text: Text, onChoose: (chosen: Chosen) => void): MenuProps {
  const none = { key: 'none', label: text('tags.none') }
  return {
    selectable: true,
    multiple: true,
    selectedKeys: [`meaning:${field.meaning ?? 'none'}`, `personal:${field.personal ?? 'none'}`],
    items: [
      {
        type: 'submenu',
        key: 'meaning',
        label: text('tags.meaning'),
        children: [none, ...Meaning.options.map((one) => ({ key: one, label: text(`meaning.${one}`) }))].map(({ key, label }) => ({ key: `meaning:${key}`, label })), // prettier-ignore
      },
      {
        type: 'submenu',
        key: 'personal',
        label: text('tags.personal'),
        children: [none, ...PersonalKind.options.map((one) => ({ key: one, label: text(`personal.${one}`) }))].map(({ key, label }) => ({ key: `personal:${key}`, label })), // prettier-ignore
      },
    ],
    onClick: ({ key, domEvent }) => {
      domEvent.stopPropagation()
      const [group, value] = key.split(':')
      if (group === 'meaning') onChoose({ meaning: Meaning.safeParse(value).data ?? null })
      if (group === 'personal') onChoose({ personal: PersonalKind.safeParse(value).data ?? null })
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
