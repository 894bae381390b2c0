import { useEffect } from 'react'
import { perform } from '../state/actions.ts'
import type { App } from '../state/app.ts'
import { commandOf, leavesToText } from '../state/shortcuts.ts'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)))

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null

/** One listener for every shortcut of the menu; what is typed into a field stays there. */
export function useShortcuts(app: App): void {
  useEffect(() => {
    const mac = navigator.platform.startsWith('Mac')
    const onKey = (event: KeyboardEvent): void => {
      const command = event.defaultPrevented ? undefined : commandOf(event, mac)
      if (command === undefined || inDialog(event.target)) return
      if (leavesToText(command) && typing(event.target)) return
      if (perform(app, command)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [app])
}
