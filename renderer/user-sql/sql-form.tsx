import { Button, Input } from 'antd'
import { useId, useRef } from 'react'
import { useStore } from 'zustand'
import type { SqlPlace } from '../../shared/data/sql-words.ts'
import { useApp } from '../state/app-context.ts'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { SqlEditor } from './sql-editor.tsx'
import type { EditorHandle } from './sql-editor.tsx'
import { SqlFault } from './sql-fault.tsx'
import type { SqlFlow } from './sql-flow.ts'
import { SqlParameters } from './sql-parameters.tsx'
import { namesFor } from './named-tables.ts'
import { PreviewRows } from './preview-rows.tsx'
import { SqlTables } from './sql-tables.tsx'

const placeKey = (place: SqlPlace): string =>
  place.kind === 'extracts' ? 'extracts' : place.kind === 'file' ? place.dataset : place.connection

export function SqlForm({ flow }: { readonly flow: SqlFlow }) {
  const text = useText()
  const own = useId()
  const editor = useRef<EditorHandle>(null)
  const app = useApp()
  const { kept, draft, connections, names, error, busy, preview, rows } = useStore(flow.store)
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets) ?? []
  const at = error?.details['at']
  return (
    <div className="sql-form">
      <Head flow={flow} />
      <div className="sql-middle">
        <SqlTables
          place={draft.place}
          without={kept?.dataset.id}
          onInsert={(name) => editor.current?.insert(name)}
        />
        <div className="sql-writing">
          <label htmlFor={`${own}-text`}>{text('sql.text')}</label>
          <SqlEditor
            ref={editor}
            id={`${own}-text`}
            describedBy={`${own}-said`}
            value={draft.text}
            names={namesFor(draft, datasets, connections, names, kept?.dataset.id)}
            faultAt={typeof at === 'number' ? at : undefined}
            onChange={(value) => flow.write(value)}
            onRun={() => void flow.preview()}
          />
          <div id={`${own}-said`} className="sql-said">
            {error ? (
              <SqlFault
                error={error}
                written={draft.text}
                onGo={(place) => editor.current?.goTo(place)}
              />
            ) : (
              <p className="hint">{text('sql.textHint')}</p>
            )}
          </div>
          <SqlParameters
            parameters={draft.parameters}
            onChange={(parameters) => flow.setParameters(parameters)}
          />
        </div>
      </div>
      <div className="sql-run">
        <Button
          disabled={draft.text.trim() === '' || busy === 'save'}
          onClick={() => (busy === 'preview' ? flow.cancel() : void flow.preview())}
        >
          {text(busy === 'preview' ? 'sql.stop' : 'sql.preview')}
        </Button>
        <span className="hint" role="status">
          {busy === 'preview' && text('sql.running')}
          {busy === 'save' && text('sql.making', { count: String(rows) })}
        </span>
      </div>
      <PreviewRows preview={preview} waiting={busy === 'preview'} />
    </div>
  )
}

function Head({ flow }: { readonly flow: SqlFlow }) {
  const app = useApp()
  const text = useText()
  const own = useId()
  const { kept, connections, draft, name } = useStore(flow.store)
  const datasets = useStore(app.workspace.store, ({ current }) => current?.datasets) ?? []
  // Datasets of one file lead to the same tables; the first of each is enough.
  const files = datasets.filter(
    (one, index) =>
      one.sources[0]?.kind === 'sqlite' &&
      one.mode === 'live' &&
      datasets.findIndex(({ mode, sources }) => mode === 'live' && sources[0]?.name === one.sources[0]?.name) === index, // prettier-ignore
  )
  const places: readonly { readonly place: SqlPlace; readonly label: string }[] = [
    { place: { kind: 'extracts' }, label: text('sql.place.extracts') },
    ...files.map(({ id, sources }) => ({
      place: { kind: 'file', dataset: id } as const,
      label: text('sql.place.file', { name: sources[0]?.name ?? '' }),
    })),
    ...connections.map(({ id, settings }) => ({
      place: { kind: 'server', connection: id } as const,
      label: text('sql.place.server', { name: settings.name }),
    })),
  ]
  const asked = draft.place.kind === 'server' ? draft.place.connection : undefined
  const mayDoAnything = connections.some(({ id, facts }) => id === asked && facts.superuser)
  const options = places.map(({ place, label }) => ({ value: placeKey(place), label }))
  const known = options.some(({ value }) => value === placeKey(draft.place))
  const shown = kept && !known ? [...options, { value: placeKey(draft.place), label: text('sql.place.file', { name: kept.placeName }) }] : options // prettier-ignore
  return (
    <div className="sql-head">
      <label htmlFor={`${own}-name`}>{text('sql.name')}</label>
      <Input
        id={`${own}-name`}
        maxLength={120}
        value={name}
        onChange={(event) => flow.rename(event.target.value)}
      />
      <label htmlFor={`${own}-place`}>{text('sql.place')}</label>
      <select
        id={`${own}-place`}
        disabled={Boolean(kept)}
        value={placeKey(draft.place)}
        onChange={(event) => {
          const chosen = places.find(({ place }) => placeKey(place) === event.target.value)
          if (chosen) flow.choosePlace(chosen.place)
        }}
      >
        {shown.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {mayDoAnything && (
        <p className="sql-warning">
          <Icon name="warning" />
          {text('connections.superuser')}
        </p>
      )}
      <p className="hint sql-place-hint">
        {text(draft.place.kind === 'extracts' ? 'sql.placeHint.extracts' : 'sql.placeHint.live')}
      </p>
    </div>
  )
}
