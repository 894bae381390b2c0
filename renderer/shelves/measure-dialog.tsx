import { Modal } from 'antd'
import { useState } from 'react'
import { isNumeric, isTemporal } from '../../shared/data/field.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { fieldOf } from '../../shared/report/captions.ts'
import type { CommandArgs } from '../../shared/report/commands/commands.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { fieldId, isFormula, slotOf } from '../../shared/report/field-use.ts'
import { useApp, useReport } from '../state/app-context.ts'
import { fieldsOfSlot } from '../../shared/report/report-formulas.ts'
import { tryCommand } from '../state/board-actions.ts'
import { useText } from '../ui/use-text.ts'
import type { FieldChoices } from './measure-parts.tsx'
import { AggregateParts, ShowParts } from './measure-parts.tsx'

interface Props {
  readonly block: Block
  readonly use: FieldUse
  readonly onClose: () => void
}

const kept = ['weight', 'percent', 'over', 'per', 'show'] as const

/** A measure that still lacks what its function needs cannot be asked. */
function isWhole(use: FieldUse): boolean {
  if (use.aggregate === 'weightedAverage') return use.weight !== undefined
  if (use.aggregate === 'opening' || use.aggregate === 'closing') return use.over !== undefined
  return true
}

/** What of the draft differs, as one change: one step for undo. */
function changeOf(draft: FieldUse): Pick<CommandArgs<'shelf.changePill'>, 'set' | 'clear'> {
  const { aggregate, weight, percent, over, per, show } = draft
  const set = {
    ...(aggregate === undefined ? {} : { aggregate }),
    ...(weight === undefined ? {} : { weight }),
    ...(percent === undefined ? {} : { percent }),
    ...(over === undefined ? {} : { over }),
    ...(per === undefined ? {} : { per }),
    ...(show === undefined ? {} : { show }),
  }
  return { set, clear: kept.filter((name) => draft[name] === undefined) }
}

/** Everything about what a measure says: its function with what that needs, and what it is shown as. */
export function MeasureDialog({ block, use, onClose }: Props) {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const [draft, setDraft] = useState(use)
  const change = (to: Partial<FieldUse>): void => setDraft((now) => ({ ...now, ...to }))
  const slot = slotOf(use.field)
  const fields = fieldsOfSlot(report, slot)
  const choices: FieldChoices = {
    numbers: fields.filter(({ type }) => isNumeric(type)),
    dates: fields.filter(({ type }) => isTemporal(type)),
    owners: fields.filter(({ role }) => role !== 'measure'),
    id: (name) => fieldId(slot, name),
  }
  const keep = (): void => {
    tryCommand(app, {
      name: 'shelf.changePill',
      args: { block: block.id, pill: use.id, ...changeOf(draft) },
    })
    onClose()
  }
  return (
    <Modal
      open
      width={460}
      title={text('measure.title')}
      okButtonProps={{ disabled: !isWhole(draft) }}
      onOk={keep}
      onCancel={onClose}
    >
      <div className="measure-parts">
        {!isFormula(use) && (
          <AggregateParts
            use={draft}
            field={fieldOf(report, use.field)}
            choices={choices}
            change={change}
          />
        )}
        <ShowParts block={block} use={draft} change={change} />
      </div>
    </Modal>
  )
}
