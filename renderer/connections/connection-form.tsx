import { Button, Input } from 'antd'
import { useStore } from 'zustand'
import type { Connections, KeepSecret, ServerFacts, TlsMode } from '../../shared/data/connection.ts'
import { Choice, Setting } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import type { ConnectionDraft, ConnectionsFlow } from './connections-flow.ts'
import { isComplete } from './connections-flow.ts'

interface ConnectionFormProps {
  readonly flow: ConnectionsFlow
  readonly draft: ConnectionDraft
  readonly known: Connections
}

const tlsModes: readonly TlsMode[] = ['verified', 'encrypted', 'off']

/** Where a server is and who asks; it is tried before it is kept. */
export function ConnectionForm({ flow, draft, known }: ConnectionFormProps) {
  const text = useText()
  const { busy, facts } = useStore(flow.store)
  const complete = isComplete(draft, known.hasVault)
  return (
    <form
      className="connection-form"
      aria-label={text(draft.id === null ? 'connections.new' : 'connections.change')}
      onSubmit={(event) => {
        event.preventDefault()
        if (complete) void flow.save()
      }}
    >
      <fieldset disabled={busy !== null}>
        <Where flow={flow} draft={draft} />
        <Who flow={flow} draft={draft} />
        <Encryption flow={flow} draft={draft} />
        <Keeping flow={flow} draft={draft} known={known} />
      </fieldset>
      {facts && <Facts facts={facts} />}
      <div className="connection-buttons">
        {busy !== null && (
          <span className="hint" role="status">
            {text('connections.asking')}
          </span>
        )}
        <span className="connections-space" />
        {busy !== null && <Button onClick={() => flow.cancel()}>{text('app.cancel')}</Button>}
        <Button
          disabled={!complete || busy !== null}
          loading={busy === 'test'}
          onClick={() => void flow.test()}
        >
          {text('connections.test')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!complete || busy !== null}
          loading={busy === 'save'}
        >
          {text('connections.save')}
        </Button>
      </div>
    </form>
  )
}

interface PartProps {
  readonly flow: ConnectionsFlow
  readonly draft: ConnectionDraft
}

function Where({ flow, draft: { settings } }: PartProps) {
  const text = useText()
  return (
    <>
      <Choice
        label={text('connections.kind')}
        value={settings.kind}
        options={[
          { value: 'postgres', label: text('connections.kind.postgres') },
          { value: 'clickhouse', label: text('connections.kind.clickhouse') },
        ]}
        onChange={(kind) => flow.chooseKind(kind)}
      />
      <p className="hint">{text(`connections.kindHint.${settings.kind}`)}</p>
      <Line
        label={text('connections.name')}
        value={settings.name}
        onChange={(name) => flow.changeSettings({ name })}
      />{' '}
      {/* prettier-ignore */}
      <div className="connection-pair">
        <Line label={text('connections.host')} value={settings.host} onChange={(host) => flow.changeSettings({ host })} /> {/* prettier-ignore */}
        <Line
          label={text('connections.port')}
          value={settings.port === 0 ? '' : String(settings.port)}
          numeric
          onChange={(port) => flow.changeSettings({ port: Number(port.replaceAll(/\D/g, '')) })}
        />
      </div>
      <Line
        label={text('connections.database')}
        value={settings.database}
        onChange={(database) => flow.changeSettings({ database })}
      />{' '}
      {/* prettier-ignore */}
    </>
  )
}

interface LineProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly numeric?: boolean
  readonly secret?: boolean
  readonly hint?: string
}

function Line({ label, value, onChange, numeric = false, secret = false, hint }: LineProps) {
  return (
    <Setting label={label} tall>
      {(id) => (
        <Input
          id={id}
          type={secret ? 'password' : 'text'}
          inputMode={numeric ? 'numeric' : 'text'}
          autoComplete="off"
          spellCheck={false}
          maxLength={255}
          value={value}
          {...(hint === undefined ? {} : { placeholder: hint })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Setting>
  )
}

function Who({ flow, draft: { settings, secret, id } }: PartProps) {
  const text = useText()
  return (
    <div className="connection-pair even">
      <Line
        label={text('connections.user')}
        value={settings.user}
        onChange={(user) => flow.changeSettings({ user })}
      />{' '}
      {/* prettier-ignore */}
      <Line
        label={text('connections.password')}
        secret
        value={secret}
        {...(id === null ? {} : { hint: text('connections.passwordKept') })}
        onChange={(next) => flow.change({ secret: next })}
      />
    </div>
  )
}

function Encryption({ flow, draft: { settings } }: PartProps) {
  const text = useText()
  return (
    <>
      <Setting label={text('connections.tls')} tall>
        {(id) => (
          <select
            id={id}
            value={settings.tls}
            onChange={(event) => {
              const tls = tlsModes.find((mode) => mode === event.target.value) ?? 'verified'
              flow.changeSettings({ tls })
            }}
          >
            {tlsModes.map((mode) => (
              <option key={mode} value={mode}>
                {text(`connections.tls.${mode}`)}
              </option>
            ))}
          </select>
        )}
      </Setting>
      {settings.tls === 'verified' && (
        <details open={settings.authority !== null}>
          <summary>{text('connections.authority')}</summary>
          <Input.TextArea
            aria-label={text('connections.authority')}
            rows={3}
            spellCheck={false}
            placeholder="-----BEGIN CERTIFICATE-----"
            value={settings.authority ?? ''}
            onChange={({ target }) =>
              flow.changeSettings({ authority: target.value.trim() === '' ? null : target.value })
            }
          />
        </details>
      )}
    </>
  )
}

interface KeepingProps extends PartProps {
  readonly known: Connections
}

function Keeping({ flow, draft, known }: KeepingProps) {
  const text = useText()
  const options: readonly KeepSecret[] = known.keeping
  return (
    <>
      <Setting label={text('connections.keep')} tall>
        {(id) => (
          <select
            id={id}
            value={draft.keep}
            onChange={(event) => {
              const keep = options.find((one) => one === event.target.value) ?? 'session'
              flow.change({ keep })
            }}
          >
            {options.map((one) => (
              <option key={one} value={one}>
                {text(`connections.keep.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Setting>
      {draft.keep === 'vault' && (
        <Line
          label={text(known.hasVault ? 'connections.passphrase' : 'connections.newPassphrase')}
          secret
          value={draft.passphrase}
          onChange={(passphrase) => flow.change({ passphrase })}
        />
      )}
    </>
  )
}

/** What the server said; what ought to be otherwise is said with it. */
function Facts({ facts }: { readonly facts: ServerFacts }) {
  const text = useText()
  return (
    <div className="connection-facts" role="status">
      <p>
        <Icon name="check" />
        {text('connections.reached', { version: facts.version.split(/ on |,/)[0] ?? '' })}
      </p>
      {facts.superuser && <Warning words={text('connections.superuser')} />}
      {!facts.encrypted && <Warning words={text('connections.notEncrypted')} />}
    </div>
  )
}

function Warning({ words }: { readonly words: string }) {
  return (
    <p className="connections-warning">
      <Icon name="warning" />
      {words}
    </p>
  )
}
