/** What the first rows tell of a column, measured as the import measures all of them: both propose the same. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { Field } from '../../../../shared/data/field.ts'
import { worthCoding } from '../../extracts/extract-columns.ts'
import type { ColumnChunk } from '../../sources/column-chunk.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import type { ColumnCells } from '../../sources/typing/decide-columns.ts'
import type { ColumnEvidence } from '../../sources/typing/propose-meanings.ts'
import { keptTexts, tagFields } from '../../sources/typing/tag-fields.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'
import { ColumnWriter } from './column-writer.ts'

export interface SampledColumn extends ColumnEvidence {
  readonly sign: string
  readonly remarks: readonly DatasetWarning[]
}

export function sampledColumn(
  { name, profile }: ColumnCells,
  { warnings: _told, ...type }: TypeDecision,
  chunk: ColumnChunk,
  spooled: number,
  pool: TextPool,
): Omit<SampledColumn, 'remarks'> {
  const { rows } = chunk
  const coded = type.type === 'text' && worthCoding(profile.distinctTexts(), rows)
  const plan = { name, spooled, type, coded }
  const writer = new ColumnWriter(plan, pool)
  writer.encode({ ...chunk, source: 0, exact: profile.exact })
  const { field, firstTexts } = writer.finish(plan, rows)
  const { role, scale, sign } = type
  const { distinct, blanks, min, max } = field
  const texts = firstTexts ?? profile.firstTexts(pool, keptTexts)
  return { name, type: type.type, role, scale, sign, texts, blanks, distinct, min, max }
}

/** With what they seem to stand for, as far as the first rows show it. */
export function taggedColumns(columns: readonly SampledColumn[], rows: number): Field[] {
  return tagFields(columns, rows, (index) => columns[index]?.texts ?? []).map(
    ({ name, type, role, scale, sign, meaning, personal }) => ({
      ...{ name, type, role },
      ...(type === 'decimal' ? { scale } : {}),
      ...(sign === '' ? {} : { sign }),
      ...(meaning === null ? {} : { meaning }),
      ...(personal === null ? {} : { personal }),
    }),
  )
}
