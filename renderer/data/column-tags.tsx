import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import { Meaning } from '../../shared/data/meaning.ts'
import { PersonalKind } from '../../shared/data/personal.ts'
import { perform } from '../state/actions.ts'
import { useApp } from '../state/app-context.ts'
import { changeTags } from '../state/change-tags.ts'
import { IconButton } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'

interface ColumnTagsProps {
  readonly dataset: DatasetInfo
  readonly field: Field
}

/** What the chosen column stands for and whether it tells of a person; the last change can be undone beside it. */
export function ColumnTags({ dataset, field }: ColumnTagsProps) {
  const app = useApp()
  const text = useText()
  const last = useStore(app.tags.store, ({ done }) => done.at(-1))
  return (
    <div className="column-tags">
      <label>
        <span>{text('tags.meaning')}</span>
        <select
          value={field.meaning ?? ''}
          onChange={({ target }) => {
            const meaning = Meaning.safeParse(target.value).data ?? null
            void changeTags(app, dataset.id, field, { meaning })
          }}
        >
          <option value="">{text('tags.none')}</option>
          {Meaning.options.map((option) => (
            <option key={option} value={option}>
              {text(`meaning.${option}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{text('tags.personal')}</span>
        <select
          value={field.personal ?? ''}
          onChange={({ target }) => {
            const personal = PersonalKind.safeParse(target.value).data ?? null
            void changeTags(app, dataset.id, field, { personal })
          }}
        >
          <option value="">{text('tags.none')}</option>
          {PersonalKind.options.map((option) => (
            <option key={option} value={option}>
              {text(`personal.${option}`)}
            </option>
          ))}
        </select>
      </label>
      {last?.dataset === dataset.id && (
        <IconButton
          icon="undo"
          small
          label={text('tags.undo', { field: last.field })}
          onClick={() => void perform(app, 'edit.undo')}
        />
      )}
    </div>
  )
}
