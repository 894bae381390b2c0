import { useStore } from 'zustand'
import type { ConnectionInfo } from '../../shared/data/connection.ts'
import { useApp } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { ConnectionsFlow } from './connections-flow.ts'

/** The connections of the workspace, and a new one. */
export function ConnectionList({ flow }: { readonly flow: ConnectionsFlow }) {
  const text = useText()
  const { known, chosen, draft } = useStore(flow.store)
  return (
    <nav className="connections-list" aria-label={text('connections.known')}>
      <ul>
        {known?.connections.map((connection) => (
          <ConnectionEntry
            key={connection.id}
            flow={flow}
            connection={connection}
            current={connection.id === (draft?.id ?? chosen)}
          />
        ))}
      </ul>
      <IconButton
        icon="plus"
        label={text('connections.new')}
        text={text('connections.new')}
        pressed={draft?.id === null}
        onClick={() => flow.startNew()}
      />
    </nav>
  )
}

interface ConnectionEntryProps {
  readonly flow: ConnectionsFlow
  readonly connection: ConnectionInfo
  readonly current: boolean
}

function ConnectionEntry({ flow, connection, current }: ConnectionEntryProps) {
  const app = useApp()
  const text = useText()
  const { settings, secret } = connection
  const { name } = settings
  const remove = async (): Promise<void> => {
    const answer = await app.shell.ask({
      title: { key: 'connections.removeTitle', values: { name } },
      body: { key: 'connections.removeBody' },
      choices: [
        { id: 'remove', label: 'connections.remove', tone: 'danger' },
        { id: 'cancel', label: 'app.cancel', tone: 'primary' },
      ],
    })
    if (answer === 'remove') await flow.remove(connection)
  }
  return (
    <li aria-current={current ? 'true' : undefined}>
      <button type="button" onClick={() => void flow.choose(connection.id)}>
        <Icon name="dataset" />
        <span>
          <strong>{name}</strong>
          <small>{`${settings.host}:${settings.port}/${settings.database}`}</small>
          {(secret === 'locked' || secret === 'none') && (
            <small className="connections-locked">{text(`connections.secret.${secret}`)}</small>
          )}
        </span>
      </button>
      <IconButton
        icon="pencil"
        small
        label={text('connections.edit', { name })}
        onClick={() => flow.edit(connection)}
      />
      <IconButton
        icon="close"
        small
        label={text('connections.removeLabel', { name })}
        onClick={() => void remove()}
      />
    </li>
  )
}
