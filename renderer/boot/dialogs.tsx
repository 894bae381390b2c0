import { FileBrowser } from '../browse/file-browser.tsx'
import { ImportDialog } from '../import/import-dialog.tsx'
import { WindowDrop } from '../import/window-drop.tsx'

/** What other rooms lay over the screen; each shows itself when it is its turn. */
export function Dialogs() {
  return (
    <>
      <ImportDialog />
      <FileBrowser />
      <WindowDrop />
    </>
  )
}
