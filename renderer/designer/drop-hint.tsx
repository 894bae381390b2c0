import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { dragStore } from '../state/drag-store.ts'
import { useReport } from '../state/app-context.ts'
import { shelfLabel } from '../ui/field-words.ts'
import { useText } from '../ui/use-text.ts'

/** A label at the pointer that says what letting go would do. */
export function DropHint() {
  const intent = useStore(dragStore, (drag) => drag.intent)
  const target = useStore(dragStore, (drag) => drag.target)
  const report = useReport()
  const text = useText()
  const label = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const follow = (event: DragEvent): void => {
      const { current } = label
      if (current)
        current.style.transform = `translate(${event.clientX + 14}px, ${event.clientY + 18}px)`
    }
    window.addEventListener('dragover', follow)
    return () => window.removeEventListener('dragover', follow)
  }, [])
  const block =
    target && 'block' in target
      ? Object.values(report.pages).flatMap((page) => page.blocks[target.block] ?? [])[0]
      : undefined
  const shelf = intent?.shelf && block ? text(shelfLabel(block, intent.shelf)) : ''
  const refused = intent?.commands.length === 0
  return (
    <div ref={label} className="drop-hint" data-refused={refused} role="status" hidden={!intent}>
      {intent && text(intent.label, { ...intent.values, shelf })}
    </div>
  )
}
