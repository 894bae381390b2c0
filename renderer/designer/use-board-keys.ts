import { resizeFrame } from '../../shared/report/board-geometry.ts'
import type { App } from '../state/app.ts'
import { selectBlocks, selectedBlocks } from '../state/board-actions.ts'
import { movedFrames } from './use-block-gesture.ts'

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Arrows move the selected blocks, with Shift they resize; presses in a row are one undo step. */
function nudge(app: App, [dx, dy]: readonly [number, number], resize: boolean): void {
  const blocks = selectedBlocks(app).map(({ id, frame }) => ({ block: id, frame }))
  const frames = resize
    ? blocks.map(({ block, frame }) => ({ block, frame: resizeFrame(frame, 'se', dx, dy) }))
    : movedFrames(blocks, dx, dy)
  if (frames.length === 0) return
  app.documents.run({ name: 'block.setFrames', args: { frames } }, { mode: 'merge' })
}

/**
 * With Ctrl, Space begins to choose several blocks and keeps the one it is pressed on; on the following ones it adds
 * them or takes them out.
 */
function choose(app: App, block: string): void {
  const chosen = selectedBlocks(app).map(({ id }) => id)
  const already = chosen.includes(block) && chosen.length > 1
  selectBlocks(
    app,
    already ? chosen.filter((id) => id !== block) : [...new Set([...chosen, block])],
  )
}

/** Keys on a block itself; keys inside its content are the content's own. */
export function onBlockKey(app: App, block: string, event: React.KeyboardEvent): void {
  if (event.target !== event.currentTarget) return
  const step = steps[event.key]
  if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    nudge(app, step, event.shiftKey)
  } else if (event.key === 'Escape') {
    app.session.setState({ choosing: false })
    selectBlocks(app, [])
  } else if (event.key === ' ') {
    event.preventDefault()
    app.session.setState({ choosing: event.ctrlKey || event.metaKey })
    if (event.ctrlKey || event.metaKey) choose(app, block)
    else selectBlocks(app, [block])
  } else if (event.key === 'Enter') {
    const kind = selectedBlocks(app).find(({ id }) => id === block)?.kind
    if (kind === 'text') {
      event.preventDefault()
      app.session.setState({ editing: block })
    }
  }
}
