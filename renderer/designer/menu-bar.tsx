import { Dropdown } from 'antd'
import type { MenuProps } from 'antd'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { AppCommand, Menu } from '../../shared/menu.ts'
import { appCommands, menus } from '../../shared/menu.ts'
import { actions, perform } from '../state/actions.ts'
import type { App } from '../state/app.ts'
import { useApp } from '../state/app-context.ts'
import { shortcutText } from '../state/shortcuts.ts'
import { Icon } from '../ui/icon.tsx'
import type { Text } from '../../shared/text/messages.ts'
import { useText } from '../ui/use-text.ts'
import './designer.css'

const mac = navigator.platform.startsWith('Mac')

/** A menu's entries as they are now: what may not run is grey. */
function itemsOf(app: App, menu: Menu, text: Text): NonNullable<MenuProps['items']> {
  return menu.entries.map((entry, index) => {
    if (entry.kind === 'separator') return { type: 'divider', key: `line-${index}` }
    const { command, accelerator } = entry
    const action = actions[command]
    return {
      key: command,
      disabled: !action.enabled(app),
      label: (
        <span className="menu-entry">
          <span>{text(`action.${command}`)}</span>
          {accelerator !== undefined && <kbd>{shortcutText(accelerator, mac)}</kbd>}
        </span>
      ),
      icon: action.checked?.(app) === true ? <Icon name="check" /> : <span className="no-icon" />,
    }
  })
}

function MenuButton({ menu }: { readonly menu: Menu }) {
  const app = useApp()
  const text = useText()
  const [open, setOpen] = useState(false)
  const items = open ? itemsOf(app, menu, text) : []
  const run = (key: string): void => {
    const command: AppCommand | undefined = appCommands.find((name) => name === key)
    if (command) perform(app, command)
  }
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      open={open}
      onOpenChange={setOpen}
      menu={{ items, onClick: ({ key }) => run(key) }}
      classNames={{ root: 'app-menu' }}
    >
      <button type="button" className="menu-button" aria-haspopup="menu" aria-expanded={open}>
        {text(menu.label)}
      </button>
    </Dropdown>
  )
}

/** The menu, where the shell has none of its own. */
export function MenuBar() {
  const app = useApp()
  const native = useStore(app.settings.store, ({ info }) => info.nativeMenu)
  const text = useText()
  if (native) return null
  return (
    <nav className="menu-bar" aria-label={text('designer.menu')}>
      {menus.map((menu) => (
        <MenuButton key={menu.label} menu={menu} />
      ))}
    </nav>
  )
}
