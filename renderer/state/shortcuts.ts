import type { AppCommand } from '../../shared/menu.ts'
import { menus } from '../../shared/menu.ts'

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** Other keys for the same command, which no menu shows. */
const aliases: readonly (readonly [string, AppCommand])[] = [
  ['CmdOrCtrl+Y', 'edit.redo'],
  ['Backspace', 'edit.delete'],
]

function pressed(event: Key, mac: boolean): string {
  const main = mac ? event.metaKey : event.ctrlKey
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key
  return [main && 'CmdOrCtrl', event.altKey && 'Alt', event.shiftKey && 'Shift', name]
    .filter((part) => part !== false)
    .join('+')
}

const byKeys: ReadonlyMap<string, AppCommand> = new Map([
  ...menus.flatMap(({ entries }) =>
    entries.flatMap((entry): [string, AppCommand][] =>
      entry.kind === 'command' && entry.accelerator !== undefined
        ? [[entry.accelerator, entry.command]]
        : [],
    ),
  ),
  ...aliases,
])

export function commandOf(event: Key, mac: boolean): AppCommand | undefined {
  return byKeys.get(pressed(event, mac))
}

/** Commands that belong to the text while one types. */
const textCommands: ReadonlySet<AppCommand> = new Set([
  'edit.undo',
  'edit.redo',
  'edit.cut',
  'edit.copy',
  'edit.paste',
  'edit.delete',
  'edit.selectAll',
  'edit.duplicate',
])

export function leavesToText(command: AppCommand): boolean {
  return textCommands.has(command)
}

/** As the system writes it: ⌘⇧Z or Ctrl+Shift+Z. */
export function shortcutText(accelerator: string, mac: boolean): string {
  if (!mac) return accelerator.replace('CmdOrCtrl', 'Ctrl')
  return accelerator
    .replace('CmdOrCtrl', '⌘')
    .replace('Shift', '⇧')
    .replace('Alt', '⌥')
    .replaceAll('+', '')
}

export function acceleratorOf(command: AppCommand): string | undefined {
  for (const { entries } of menus) {
    for (const entry of entries) {
      if (entry.kind === 'command' && entry.command === command) return entry.accelerator
    }
  }
  return undefined
}
