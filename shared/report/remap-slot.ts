import type { Draft } from 'immer'
import { besideFields, fieldId, fieldNameOf, slotOf } from './field-use.ts'
import type { Report } from './report.ts'
import { allPills } from './shelves.ts'

/** Every place of the document that names a field, with a way to write it. */
export function* fieldPlaces(
  report: Draft<Report>,
): Generator<{ readonly id: string; readonly write: (id: string) => void }> {
  for (const page of Object.values(report.pages)) {
    for (const block of Object.values(page.blocks)) {
      for (const { use } of allPills(block)) {
        yield { id: use.field, write: (id) => (use.field = id) }
        const { compare } = use
        if (compare) yield { id: compare.field, write: (id) => (compare.field = id) }
        for (const name of besideFields) {
          const id = use[name]
          if (id !== undefined) yield { id, write: (to) => (use[name] = to) }
        }
      }
      if ('filters' in block) {
        for (const filter of block.filters) {
          yield { id: filter.field, write: (id) => (filter.field = id) }
        }
      }
    }
  }
  for (const path of Object.values(report.drillPaths)) {
    for (const level of path.levels) {
      yield { id: level.field, write: (id) => (level.field = id) }
    }
  }
}

export function slotIsUsed(report: Report, slot: string): boolean {
  for (const place of fieldPlaces(report)) if (slotOf(place.id) === slot) return true
  return false
}

export function remapSlot(
  report: Draft<Report>,
  slot: string,
  fields: Readonly<Record<string, string>>,
): void {
  for (const place of fieldPlaces(report)) {
    if (slotOf(place.id) !== slot) continue
    const mapped = fields[fieldNameOf(place.id)]
    if (mapped !== undefined) place.write(fieldId(slot, mapped))
  }
}
