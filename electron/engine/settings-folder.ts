import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this user's settings live, by each system's custom; `STOREBOARD_SETTINGS` names another place. */
export function settingsFolder(): string {
  const { APPDATA, STOREBOARD_SETTINGS, XDG_CONFIG_HOME } = process.env
  if (STOREBOARD_SETTINGS !== undefined && STOREBOARD_SETTINGS !== '') return STOREBOARD_SETTINGS
  if (process.platform === 'win32') return join(APPDATA ?? homedir(), 'Storeboard')
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', 'Storeboard')
  return join(XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'storeboard')
}
