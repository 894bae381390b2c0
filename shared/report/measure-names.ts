import type { Block } from './blocks/block.ts'
import { pillName } from './captions.ts'
import { fieldNameOf } from './field-use.ts'
import { allPills } from './shelves.ts'

/** The names a formula over cells can call the measures of a block by, and whose they are. */
export function measureNames(block: Block): ReadonlyMap<string, string> {
  const measures = allPills(block)
    .map(({ use }) => use)
    .filter(({ aggregate }) => aggregate !== undefined)
  const names = new Map<string, string>()
  // What a person called it wins over what it would be called otherwise.
  for (const use of measures) {
    const { caption } = use
    if (caption !== undefined && caption !== '' && !names.has(caption)) names.set(caption, use.id)
  }
  for (const use of measures) {
    const name = fieldNameOf(use.field)
    if (!names.has(name)) names.set(name, use.id)
  }
  for (const use of measures) {
    for (const name of pillName(use)) if (!names.has(name)) names.set(name, use.id)
  }
  return names
}
