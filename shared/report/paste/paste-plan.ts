import type { Draft } from 'immer'
import type { Block } from '../blocks/block.ts'
import type { Command } from '../commands/commands.ts'
import { copyBlocks } from '../copy-blocks.ts'
import type { NewId } from '../ids.ts'
import type { Bindings, BoardPage, DrillPath, Report } from '../report.ts'
import type { Clipping } from './clipping.ts'
import { blocksOfClipping } from './clipping.ts'
import { freeAmong } from './free-name.ts'
import type { Meeting } from './settle-formulas.ts'
import { settleFormulas, settleParameters } from './settle-formulas.ts'
import type { MissingFields, PasteInto } from './settle-slots.ts'
import { moveToSlots, settleSlots } from './settle-slots.ts'

export type PastePlan =
  | {
      readonly kind: 'ready'
      readonly commands: readonly Command[]
      readonly blocks: readonly string[]
      /** Of datasets that come along. */
      readonly bindings: Bindings
    }
  | { readonly kind: 'missing'; readonly missing: readonly MissingFields[] }

/** The commands that paste, with what the blocks name put in the report first; or what keeps them from being pasted. */
export function planPaste(
  clipping: Clipping,
  page: BoardPage,
  into: PasteInto,
  newId: NewId,
): PastePlan {
  const slots = settleSlots(clipping, into, newId)
  if (slots.missing.length > 0) return { kind: 'missing', missing: slots.missing }
  const { report } = into
  const meeting = { report, here: clipping.here }
  const clip: Draft<Report> = structuredClone(clipping.report)
  moveToSlots(clip, slots.to)
  const parameters = settleParameters(clip, meeting)
  const formulas = settleFormulas(clip, meeting)
  const paths = settlePaths(clip, meeting, newId)
  for (const block of blocksOfClipping({ ...clipping, report: clip })) {
    if (block.kind === 'parameter' && block.parameter)
      block.parameter = parameters.to.get(block.parameter)?.id ?? block.parameter
    if ('drillPath' in block && block.drillPath)
      block.drillPath = paths.to.get(block.drillPath) ?? block.drillPath
  }
  const copies = copyBlocks(blocksOfClipping({ ...clipping, report: clip }), page, newId)
  const pictures = settlePictures(clip, copies, report, newId)
  const commands: Command[] = [
    ...slots.added.map((slot) => ({ name: 'slot.add' as const, args: { slot } })),
    ...parameters.added.map((parameter) => ({
      name: 'parameter.set' as const,
      args: { parameter },
    })),
    ...formulas.map((formula) => ({
      name: 'formula.set' as const,
      args: { formula: report.formulas?.[formula.id] ? { ...formula, id: newId('fx') } : formula },
    })),
    ...paths.added.map((path) => ({ name: 'drillPath.set' as const, args: { path } })),
    { name: 'block.add', args: { page: page.id, blocks: copies } },
    ...pictures,
  ]
  return { kind: 'ready', commands, blocks: copies.map(({ id }) => id), bindings: slots.bindings }
}

interface SettledPaths {
  readonly to: ReadonlyMap<string, string>
  readonly added: readonly DrillPath[]
}

/** A path of the same name and levels is the report's own. */
function settlePaths(clip: Report, { report, here }: Meeting, newId: NewId): SettledPaths {
  const to = new Map<string, string>()
  const added: DrillPath[] = []
  const own = Object.values(report.drillPaths)
  for (const path of Object.values(clip.drillPaths)) {
    const same = here ? report.drillPaths[path.id] : undefined
    const found = same ?? own.find((one) => baseName(one.name, path.name) && sameLevels(one, path))
    const names = new Set([...own, ...added].map(({ name }) => name))
    const id = report.drillPaths[path.id] ? newId('dp') : path.id
    to.set(path.id, found?.id ?? id)
    if (!found) added.push({ ...path, id, name: freeAmong(path.name, names, ' ') })
  }
  return { to, added }
}

/** Whether a path is called so, or so with a number it got when it came along before. */
function baseName(name: string, wanted: string): boolean {
  return name === wanted || (name.startsWith(`${wanted} `) && /^\d+$/.test(name.slice(wanted.length + 1))) // prettier-ignore
}

const sameLevels = (a: DrillPath, b: DrillPath): boolean =>
  JSON.stringify(a.levels.map(({ field, grain }) => [field, grain])) ===
  JSON.stringify(b.levels.map(({ field, grain }) => [field, grain]))

/** Pictures the report lacks are set once their blocks are there; a picture nobody shows would not be kept. */
function settlePictures(
  clip: Report,
  copies: readonly Block[],
  report: Report,
  newId: NewId,
): Command[] {
  return copies.flatMap((block) => {
    if (block.kind !== 'image' || !block.image) return []
    const image = clip.images[block.image]
    if (!image || report.images[image.id]?.data === image.data) return []
    delete block.image
    const id = report.images[image.id] ? newId('im') : image.id
    return [{ name: 'block.setImage' as const, args: { block: block.id, image: { ...image, id } } }]
  })
}
