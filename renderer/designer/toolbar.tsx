import { Dropdown } from 'antd'
import { useStore } from 'zustand'
import type { AppCommand } from '../../shared/menu.ts'
import { appCommands } from '../../shared/menu.ts'
import { canRedo, canUndo, redoLabel, undoLabel } from '../../shared/report/history.ts'
import { isMessageKey } from '../../shared/text/messages.ts'
import { perform } from '../state/actions.ts'
import { tryCommand } from '../state/board-actions.ts'
import { useApp, useDocument, useHistory } from '../state/app-context.ts'
import { documentIsEdited } from '../state/document-store.ts'
import { acceleratorOf, shortcutText } from '../state/shortcuts.ts'
import { IconButton } from '../ui/controls.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { EditableText } from '../ui/editable-text.tsx'

const mac = navigator.platform.startsWith('Mac')

const inserts: readonly (readonly [AppCommand, IconName])[] = [
  ['insert.column', 'column'],
  ['insert.bar', 'bar'],
  ['insert.line', 'line'],
  ['insert.pie', 'pie'],
  ['insert.scatter', 'scatter'],
  ['insert.metric', 'metric'],
  ['insert.crosstab', 'crosstab'],
  ['insert.table', 'table'],
  ['insert.text', 'text'],
  ['insert.image', 'image'],
  ['insert.parameter', 'parameter'],
  ['insert.calculated', 'formula'],
]

function useRun() {
  const app = useApp()
  const text = useText()
  return (command: AppCommand) => {
    const keys = acceleratorOf(command)
    const label = text(`action.${command}`).replace('…', '')
    return {
      label,
      tip: keys === undefined ? label : `${label} (${shortcutText(keys, mac)})`,
      onClick: () => void perform(app, command),
    }
  }
}

/** Undo and redo say what they would undo. */
function HistoryButtons() {
  const history = useHistory()
  const text = useText()
  const run = useRun()
  const named = (command: 'edit.undo' | 'edit.redo', label: string | undefined) => {
    const { tip, ...rest } = run(command)
    return {
      ...rest,
      tip: label !== undefined && isMessageKey(label) ? `${tip} · ${text(label)}` : tip,
    }
  }
  return (
    <>
      <IconButton
        icon="undo"
        {...named('edit.undo', undoLabel(history))}
        disabled={!canUndo(history)}
      />
      <IconButton
        icon="redo"
        {...named('edit.redo', redoLabel(history))}
        disabled={!canRedo(history)}
      />
    </>
  )
}

function InsertMenu() {
  const app = useApp()
  const text = useText()
  const items = inserts.map(([command, icon]) => ({
    key: command,
    label: text(`action.${command}`),
    icon: <Icon name={icon} />,
  }))
  const run = (key: string): void => {
    const command = appCommands.find((name) => name === key)
    if (command) perform(app, command)
  }
  return (
    <Dropdown autoFocus trigger={['click']} menu={{ items, onClick: ({ key }) => run(key) }}>
      <button type="button" className="icon-button" aria-haspopup="menu">
        <Icon name="plus" />
        {text('designer.insert')}
        <Icon name="down" size={12} />
      </button>
    </Dropdown>
  )
}

function Title() {
  const app = useApp()
  const text = useText()
  const title = useDocument((open) => open.history.report.title)
  const edited = useDocument(documentIsEdited)
  const file = useDocument((open) => open.file)
  const state = edited ? 'designer.unsaved' : file ? 'designer.saved' : 'designer.new'
  return (
    <div className="report-title">
      <EditableText
        label={text('designer.title')}
        value={title}
        maxLength={200}
        onChange={(next) => void tryCommand(app, { name: 'report.rename', args: { title: next } })}
      />
      <span className="save-state" role="status" data-edited={edited}>
        {text(state)}
      </span>
    </div>
  )
}

export function Toolbar() {
  const app = useApp()
  const text = useText()
  const run = useRun()
  const showFields = useStore(app.session, (session) => session.showFields)
  const showInspector = useStore(app.session, (session) => session.showInspector)
  const edited = useDocument(documentIsEdited)
  return (
    <header>
      <div className="toolbar" role="toolbar" aria-label={text('designer.toolbar')}>
        <IconButton icon="home" {...run('app.gallery')} />
        <span className="tool-line" />
        <HistoryButtons />
        <IconButton icon="save" {...run('report.save')} disabled={!edited} />
        <span className="tool-line" />
        <InsertMenu />
        <IconButton icon="filter" {...run('insert.filter')} text={text('kind.filter')} />
        <Title />
        <IconButton icon="present" {...run('view.present')} text={text('action.view.present')} />
        <IconButton icon="share" {...run('export.report')} text={text('designer.export')} />
        <span className="tool-line" />
        <IconButton icon="dataset" {...run('view.fields')} pressed={showFields} />
        <IconButton icon="menu" {...run('view.inspector')} pressed={showInspector} />
      </div>
    </header>
  )
}
