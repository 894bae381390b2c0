import type { MenuItemConstructorOptions } from 'electron'
import type { AppCommand } from '../../../shared/menu.ts'
import { menus } from '../../../shared/menu.ts'
import { textIn } from '../../../shared/text/messages.ts'

/** The shared menu tree, as far as a native menu is made from it. */
export interface MenuTree<Key extends string, Command extends string> {
  readonly label: Key
  readonly entries: readonly (
    | { readonly kind: 'command'; readonly command: Command; readonly accelerator?: string }
    | { readonly kind: 'separator' }
  )[]
}

/** The native menu of the shared tree: every item emits its command, and the page alone carries it out. */
export function nativeMenu<Key extends string, Command extends string>(
  tree: readonly MenuTree<Key, Command>[],
  words: {
    readonly menu: (label: Key) => string
    readonly command: (command: Command) => string
  },
  emit: (command: Command) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const menus = tree.map(({ label, entries }) => ({
    label: words.menu(label),
    submenu: entries.map((entry): MenuItemConstructorOptions => {
      if (entry.kind === 'separator') return { type: 'separator' }
      const { command, accelerator } = entry
      const item = { label: words.command(command), click: () => emit(command) }
      // The page listens to the keys itself, so that they work in text fields as people expect.
      return accelerator === undefined ? item : { ...item, accelerator, registerAccelerator: false }
    }),
  }))
  return platform === 'darwin' ? [{ role: 'appMenu' }, ...menus, { role: 'windowMenu' }] : menus
}

export function appMenu(
  language: 'zh-CN' | 'en',
  emit: (command: AppCommand) => void,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const text = textIn(language)
  const words = { menu: text, command: (command: AppCommand) => text(`action.${command}`) }
  return nativeMenu(menus, words, emit, platform)
}
