import type { Draft } from 'immer'
import type { Member } from '../../data/cell-value.ts'
import type { BlockFilter } from '../block-filter.ts'
import type { Block } from '../blocks/block.ts'
import type { TemplateLiteral } from '../report-words.ts'
import { fieldOf } from '../captions.ts'
import type { FieldUse } from '../field-use.ts'
import type { Report } from '../report.ts'
import { allPills } from '../shelves.ts'

/** One literal of a report with a way to take it out. */
export interface LiteralPlace extends TemplateLiteral {
  readonly strip: () => void
}

/** Phone numbers, e-mail addresses, identity and card numbers: what must not travel by accident. */
const personal = /(?:\+?\d[\d\s-]{6,}\d)|(?:[\w.+-]+@[\w-]+\.[\w.]+)/

const looksPersonal = (text: string): boolean => personal.test(text)

/**
 * Every value of the author's that a template would carry: filter values, texts, titles, pictures, names. Lists of values
 * and anything that looks personal are left out unless the author keeps them.
 */
export function* literalPlaces(report: Draft<Report>): Generator<LiteralPlace> {
  yield text('report.title', 'title', report.title, () => (report.title = ''))
  for (const [index, id] of report.pageOrder.entries()) {
    const page = report.pages[id]
    if (!page) continue
    yield text(`${id}.title`, 'title', page.title, () => (page.title = `${index + 1}`))
    yield text(`${id}.header`, 'text', page.setup.header, () => (page.setup.header = ''))
    yield text(`${id}.footer`, 'text', page.setup.footer, () => (page.setup.footer = ''))
    for (const blockId of page.blockOrder) {
      const block = page.blocks[blockId]
      if (block) yield* blockLiterals(report, block)
    }
  }
  for (const [index, slot] of Object.values(report.datasets).entries()) {
    yield text(`${slot.id}.name`, 'slotName', slot.name, () => (slot.name = `${index + 1}`))
  }
  for (const path of Object.values(report.drillPaths)) {
    yield text(`${path.id}.name`, 'title', path.name, () => (path.name = '1'))
  }
  for (const image of Object.values(report.images)) {
    const kilobytes = Math.round((image.data.length * 3) / 4 / 1024)
    yield {
      id: `${image.id}.data`,
      place: image.id,
      kind: 'image',
      preview: `${image.type}, ${kilobytes} kB`,
      keepByDefault: true,
      strip: () => removeImage(report, image.id),
    }
  }
}

function text(
  id: string,
  kind: TemplateLiteral['kind'],
  value: string | undefined,
  strip: () => void,
): LiteralPlace {
  const preview = value ?? ''
  const place = id.slice(0, id.lastIndexOf('.'))
  return { id, place, kind, preview, keepByDefault: !looksPersonal(preview), strip }
}

function* blockLiterals(report: Draft<Report>, block: Draft<Block>): Generator<LiteralPlace> {
  const at = block.id
  yield text(`${at}.title`, 'title', block.title, () => delete block.title)
  if (block.kind === 'text') yield text(`${at}.text`, 'text', block.text, () => (block.text = ''))
  if (block.kind === 'image') yield text(`${at}.alt`, 'text', block.alt, () => (block.alt = ''))
  for (const { use } of allPills(block)) {
    const caption = use.caption
    yield text(`${at}.${use.id}.caption`, 'title', caption, () => delete use.caption)
    yield* memberLiterals(at, use)
  }
  if (block.kind === 'filter') yield* controlLiterals(report, block)
  if (block.kind === 'crosstab') yield* foldLiterals(block)
  if ('filters' in block) yield* filterLiterals(report, block)
}

/** Members a pill names: an order of the author's own, a column to sort or rank by, a member compared with. */
function* memberLiterals(place: string, use: Draft<FieldUse>): Generator<LiteralPlace> {
  const { sort, top, show } = use
  const named = (what: string, members: readonly Member[], strip: () => void): LiteralPlace => ({
    id: `${place}.${use.id}.${what}`,
    place,
    kind: 'filterValues',
    preview: members.map((member) => String(member ?? '∅')).join(', '),
    keepByDefault: false,
    strip,
  })
  if (sort?.by === 'list') yield named('order', sort.members, () => delete use.sort)
  if (sort?.by === 'measure' && sort.at) yield named('sortAt', sort.at, () => delete sort.at)
  if (top?.at) yield named('topAt', top.at, () => delete top.at)
  if (show && 'from' in show && typeof show.from === 'object')
    yield named('from', [show.from.member], () => delete use.show)
}

/** Groups put away one by one are named by their members. */
function* foldLiterals(
  block: Draft<Extract<Block, { kind: 'crosstab' }>>,
): Generator<LiteralPlace> {
  for (const axis of ['rows', 'columns'] as const) {
    const folds = block.folds?.[axis]
    if (!folds || folds.paths.length === 0) continue
    yield {
      id: `${block.id}.folds.${axis}`,
      place: block.id,
      kind: 'filterValues',
      preview: [...new Set(folds.paths.flat())].map((member) => String(member ?? '∅')).join(', '),
      keepByDefault: false,
      strip: () => (folds.paths = []),
    }
  }
}

const tellsOfPerson = (report: Draft<Report>, field: string | undefined): boolean =>
  field !== undefined && fieldOf(report, field)?.personal !== undefined

function* controlLiterals(
  report: Draft<Report>,
  block: Draft<Extract<Block, { kind: 'filter' }>>,
): Generator<LiteralPlace> {
  if (block.selected !== null) {
    yield {
      id: `${block.id}.selected`,
      place: block.id,
      kind: 'filterValues',
      preview: block.selected.join(', '),
      keepByDefault: false,
      strip: () => (block.selected = null),
    }
  }
  if (block.range !== null) {
    const { from = '', to = '' } = block.range
    yield {
      id: `${block.id}.range`,
      place: block.id,
      kind: 'range',
      preview: `${from} – ${to}`,
      keepByDefault: !tellsOfPerson(report, block.shelves.field[0]?.field),
      strip: () => (block.range = null),
    }
  }
}

/** Filters are named by their place in the list as it was: all are collected before any is taken out. */
function* filterLiterals(
  report: Draft<Report>,
  block: Draft<Extract<Block, { filters: unknown }>>,
): Generator<LiteralPlace> {
  for (const [index, filter] of [...block.filters].entries()) {
    const described = describeFilter(filter)
    if (!described) continue
    yield {
      ...described,
      id: `${block.id}.filter${index}`,
      place: block.id,
      keepByDefault:
        described.kind !== 'filterValues' &&
        !looksPersonal(described.preview) &&
        !tellsOfPerson(report, filter.field),
      strip: () => (block.filters = block.filters.filter((other) => other !== filter)),
    }
  }
}

function describeFilter(
  filter: BlockFilter,
): Pick<TemplateLiteral, 'kind' | 'preview'> | undefined {
  switch (filter.op) {
    case 'in':
    case 'notIn':
      return { kind: 'filterValues', preview: filter.values.map((v) => v ?? '∅').join(', ') }
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return { kind: 'filterText', preview: filter.text }
    case 'range':
      return { kind: 'range', preview: `${filter.from ?? ''} – ${filter.to ?? ''}` }
    case 'blank':
    case 'notBlank':
    case 'relative':
      return undefined
  }
}

function removeImage(report: Draft<Report>, id: string): void {
  delete report.images[id]
  for (const page of Object.values(report.pages)) {
    for (const block of Object.values(page.blocks)) {
      if (block.kind === 'image' && block.image === id) delete block.image
    }
  }
}
