import type { Draft } from 'immer'
import { produce } from 'immer'
import type { Member } from '../../../../shared/data/cell-value.ts'
import type { PersonalKind } from '../../../../shared/data/personal.ts'
import { hidden, maskText } from '../../../../shared/data/personal.ts'
import type { BlockFilter } from '../../../../shared/report/block-filter.ts'
import type { Block } from '../../../../shared/report/blocks/block.ts'
import type { Report } from '../../../../shared/report/report.ts'
import { allPills } from '../../../../shared/report/shelves.ts'
import type { Label } from './masked-result.ts'

/** The kind of a field named `slot.field`; undefined for one that tells of nobody. */
export type KindOf = (fieldId: string) => PersonalKind | undefined

/**
 * The report as it is written over what leaves: numbers and addresses in its titles are masked, and so are the members of
 * its filter controls, which are drawn as words. Text blocks are the author's own. Filters of blocks stay, as they are
 * asked with; their words are masked where they are made.
 */
export function maskedReport(report: Report, kindOf: KindOf, label: Label): Report {
  return produce(report, (draft) => {
    draft.title = maskText(draft.title)
    for (const parameter of Object.values(draft.parameters ?? {})) {
      if (parameter.type === 'text') parameter.value = maskText(parameter.value)
    }
    for (const page of Object.values(draft.pages)) {
      page.title = maskText(page.title)
      page.setup.header = maskText(page.setup.header)
      page.setup.footer = maskText(page.setup.footer)
      for (const block of Object.values(page.blocks)) maskBlock(block, kindOf, label)
    }
  })
}

function maskBlock(block: Draft<Block>, kindOf: KindOf, label: Label): void {
  if (block.title !== undefined) block.title = maskText(block.title)
  if (block.kind === 'image') block.alt = maskText(block.alt)
  for (const { use } of allPills(block)) {
    if (use.caption !== undefined) use.caption = maskText(use.caption)
  }
  if (block.kind !== 'filter') return
  const kind = block.shelves.field[0] && kindOf(block.shelves.field[0].field)
  if (kind === undefined) return
  if (block.selected) block.selected = block.selected.map((member) => masked(kind, member, label))
  if (block.range) block.range = maskedRange(block.range)
}

/** An end of a range is one person's value as often as not. */
function maskedRange<
  R extends { from?: string | number | undefined; to?: string | number | undefined },
>(range: R): R {
  // prettier-ignore
  return {
    ...range,
    ...(range.from === undefined ? {} : { from: hidden }),
    ...(range.to === undefined ? {} : { to: hidden }),
  }
}

/** A filter as its words are made from it, never as it is asked. */
export function maskedFilter(filter: BlockFilter, kindOf: KindOf, label: Label): BlockFilter {
  const kind = kindOf(filter.field)
  if (kind === undefined) return filter
  switch (filter.op) {
    case 'in':
    case 'notIn':
      return { ...filter, values: filter.values.map((member) => masked(kind, member, label)) }
    case 'range':
      return maskedRange(filter)
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return { ...filter, text: hidden }
    case 'blank':
    case 'notBlank':
    case 'relative':
      return filter
  }
}

function masked(kind: PersonalKind, member: Member, label: Label): Member {
  return member === null ? null : label(kind, String(member))
}
