import { memo } from 'react'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { Command } from '../../shared/report/commands/commands.ts'
import type { ConvertTarget } from '../../shared/report/convert-block.ts'
import type { MessageKey } from '../../shared/text/messages.ts'
import { useApp } from '../state/app-context.ts'
import { kindIcon } from '../ui/field-words.ts'
import type { IconName } from '../ui/icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'

interface Shape {
  readonly icon: IconName
  readonly label: MessageKey
  readonly to: ConvertTarget
  readonly settings?: Readonly<Record<string, unknown>>
}

const shapes: readonly Shape[] = [
  {
    icon: 'column',
    label: 'mark.column',
    to: { kind: 'chart', mark: 'bar' },
    settings: { orientation: 'vertical' },
  },
  {
    icon: 'bar',
    label: 'mark.bar',
    to: { kind: 'chart', mark: 'bar' },
    settings: { orientation: 'horizontal' },
  },
  { icon: 'line', label: 'mark.line', to: { kind: 'chart', mark: 'line' } },
  {
    icon: 'pie',
    label: 'mark.pie',
    to: { kind: 'chart', mark: 'arc' },
    settings: { donut: false },
  },
  {
    icon: 'donut',
    label: 'mark.donut',
    to: { kind: 'chart', mark: 'arc' },
    settings: { donut: true },
  },
  { icon: 'scatter', label: 'mark.scatter', to: { kind: 'chart', mark: 'point' } },
  { icon: 'crosstab', label: 'kind.crosstab', to: { kind: 'crosstab' } },
  { icon: 'table', label: 'kind.table', to: { kind: 'table' } },
  { icon: 'metric', label: 'kind.metric', to: { kind: 'metric' } },
]

function isShape(block: Block, { to }: Shape): boolean {
  return (
    block.kind === to.kind &&
    (to.kind !== 'chart' || block.kind !== 'chart' || block.mark === to.mark)
  )
}

/** Every way to show the same fields; choosing one converts the block in one step. */
export const MarkPicker = memo(function MarkPicker({ block }: { readonly block: Block }) {
  const app = useApp()
  const text = useText()
  const current = kindIcon(block)
  const choose = (shape: Shape): void => {
    const commands: Command[] = []
    if (!isShape(block, shape))
      commands.push({ name: 'block.convert', args: { block: block.id, to: shape.to } })
    if (shape.settings)
      commands.push({
        name: 'block.configure',
        args: { block: block.id, settings: { ...shape.settings } },
      })
    const refused = app.documents.runAll(commands, 'command.block.convert')
    if (refused) app.shell.tell('info', { key: `refused.${refused}` })
  }
  return (
    <div className="mark-picker" role="group" aria-label={text('shelves.type')}>
      {shapes.map((shape) => (
        <button
          key={shape.icon}
          type="button"
          aria-pressed={shape.icon === current}
          aria-label={text(shape.label)}
          title={text(shape.label)}
          onClick={() => choose(shape)}
        >
          <Icon name={shape.icon} size={18} />
        </button>
      ))}
    </div>
  )
})
