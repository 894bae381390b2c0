import type { StoreApi } from 'zustand/vanilla'
import { createStore } from 'zustand/vanilla'
import type { Engine } from '../../shared/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { proposedFileName, unfitCharacters } from '../../shared/file-name.ts'
import { picksFolders, withExtension } from '../../shared/file-kinds.ts'
import type { BrowseAsk, FolderEntry, FolderListing } from '../../shared/host-words.ts'

export interface BrowseState {
  readonly ask: BrowseAsk
  /** Where one can start: home, documents, drives. */
  readonly places: readonly FolderEntry[]
  readonly listing: FolderListing | null
  readonly loading: boolean
  readonly error: AppError | null
  /** Position in the list the keyboard is at; -1 before it moved. */
  readonly cursor: number
  readonly chosen: readonly string[]
  /** The file name of a save. */
  readonly name: string
  /** The name a file would be replaced under, while that is being asked. */
  readonly replacing: string | null
}

export interface Browse {
  readonly store: StoreApi<BrowseState>
  start(): Promise<void>
  goTo(folder: string): Promise<void>
  up(): Promise<void>
  /** `extend` keeps what is chosen (Shift or Ctrl), where several may be. */
  choose(index: number, extend: boolean): void
  move(step: number): void
  /** To the first entry that begins so. */
  find(start: string): void
  /** Into the folder at the place, or the file there is the answer. */
  enter(index: number): Promise<void>
  rename(name: string): void
  confirm(): Promise<void>
  keep(): void
  cancel(): Promise<void>
}

/** Names of the folders last answered from, by purpose: ids die with each dialog, names lead there again. */
export type BrowseMemory = Map<string, readonly string[]>

export function wantsFolder({ kind, ask }: BrowseAsk): boolean {
  return kind === 'open' && picksFolders(ask.purpose)
}

/** What may be chosen: a dialog for folders shows folders only. */
export function shownEntries(state: Pick<BrowseState, 'ask' | 'listing'>): readonly FolderEntry[] {
  const entries = state.listing?.entries ?? []
  return wantsFolder(state.ask) ? entries.filter(({ kind }) => kind === 'folder') : entries
}

export function mayConfirm(state: BrowseState): boolean {
  if (state.listing === null) return false
  if (state.ask.kind === 'save')
    return state.name.trim() !== '' && unfitCharacters(state.name).length === 0
  return wantsFolder(state.ask) || state.chosen.length > 0
}

/** What a click on an entry changes: folders are entered, not chosen, unless folders are what is wanted. */
function chosenState(state: BrowseState, index: number, extend: boolean): Partial<BrowseState> {
  const entry = shownEntries(state)[index]
  if (!entry) return {}
  const { ask, chosen } = state
  const adds = extend && ask.kind === 'open' && ask.ask.multiple
  const choosable = entry.kind === 'file' || wantsFolder(ask)
  const others = adds ? chosen.filter((id) => id !== entry.id) : []
  const takes = choosable && !(adds && chosen.includes(entry.id))
  return {
    cursor: index,
    replacing: null,
    chosen: takes ? [...others, entry.id] : others,
    ...(ask.kind === 'save' && entry.kind === 'file' ? { name: entry.name } : {}),
  }
}

/** Reads folders into the store; a newer folder always wins over one that answers late. */
function createReader(engine: Engine, store: StoreApi<BrowseState>) {
  let turn = 0
  let newest: Promise<FolderListing | null> = Promise.resolve(null)

  function list(folder: string | null): Promise<FolderListing | null> {
    turn += 1
    newest = read(folder, turn)
    return newest
  }

  /** Resolves once no folder is on its way any more. */
  async function settled(): Promise<void> {
    for (let awaited; awaited !== newest;) {
      awaited = newest
      await awaited
    }
  }

  async function read(folder: string | null, mine: number): Promise<FolderListing | null> {
    store.setState({ loading: true, error: null, replacing: null })
    const { askId } = store.getState().ask
    const answer = await engine['browse.list']({ askId, folder })
    if (mine !== turn) return null
    if (answer.ok) {
      if (folder !== null) store.setState({ listing: answer.value, cursor: -1, chosen: [] })
      store.setState({ loading: false })
      return answer.value
    }
    store.setState({ loading: false, error: answer.error })
    return null
  }

  /** As far as the names lead, and no further once `isLeft`: the person has gone elsewhere. */
  async function goAlong(
    places: readonly FolderEntry[],
    names: readonly string[],
    isLeft: () => boolean,
  ): Promise<void> {
    let entries = places
    for (const name of names) {
      const next = entries.find((entry) => entry.name === name && entry.kind === 'folder')
      const listing = next && !isLeft() && (await list(next.id))
      if (!listing) return
      entries = listing.entries
    }
  }

  return { list, goAlong, settled }
}

function createKeys(
  get: () => BrowseState,
  choose: (index: number) => void,
): Pick<Browse, 'move' | 'find'> {
  return {
    move(step) {
      const last = shownEntries(get()).length - 1
      if (last >= 0) choose(Math.max(0, Math.min(last, get().cursor + step)))
    },
    find(start) {
      const entries = shownEntries(get())
      const at = entries.findIndex(({ name }) => name.toLowerCase().startsWith(start.toLowerCase()))
      if (at >= 0) choose(at)
    },
  }
}

/** What a folder fails with; a refused name is mended where one stands. */
const isUnread = (error: AppError | null): boolean =>
  error !== null && error.code !== 'file/badName'

/** `done` is called once the ask has its answer. */
export function createBrowse(
  engine: Engine,
  ask: BrowseAsk,
  memory: BrowseMemory,
  done: () => void,
): Browse {
  const store = createStore<BrowseState>(() => ({
    ask,
    places: [],
    listing: null,
    loading: true,
    error: null,
    cursor: -1,
    chosen: [],
    name: ask.kind === 'save' ? proposedFileName(ask.ask.suggestedName) : '',
    replacing: null,
  }))
  const { askId } = ask
  const get = store.getState
  const { list, goAlong, settled } = createReader(engine, store)
  /** The person has gone somewhere: the start then leads nowhere any more. */
  let moved = false

  async function answer(entries: readonly string[], name?: string): Promise<void> {
    const { listing } = get()
    const saved = name === undefined ? {} : { folder: listing?.folder.id ?? '', name }
    const outcome = await engine['browse.answer']({ askId, entries: [...entries], ...saved })
    if (!outcome.ok) {
      store.setState({ error: outcome.error })
      return
    }
    memory.set(ask.ask.purpose, listing?.trail.map((step) => step.name) ?? [])
    done()
  }

  async function save(sure: boolean): Promise<void> {
    const { listing, name, ask: current } = get()
    if (current.kind !== 'save' || listing === null) return
    const final = withExtension(name.trim(), current.ask.purpose)
    const same = (entry: FolderEntry): boolean => entry.name.toLowerCase() === final.toLowerCase()
    if (!sure && listing.entries.some(same)) store.setState({ replacing: final })
    else await answer([], final)
  }

  async function goTo(folder: string): Promise<void> {
    moved = true
    await list(folder)
  }

  /** Waits for a folder that is on its way: nothing is saved in the one just left, nor where the wanted one failed to open. */
  async function confirm(): Promise<void> {
    await settled()
    const { listing, chosen, replacing, error } = get()
    if (!mayConfirm(get()) || listing === null || isUnread(error)) return
    if (ask.kind === 'save') return save(replacing !== null)
    if (!wantsFolder(ask)) return answer(chosen)
    return answer(chosen.length > 0 ? chosen.slice(0, 1) : [listing.folder.id])
  }

  const choose = (index: number, extend: boolean): void =>
    store.setState((state) => chosenState(state, index, extend))

  return {
    store,
    async start() {
      const top = await list(null)
      if (!top) return
      store.setState({ places: top.entries })
      const remembered = memory.get(ask.ask.purpose) ?? []
      await goAlong(top.entries, remembered, () => moved)
      const usual = top.entries.find(({ name }) => name === 'Documents') ?? top.entries[0]
      if (!moved && get().listing === null && usual) await list(usual.id)
    },
    goTo,
    async up() {
      const parent = get().listing?.trail.at(-2)
      if (parent) await goTo(parent.id)
    },
    choose,
    ...createKeys(get, (index) => choose(index, false)),
    async enter(index) {
      const entry = shownEntries(get())[index]
      if (!entry) return confirm()
      if (entry.kind === 'folder') return goTo(entry.id)
      if (!get().chosen.includes(entry.id)) choose(index, false)
      return confirm()
    },
    rename: (name) => store.setState({ name, replacing: null }),
    confirm,
    keep: () => store.setState({ replacing: null }),
    async cancel() {
      // Whatever the engine says, the dialog is gone for the user.
      await engine['browse.answer']({ askId, entries: [] })
      done()
    },
  }
}
