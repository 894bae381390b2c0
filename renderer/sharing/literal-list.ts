import { blockTitle } from '../../shared/report/captions.ts'
import type { TemplateLiteral } from '../../shared/report/report-words.ts'
import type { Report } from '../../shared/report/report.ts'
import type { Text } from '../../shared/text/messages.ts'

export interface LiteralGroup {
  readonly kind: TemplateLiteral['kind']
  readonly literals: readonly TemplateLiteral[]
}

/** What deserves a look comes first. */
const order: readonly TemplateLiteral['kind'][] = [
  'filterValues',
  'filterText',
  'range',
  'text',
  'title',
  'slotName',
  'image',
]

export function groupLiterals(literals: readonly TemplateLiteral[]): LiteralGroup[] {
  return order.flatMap((kind) => {
    const members = literals.filter((literal) => literal.kind === kind)
    return members.length === 0 ? [] : [{ kind, literals: members }]
  })
}

/** The place of a literal as people know it; empty where the literal is the place's own name. */
export function placeName(report: Report, { place, kind }: TemplateLiteral, text: Text): string {
  for (const page of Object.values(report.pages)) {
    const block = page.blocks[place.split('.')[0] ?? '']
    if (block) return blockTitle(block, text)
    if (page.id === place && kind !== 'title') return page.title
  }
  return ''
}
