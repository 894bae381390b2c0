import { randomBytes } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve, sep } from 'node:path'
import type { Outcome } from '../../shared/errors.ts'
import { fail, ok } from '../../shared/errors.ts'
import type {
  BrowseAsk,
  FileRef,
  FolderEntry,
  FolderListing,
  OpenAsk,
  SaveAsk,
} from '../../shared/host-words.ts'
import { fileFaultOf } from './file-faults.ts'
import { extensionsFor, withExtension } from '../../shared/file-kinds.ts'
import type { FileRegistry } from './host.ts'
import { readOnlyFor } from './host.ts'
import { safeFileName } from './inbox.ts'
import { unfitCharacters } from '../../shared/file-name.ts'

export interface BrowseRoot {
  readonly name: string
  readonly path: string
}

export interface BrowseAnswer {
  readonly entries: readonly string[]
  readonly folder?: string | undefined
  readonly name?: string | undefined
}

/** The in-page file browser of a host without dialogs. The page names folders and files only by ids made here. */
export interface FileBrowser {
  open(ask: OpenAsk): Promise<FileRef[]>
  save(ask: SaveAsk): Promise<FileRef | null>
  list(
    askId: string,
    folder: string | null,
  ): Promise<Outcome<FolderListing, 'file/denied' | 'file/notFound'>>
  answer(
    askId: string,
    answer: BrowseAnswer,
  ): Outcome<Record<string, never>, 'file/notFound' | 'file/badName'>
}

interface OpenDialog {
  readonly ask: BrowseAsk
  readonly ids: Map<string, string>
  readonly paths: Map<string, string>
  readonly settle: (paths: string[]) => void
}

const dialogsAtOnce = 20
const entriesShown = 5000
const newId = (prefix: string): string => `${prefix}_${randomBytes(9).toString('hex')}`

function idOf(dialog: OpenDialog, path: string): string {
  const known = dialog.paths.get(path)
  if (known !== undefined) return known
  const id = newId('entry')
  dialog.paths.set(path, id)
  dialog.ids.set(id, path)
  return id
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}

function trailOf(path: string, roots: readonly BrowseRoot[]): { path: string; name: string }[] {
  const root = roots
    .filter((one) => isWithin(path, one.path))
    .reduce<BrowseRoot | undefined>(
      (best, one) => (best === undefined || one.path.length > best.path.length ? one : best),
      undefined,
    )
  if (root === undefined) return []
  const steps: { path: string; name: string }[] = []
  for (let at = path; at !== root.path; at = dirname(at))
    steps.unshift({ path: at, name: basename(at) })
  return [root, ...steps]
}

function hasWantedEnding(dialog: OpenDialog, name: string): boolean {
  const wanted = extensionsFor(dialog.ask.ask.purpose)
  return wanted.length === 0 || wanted.includes(extname(name).slice(1).toLowerCase())
}

function mayBeShown(dialog: OpenDialog, item: Dirent): boolean {
  if (item.name.startsWith('.')) return false
  return !item.isFile() || hasWantedEnding(dialog, item.name)
}

async function entryOf(
  dialog: OpenDialog,
  folder: string,
  item: Dirent,
): Promise<FolderEntry | null> {
  const path = join(folder, item.name)
  // A link is followed to say what it is; a dead one is left out.
  const found = await stat(path).catch(() => null)
  if (found === null) return null
  if (found.isDirectory()) return { id: idOf(dialog, path), name: item.name, kind: 'folder' }
  if (!found.isFile() || !hasWantedEnding(dialog, item.name)) return null
  return {
    id: idOf(dialog, path),
    name: item.name,
    kind: 'file',
    size: found.size,
    modified: found.mtime.toISOString(),
  }
}

async function listFolder(dialog: OpenDialog, path: string, roots: readonly BrowseRoot[]) {
  const found = await readdir(path, { withFileTypes: true })
  // Of a folder with more entries than can be shown only those are left out that nobody looks for here.
  const items = found.filter((item) => mayBeShown(dialog, item)).slice(0, entriesShown)
  const entries = (await Promise.all(items.map((item) => entryOf(dialog, path, item))))
    .filter((entry) => entry !== null)
    .sort((a, b) => a.kind.localeCompare(b.kind) * -1 || a.name.localeCompare(b.name, 'zh-CN'))
  const trail = trailOf(path, roots).map((step) => ({
    id: idOf(dialog, step.path),
    name: step.name,
  }))
  const name = trail.at(-1)?.name ?? basename(path)
  const others = found.filter((item) => item.isFile() && !mayBeShown(dialog, item)).length
  return { folder: { id: idOf(dialog, path), name }, trail, entries, others }
}

function chosenPaths(dialog: OpenDialog, answer: BrowseAnswer): string[] | undefined {
  if (dialog.ask.kind === 'open') {
    const paths = answer.entries.map((id) => dialog.ids.get(id))
    return paths.every((path) => path !== undefined) ? paths : undefined
  }
  if (answer.name === undefined) return []
  const folder = answer.folder === undefined ? undefined : dialog.ids.get(answer.folder)
  if (folder === undefined) return undefined
  return [join(folder, withExtension(answer.name, dialog.ask.ask.purpose))]
}

/** A name a person typed is refused rather than changed: nobody looks for a file under a name they did not give. */
function isSafeName(name: string): boolean {
  return safeFileName(name) === name
}

export function createFileBrowser(needs: {
  readonly files: FileRegistry
  readonly roots: () => Promise<readonly BrowseRoot[]>
  readonly show: (ask: BrowseAsk) => void
}): FileBrowser {
  const dialogs = new Map<string, OpenDialog>()

  function dismissOldest(): void {
    const oldest = dialogs.entries().next()
    if (dialogs.size < dialogsAtOnce || oldest.done === true) return
    dialogs.delete(oldest.value[0])
    oldest.value[1].settle([])
  }

  function start(ask: BrowseAsk): Promise<string[]> {
    dismissOldest()
    const { promise, resolve: settle } = Promise.withResolvers<string[]>()
    dialogs.set(ask.askId, { ask, ids: new Map(), paths: new Map(), settle })
    needs.show(ask)
    return promise
  }

  async function list(askId: string, folder: string | null) {
    const dialog = dialogs.get(askId)
    if (dialog === undefined) return fail('file/notFound')
    const roots = await needs.roots()
    if (folder === null) return ok(rootListing(dialog, roots))
    const path = dialog.ids.get(folder)
    if (path === undefined) return fail('file/notFound')
    try {
      return ok(await listFolder(dialog, path, roots))
    } catch (error) {
      return fail(fileFaultOf(error) === 'file/denied' ? 'file/denied' : 'file/notFound')
    }
  }

  return {
    async open(ask) {
      const paths = await start({ kind: 'open', askId: newId('ask'), ask })
      const readOnly = readOnlyFor(ask.purpose)
      return paths.map((path) => needs.files.register(path, { readOnly }))
    },
    async save(ask) {
      const [path] = await start({ kind: 'save', askId: newId('ask'), ask })
      return path === undefined ? null : needs.files.register(path)
    },
    list,
    answer(askId, answer) {
      const dialog = dialogs.get(askId)
      const paths = dialog === undefined ? undefined : chosenPaths(dialog, answer)
      const { name } = answer
      if (name !== undefined && !isSafeName(name))
        return fail('file/badName', { name, characters: unfitCharacters(name).join(' ') })
      if (dialog === undefined || paths === undefined) return fail('file/notFound')
      dialogs.delete(askId)
      dialog.settle(paths.map((path) => resolve(path)))
      return ok({})
    },
  }
}

/** The first view: the places themselves, under no folder. */
function rootListing(dialog: OpenDialog, roots: readonly BrowseRoot[]): FolderListing {
  const entries = roots.map((root) => ({
    id: idOf(dialog, root.path),
    name: root.name,
    kind: 'folder' as const,
  }))
  return { folder: { id: '', name: '' }, trail: [], entries, others: 0 }
}
