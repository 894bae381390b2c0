import { Button } from 'antd'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { PlannedDataset } from './import-plan.ts'
import { rememberedOf, takenAgain } from './last-time.ts'

interface LastTimeNoteProps {
  readonly dataset: PlannedDataset
  readonly onTake: () => void
  readonly onLeave: () => void
}

/** Says that a file is read as the last one of the same columns, with a way back. */
export function LastTimeNote({ dataset, onTake, onLeave }: LastTimeNoteProps) {
  const text = useText()
  const remembered = rememberedOf(dataset)
  if (remembered === undefined || dataset.lastTime === null) return null
  const { what, columns } = takenAgain(remembered)
  const parts = [
    ...what.map((one) => text(`lastTime.${one}`)),
    ...(columns > 0 ? [text('lastTime.columns', { count: columns })] : []),
  ].join(text('list.separator'))
  const taken = dataset.lastTime === 'taken'
  return (
    <div className="plan-last-time" role="note">
      <Icon name={taken ? 'check' : 'undo'} size={14} />
      <span>{text(taken ? 'lastTime.taken' : 'lastTime.left', { parts })}</span>
      <Button size="small" onClick={taken ? onLeave : onTake}>
        {text(taken ? 'lastTime.leave' : 'lastTime.take')}
      </Button>
    </div>
  )
}
