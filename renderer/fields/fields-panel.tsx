import { Button, Dropdown, Input, Select } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Field, FieldRole } from '../../shared/data/field.ts'
import type { DatasetSlot } from '../../shared/report/report.ts'
import { perform } from '../state/actions.ts'
import { useApp, useDocument } from '../state/app-context.ts'
import { addDataset, slotFor } from '../state/board-actions.ts'
import { dragStore, place, startDrag } from '../state/drag-store.ts'
import type { DragLoad } from '../state/drag-store.ts'
import { IconButton } from '../ui/controls.tsx'
import { useDraggable, useDropTarget } from '../ui/drop-target.ts'
import { changeTags, lastTagChange } from '../state/change-tags.ts'
import { fieldIcon } from '../ui/field-words.ts'
import { PersonalMark } from '../ui/personal-mark.tsx'
import { tagMenu, tagWords } from '../ui/tag-menu.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { FormulaLines } from './formula-lines.tsx'
import type { Offered, OfferedDataset } from './offered-datasets.ts'
import { useOffered } from './offered-datasets.ts'
import './fields.css'

interface FieldLineProps {
  readonly field: Field
  /** Absent for a slot nothing is bound to. */
  readonly dataset: string | undefined
  /** Why it cannot join the selected block; it can still start another. */
  readonly misfit?: string | undefined
  readonly load: () => DragLoad
}

/** A field: dragged with the mouse, or placed on the selected block (else the board) with Enter or a double click. */
function FieldLine({ field, dataset, misfit, load }: FieldLineProps) {
  const app = useApp()
  const text = useText()
  const element = useRef<HTMLButtonElement>(null)
  useDraggable(element, () => startDrag(load()))
  const add = (): void => {
    const selection = app.documents.current()?.history.selection
    const block = selection?.blocks.length === 1 ? selection.blocks[0] : undefined
    const board = { kind: 'board' as const, page: selection?.page ?? '', at: { x: 0, y: 0 } }
    place(app, load(), block === undefined ? board : { kind: 'block', block })
  }
  const words = [field.name, text(`type.${field.type}`), ...tagWords(field, text)]
  const name = text('fields.field', { field: field.name, role: text(`role.${field.role}`) })
  const line = (
    <button
      ref={element}
      type="button"
      className="field"
      data-role={field.role}
      data-misfit={misfit !== undefined}
      title={misfit === undefined ? words.join(' · ') : `${words.join(' · ')}\n${misfit}`}
      aria-label={name}
      aria-description={misfit}
      onDoubleClick={add}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        add()
      }}
    >
      <Icon name={fieldIcon(field)} size={14} />
      <span>{field.name}</span>
      {field.personal && <PersonalMark kind={field.personal} />}
    </button>
  )
  if (dataset === undefined) return <li>{line}</li>
  return (
    <li>
      <Dropdown
        trigger={['contextMenu']}
        menu={tagMenu(field, text, {
          onChoose: (part) => void changeTags(app, dataset, field, part),
          last: lastTagChange(app),
        })}
      >
        {line}
      </Dropdown>
    </li>
  )
}

const roles: readonly FieldRole[] = ['dimension', 'identifier', 'measure']

interface FieldGroupsProps {
  readonly fields: readonly Field[]
  readonly dataset?: string
  readonly search: string
  readonly misfitOf?: (role: FieldRole) => string | undefined
  readonly load: (field: Field) => DragLoad
}

function FieldGroups({ fields, dataset, search, misfitOf, load }: FieldGroupsProps) {
  const text = useText()
  const found = fields.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
  return roles.map((role) => {
    const group = found.filter((field) => field.role === role)
    if (group.length === 0) return null
    return (
      <div key={role}>
        <h3>{text(`fields.${role}`)}</h3>
        <ul aria-label={text(`fields.${role}`)}>
          {group.map((field) => (
            <FieldLine
              key={field.name}
              field={field}
              dataset={dataset}
              misfit={misfitOf?.(role)}
              load={() => load(field)}
            />
          ))}
        </ul>
      </div>
    )
  })
}

interface FoldProps {
  readonly name: string
  readonly children: React.ReactNode
  readonly note?: string
  /** What the note is about is no trouble. */
  readonly quiet?: boolean
  readonly used: boolean
  /** Shown unfolded until the user says otherwise; a search unfolds everything it finds. */
  readonly unfolded: boolean
  readonly action?: React.ReactNode
}

function Fold({ name, children, note, quiet = false, used, unfolded, action }: FoldProps) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? unfolded
  const setOpen = setChosen
  return (
    <section className="dataset" aria-label={name}>
      <div className="dataset-head">
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'down' : 'right'} size={12} />
          <Icon name="dataset" size={14} />
          <span className={used ? 'used' : undefined}>{name}</span>
        </button>
        {note !== undefined && <small data-quiet={quiet}>{note}</small>}
        {action}
      </div>
      {open && children}
    </section>
  )
}

interface DatasetFoldProps {
  readonly offered: OfferedDataset
  readonly misfit: Offered['misfit']
  readonly search: string
  /** Few enough datasets to show all their fields at once. */
  readonly few: boolean
}

/** A dataset of the workspace; it comes into the report with its first field, or by the button. */
function DatasetFold({ offered, misfit, search, few }: DatasetFoldProps) {
  const app = useApp()
  const text = useText()
  const { dataset, via = [] } = offered
  const misfitOf = (role: FieldRole): string | undefined => {
    const missing = misfit(dataset.id, role)
    const nameOf = (id: string): string => app.workspace.dataset(id)?.name ?? id
    return missing
      ? text('fields.misfit', { from: nameOf(missing.from), to: nameOf(missing.to) })
      : undefined
  }
  const slot = useDocument(
    (open) =>
      Object.values(open.history.report.datasets).find(({ id }) => open.bindings[id] === dataset.id)
        ?.id,
  )
  const used = slot !== undefined
  const compute = (
    <IconButton
      icon="formula"
      small
      label={text('calculated.newIn', { dataset: dataset.name })}
      onClick={() => app.shell.openDialog('formula', { formula: { dataset: dataset.id } })}
    />
  )
  const add = (
    <IconButton
      icon="plus"
      small
      label={text('fields.add', { dataset: dataset.name })}
      onClick={() => addDataset(app, dataset)}
    />
  )
  return (
    <Fold
      key={search === '' ? 'all' : 'found'}
      name={dataset.name}
      used={used}
      unfolded={used || few || search !== ''}
      quiet
      {...(via.length > 0 ? { note: text('fields.via', { way: via.join(' → ') }) } : {})}
      action={
        <>
          {compute}
          {!used && add}
        </>
      }
    >
      <FieldGroups
        fields={dataset.fields}
        dataset={dataset.id}
        search={search}
        misfitOf={misfitOf}
        load={(field) => ({
          dragged: { kind: 'field', slot: slotFor(app, dataset).slot, field },
          dataset: dataset.id,
        })}
      />
      {slot !== undefined && <FormulaLines slot={slot} dataset={dataset.id} search={search} />}
    </Fold>
  )
}

/** A slot nothing is bound to: its fields are known, its rows are not. */
function UnboundFold({ slot, search }: { readonly slot: DatasetSlot; readonly search: string }) {
  const app = useApp()
  const text = useText()
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets)
  return (
    <Fold name={slot.name} used unfolded note={text('fields.unbound')}>
      <Select
        size="small"
        className="dataset-bind"
        aria-label={text('fields.bind', { dataset: slot.name })}
        placeholder={text('fields.bind', { dataset: slot.name })}
        options={(datasets ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(dataset: string) =>
          app.documents.rebind({ [slot.id]: dataset }, [], 'command.slot.remap')
        }
      />
      <FieldGroups
        fields={slot.fields}
        search={search}
        load={(field) => ({ dragged: { kind: 'field', slot, field } })}
      />
      <FormulaLines slot={slot.id} dataset={undefined} search={search} />
    </Fold>
  )
}

const none: readonly DatasetInfo[] = []

/** Datasets and their fields; a pill dropped here leaves its block. */
export function FieldsPanel() {
  const app = useApp()
  const text = useText()
  const slots = useDocument((open) => open.history.report.datasets)
  const bindings = useDocument((open) => open.bindings)
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets) ?? none
  const [search, setSearch] = useState('')
  const panel = useRef<HTMLElement>(null)
  useDropTarget(panel, () => ({ kind: 'fields' }))
  const leaving = useStore(
    dragStore,
    ({ target, intent }) => target?.kind === 'fields' && intent !== null,
  )
  const known = new Set(datasets.map(({ id }) => id))
  const unbound = Object.values(slots).filter(({ id }) => !known.has(bindings[id] ?? ''))
  const used = useMemo(() => new Set(Object.values(bindings)), [bindings])
  const offered = useOffered(datasets, used)
  return (
    <aside
      ref={panel}
      className="panel fields-panel"
      aria-label={text('fields.title')}
      data-drop={leaving ? 'over' : undefined}
    >
      <div className="panel-title">
        <h2>{text('fields.title')}</h2>
        <IconButton
          icon="table"
          small
          label={text('action.data.show')}
          onClick={() => void perform(app, 'data.show')}
        />
        <IconButton
          icon="plus"
          small
          label={text('fields.import')}
          onClick={() => void perform(app, 'data.import')}
        />
      </div>
      <div className="fields-search">
        <Input
          allowClear
          size="small"
          prefix={<Icon name="search" size={14} />}
          aria-label={text('fields.search')}
          placeholder={text('fields.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className="panel-scroll">
        {unbound.map((slot) => (
          <UnboundFold key={slot.id} slot={slot} search={search} />
        ))}
        {offered.datasets.map((one) => (
          <DatasetFold
            key={one.dataset.id}
            offered={one}
            misfit={offered.misfit}
            search={search}
            few={datasets.length <= 2}
          />
        ))}
        {datasets.length === 0 && (
          <div className="fields-none">
            <p>{text('fields.none')}</p>
            <Button onClick={() => void perform(app, 'data.import')}>{text('start.data')}</Button>
          </div>
        )}
      </div>
    </aside>
  )
}
