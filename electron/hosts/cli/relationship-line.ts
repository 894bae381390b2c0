/** Relationships as scripts read them. */
import type { Relationship, RelationshipEnd } from '../../../shared/data/dataset.ts'

/** `sales.shop`, or `sales.shop + month` for a key of several fields. */
export function endLine(end: RelationshipEnd, nameOf: (id: string) => string): string {
  return `${nameOf(end.dataset)}.${end.fields.join(' + ')}`
}

export function relationshipLine(
  { from, to, orphans, blanks, most, broken }: Relationship,
  nameOf: (id: string) => string,
) {
  return {
    from: endLine(from, nameOf),
    to: endLine(to, nameOf),
    ...{ orphans, blanks, most },
    ...(broken === null ? {} : { broken: broken.code }),
  }
}
