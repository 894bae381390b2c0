import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import type { Command } from '../../shared/report/commands/commands.ts'
import { fieldId } from '../../shared/report/field-use.ts'
import type { SlotProposal } from '../../shared/report/report-words.ts'
import type { Bindings, DatasetSlot, Report } from '../../shared/report/report.ts'
import { proposeSlot } from '../../shared/report/template/propose-fields.ts'
import { proposeSlots } from '../../shared/report/template/propose-slots.ts'

export interface FieldMapping {
  readonly expected: Field
  /** Titles of the blocks that show it. */
  readonly usedIn: readonly string[]
  /** Field of the chosen dataset; null leaves it empty. */
  readonly field: string | null
  /** How well it fits, 0 to 1; null when the user chose it. */
  readonly score: number | null
}

export interface SlotMapping {
  readonly slot: DatasetSlot
  readonly dataset: string | null
  readonly fields: readonly FieldMapping[]
}

function fieldsOf(proposal: SlotProposal | undefined): FieldMapping[] {
  return (proposal?.fields ?? []).map(({ expected, usedIn, proposed, score }) => ({
    expected,
    usedIn,
    field: proposed,
    score,
  }))
}

/** Every slot of a report with what is bound to it, or with the best guess. */
export function startMapping(
  report: Report,
  datasets: readonly DatasetInfo[],
  bindings: Bindings,
): SlotMapping[] {
  const proposals = proposeSlots(report, datasets)
  return Object.values(report.datasets).map((slot) => {
    const bound = datasets.find(({ id }) => id === bindings[slot.id])
    const proposal = bound
      ? proposeSlot(report, slot.id, [bound])
      : proposals.find((one) => one.slot === slot.id)
    return { slot, dataset: bound?.id ?? proposal?.dataset ?? null, fields: fieldsOf(proposal) }
  })
}

/** The fields are proposed anew; without a dataset none is mapped. */
export function chooseDataset(
  report: Report,
  mapping: SlotMapping,
  dataset: DatasetInfo | undefined,
): SlotMapping {
  const proposal = proposeSlot(report, mapping.slot.id, dataset ? [dataset] : [])
  return { ...mapping, dataset: dataset?.id ?? null, fields: fieldsOf(proposal) }
}

export function chooseField(
  mapping: SlotMapping,
  expected: string,
  field: string | null,
): SlotMapping {
  return {
    ...mapping,
    fields: mapping.fields.map((one) =>
      one.expected.name === expected ? { ...one, field, score: null } : one,
    ),
  }
}

/** What blocks would not get: fields in use without one of the dataset's. */
export function staysEmpty(mappings: readonly SlotMapping[]): FieldMapping[] {
  return mappings.flatMap(({ dataset, fields }) =>
    fields.filter(({ field, usedIn }) => usedIn.length > 0 && (dataset === null || field === null)),
  )
}

function inDrillPath(report: Report, id: string): boolean {
  return Object.values(report.drillPaths).some(({ levels }) =>
    levels.some((level) => level.field === id),
  )
}

/** One command a connected slot. Fields still named by the report stay described, so that it remains whole. */
export function mappingCommands(
  report: Report,
  mappings: readonly SlotMapping[],
  datasets: readonly DatasetInfo[],
): Command[] {
  return mappings.flatMap(({ slot, dataset: id, fields }): Command[] => {
    const dataset = datasets.find((one) => one.id === id)
    if (!dataset) return []
    const has = new Set(dataset.fields.map(({ name }) => name))
    const missing = fields.filter(
      ({ field, expected, usedIn }) =>
        field === null &&
        !has.has(expected.name) &&
        (usedIn.length > 0 || inDrillPath(report, fieldId(slot.id, expected.name))),
    )
    const renamed = fields.flatMap(({ field, expected }) =>
      field === null || field === expected.name ? [] : [[expected.name, field] as const],
    )
    const described = [...dataset.fields, ...missing.map(({ expected }) => expected)]
    return [
      {
        name: 'slot.remap',
        args: {
          slot: { id: slot.id, name: dataset.name, fields: described },
          fields: Object.fromEntries(renamed),
        },
      },
    ]
  })
}

/** Slots of the report that no dataset of the workspace stands in. */
export function unboundSlots(report: Report, bindings: Bindings): DatasetSlot[] {
  return Object.values(report.datasets).filter(({ id }) => bindings[id] === undefined)
}
