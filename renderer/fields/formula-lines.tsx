import { Dropdown } from 'antd'
import { useRef } from 'react'
import type { ReportFormula } from '../../shared/report/formula.ts'
import { formulaField, formulasOf } from '../../shared/report/report-formulas.ts'
import { useApp, useReport } from '../state/app-context.ts'
import { askToRemove, duplicateFormula } from '../state/formula-actions.ts'
import type { DragLoad } from '../state/drag-store.ts'
import { place, startDrag } from '../state/drag-store.ts'
import { IconButton } from '../ui/controls.tsx'
import { useDraggable } from '../ui/drop-target.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'

interface LinesProps {
  readonly slot: string
  readonly dataset: string | undefined
  readonly search: string
}

/** The calculated fields of a slot, below its columns. */
export function FormulaLines({ slot, dataset, search }: LinesProps) {
  const text = useText()
  const report = useReport()
  const wanted = search.toLowerCase()
  const found = formulasOf(report).filter(
    (one) => one.slot === slot && one.name.toLowerCase().includes(wanted),
  )
  if (found.length === 0) return null
  return (
    <div>
      <h3>{text('calculated.group')}</h3>
      <ul aria-label={text('calculated.group')}>
        {found.map((formula) => (
          <FormulaLine key={formula.id} formula={formula} dataset={dataset} />
        ))}
      </ul>
    </div>
  )
}

interface LineProps {
  readonly formula: ReportFormula
  readonly dataset: string | undefined
}

/** Dragged and placed like any field; its menu edits, copies and deletes it. */
function FormulaLine({ formula, dataset }: LineProps) {
  const app = useApp()
  const text = useText()
  const element = useRef<HTMLButtonElement>(null)
  const slot = useReport().datasets[formula.slot]
  const field = formulaField(formula)
  const load = (): DragLoad | null =>
    slot
      ? {
          dragged: { kind: 'field', slot, field, formula: formula.kind },
          ...(dataset === undefined ? {} : { dataset }),
        }
      : null
  useDraggable(element, () => {
    const loaded = load()
    if (loaded) startDrag(loaded)
  })
  const add = (): void => {
    const loaded = load()
    const selection = app.documents.current()?.history.selection
    const block = selection?.blocks.length === 1 ? selection.blocks[0] : undefined
    const board = { kind: 'board' as const, page: selection?.page ?? '', at: { x: 0, y: 0 } }
    if (loaded) place(app, loaded, block === undefined ? board : { kind: 'block', block })
  }
  const runs = {
    edit: () => app.shell.openDialog('formula', { formula: { id: formula.id } }),
    duplicate: () => duplicateFormula(app, formula),
    delete: () => void askToRemove(app, formula),
  } as const
  const menu = {
    items: [
      { key: 'edit', label: text('calculated.edit') },
      { key: 'duplicate', label: text('calculated.duplicate') },
      { key: 'delete', danger: true, label: text('calculated.delete') },
    ],
    onClick: ({ key }: { readonly key: string }) => runs[key as keyof typeof runs](),
  }
  const kind = text(`calculated.kind.${formula.kind}`)
  return (
    <li className="formula-line">
      <Dropdown trigger={['contextMenu']} menu={menu}>
        <button
          ref={element}
          type="button"
          className="field"
          data-role={field.role}
          title={`${formula.name} · ${kind}\n${formula.text}`}
          aria-label={text('fields.field', { field: formula.name, role: kind })}
          onDoubleClick={add}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        >
          <Icon name="formula" size={14} />
          <span>{formula.name}</span>
        </button>
      </Dropdown>
      <Dropdown autoFocus trigger={['click']} menu={menu}>
        <span className="formula-more">
          <IconButton
            small
            icon="more"
            label={text('calculated.menu', { field: formula.name })}
            onClick={() => undefined}
          />
        </span>
      </Dropdown>
    </li>
  )
}
