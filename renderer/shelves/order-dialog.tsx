import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { Member } from '../../shared/data/cell-value.ts'
import { othersMember } from '../../shared/data/cell-value.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { askedDimensions } from '../../shared/report/block-query.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { useApp } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import { useText } from '../ui/use-text.ts'

interface Props {
  readonly block: Block
  readonly use: FieldUse
  readonly onClose: () => void
}

/** The members of a dimension as the block shows them now, each once. */
function useShownMembers(block: Block, use: FieldUse): readonly Member[] {
  const app = useApp()
  const answer = app.results.store.getState().blocks[block.id]?.shown?.answer
  if (answer?.state !== 'result') return []
  const place = askedDimensions(block).findIndex(({ id }) => id === use.id)
  const { rows, columns } = answer.result
  const onRows = place < rows.fields.length
  const level = onRows ? place : place - rows.fields.length
  const members = (onRows ? rows : columns).paths.flatMap((path) =>
    path.length > level ? [path[level] ?? null] : [],
  )
  return [...new Set(members)].filter((member) => member !== null && member !== othersMember)
}

/** An order of the user's own, one member a line; members not named follow by name. */
export function OrderDialog({ block, use, onClose }: Props) {
  const app = useApp()
  const text = useText()
  const shown = useShownMembers(block, use)
  const named = use.sort?.by === 'list' ? use.sort.members : shown
  const [lines, setLines] = useState(named.map(String).join('\n'))
  const keep = (): void => {
    const byText = new Map([...shown, ...named].map((member) => [String(member), member]))
    const members = lines
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => byText.get(line) ?? line)
    tryCommand(app, {
      name: 'shelf.changePill',
      args: {
        block: block.id,
        pill: use.id,
        set: { sort: { by: 'list', members: [...new Set(members)].slice(0, 1000) } },
      },
    })
    onClose()
  }
  return (
    <Modal open width={420} title={text('pill.order.title')} onOk={keep} onCancel={onClose}>
      <p className="hint">{text('pill.order.hint')}</p>
      <Input.TextArea
        autoFocus
        rows={12}
        aria-label={text('pill.order.title')}
        value={lines}
        onChange={(event) => setLines(event.target.value)}
      />
    </Modal>
  )
}
