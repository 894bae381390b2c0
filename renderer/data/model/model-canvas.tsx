import type { KeyboardEvent, PointerEvent } from 'react'
import { useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo, Relationship } from '../../../shared/data/dataset.ts'
import { IconButton } from '../../ui/controls.tsx'
import { useText } from '../../ui/use-text.ts'
import type { RelationsFlow } from '../relations-flow.ts'
import { ModelCard } from './model-card.tsx'
import {
  cardFields,
  cardHeight,
  cardWidth,
  keyNames,
  lineBetween,
  shownRows,
} from './model-card-size.ts'
import { layoutModel } from './model-layout.ts'
import type { ModelLine } from './model-lines.tsx'
import { LineButtons, ModelLines } from './model-lines.tsx'
import type { ModelStore } from './model-store.ts'
import { choosePoint } from './model-store.ts'
import { useColumnDrag } from './use-column-drag.ts'
import type { ViewportControl } from './use-viewport.ts'
import { useViewport } from './use-viewport.ts'

interface ModelCanvasProps {
  readonly store: ModelStore
  readonly flow: RelationsFlow
  readonly datasets: readonly DatasetInfo[]
  readonly relationships: readonly Relationship[]
}

/** Below this the fields are too small to read: names are written larger instead. */
const farZoom = 0.6

/** The datasets as cards on a plane that can be moved and zoomed. */
export function ModelCanvas({ store, flow, datasets, relationships }: ModelCanvasProps) {
  const text = useText()
  const frame = useRef<HTMLDivElement>(null)
  const cards = useCards(store, datasets, relationships)
  const { layout, lines } = useLayout(cards, relationships)
  const control = useViewport(frame, layout)
  const { view } = control
  const grab = useColumnDrag({ store, flow, relationships, frame, view })
  const pan = usePan(control)
  const facts = new Set(relationships.map(({ from }) => from.dataset))
  for (const { to } of relationships) facts.delete(to.dataset)
  return (
    <div
      ref={frame}
      className="model-canvas"
      role="group"
      aria-label={text('model.canvas')}
      aria-description={text('model.keys')}
      tabIndex={0}
      data-far={view.zoom < farZoom}
      onPointerDown={pan}
      onKeyDown={(event) => moveByKey(event, control)}
    >
      <div
        className="model-plane"
        style={{
          width: layout.width,
          height: layout.height,
          transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`,
          ['--model-zoom' as string]: view.zoom,
        }}
      >
        <ModelLines store={store} lines={lines} width={layout.width} height={layout.height} />
        {cards.map(({ dataset, fields, keys, rows }) => {
          const place = layout.places.get(dataset.id)
          return (
            place && (
              <ModelCard
                key={dataset.id}
                {...{ store, dataset, fields, keys, rows, place }}
                isFact={facts.has(dataset.id)}
                onGrab={grab}
                onChoose={(point) => choosePoint(flow, point)}
              />
            )
          )
        })}
        <LineButtons store={store} lines={lines} />
      </div>
      <div className="model-zoom" onPointerDown={(event) => event.stopPropagation()}>
        <IconButton
          icon="minus"
          small
          label={text('model.zoomOut')}
          onClick={() => control.zoomBy(0.8)}
        />
        <IconButton
          icon="plus"
          small
          label={text('model.zoomIn')}
          onClick={() => control.zoomBy(1.25)}
        />
        <IconButton icon="fit" small label={text('model.fit')} onClick={() => control.fit()} />
      </div>
    </div>
  )
}

interface Card {
  readonly dataset: DatasetInfo
  readonly fields: DatasetInfo['fields']
  readonly keys: ReadonlySet<string>
  readonly rows: number
  readonly height: number
}

function useCards(
  store: ModelStore,
  datasets: readonly DatasetInfo[],
  relationships: readonly Relationship[],
): Card[] {
  const opened = useStore(store, (state) => state.opened)
  return useMemo(
    () =>
      datasets.map((dataset) => {
        const fields = cardFields(dataset, relationships)
        const keys = keyNames(dataset.id, relationships)
        const rows = shownRows(fields.length, keys.size, opened.has(dataset.id))
        const height = cardHeight(rows, opened.has(dataset.id) || rows < fields.length)
        return { dataset, fields, keys, rows, height }
      }),
    [datasets, relationships, opened],
  )
}

function useLayout(cards: readonly Card[], relationships: readonly Relationship[]) {
  return useMemo(() => {
    const layout = layoutModel(
      cards.map(({ dataset, height }) => ({ id: dataset.id, width: cardWidth, height })),
      relationships,
    )
    const rowOf = ({ dataset, fields }: Relationship['from']): number => {
      const card = cards.find((one) => one.dataset.id === dataset)
      return Math.max(0, card?.fields.findIndex(({ name }) => name === fields[0]) ?? 0)
    }
    const leaving = new Map<string, number>()
    const lines = relationships.flatMap((relationship): ModelLine[] => {
      const from = layout.places.get(relationship.from.dataset)
      const to = layout.places.get(relationship.to.dataset)
      if (!from || !to) return []
      const rows = [rowOf(relationship.from), rowOf(relationship.to)] as const
      const place = `${from.id} ${rows[0]} ${to.x < from.x}`
      const before = leaving.get(place) ?? 0
      leaving.set(place, before + 1)
      return [{ relationship, shape: lineBetween(from, to, rows, before) }]
    })
    return { layout, lines }
  }, [cards, relationships])
}

/** The plane follows a drag of its ground. */
function usePan({ move }: ViewportControl): (event: PointerEvent<HTMLElement>) => void {
  return (event) => {
    if (event.button !== 0 || (event.target as HTMLElement).closest('.model-card, button')) return
    const ground = event.currentTarget
    let [x, y] = [event.clientX, event.clientY]
    const onMove = (now: globalThis.PointerEvent): void => {
      move(now.clientX - x, now.clientY - y)
      x = now.clientX
      y = now.clientY
    }
    ground.setPointerCapture(event.pointerId)
    ground.addEventListener('pointermove', onMove)
    ground.addEventListener('pointerup', () => ground.removeEventListener('pointermove', onMove), {
      once: true,
    })
  }
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
}

function moveByKey(event: KeyboardEvent<HTMLElement>, control: ViewportControl): void {
  const step = event.target === event.currentTarget ? steps[event.key] : undefined
  if (step) control.move(...step)
  else if (event.key === '+' || event.key === '=') control.zoomBy(1.25)
  else if (event.key === '-') control.zoomBy(0.8)
  else if (event.key === '0') control.fit()
  else return
  event.preventDefault()
}
