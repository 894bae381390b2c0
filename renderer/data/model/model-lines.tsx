import { useStore } from 'zustand'
import type { Relationship } from '../../../shared/data/dataset.ts'
import { useApp } from '../../state/app-context.ts'
import { Icon } from '../../ui/icon.tsx'
import { showCount } from '../../ui/show-number.ts'
import { useLanguage, useText } from '../../ui/use-text.ts'
import { relationshipLine } from '../relations-flow.ts'
import type { LineShape } from './model-card-size.ts'
import type { ModelStore } from './model-store.ts'

export interface ModelLine {
  readonly relationship: Relationship
  readonly shape: LineShape
}

interface ModelLinesProps {
  readonly store: ModelStore
  readonly lines: readonly ModelLine[]
  readonly width: number
  readonly height: number
}

const stateOf = ({ broken, orphans }: Relationship): 'broken' | 'orphans' | 'clean' =>
  broken ? 'broken' : orphans > 0 ? 'orphans' : 'clean'

/** The relationships as lines from many to one; for the eye alone, as each has a button of its own. */
export function ModelLines({ store, lines, width, height }: ModelLinesProps) {
  const chosen = useStore(store, (state) => state.chosen)
  return (
    <svg className="model-lines" width={width} height={height} aria-hidden="true">
      {lines.map(({ relationship, shape }) => (
        <g
          key={relationship.id}
          data-state={stateOf(relationship)}
          data-chosen={relationship.id === chosen}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => store.setState({ chosen: relationship.id })}
        >
          <path className="model-line-hit" d={shape.path} />
          <path className="model-line" d={shape.path} />
          <text x={shape.many.x} y={shape.many.y}>
            ∗
          </text>
          <text x={shape.one.x} y={shape.one.y}>
            1
          </text>
        </g>
      ))}
      <DrawnLine store={store} />
    </svg>
  )
}

/** The line in the hand. */
function DrawnLine({ store }: { readonly store: ModelStore }) {
  const drawing = useStore(store, (state) => state.drawing)
  if (!drawing) return null
  const start = document.querySelector(
    `[data-model-column='${CSS.escape(JSON.stringify([drawing.from.dataset, drawing.from.field]))}']`,
  )
  const card = start?.closest<HTMLElement>('.model-card')
  const row = start?.parentElement
  if (!card || !row) return null
  const x =
    card.offsetLeft + (drawing.x > card.offsetLeft + card.offsetWidth / 2 ? card.offsetWidth : 0)
  const list = row.parentElement
  const y = card.offsetTop + row.offsetTop - (list?.scrollTop ?? 0) + row.offsetHeight / 2
  return <path className="model-drawn" d={`M ${x} ${y} L ${drawing.x} ${drawing.y}`} />
}

/** One button on each line, with what was measured. */
export function LineButtons({ store, lines }: Pick<ModelLinesProps, 'store' | 'lines'>) {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const chosen = useStore(store, (state) => state.chosen)
  return lines.map(({ relationship, shape }) => {
    const { orphans } = relationship
    const state = stateOf(relationship)
    const line = relationshipLine(app, relationship, text)
    const words = {
      broken: text('model.broken'),
      orphans: text('model.orphans', { count: showCount(orphans, language) }),
      clean: text('model.clean'),
    }[state]
    return (
      <button
        key={relationship.id}
        type="button"
        className="model-mark"
        data-state={state}
        aria-pressed={relationship.id === chosen}
        aria-label={text('model.line', { line, state: words })}
        title={`${line}\n${words}`}
        data-to-left={shape.mark.toLeft}
        style={{ left: shape.mark.x, top: shape.mark.y }}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => store.setState({ chosen: relationship.id })}
      >
        <Icon name={state === 'clean' ? 'check' : 'warning'} size={12} />
        {state !== 'clean' && <span>{words}</span>}
      </button>
    )
  })
}
