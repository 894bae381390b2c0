import type { Block } from './blocks/block.ts'
import { fieldOf } from './captions.ts'
import { fieldId, pillOfShow, slotOf } from './field-use.ts'
import type { Report } from './report.ts'
import { fieldPlaces } from './remap-slot.ts'
import { circularFormulas, formulasOf, parametersOf, suitsFormula } from './report-formulas.ts'
import { allPills, shelfRules } from './shelves.ts'

/** One broken rule of the document: the place in words a reader of the file understands, and what is wrong there. */
export interface Fault {
  readonly place: string
  readonly fault:
    | 'keyDiffersFromId'
    | 'orderMismatch'
    | 'danglingBlock'
    | 'danglingSlot'
    | 'danglingField'
    | 'danglingPill'
    | 'danglingDrillPath'
    | 'danglingImage'
    | 'shelfNotAccepted'
    | 'shelfFull'
    | 'idTwice'
    | 'offBoard'
    | 'nameTwice'
    | 'circularFormula'
    | 'danglingParameter'
    | 'formulaMisused'
}

/** Every fault of a document that passed its schema; an empty list means it is whole. */
export function findFaults(report: Report): Fault[] {
  return [
    ...keyFaults(report),
    ...pageFaults(report),
    ...blockFaults(report),
    ...fieldFaults(report),
    ...formulaFaults(report),
    ...linkFaults(report),
  ]
}

function keyFaults(report: Report): Fault[] {
  const maps: readonly Record<string, { readonly id: string }>[] = [
    report.datasets,
    report.drillPaths,
    report.pages,
    report.interactions,
    report.images,
    report.formulas ?? {},
    report.parameters ?? {},
  ]
  return maps
    .flatMap((map) => Object.entries(map).filter(([key, thing]) => key !== thing.id))
    .map(([key]) => ({ place: key, fault: 'keyDiffersFromId' }))
}

const sameMembers = (ids: readonly string[], keys: readonly string[]): boolean =>
  ids.length === keys.length &&
  new Set(ids).size === ids.length &&
  keys.every((k) => ids.includes(k))

function pageFaults(report: Report): Fault[] {
  const faults: Fault[] = []
  if (!sameMembers(report.pageOrder, Object.keys(report.pages))) {
    faults.push({ place: 'pageOrder', fault: 'orderMismatch' })
  }
  const seen = new Set<string>()
  for (const page of Object.values(report.pages)) {
    if (!sameMembers(page.blockOrder, Object.keys(page.blocks))) {
      faults.push({ place: page.id, fault: 'orderMismatch' })
    }
    for (const [key, block] of Object.entries(page.blocks)) {
      if (key !== block.id) faults.push({ place: key, fault: 'keyDiffersFromId' })
      if (seen.has(block.id)) faults.push({ place: block.id, fault: 'idTwice' })
      seen.add(block.id)
    }
  }
  return faults
}

function blocksOf(report: Report): Block[] {
  return Object.values(report.pages).flatMap((page) => Object.values(page.blocks))
}

function blockFaults(report: Report): Fault[] {
  const faults: Fault[] = []
  for (const block of blocksOf(report)) {
    const place = block.id
    if (block.frame.x + block.frame.w > 24) faults.push({ place, fault: 'offBoard' })
    if ('drillPath' in block && block.drillPath && !report.drillPaths[block.drillPath]) {
      faults.push({ place, fault: 'danglingDrillPath' })
    }
    if (block.kind === 'image' && block.image && !report.images[block.image]) {
      faults.push({ place, fault: 'danglingImage' })
    }
    if (block.kind === 'parameter' && block.parameter && !report.parameters?.[block.parameter]) {
      faults.push({ place, fault: 'danglingParameter' })
    }
    if (allPills(block).some(({ use }) => !suitsFormula(report, use))) {
      faults.push({ place, fault: 'formulaMisused' })
    }
    faults.push(...shelfFaults(block), ...pillFaults(block))
  }
  return faults
}

function shelfFaults(block: Block): Fault[] {
  if (!('shelves' in block)) return []
  const faults: Fault[] = []
  const rules = new Map<string, ReturnType<typeof shelfRules>[number]>(
    shelfRules(block).map((rule) => [rule.shelf, rule]),
  )
  for (const [shelf, pills] of Object.entries(block.shelves)) {
    const place = `${block.id}.${shelf}`
    const rule = rules.get(shelf)
    if (!rule) {
      if (pills.length > 0) faults.push({ place, fault: 'shelfNotAccepted' })
      continue
    }
    if (pills.length > rule.max) faults.push({ place, fault: 'shelfFull' })
    const wrong = pills.some((use) =>
      rule.takes === 'any'
        ? false
        : rule.takes === 'measure'
          ? use.aggregate === undefined
          : use.aggregate !== undefined,
    )
    if (wrong) faults.push({ place, fault: 'shelfNotAccepted' })
  }
  return faults
}

function pillFaults(block: Block): Fault[] {
  const uses = allPills(block).map(({ use }) => use)
  const ids = new Set(uses.map((use) => use.id))
  const faults: Fault[] = []
  if (ids.size !== uses.length) faults.push({ place: block.id, fault: 'idTwice' })
  const named = uses.flatMap((use) => [
    ...(use.sort?.by === 'measure' ? [use.sort.pill] : []),
    ...(use.top ? [use.top.pill] : []),
    ...[use.show && pillOfShow(use.show)].filter((pill) => pill !== undefined),
  ])
  if (block.kind === 'crosstab' && block.tint) named.push(block.tint.pill)
  if (block.kind === 'table') named.push(...block.sort.map((sort) => sort.pill))
  if (named.some((id) => !ids.has(id))) faults.push({ place: block.id, fault: 'danglingPill' })
  return faults
}

function fieldFaults(report: Report): Fault[] {
  const faults: Fault[] = []
  for (const { id } of fieldPlaces(report)) {
    const slot = report.datasets[slotOf(id)]
    if (!slot) faults.push({ place: id, fault: 'danglingSlot' })
    else if (!fieldOf(report, id)) {
      faults.push({ place: id, fault: 'danglingField' })
    }
  }
  return faults
}

/** What a formula's text names is not looked at: a mistake in it is told in its place, and keeps no report from opening. */
function formulaFaults(report: Report): Fault[] {
  const faults: Fault[] = circularFormulas(report).map(({ id }) => ({
    ...{ place: id, fault: 'circularFormula' },
  }))
  const names = new Set<string>()
  for (const { id, slot, name } of formulasOf(report)) {
    const key = fieldId(slot, name)
    const columns = report.datasets[slot]?.fields
    if (!columns) faults.push({ place: id, fault: 'danglingSlot' })
    if (names.has(key) || columns?.some((field) => field.name === name) === true)
      faults.push({ place: id, fault: 'nameTwice' })
    names.add(key)
  }
  const written = parametersOf(report).map(({ name }) => name)
  if (new Set(written).size < written.length)
    faults.push({ place: 'parameters', fault: 'nameTwice' })
  return faults
}

function linkFaults(report: Report): Fault[] {
  const ids = new Set(blocksOf(report).map((block) => block.id))
  return Object.values(report.interactions)
    .filter(({ from, to }) => ![from, ...to].every((id) => ids.has(id)))
    .map(({ id }) => ({ place: id, fault: 'danglingBlock' }))
}
