import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Block, BlockKind } from '../../shared/report/blocks/block.ts'
import { findFreeFrame } from '../../shared/report/board-geometry.ts'
import type { Command } from '../../shared/report/commands/commands.ts'
import { defaultSize, newBlock } from '../../shared/report/new-block.ts'
import { newPage } from '../../shared/report/new-report.ts'
import type { DatasetSlot } from '../../shared/report/report.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { App } from './app.ts'
import { visiblePage } from './app.ts'
import type { RunOptions } from './document-store.ts'
import { languageOf } from './settings-store.ts'

/** Runs a command and tells the user when it cannot. */
export function tryCommand(app: App, command: Command, options?: RunOptions): boolean {
  const refused = app.documents.run(command, options)
  if (refused) app.shell.tell('info', { key: `refused.${refused}` })
  return refused === null
}

export function selectedBlocks(app: App): Block[] {
  const page = visiblePage(app)
  const ids = app.documents.current()?.history.selection.blocks ?? []
  // In drawing order, so that copies lie over each other as the originals do.
  return page
    ? page.blockOrder.flatMap((id) => (ids.includes(id) ? [page.blocks[id] ?? []].flat() : []))
    : []
}

export function selectBlocks(app: App, blocks: readonly string[]): void {
  const page = visiblePage(app)
  if (page) app.documents.select({ page: page.id, blocks })
}

/** Puts a new block where there is room, and selects it. */
export function insertBlock(
  app: App,
  kind: BlockKind,
  shape: (block: Block) => void = () => undefined,
): void {
  const page = visiblePage(app)
  if (!page) return
  const taken = Object.values(page.blocks).map(({ frame }) => frame)
  const block = newBlock(kind, findFreeFrame(taken, defaultSize[kind]), app.newId)
  shape(block)
  addBlocks(app, [block])
}

export function addBlocks(app: App, blocks: Block[]): void {
  const page = visiblePage(app)
  if (!page || blocks.length === 0) return
  const args = { page: page.id, blocks }
  tryCommand(app, { name: 'block.add', args }, { select: blocks.map(({ id }) => id) })
}

export function removeSelected(app: App): void {
  const blocks = selectedBlocks(app).map(({ id }) => id)
  if (blocks.length > 0) tryCommand(app, { name: 'block.remove', args: { blocks } }, { select: [] })
}

export function addPage(app: App): void {
  const open = app.documents.current()
  if (!open) return
  const text = textIn(languageOf(app.settings.store.getState()))
  const index = open.history.report.pageOrder.length
  const page = newPage(text('page.numbered', { number: index + 1 }), app.newId)
  tryCommand(app, { name: 'page.add', args: { page, index } }, { page: page.id, select: [] })
}

/** The slot a dataset of the workspace stands in, and the command that makes one when there is none yet. */
export function slotFor(
  app: App,
  dataset: DatasetInfo,
): { slot: DatasetSlot; add: Command | null } {
  const open = app.documents.current()
  const known = Object.values(open?.history.report.datasets ?? {}).find(
    ({ id }) => open?.bindings[id] === dataset.id,
  )
  if (known) return { slot: known, add: null }
  const slot = { id: app.newId('sl'), name: dataset.name, fields: dataset.fields }
  return { slot, add: { name: 'slot.add', args: { slot } } }
}

export function addDataset(app: App, dataset: DatasetInfo): void {
  const { slot, add } = slotFor(app, dataset)
  if (!add) return
  app.documents.bind(slot.id, dataset.id)
  tryCommand(app, add)
}
