import { nearestName } from '../../../shared/expression/nearest-name.ts'
import { produce } from 'immer'
import type { DatasetInfo } from '../../../shared/data/dataset.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { commands } from '../../../shared/report/commands/commands.ts'
import type { SlotProposal } from '../../../shared/report/report-words.ts'
import type { Bindings, DatasetSlot, Report } from '../../../shared/report/report.ts'
import { slotIsUsed } from '../../../shared/report/remap-slot.ts'
import { UsageError } from './arguments.ts'
import type { Session } from './session.ts'

export interface ChosenSlot {
  readonly slot: string
  readonly dataset: string
  /** The dataset's field for each expected one, null where there is none. */
  readonly fields: Readonly<Record<string, string | null>>
}

export interface Chosen {
  readonly report: Report
  readonly bindings: Bindings
  /** Which dataset each slot got. */
  readonly slots: readonly ChosenSlot[]
  /** Expected fields that are used and have no counterpart, with the blocks that stay empty. */
  readonly missing: readonly { readonly field: string; readonly usedIn: readonly string[] }[]
}

export interface ChoiceNeeds {
  readonly report: Report
  /** What the workspace remembers of this report; empty for a template. */
  readonly bindings: Bindings
  /** `--data`: slot name or id to dataset name or id. */
  readonly data: ReadonlyMap<string, string>
  /** `--map`: `slot.field` to the dataset's field. */
  readonly map?: ReadonlyMap<string, string>
}

/**
 * Puts a dataset into every slot: the one named, else the one remembered, else the one of the slot's name, else the best
 * by fields. Fields are renamed to the dataset's own. A used slot without any is `dataset/notFound`.
 */
export async function chooseDatasets(session: Session, needs: ChoiceNeeds): Promise<Chosen> {
  refuseStrangers(needs)
  let { report } = needs
  const bindings: Record<string, string> = {}
  const slots: ChosenSlot[] = []
  const missing: { field: string; usedIn: readonly string[] }[] = []
  for (const slot of Object.values(needs.report.datasets)) {
    const dataset = await datasetFor(session, needs, slot)
    if (dataset === undefined) {
      if (slotIsUsed(report, slot.id)) throw unbound(slot)
      continue
    }
    const proposal = await session.call('template.propose', {
      report,
      slot: slot.id,
      dataset: dataset.id,
    })
    const fields = mappedFields(slot, proposal, dataset, needs.map ?? new Map())
    report = remapped(report, slot, dataset, fields)
    bindings[slot.id] = dataset.id
    const decided = proposal.fields.map(
      ({ expected }) => [expected.name, fields[expected.name] ?? null] as const,
    )
    slots.push({ slot: slot.name, dataset: dataset.name, fields: Object.fromEntries(decided) })
    for (const { expected, usedIn } of proposal.fields) {
      if (usedIn.length > 0 && fields[expected.name] === undefined) {
        missing.push({ field: `${slot.name}.${expected.name}`, usedIn })
      }
    }
  }
  return { report, bindings, slots, missing }
}

function refuseStrangers({ report, data }: ChoiceNeeds): void {
  const known = Object.values(report.datasets).flatMap(({ id, name }) => [id, name])
  const stray = [...data.keys()].find((key) => !known.includes(key))
  if (stray !== undefined) throw new UsageError(`--data: no slot ${stray}`, { name: stray })
}

async function datasetFor(
  session: Session,
  { report, bindings, data }: ChoiceNeeds,
  slot: DatasetSlot,
): Promise<DatasetInfo | undefined> {
  const named = data.get(slot.name) ?? data.get(slot.id)
  if (named !== undefined) return session.dataset(named)
  const { datasets } = session.workspace
  const remembered = datasets.find(({ id }) => id === bindings[slot.id])
  const own = remembered ?? datasets.find(({ name }) => name === slot.name)
  if (own !== undefined) return own
  const offers: { dataset: DatasetInfo; score: number }[] = []
  for (const dataset of datasets) {
    const offer = await session.call('template.propose', {
      report,
      slot: slot.id,
      dataset: dataset.id,
    })
    if (offer.dataset !== null) offers.push({ dataset, score: offer.score })
  }
  return offers.toSorted((a, b) => b.score - a.score)[0]?.dataset
}

/** Expected field to the dataset's field; a field of the same name needs no proposal. */
function mappedFields(
  slot: DatasetSlot,
  proposal: SlotProposal,
  dataset: DatasetInfo,
  map: ReadonlyMap<string, string>,
): Record<string, string> {
  const names = new Set(dataset.fields.map(({ name }) => name))
  const mapped: Record<string, string> = {}
  for (const { expected, proposed } of proposal.fields) {
    const wanted =
      map.get(`${slot.name}.${expected.name}`) ?? map.get(`${slot.id}.${expected.name}`)
    if (wanted !== undefined && !names.has(wanted)) {
      const near = nearestName(wanted, names.keys())
      throw new AppErrorException(
        appError('dataset/fieldMissing', {
          ...{ dataset: dataset.name, field: wanted },
          ...(near === undefined ? {} : { near }),
        }),
      )
    }
    const field = wanted ?? (names.has(expected.name) ? expected.name : proposed)
    if (field !== null) mapped[expected.name] = field
  }
  return mapped
}

/** Unmapped fields keep their place in the slot, so that the report stays whole and says what it expects. */
function remapped(
  report: Report,
  slot: DatasetSlot,
  dataset: DatasetInfo,
  fields: Readonly<Record<string, string>>,
): Report {
  const names = new Set(dataset.fields.map(({ name }) => name))
  const unmapped = slot.fields.filter(({ name }) => fields[name] === undefined && !names.has(name))
  const next = { ...slot, fields: [...dataset.fields, ...unmapped] }
  return produce(report, (draft) => commands['slot.remap'].apply(draft, { slot: next, fields }))
}

function unbound({ id, name }: DatasetSlot): AppErrorException {
  return new AppErrorException(appError('dataset/notFound', { slot: name, id }))
}
