import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Block } from '../../shared/report/blocks/block.ts'
import type { History, Selection } from '../../shared/report/history.ts'
import type { BoardPage, Report } from '../../shared/report/report.ts'
import type { App } from './app.ts'
import type { OpenDocument } from './document-store.ts'
import type { BlockResult } from './results-store.ts'
import type { SessionState } from './session-store.ts'
import type { ShellState } from './shell-store.ts'

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = use(AppContext)
  if (!app) throw new Error('No app above this component')
  return app
}

/** Part of the open report; only for screens that are shown while one is open. */
export function useDocument<T>(pick: (open: OpenDocument) => T): T {
  return useStore(useApp().documents.store, ({ current }) => {
    if (!current) throw new Error('No report is open')
    return pick(current)
  })
}

export const useReport = (): Report => useDocument((open) => open.history.report)
export const useHistory = (): History => useDocument((open) => open.history)
export const useSelection = (): Selection => useDocument((open) => open.history.selection)

export function usePage(): BoardPage {
  return useDocument(({ history }) => {
    const page = history.report.pages[history.selection.page]
    if (!page) throw new Error('The selected page is not in the report')
    return page
  })
}

/** The one block that is selected, if exactly one is. */
export function useSelectedBlock(): Block | undefined {
  return useDocument(({ history }) => {
    const { page, blocks } = history.selection
    const only = blocks.length === 1 ? blocks[0] : undefined
    return only === undefined ? undefined : history.report.pages[page]?.blocks[only]
  })
}

export function useSession<T>(pick: (session: SessionState) => T): T {
  return useStore(useApp().session, pick)
}

export function useShell<T>(pick: (shell: ShellState) => T): T {
  return useStore(useApp().shell.store, pick)
}

export function useBlockResult(block: string): BlockResult | undefined {
  return useStore(useApp().results.store, ({ blocks }) => blocks[block])
}
