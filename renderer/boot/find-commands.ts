import type { AppCommand } from '../../shared/menu.ts'
import { appCommands } from '../../shared/menu.ts'
import { messages } from '../../shared/text/messages.ts'

/** Commands whose name has the words in either language: people type the one their keyboard is set to. */
export function findCommands(search: string): AppCommand[] {
  const wanted = search.trim().toLowerCase()
  return appCommands.filter(
    (name) =>
      name !== 'view.palette' &&
      Object.values(messages).some((words) =>
        words[`action.${name}`].toLowerCase().includes(wanted),
      ),
  )
}
