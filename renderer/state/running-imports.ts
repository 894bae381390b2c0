/** Imports that read in the background, as far as the rest of the app has to know: what would be lost by leaving. */
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { App } from './app.ts'

export interface RunningImport {
  readonly id: string
  /** By the clock of the app. */
  readonly since: number
  readonly names: readonly string[]
  stop(): void
}

export type RunningImports = StoreApi<readonly RunningImport[]>

export const createRunningImports = (): RunningImports =>
  createStore<readonly RunningImport[]>(() => [])

/** What was read in less is soon read again. */
export const worthAskingMs = 4000

const isWorthAsking = (app: Pick<App, 'clock'>, { since }: Pick<RunningImport, 'since'>): boolean =>
  app.clock.now() - since >= worthAskingMs

/** True when nothing reads, little is lost, or the user says so; the imports are then stopped. */
export function mayStopImports(app: App): Promise<boolean> {
  return mayStop(app, app.imports.getState())
}

/** The same for some of them. */
export async function mayStop(app: App, imports: readonly RunningImport[]): Promise<boolean> {
  const worth = imports.some((one) => isWorthAsking(app, one))
  if (worth && !(await agrees(app, imports))) return false
  for (const one of imports) one.stop()
  return true
}

async function agrees(app: App, imports: readonly RunningImport[]): Promise<boolean> {
  const names = imports.flatMap((one) => one.names)
  const [first = ''] = names
  const answer = await app.shell.ask({
    title: { key: 'import.stopAsk.title' },
    body: {
      key: names.length === 1 ? 'import.stopAsk.one' : 'import.stopAsk.several',
      values: { name: first, count: names.length },
    },
    choices: [
      { id: 'stop', label: 'import.stopAsk.stop', tone: 'danger' },
      { id: 'on', label: 'import.stopAsk.on', tone: 'primary' },
    ],
  })
  return answer === 'stop'
}
