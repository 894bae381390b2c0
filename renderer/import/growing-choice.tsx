import { Button, Checkbox } from 'antd'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { useApp } from '../state/app-context.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { appendsOf, folderOf, isCopied, joinsOf } from './growing-folder.ts'
import type { ImportFlow } from './import-flow.ts'
import type { ImportPlan, PlannedDataset } from './import-plan.ts'

interface ChoiceProps {
  readonly flow: ImportFlow
  readonly dataset: PlannedDataset
}

/** Whether new files of the folder join by themselves; of copies, how further ones come in. */
export function GrowingChoice({ flow, dataset }: ChoiceProps) {
  const text = useText()
  const { folders, files } = useStore(flow.store)
  const several = new Set(dataset.parts.map(({ file }) => file)).size > 1
  const folder = folderOf(dataset, folders, files)
  if (folder !== undefined && (several || dataset.growing)) {
    return (
      <Checkbox
        checked={dataset.growing}
        onChange={({ target }) => flow.changeOne(dataset.key, { growing: target.checked })}
      >
        {text('import.growing', { folder })}
        <small className="hint plan-live">{text('import.growingHint')}</small>
      </Checkbox>
    )
  }
  if (!several || !isCopied(dataset, files)) return null
  return (
    <p className="hint" role="note">
      {text('import.copiesHint')}
    </p>
  )
}

interface JoinProps extends ChoiceProps {
  readonly plan: ImportPlan
  readonly datasets: readonly DatasetInfo[]
}

/** Files of the same columns as a dataset that is there are most likely its next ones. */
export function JoinNote({ flow, plan, dataset, datasets }: JoinProps) {
  const app = useApp()
  const text = useText()
  const { files, passwords } = useStore(flow.store)
  const joined = joinsOf(dataset, datasets)
  if (joined === undefined) return null
  const appends = appendsOf({ plan, files, passwords }, datasets)
  // With other datasets in the plan, and with what was chosen in it, the append is one part of the import.
  const append = (): void =>
    appends === null
      ? flow.changeOne(dataset.key, { name: joined.name, choice: 'append' })
      : app.shell.openDialog('refresh', { appends })
  const done = dataset.name === joined.name && dataset.choice === 'append'
  return (
    <div
      className="plan-last-time"
      role="group"
      aria-label={text('import.joins', { dataset: joined.name })}
    >
      <Icon name={done ? 'check' : 'plus'} size={14} />
      <span>{text('import.joins', { dataset: joined.name })}</span>
      {!done && (
        <Button size="small" type="primary" onClick={append}>
          {text('import.joinIt', { dataset: joined.name })}
        </Button>
      )}
    </div>
  )
}
