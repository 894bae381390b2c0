import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { AppError } from '../../shared/errors.ts'
import type { FileRef } from '../../shared/host-words.ts'
import type { MessageKey } from '../../shared/text/messages.ts'
import { errorWords } from '../../shared/text/error-sentence.ts'
import type { TextValues } from '../../shared/text/format.ts'

export type Route = 'starting' | 'gallery' | 'designer' | 'data'

/** The dialogs of other rooms; each room draws its own when its name is here. */
export type DialogName =
  | 'import'
  | 'refresh'
  | 'relationships'
  | 'connections'
  | 'sql'
  | 'calendar'
  | 'export'
  | 'template'
  | 'useTemplate'
  | 'useStarter'
  | 'connect'
  | 'palette'
  | 'formula'
  | 'parameters'

/** Which calculated field is edited, or where a new one is made: in a slot, or beside a measure of a block. */
export interface FormulaAsk {
  readonly id?: string
  readonly dataset?: string
  readonly block?: string
  readonly pill?: string
  readonly over?: 'cells'
}

export interface Sentence {
  readonly key: MessageKey
  readonly values?: TextValues
}

/** A question put to the user: one answer per button, null for closing it. */
export interface Question {
  readonly title: Sentence
  readonly body: Sentence
  readonly choices: readonly {
    readonly id: string
    readonly label: MessageKey
    readonly tone?: 'primary' | 'danger'
  }[]
}

export interface Note {
  readonly id: number
  readonly tone: 'info' | 'success' | 'error'
  readonly text: Sentence
  /** An error's details, for those who want to know. */
  readonly error?: AppError
}

export interface ShellState {
  readonly route: Route
  readonly dialog: DialogName | null
  /** What a dialog was opened for: a block to export, files to import, a dataset to change, a field to compute. */
  readonly dialogFor: {
    readonly block?: string
    readonly files?: readonly FileRef[]
    /** An import that reads in the background, or ended there. */
    readonly running?: string
    /** A folder is to be chosen, not files. */
    readonly folder?: true
    /** The dataset whose likely totals are to be left out. */
    readonly likelyTotals?: string
    /** Files to join datasets that are there. */
    readonly appends?: readonly { readonly dataset: string; readonly files: readonly FileRef[] }[]
    readonly formula?: FormulaAsk
    readonly dataset?: string
  }
  /** The dataset last looked at on the Data page. */
  readonly dataset: string
  readonly question: (Question & { readonly answer: (id: string | null) => void }) | null
  readonly notes: readonly Note[]
  /** `gone` is lost for so long that the engine has most likely ended; it is still tried. */
  readonly connection: 'connecting' | 'ready' | 'lost' | 'gone' | 'refused'
}

export interface Shell {
  readonly store: StoreApi<ShellState>
  go(route: Route): void
  lookAt(dataset: string): void
  openDialog(name: DialogName, dialogFor?: ShellState['dialogFor']): void
  closeDialog(): void
  ask(question: Question): Promise<string | null>
  tell(tone: Note['tone'], text: Sentence): void
  tellError(error: AppError): void
  dismiss(note: number): void
}

export function createShell(): Shell {
  const store = createStore<ShellState>(() => ({
    route: 'starting',
    dialog: null,
    dialogFor: {},
    dataset: '',
    question: null,
    notes: [],
    connection: 'ready',
  }))
  let lastNote = 0

  function add(note: Omit<Note, 'id'>): void {
    lastNote += 1
    const next = { ...note, id: lastNote }
    store.setState((state) => ({ notes: [...state.notes.slice(-3), next] }))
  }

  return {
    store,
    go: (route) => store.setState({ route, dialog: null }),
    lookAt: (dataset) => store.setState({ dataset }),
    openDialog: (dialog, dialogFor = {}) => store.setState({ dialog, dialogFor }),
    closeDialog: () => store.setState({ dialog: null, dialogFor: {} }),
    ask: (question) =>
      new Promise((resolve) => {
        // A second question closes the first unanswered.
        store.getState().question?.answer(null)
        const answer = (id: string | null): void => {
          store.setState({ question: null })
          resolve(id)
        }
        store.setState({ question: { ...question, answer } })
      }),
    tell: (tone, text) => add({ tone, text }),
    tellError: (error) => {
      if (error.code === 'internal/cancelled') return
      add({ tone: 'error', text: errorWords(error), error })
    },
    dismiss: (note) =>
      store.setState((state) => ({ notes: state.notes.filter(({ id }) => id !== note) })),
  }
}
