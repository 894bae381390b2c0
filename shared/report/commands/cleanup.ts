import type { Draft } from 'immer'
import type { Block } from '../blocks/block.ts'
import type { Report } from '../report.ts'
import { canRank, pillOfShow } from '../field-use.ts'
import type { ShelfName } from '../shelves.ts'
import { allPills } from '../shelves.ts'

/**
 * Removes a block from everything that points at it, so that no reference dangles. A link whose last target goes stays as
 * one to nobody: without any link its block would filter all others.
 */
export function dropBlockTraces(report: Draft<Report>, blockId: string): void {
  for (const [id, interaction] of Object.entries(report.interactions)) {
    interaction.to = interaction.to.filter((target) => target !== blockId)
    if (interaction.from === blockId) delete report.interactions[id]
  }
}

const ofMeasures = [
  'weight',
  'percent',
  'over',
  'per',
  'show',
  'hidden',
  'totals',
  'blankAs',
] as const

/** Removes sorts, comparisons and top-N rules that name a pill the block no longer has, or has as a dimension now. */
export function dropPillTraces(block: Draft<Block>): void {
  const uses = allPills(block).map(({ use }) => use)
  const present = new Set(uses.map((use) => use.id))
  const measures = new Set(uses.filter((use) => use.aggregate !== undefined).map((use) => use.id))
  const ranking = new Set(uses.filter(canRank).map((use) => use.id))
  for (const use of uses) {
    if (use.sort?.by === 'measure' && !measures.has(use.sort.pill)) delete use.sort
    if (use.top && !ranking.has(use.top.pill)) delete use.top
    const along = use.show && pillOfShow(use.show)
    if (along !== undefined && (!present.has(along) || measures.has(along))) delete use.show
    // What a measure is shown as has no place on a dimension.
    if (use.aggregate === undefined) for (const name of ofMeasures) delete use[name]
  }
  if (block.kind === 'crosstab' && block.tint && !measures.has(block.tint.pill)) delete block.tint
  if (block.kind === 'table') block.sort = block.sort.filter((sort) => present.has(sort.pill))
}

/** What was chosen at a filter control are values of its field: under another field, or other periods, none would match. */
export function forgetChosen(block: Draft<Block>): void {
  if (block.kind !== 'filter') return
  block.selected = null
  block.range = null
}

/** Groups are put away by the members of their edge: with other fields on it they would be others. */
export function forgetFolds(block: Draft<Block>, shelf: ShelfName): void {
  if (block.kind !== 'crosstab' || !block.folds) return
  if (shelf === 'rows' || shelf === 'columns') delete block.folds[shelf]
  if (!block.folds.rows && !block.folds.columns) delete block.folds
}

/** Pictures no block shows any more are not kept in the file. */
export function dropUnusedImages(report: Draft<Report>): void {
  const used = new Set<string>()
  for (const page of Object.values(report.pages)) {
    for (const block of Object.values(page.blocks)) {
      if (block.kind === 'image' && block.image) used.add(block.image)
    }
  }
  for (const id of Object.keys(report.images)) if (!used.has(id)) delete report.images[id]
}
