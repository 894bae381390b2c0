import { Checkbox } from 'antd'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { useApp } from '../state/app-context.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { EmptyParts } from './empty-parts.tsx'
import type { ImportFlow } from './import-flow.ts'
import type { ImportPlan, PlannedDataset } from './import-plan.ts'
import { isHidden, isNote, planFault } from './import-plan.ts'
import { PlannedDetails } from './planned-details.tsx'
import { UnreadableFiles } from './unreadable-files.tsx'

const noDatasets: readonly DatasetInfo[] = []

/** What will be made of the files: a list of datasets, and one of them in full. */
export function PlanStep({ flow }: { readonly flow: ImportFlow }) {
  const app = useApp()
  const text = useText()
  const { plan, unreadable, empty, beside } = useStore(flow.store)
  const datasets = useStore(app.workspace.store, (s) => s.current?.datasets ?? noDatasets)
  const [shown, setShown] = useState('')
  const table = plan.find(({ parts }) => !parts.every(isNote))
  const current = plan.find(({ key }) => key === shown) ?? table ?? plan[0]
  return (
    <>
      {unreadable.length > 0 && <UnreadableFiles flow={flow} files={unreadable} />}
      <HiddenSheets plan={plan} />
      <NoteSheets plan={plan} />
      <EmptyParts empty={empty} plan={plan} />
      {!current && <p className="hint import-nothing">{text('import.nothing')}</p>}
      {current && (
        <div className="plan">
          <ul className="plan-list" aria-label={text('import.datasets')}>
            {plan.map((one) => (
              <PlanEntry
                key={one.key}
                dataset={one}
                shown={one === current}
                faulty={planFault(plan, one, datasets, beside) !== null}
                onShow={() => setShown(one.key)}
                onInclude={(included) => flow.changeOne(one.key, { included })}
              />
            ))}
          </ul>
          <PlannedDetails
            key={current.key}
            flow={flow}
            plan={plan}
            dataset={current}
            datasets={datasets}
          />
        </div>
      )}
    </>
  )
}

/** What a workbook hides is not passed over in silence. */
function HiddenSheets({ plan }: { readonly plan: ImportPlan }) {
  const text = useText()
  const parts = plan.flatMap((one) => one.parts).filter(isHidden)
  if (parts.length === 0) return null
  const names = [...new Set(parts.map(({ part = '' }) => part))]
  return (
    <p className="hint import-hidden" role="note">
      {text('import.hidden', { names: names.join(text('list.separator')) })}
    </p>
  )
}

/** Nor are sheets that hold no table. */
function NoteSheets({ plan }: { readonly plan: ImportPlan }) {
  const text = useText()
  const parts = plan.flatMap((one) => one.parts).filter((one) => isNote(one) && !isHidden(one))
  if (parts.length === 0) return null
  const names = parts.map(({ part = '', note = '' }) =>
    text('import.note', { name: part, text: note }),
  )
  return (
    <p className="hint import-hidden" role="note">
      {text('import.notes', { names: names.join(text('list.separator')) })}
    </p>
  )
}

interface PlanEntryProps {
  readonly dataset: PlannedDataset
  readonly shown: boolean
  readonly faulty: boolean
  readonly onShow: () => void
  readonly onInclude: (included: boolean) => void
}

function PlanEntry({ dataset, shown, faulty, onShow, onInclude }: PlanEntryProps) {
  const text = useText()
  const { name, parts, included } = dataset
  const [first] = parts
  return (
    <li data-shown={shown}>
      <Checkbox
        checked={included}
        aria-label={text('import.include', { name })}
        onChange={(event) => onInclude(event.target.checked)}
      />
      <button type="button" aria-pressed={shown} onClick={onShow}>
        <strong>{name === '' ? '—' : name}</strong>
        <small>
          {first?.fileName}
          {parts.length > 1 && ` +${parts.length - 1}`}
          {' · '}
          {text('import.columnCount', { count: first?.columns.length ?? 0 })}
          {parts.every(isNote) && ` · ${text('import.noteSheet')}`}
          {parts.every(isHidden) && ` · ${text('import.hiddenSheet')}`}
        </small>
      </button>
      {faulty && <Icon name="warning" />}
    </li>
  )
}
