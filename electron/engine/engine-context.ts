import type { EventName, EventOf } from '../../shared/contract.ts'
import type { AppInfo } from '../../shared/workspace-words.ts'
import type { BugLog } from './bug-log.ts'
import type { CloseGuard } from './close-guard.ts'
import type { FileBrowser } from './file-browser.ts'
import type { Host } from './host.ts'
import type { Inbox } from './inbox.ts'
import type { SystemSecrets } from './workspace/store/system-secrets.ts'
import type { SettingsFile } from './settings-file.ts'

/** What every group of handlers is made from. Services of a room are added here by the room's own factory. */
export interface EngineContext {
  readonly host: Host
  readonly version: string
  readonly systemLanguage: AppInfo['systemLanguage']
  readonly settings: SettingsFile
  /** Absent where the shell has dialogs of its own. */
  readonly browser: FileBrowser | undefined
  readonly inbox: Inbox
  readonly closeGuard: CloseGuard
  readonly log: BugLog
  /** The system's own store of passwords, where there is one. */
  readonly findSystemSecrets: () => Promise<SystemSecrets | undefined>
  readonly now: () => Date
  /** To every page; lost when none is open. */
  readonly emit: <E extends EventName>(event: E, payload: EventOf<E>) => void
  /** Run when the engine closes, last registered first. */
  readonly onClose: (task: () => Promise<void> | void) => void
}
