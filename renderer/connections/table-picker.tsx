import { Button, Checkbox, Input, Skeleton } from 'antd'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { ConnectionInfo, ServerTable } from '../../shared/data/connection.ts'
import { perform } from '../state/actions.ts'
import { useApp } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { ConnectionsFlow } from './connections-flow.ts'
import { sameTable } from './connections-flow.ts'

/** Tables and views of one connection, to be made datasets that are asked where they are. */
export function TablePicker({ flow }: { readonly flow: ConnectionsFlow }) {
  const { known, chosen } = useStore(flow.store)
  const connection = known?.connections.find(({ id }) => id === chosen)
  if (!connection) return null
  const { secret } = connection
  if (secret === 'locked' || secret === 'none') {
    return <Unlock flow={flow} connection={connection} by={secret} />
  }
  return <Tables flow={flow} connection={connection} />
}

interface UnlockProps {
  readonly flow: ConnectionsFlow
  readonly connection: ConnectionInfo
  readonly by: 'locked' | 'none'
}

/** A passphrase opens all that is kept; a password is for this connection and this session. */
function Unlock({ flow, connection, by }: UnlockProps) {
  const text = useText()
  const busy = useStore(flow.store, (state) => state.busy !== null)
  const [given, setGiven] = useState('')
  const label = text(by === 'locked' ? 'connections.passphrase' : 'connections.passwordOf', {
    user: connection.settings.user,
  })
  return (
    <form
      className="connection-unlock"
      onSubmit={(event) => {
        event.preventDefault()
        void flow.unlock(
          by === 'locked'
            ? { secret: null, passphrase: given }
            : { secret: given, passphrase: null },
        )
      }}
    >
      <p>{text(by === 'locked' ? 'connections.isLocked' : 'connections.isNotKept')}</p>
      <div className="connection-pair button">
        <Input
          type="password"
          autoComplete="off"
          aria-label={label}
          placeholder={label}
          value={given}
          onChange={(event) => setGiven(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={given === ''} loading={busy}>
          {text('connections.unlock')}
        </Button>
      </div>
    </form>
  )
}

interface TablesProps {
  readonly flow: ConnectionsFlow
  readonly connection: ConnectionInfo
}

function Tables({ flow, connection }: TablesProps) {
  const text = useText()
  const { tables, picked, busy } = useStore(flow.store)
  const [search, setSearch] = useState('')
  if (tables === null) return busy === null ? null : <Loading flow={flow} />
  const wanted = search.trim().toLowerCase()
  const shown = tables.filter(({ schema, name }) =>
    `${schema}.${name}`.toLowerCase().includes(wanted),
  )
  return (
    <section className="connection-tables" aria-label={text('connections.tables')}>
      {connection.facts.superuser && (
        <p className="connections-warning">
          <Icon name="warning" />
          {text('connections.superuser')}
        </p>
      )}
      <Input
        allowClear
        aria-label={text('connections.search')}
        placeholder={text('connections.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {shown.length === 0 && (
        <p className="hint">
          {text(tables.length === 0 ? 'connections.noTables' : 'connections.noneFound')}
        </p>
      )}
      <ul>
        {shown.map((table) => (
          <TableLine
            key={`${table.schema}.${table.name}`}
            table={table}
            checked={picked.some((one) => sameTable(one, table))}
            disabled={busy !== null}
            onPick={() => flow.pick(table)}
          />
        ))}
      </ul>
      <Brought flow={flow} />
      <div className="connection-buttons">
        {busy === 'bring' && (
          <span className="hint" role="status">
            {text('connections.counting')}
          </span>
        )}
        <span className="connections-space" />
        {busy === 'bring' && <Button onClick={() => flow.cancel()}>{text('app.cancel')}</Button>}
        <Button
          type="primary"
          disabled={picked.length === 0 || busy !== null}
          loading={busy === 'bring'}
          onClick={() => void flow.bring()}
        >
          {text('connections.bring', { count: String(picked.length) })}
        </Button>
      </div>
    </section>
  )
}

function Loading({ flow }: { readonly flow: ConnectionsFlow }) {
  const text = useText()
  return (
    <div role="status" aria-label={text('connections.listing')}>
      <Skeleton active paragraph={{ rows: 5 }} />
      <Button onClick={() => flow.cancel()}>{text('app.cancel')}</Button>
    </div>
  )
}

interface TableLineProps {
  readonly table: ServerTable
  readonly checked: boolean
  readonly disabled: boolean
  readonly onPick: () => void
}

function TableLine({ table, checked, disabled, onPick }: TableLineProps) {
  const text = useText()
  return (
    <li>
      <Checkbox checked={checked} disabled={disabled} onChange={onPick}>
        <span className="connection-table">
          <span>{table.name}</span>
          <small>
            {table.view ? `${table.schema} · ${text('connections.view')}` : table.schema}
          </small>
        </span>
      </Checkbox>
    </li>
  )
}

/** What became of the tables that were picked. */
function Brought({ flow }: { readonly flow: ConnectionsFlow }) {
  const app = useApp()
  const text = useText()
  const { brought, refused } = useStore(flow.store)
  const look = (): void => {
    app.shell.closeDialog()
    void perform(app, 'data.show')
  }
  return (
    <>
      {refused.map(({ table, error }) => (
        <div key={`${table.schema}.${table.name}`} role="alert">
          <strong>{table.name}</strong>
          <ErrorNotice error={error} />
        </div>
      ))}
      {brought.length > 0 && (
        <p className="connections-done" role="status">
          <Icon name="check" />
          <span>
            {text('connections.brought', { names: brought.join(text('list.separator')) })}
          </span>
          <Button size="small" onClick={look}>
            {text('connections.look')}
          </Button>
        </p>
      )}
    </>
  )
}
