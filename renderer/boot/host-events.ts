import { appCommands } from '../../shared/menu.ts'
import { perform } from '../state/actions.ts'
import type { App } from '../state/app.ts'
import { openFiles } from '../state/open-files.ts'

/** Menu entries chosen in the shell's own menu, and files opened from outside. */
export function listenToHost(app: App): void {
  app.on('host.command', ({ command }) => {
    const known = appCommands.find((name) => name === command)
    if (known) perform(app, known)
  })
  app.on('host.opened', ({ file }) => {
    openFiles(app, [file])
  })
}
