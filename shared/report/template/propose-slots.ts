import { fieldId } from '../field-use.ts'
import type { SlotProposal } from '../report-words.ts'
import type { Report } from '../report.ts'
import { allPills } from '../shelves.ts'
import type { OfferedDataset } from './propose-fields.ts'
import { matchSlot, proposeSlot } from './propose-fields.ts'

/** Below this a column of a flat file is not taken for one of a list that is not there. */
const leastStandIn = 0.5

/**
 * A proposal for every slot. Tills often write everything into one file: where no dataset fits a list, what describes its lines may
 * stand in one that was found for another slot. Nothing that is counted or added up is taken from there: a line of sales is no shop.
 */
export function proposeSlots(report: Report, datasets: readonly OfferedDataset[]): SlotProposal[] {
  const proposals = Object.keys(report.datasets).flatMap(
    (slot) => proposeSlot(report, slot, datasets) ?? [],
  )
  // Two lists are not one dataset: it belongs to the one it fits best.
  const owners = new Map<string | null, SlotProposal>()
  for (const one of proposals) {
    const before = owners.get(one.dataset)
    if (before === undefined || before.score < one.score) owners.set(one.dataset, one)
  }
  const flat = datasets.filter(({ id }) => owners.has(id))
  const counted = countedFields(report)
  return proposals.map((one) =>
    one.dataset !== null && owners.get(one.dataset) === one
      ? one
      : standIn(report, one, flat, counted),
  )
}

function countedFields(report: Report): ReadonlySet<string> {
  const blocks = Object.values(report.pages).flatMap((page) => Object.values(page.blocks))
  const pills = blocks.flatMap((block) => allPills(block))
  return new Set(pills.flatMap(({ use }) => (use.aggregate === undefined ? [] : [use.field])))
}

function standIn(
  report: Report,
  proposal: SlotProposal,
  flat: readonly OfferedDataset[],
  counted: ReadonlySet<string>,
): SlotProposal {
  const slot = report.datasets[proposal.slot]
  if (!slot) return proposal
  const found = flat.map((dataset) => {
    const match = matchSlot(report, slot, dataset)
    const fields = match.fields.map((field) => {
      const { name, role } = field.expected
      const describes = role === 'dimension' && !counted.has(fieldId(slot.id, name))
      const fits = describes && field.score >= leastStandIn
      return fits ? field : { ...field, proposed: null, score: 0 }
    })
    const used = fields.filter(({ proposed, usedIn }) => proposed !== null && usedIn.length > 0)
    return { proposal: { ...match, fields }, used: used.length }
  })
  const [best] = found.toSorted((a, b) => b.used - a.used)
  if (best && best.used > 0) return best.proposal
  const fields = proposal.fields.map((field) => ({ ...field, proposed: null, score: 0 }))
  return { ...proposal, dataset: null, score: 0, fields }
}
