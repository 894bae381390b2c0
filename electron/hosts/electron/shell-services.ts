import type {
  BrowserWindow,
  Dialog,
  FileFilter,
  OpenDialogOptions,
  SaveDialogOptions,
  Shell,
} from 'electron'
import type { FilePurpose, Notice, SavePurpose } from '../../../shared/host-words.ts'
import { extensionsFor, picksFolders, withExtension } from '../../../shared/file-kinds.ts'
import { proposedFileName } from '../../../shared/file-name.ts'
import type { PrintAsk, ShellServices } from './shell-protocol.ts'

export interface ShellParts {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox'>
  readonly shell: Pick<Shell, 'showItemInFolder' | 'openExternal'>
  readonly window: () => BrowserWindow | undefined
  readonly titled: () => Pick<BrowserWindow, 'setTitle' | 'setDocumentEdited'> | undefined
  readonly documents: string
  readonly words: { readonly openLink: string; readonly open: string; readonly cancel: string }
  readonly notify: (notice: Notice) => boolean
  readonly print: (job: PrintAsk, signal: AbortSignal) => Promise<Uint8Array>
}

function filtersFor(purpose: FilePurpose | SavePurpose): FileFilter[] {
  const extensions = [...extensionsFor(purpose)]
  return extensions.length === 0 ? [] : [{ name: extensions.join(', '), extensions }]
}

/** Dialogs belong to the window when there is one. */
function dialogsOver({ dialog, window }: ShellParts) {
  return {
    openDialog(options: OpenDialogOptions) {
      const owner = window()
      return owner === undefined
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(owner, options)
    },
    saveDialog(options: SaveDialogOptions) {
      const owner = window()
      return owner === undefined
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(owner, options)
    },
  }
}

/** Native dialogs and the like, each asked for by the engine. */
export function createShellServices(parts: ShellParts): ShellServices {
  const { dialog, shell } = parts

  const over = dialogsOver(parts)

  return {
    async pickToOpen({ purpose, multiple }) {
      const what = picksFolders(purpose)
        ? (['openDirectory', 'createDirectory'] as const)
        : (['openFile'] as const)
      const { canceled, filePaths } = await over.openDialog({
        defaultPath: parts.documents,
        filters: filtersFor(purpose),
        properties: multiple ? [...what, 'multiSelections'] : [...what],
      })
      return canceled ? [] : filePaths
    },
    async pickToSave({ purpose, suggestedName }) {
      const { canceled, filePath } = await over.saveDialog({
        defaultPath: withExtension(proposedFileName(suggestedName), purpose),
        filters: filtersFor(purpose),
      })
      if (canceled || filePath === '') return null
      return withExtension(filePath, purpose)
    },
    reveal(path) {
      shell.showItemInFolder(path)
      return Promise.resolve(true)
    },
    async openLink(url) {
      if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return false
      const { response } = await dialog.showMessageBox({
        type: 'question',
        message: parts.words.openLink,
        detail: url,
        buttons: [parts.words.open, parts.words.cancel],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      })
      if (response !== 0) return false
      await shell.openExternal(url)
      return true
    },
    showDocument({ title, edited }) {
      const window = parts.titled()
      window?.setTitle(`${edited ? '• ' : ''}${title === '' ? '' : `${title} — `}Storeboard`)
      window?.setDocumentEdited(edited)
      return Promise.resolve()
    },
    notify: (notice) => Promise.resolve(parts.notify(notice)),
    printPdf: parts.print,
  }
}
