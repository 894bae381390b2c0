import type { Field } from '../../shared/data/field.ts'
import type { Row } from './reference-pivot.ts'

/** The table every example of docs/semantics.md is worked on: small enough to be checked by hand. */
export const tinyFields: readonly Field[] = [
  { name: 'region', type: 'text', role: 'dimension' },
  { name: 'shop', type: 'text', role: 'dimension' },
  { name: 'day', type: 'date', role: 'dimension' },
  { name: 'member', type: 'text', role: 'identifier' },
  { name: 'amount', type: 'decimal', role: 'measure', scale: 2 },
  { name: 'score', type: 'integer', role: 'measure' },
  { name: 'stock', type: 'integer', role: 'measure' },
]

export const tinyLastDay = '2025-03-31'

const row = (
  region: string | null,
  shop: string,
  day: string,
  member: string | null,
  amount: number | null,
  score: number | null,
  stock: number,
): Row => ({ region, shop, day, member, amount, score, stock })

export const tinyRows: readonly Row[] = [
  row('East', 'A', '2025-01-10', 'm1', 40, 5, 9),
  row('East', 'A', '2025-02-10', 'm2', 20, 2, 7),
  row('East', 'B', '2025-01-20', 'm1', 10, 4, 4),
  row('East', 'C', '2025-03-05', null, 30, 1, 6),
  row('West', 'D', '2025-01-15', 'm3', 60, 3, 8),
  row('West', 'D', '2025-03-20', 'm3', -10, null, 3),
  row('West', 'E', '2025-02-01', null, 50, 5, 2),
  row('North', 'F', '2025-02-14', 'm2', 0, 4, 5),
  row('North', 'F', '2025-03-01', 'm4', null, 2, 1),
  row(null, 'G', '2025-03-31', 'm1', 25, 3, 10),
]
