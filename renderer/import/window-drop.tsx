import { Button, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useApp } from '../state/app-context.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { Arriving } from './bring-files.ts'
import { bringFiles } from './bring-files.ts'
import { filesIn } from './dropped-files.ts'

const carriesFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes('Files') === true

/** Files dropped anywhere on the window are copied into the workspace's inbox and opened. */
export function WindowDrop() {
  const app = useApp()
  const text = useText()
  const [over, setOver] = useState(false)
  const [arriving, setArriving] = useState<Arriving | null>(null)
  const abort = useRef(new AbortController())
  useEffect(() => {
    let before: Promise<void> = Promise.resolve()
    // What is dropped while other files are still copied comes after them; stopping stops both.
    const drop = (dropped: DataTransfer): void => {
      if (abort.current.signal.aborted) abort.current = new AbortController()
      const { signal } = abort.current
      // Its folders are known only while the event lasts.
      const found = filesIn(dropped)
      // Awaited in its turn; that it may fail is heard of there.
      found.catch(() => undefined)
      before = before.then(async () => {
        if (!signal.aborted) await bringFiles(app, found, signal, setArriving)
      })
    }
    return followDrops(setOver, drop)
  }, [app])
  if (arriving) {
    return (
      <div className="window-drop" role="status">
        <p>{text('import.uploading', { name: arriving.name })}</p>
        <Progress
          percent={arriving.percent}
          strokeColor="var(--accent)"
          aria-label={arriving.name}
        />
        <Button onClick={() => abort.current.abort()}>{text('app.cancel')}</Button>
      </div>
    )
  }
  if (!over) return null
  return (
    <div className="window-drop" aria-hidden="true">
      <Icon name="upload" size={40} />
      <p>{text('import.dropAnywhere')}</p>
    </div>
  )
}

/** Enter and leave come for every element passed: the count of both says whether the pointer is still inside. */
function followDrops(
  onOver: (over: boolean) => void,
  onDrop: (dropped: DataTransfer) => void,
): () => void {
  let inside = 0
  const enter = (event: DragEvent): void => {
    if (!carriesFiles(event)) return
    inside += 1
    onOver(true)
  }
  const leave = (event: DragEvent): void => {
    if (!carriesFiles(event)) return
    inside -= 1
    if (inside <= 0) onOver(false)
  }
  const over = (event: DragEvent): void => {
    if (carriesFiles(event)) event.preventDefault()
  }
  const drop = (event: DragEvent): void => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    inside = 0
    onOver(false)
    if (event.dataTransfer) onDrop(event.dataTransfer)
  }
  const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const
  for (const [name, listener] of Object.entries(listeners))
    window.addEventListener(name as keyof typeof listeners, listener)
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      window.removeEventListener(name as keyof typeof listeners, listener)
  }
}
