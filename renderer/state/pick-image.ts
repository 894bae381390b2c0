import type { App } from './app.ts'
import { tryCommand } from './board-actions.ts'

/** Lets the user choose a picture; the engine checks and re-encodes it before it enters the report. */
export async function pickImage(app: App, block: string): Promise<void> {
  const picked = await app.engine['host.pickOpen']({ purpose: 'image', multiple: false })
  const file = picked.ok ? picked.value.files[0] : undefined
  if (!file) return
  const answer = await app.engine['report.addImage']({ file })
  if (!answer.ok) {
    app.shell.tellError(answer.error)
    return
  }
  const image = { id: app.newId('im'), ...answer.value }
  tryCommand(app, { name: 'block.setImage', args: { block, image } })
}
