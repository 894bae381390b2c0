import { FileBrowser } from '../browse/file-browser.tsx'
import { CalendarDialog } from '../calendar/calendar-dialog.tsx'
import { ConnectionsDialog } from '../connections/connections-dialog.tsx'
import { RelationsDialog } from '../data/relations-dialog.tsx'
import { ExportDialog } from '../export/export-dialog.tsx'
import { ImportDialog } from '../import/import-dialog.tsx'
import { WindowDrop } from '../import/window-drop.tsx'
import { RefreshDialog } from '../refresh/refresh-dialog.tsx'
import { ConnectDialogs } from '../sharing/connect-dialogs.tsx'
import { SaveTemplate } from '../sharing/save-template.tsx'
import { SqlDialog } from '../user-sql/sql-dialog.tsx'

/** What other rooms lay over the screen; each shows itself when it is its turn. */
export function Dialogs() {
  return (
    <>
      <ImportDialog />
      <RefreshDialog />
      <RelationsDialog />
      <ConnectionsDialog />
      <SqlDialog />
      <CalendarDialog />
      <SaveTemplate />
      <ConnectDialogs />
      <ExportDialog />
      <FileBrowser />
      <WindowDrop />
    </>
  )
}
