import type { App } from './app.ts'

/** Makes sure that a workspace is open: the one the engine has, else the user's own default one. */
export async function haveWorkspace(app: App): Promise<void> {
  await app.workspace.refresh()
  if (app.workspace.store.getState().current) return
  const answer = await app.engine['workspace.openDefault']({})
  if (!answer.ok) app.shell.tellError(answer.error)
  await app.workspace.refresh()
}
