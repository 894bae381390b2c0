import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { AppCommand } from '../../shared/menu.ts'
import { actions, perform } from '../state/actions.ts'
import { useApp, useShell } from '../state/app-context.ts'
import { acceleratorOf, shortcutText } from '../state/shortcuts.ts'
import { useText } from '../ui/use-text.ts'
import { findCommands } from './find-commands.ts'

const mac = navigator.platform.startsWith('Mac')

/** Everything the app can do now, by name. */
export function CommandPalette() {
  const open = useShell((shell) => shell.dialog === 'palette')
  return open ? <Palette /> : null
}

function Palette() {
  const app = useApp()
  const text = useText()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = findCommands(search).filter((name) => actions[name].enabled(app))
  const at = Math.min(chosen, found.length - 1)
  const run = (name: AppCommand | undefined): void => {
    if (!name) return
    app.shell.closeDialog()
    perform(app, name)
  }
  const onKey = (event: React.KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setChosen(Math.max(0, Math.min(found.length - 1, at + step)))
    } else if (event.key === 'Enter') {
      // The key's press would go on to the button that has the focus in the dialog opened by it.
      event.preventDefault()
      run(found[at])
    }
  }
  return (
    <Modal
      open
      closable={false}
      footer={null}
      width={460}
      onCancel={() => app.shell.closeDialog()}
      title={<span className="visually-hidden">{text('palette.title')}</span>}
      className="palette"
    >
      <Input
        autoFocus
        aria-label={text('palette.search')}
        placeholder={text('palette.search')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${found[at]}` : undefined}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKey}
      />
      <ul id="palette-list" role="listbox" aria-label={text('palette.title')}>
        {found.map((name, index) => {
          const keys = acceleratorOf(name)
          return (
            <li
              key={name}
              id={`palette-${name}`}
              role="option"
              aria-selected={index === at}
              onPointerEnter={() => setChosen(index)}
              onClick={() => run(name)}
            >
              <span>{text(`action.${name}`)}</span>
              {keys !== undefined && <kbd>{shortcutText(keys, mac)}</kbd>}
            </li>
          )
        })}
      </ul>
      {found.length === 0 && <p className="hint">{text('palette.none')}</p>}
    </Modal>
  )
}
