import { Button, Dropdown } from 'antd'
import { useStore } from 'zustand'
import type { AppCommand } from '../../shared/menu.ts'
import { appCommands } from '../../shared/menu.ts'
import { perform } from '../state/actions.ts'
import { useApp } from '../state/app-context.ts'
import { openOwnWorkspace } from '../state/workspace-actions.ts'
import { Choice } from '../ui/controls.tsx'
import { Icon } from '../ui/icon.tsx'
import { useLanguage, useText } from '../ui/use-text.ts'

/** Name, workspace, language and theme. */
export function StartHeader() {
  const app = useApp()
  const text = useText()
  const language = useLanguage()
  const theme = useStore(app.settings.store, ({ settings }) => settings.theme)
  return (
    <header className="start-header">
      <span className="wordmark">
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <rect width="24" height="24" rx="6" fill="var(--accent)" />
          <path
            d="M6 17.5v-5M10 17.5V7M14 17.5v-7.5M18 17.5V5.5"
            stroke="var(--on-accent)"
            strokeWidth="2.2"
            strokeLinecap="round"
          />
        </svg>
        {text('app.name')}
      </span>
      <WorkspaceChip />
      <span className="start-space" />
      <Choice
        label={text('start.language')}
        value={language}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(next) => app.settings.change({ language: next })}
      />
      <Choice
        label={text('start.theme')}
        value={theme}
        options={[
          { value: 'light', label: text('start.light'), icon: 'sun' },
          { value: 'dark', label: text('start.dark'), icon: 'moon' },
          { value: 'system', label: text('start.system'), icon: 'system' },
        ]}
        onChange={(next) => app.settings.change({ theme: next })}
      />
    </header>
  )
}

const entries = [
  'data.show',
  'workspace.new',
  'workspace.open',
  'workspace.backUp',
  'workspace.move',
] as const

/** Which workspace is open, and the ways to another. */
function WorkspaceChip() {
  const app = useApp()
  const text = useText()
  const current = useStore(app.workspace.store, (state) => state.current)
  const name = current?.sample === true ? text('workspace.sample') : current?.name
  const run = (key: string): void => {
    const command: AppCommand | undefined = appCommands.find((known) => known === key)
    if (command) perform(app, command)
    else void openOwnWorkspace(app)
  }
  const own = { key: 'own', label: text('workspace.own') }
  const items = entries.map((command) => ({ key: command, label: text(`action.${command}`) }))
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      menu={{
        items: current?.sample === true ? [own, { type: 'divider' }, ...items] : items,
        onClick: ({ key }) => run(key),
      }}
    >
      <Button className="workspace-chip" aria-haspopup="menu">
        <Icon name="dataset" />
        <span className="visually-hidden">{text('workspace.current')}</span>
        {name ?? text('workspace.none')}
        {current && (
          <span className="hint">
            {text('workspace.datasets', { count: current.datasets.length })}
          </span>
        )}
        <Icon name="down" size={12} />
      </Button>
    </Dropdown>
  )
}
