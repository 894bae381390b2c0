/** Which datasets of a report the fields of pasted blocks are found in. */
import type { Draft } from 'immer'
import type { Field } from '../../data/field.ts'
import { isNumeric, isTemporal } from '../../data/field.ts'
import { fieldId, fieldNameOf, slotOf } from '../field-use.ts'
import { renameFields } from '../formula-places.ts'
import type { NewId } from '../ids.ts'
import { columnsUsed, fieldPlaces } from '../remap-slot.ts'
import type { Bindings, DatasetSlot, Report } from '../report.ts'
import type { Clipping } from './clipping.ts'
import { freeAmong } from './free-name.ts'

/** A dataset of copied blocks that no dataset of the report can stand for. */
export interface MissingFields {
  /** Of the copied blocks. */
  readonly dataset: string
  /** The dataset of the report that comes nearest; absent in a report without any. */
  readonly nearest?: string
  readonly fields: readonly string[]
  /** The workspace has the dataset, so that it can be added to the report. */
  readonly canBring: boolean
}

export interface SettledSlots {
  /** The slot of the report by that of the clipping. */
  readonly to: ReadonlyMap<string, DatasetSlot>
  readonly added: readonly DatasetSlot[]
  readonly bindings: Bindings
  readonly missing: readonly MissingFields[]
}

export interface PasteInto {
  readonly report: Report
  readonly bindings: Bindings
  /** Datasets of the workspace: the others cannot be brought along. */
  readonly known: ReadonlySet<string>
  /** Datasets the report lacks come along; a report without any gets them unasked. */
  readonly bring: boolean
}

export function settleSlots(clipping: Clipping, into: PasteInto, newId: NewId): SettledSlots {
  const needed = Map.groupBy(columnsUsed(clipping.report), slotOf)
  const to = new Map<string, DatasetSlot>()
  const added: DatasetSlot[] = []
  const bindings: Record<string, string> = {}
  const missing: MissingFields[] = []
  const bringing = into.bring || Object.keys(into.report.datasets).length === 0
  for (const slot of Object.values(clipping.report.datasets)) {
    const names = new Set((needed.get(slot.id) ?? []).map(fieldNameOf))
    // A field the copied blocks lacked themselves is no reason to refuse them.
    const fields = slot.fields.filter(({ name }) => names.has(name))
    const taken = new Set([...to.values()].map(({ id }) => id))
    const candidates = candidatesFor(clipping, slot, into).filter(({ id }) => !taken.has(id))
    const fitting = candidates.find((one) => lacking(fields, one).length === 0)
    const dataset = clipping.bindings[slot.id]
    const stands = Object.keys(into.report.datasets).some((id) => into.bindings[id] === dataset)
    const canBring = dataset !== undefined && into.known.has(dataset) && !stands
    if (fitting) to.set(slot.id, fitting)
    else if (canBring && bringing) {
      const slots = [...Object.values(into.report.datasets), ...added]
      const name = freeAmong(slot.name, new Set(slots.map((one) => one.name)), ' ')
      const id = into.report.datasets[slot.id] ? newId('sl') : slot.id
      const own = { ...slot, id, name }
      to.set(slot.id, own)
      added.push(own)
      bindings[id] = dataset
    } else missing.push({ dataset: slot.name, ...nearestOf(fields, candidates), canBring })
  }
  return { to, added, bindings, missing }
}

/** Those of the same dataset first, then those called alike. */
function candidatesFor(clipping: Clipping, slot: DatasetSlot, into: PasteInto): DatasetSlot[] {
  const dataset = clipping.bindings[slot.id]
  const rank = (one: DatasetSlot): number => {
    if (clipping.here && one.id === slot.id) return 0
    if (dataset !== undefined && into.bindings[one.id] === dataset) return 1
    return one.name === slot.name ? 2 : 3
  }
  return Object.values(into.report.datasets).toSorted((a, b) => rank(a) - rank(b))
}

function nearestOf(
  fields: readonly Field[],
  candidates: readonly DatasetSlot[],
): Pick<MissingFields, 'nearest' | 'fields'> {
  const [nearest] = candidates.toSorted(
    (a, b) => lacking(fields, a).length - lacking(fields, b).length,
  )
  if (!nearest) return { fields: fields.map(({ name }) => name) }
  return { nearest: nearest.name, fields: lacking(fields, nearest) }
}

function lacking(fields: readonly Field[], slot: DatasetSlot): string[] {
  const byName = new Map(slot.fields.map((field) => [field.name, field]))
  return fields
    .filter((field) => {
      const found = byName.get(field.name)
      return !found || !alike(field, found)
    })
    .map(({ name }) => name)
}

function alike({ type: a }: Field, { type: b }: Field): boolean {
  return a === b || (isNumeric(a) && isNumeric(b)) || (isTemporal(a) && isTemporal(b))
}

/** Everything of the clipping that names a slot names that of the report. */
export function moveToSlots(clip: Draft<Report>, to: ReadonlyMap<string, DatasetSlot>): void {
  const before = { datasets: { ...clip.datasets } }
  for (const [old, slot] of to) clip.datasets[old] = slot
  // Formulas write the names of other datasets, and these are looked up by where they were.
  renameFields(clip, before, () => undefined)
  for (const place of fieldPlaces(clip)) {
    const slot = to.get(slotOf(place.id))
    if (slot) place.write(fieldId(slot.id, fieldNameOf(place.id)))
  }
  for (const formula of Object.values(clip.formulas ?? {}))
    formula.slot = to.get(formula.slot)?.id ?? formula.slot
  clip.datasets = Object.fromEntries([...to.values()].map((slot) => [slot.id, slot]))
}
