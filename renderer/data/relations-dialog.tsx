import { Button, Modal, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Relationship } from '../../shared/data/dataset.ts'
import type { RelationshipEnds } from '../../shared/data/import-words.ts'
import { useApp, useShell } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { RelationshipMeasures } from '../ui/relationship-words.tsx'
import { useText } from '../ui/use-text.ts'
import type { RelationsFlow } from './relations-flow.ts'
import { createRelationsFlow, relatable, relationshipLine } from './relations-flow.ts'
import { RelateForm, RelateProgress } from './relations-form.tsx'
import './relations.css'

/** How the datasets of the workspace are related, and how they could be. */
export function RelationsDialog() {
  const open = useShell((shell) => shell.dialog === 'relationships')
  return open ? <OpenRelations /> : null
}

function OpenRelations() {
  const app = useApp()
  const text = useText()
  const [flow] = useState(() => createRelationsFlow(app))
  const making = useStore(flow.store, (state) => state.making !== null)
  const error = useStore(flow.store, (state) => state.error)
  const workspace = useStore(app.workspace.store, ({ current }) => current)
  const datasets = relatable(workspace?.datasets ?? [])
  const relationships = workspace?.relationships ?? []
  useEffect(() => {
    void flow.look()
    return () => flow.cancel()
  }, [flow])
  const close = (): void => app.shell.closeDialog()
  return (
    <Modal
      open
      centered
      width={640}
      title={text('relations.title')}
      mask={{ closable: false }}
      onCancel={() => (making ? flow.cancel() : close())}
      footer={<Button onClick={close}>{text('app.close')}</Button>}
    >
      <div className="relations">
        <p className="hint">{text('relations.about')}</p>
        {error && (
          <div role="alert">
            <ErrorNotice error={error} />
          </div>
        )}
        <Existing flow={flow} relationships={relationships} />
        {datasets.length < 2 ? (
          <p className="hint">{text('relations.tooFew')}</p>
        ) : (
          <>
            <Proposed flow={flow} />
            <RelateForm flow={flow} datasets={datasets} relationships={relationships} />
            <RelateProgress flow={flow} />
          </>
        )}
      </div>
    </Modal>
  )
}

interface ExistingProps {
  readonly flow: RelationsFlow
  readonly relationships: readonly Relationship[]
}

function Existing({ flow, relationships }: ExistingProps) {
  const app = useApp()
  const text = useText()
  const making = useStore(flow.store, (state) => state.making !== null)
  return (
    <section aria-label={text('relations.existing')}>
      <h3>{text('relations.existing')}</h3>
      {relationships.length === 0 && <p className="hint">{text('relations.none')}</p>}
      <ul>
        {relationships.map((one) => {
          const line = relationshipLine(app, one, text)
          return (
            <li key={one.id}>
              <div className="relation-words">
                <Line ends={one} />
                <RelationshipMeasures {...one} />
              </div>
              <IconButton
                icon="close"
                small
                label={text('relations.remove', { line })}
                disabled={making}
                onClick={() => void flow.remove(one)}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Line({ ends }: { readonly ends: RelationshipEnds }) {
  const app = useApp()
  const text = useText()
  return (
    <p>
      <span className="selectable">{relationshipLine(app, ends, text)}</span>{' '}
      <span className="hint">{text('relations.kind')}</span>
    </p>
  )
}

/** Columns of one name that look like a key; each is measured, or refused, when it is related. */
function Proposed({ flow }: { readonly flow: RelationsFlow }) {
  const app = useApp()
  const text = useText()
  const { looking, proposals, making } = useStore(flow.store)
  if (looking && proposals.length === 0)
    return (
      <p className="hint" role="status">
        <Spin size="small" /> {text('relations.looking')}
      </p>
    )
  if (proposals.length === 0) return null
  return (
    <section aria-label={text('relations.proposals')}>
      <h3>{text('relations.proposals')}</h3>
      <ul>
        {proposals.map((ends) => (
          <li key={JSON.stringify(ends)}>
            <Line ends={ends} />
            <Button
              size="small"
              disabled={making !== null}
              aria-label={text('relations.relateLine', {
                line: relationshipLine(app, ends, text),
              })}
              onClick={() => void flow.relate(ends)}
            >
              {text('relations.relate')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
