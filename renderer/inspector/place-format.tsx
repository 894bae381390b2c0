import type { Block } from '../../shared/report/blocks/block.ts'
import type { Frame } from '../../shared/report/blocks/block-base.ts'
import { boardColumns } from '../../shared/report/board-geometry.ts'
import { useApp } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import { Setting } from '../ui/controls.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { useText } from '../ui/use-text.ts'

/** Place and size in grid steps. */
export function PlaceFormat({ block }: { readonly block: Block }) {
  const app = useApp()
  const text = useText()
  const { frame } = block
  const limits: Record<keyof Frame, readonly [number, number]> = {
    x: [0, boardColumns - frame.w],
    y: [0, 2000],
    w: [2, boardColumns - frame.x],
    h: [2, 200],
  }
  const set = (part: Partial<Frame>): void => {
    const frames = [{ block: block.id, frame: { ...frame, ...part } }]
    tryCommand(app, { name: 'block.setFrames', args: { frames } }, { mode: 'merge' })
  }
  return (
    <div className="place-grid">
      {(['x', 'y', 'w', 'h'] as const).map((key) => (
        <Setting key={key} label={text(`place.${key}`)} tall>
          {(id) => (
            <NumberField
              id={id}
              size="small"
              min={limits[key][0]}
              max={limits[key][1]}
              precision={0}
              value={frame[key]}
              onChange={(value) => value !== null && set({ [key]: value })}
            />
          )}
        </Setting>
      ))}
    </div>
  )
}
