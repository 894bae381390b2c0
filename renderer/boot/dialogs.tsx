import { FileBrowser } from '../browse/file-browser.tsx'

/** What other rooms lay over the screen; each shows itself when it is its turn. */
export function Dialogs() {
  return <FileBrowser />
}
