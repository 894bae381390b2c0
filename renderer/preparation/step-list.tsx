import { Dropdown, Switch } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { RecipeStep } from '../../shared/preparation/recipe.ts'
import type { StepReport } from '../../shared/preparation/recipe-words.ts'
import { IconButton } from '../ui/controls.tsx'
import { EditableText } from '../ui/editable-text.tsx'
import { Icon } from '../ui/icon.tsx'
import { useLanguage, useText } from '../ui/use-text.ts'
import { countWords } from '../../shared/quality/count-words.ts'
import type { RecipeStore } from './recipe-store.ts'
import { problemWords, stepWords } from '../../shared/quality/step-words.ts'
import { useStepDrag } from './use-step-drag.ts'

/** The steps in order, each a line in words. */
export function StepList({ recipe }: { readonly recipe: RecipeStore }) {
  const text = useText()
  const { history, reports, chosen, preview } = useStore(recipe.store)
  const list = useRef<HTMLOListElement>(null)
  const [moved, setMoved] = useState<{ readonly id: string; readonly place: number } | null>(null)
  useEffect(() => {
    if (moved) list.current?.querySelector<HTMLElement>(`[data-step="${moved.id}"] .step-line`)?.focus() // prettier-ignore
  }, [moved])
  const move = (id: string, to: number): void => {
    const place = Math.max(0, Math.min(history.steps.length - 1, to))
    recipe.move(id, place)
    setMoved({ id, place: place + 1 })
  }
  return (
    <>
      <ol ref={list} className="steps" aria-label={text('recipe.steps')}>
        {history.steps.map((step, index) => (
          <StepLine
            key={step.id}
            recipe={recipe}
            step={step}
            index={index}
            report={reports[step.id]}
            counting={preview.counting}
            chosen={step.id === chosen}
            onMove={(id, to) => move(id, to)}
          />
        ))}
      </ol>
      <span className="visually-hidden" role="status">
        {moved && text('recipe.moved', { place: moved.place })}
      </span>
    </>
  )
}

interface StepLineProps {
  readonly recipe: RecipeStore
  readonly step: RecipeStep
  readonly index: number
  readonly report: StepReport | undefined
  readonly counting: boolean
  readonly chosen: boolean
  readonly onMove: (id: string, to: number) => void
}

function StepLine({ recipe, step, index, report, counting, chosen, onMove }: StepLineProps) {
  const text = useText()
  const line = useRef<HTMLLIElement>(null)
  const [noting, setNoting] = useState(false)
  const { id, on, note } = step
  const place = index + 1
  const over = useStepDrag(line, id, (dropped) => onMove(dropped, index))
  const words = stepWords(step, text)
  const run: Record<string, () => void> = {
    edit: () => recipe.edit(id),
    note: () => setNoting(true),
    up: () => onMove(id, index - 1),
    down: () => onMove(id, index + 1),
    remove: () => recipe.remove(id),
  }
  const menu = {
    items: [
      { key: 'edit', label: text('recipe.edit') },
      { key: 'note', label: text('recipe.addNote') },
      { key: 'up', label: text('recipe.moveUp') },
      { key: 'down', label: text('recipe.moveDown') },
      { key: 'remove', danger: true, label: text('recipe.remove') },
    ],
    onClick: ({ key }: { readonly key: string }) => run[key]?.(),
  }
  const onKey = (event: React.KeyboardEvent): void => {
    const keys: Partial<Record<string, () => void>> = event.altKey
      ? { ArrowUp: run['up'], ArrowDown: run['down'] }
      : { Enter: run['edit'], Delete: run['remove'], ' ': () => recipe.toggle(id) }
    const go = event.ctrlKey || event.metaKey ? undefined : keys[event.key]
    if (!go) return
    event.preventDefault()
    event.stopPropagation()
    go()
  }
  return (
    <li
      ref={line}
      data-step={id}
      data-over={over}
      data-off={!on}
      data-broken={report?.state === 'broken' && on}
      aria-current={chosen ? 'true' : undefined}
      title={text('recipe.drag')}
    >
      <Switch
        size="small"
        checked={on}
        aria-label={`${text('recipe.on')} ${place}`}
        onChange={() => recipe.toggle(id)}
      />
      <button
        type="button"
        className="step-line"
        onClick={() => recipe.choose(id)}
        onDoubleClick={() => recipe.edit(id)}
        onKeyDown={onKey}
      >
        <span className="step-words">{words}</span>
        <Touched report={report} on={on} counting={counting} />
      </button>
      <Dropdown trigger={['click']} menu={menu}>
        <span>
          <IconButton
            icon="more"
            small
            label={text('recipe.more', { place })}
            onClick={() => undefined}
          />
        </span>
      </Dropdown>
      {on && report?.problem && (
        <p className="step-problem">
          <Icon name="warning" size={13} />
          {problemWords(report.problem, text)}
        </p>
      )}
      {(noting || note !== undefined) && (
        <div
          className="step-note"
          ref={(node) => {
            if (noting) node?.querySelector('input')?.focus()
          }}
          onBlur={() => setNoting(false)}
        >
          <EditableText
            label={`${text('recipe.note')} ${place}`}
            placeholder={text('recipe.note')}
            maxLength={500}
            value={note ?? ''}
            onChange={(next) => recipe.note(id, next)}
          />
        </div>
      )}
    </li>
  )
}

interface TouchedProps {
  readonly report: StepReport | undefined
  readonly on: boolean
  readonly counting: boolean
}

function Touched({ report, on, counting }: TouchedProps) {
  const text = useText()
  const language = useLanguage()
  if (!on) return <small>{text('recipe.off')}</small>
  if (report?.state === 'broken') return null
  if (!report?.counts) return <small>{counting ? text('recipe.counting') : ''}</small>
  return <small>{countWords(report.counts, text, language)}</small>
}
