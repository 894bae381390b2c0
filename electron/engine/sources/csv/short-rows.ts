/** Programs that write no blank fields at the end of a line: its records are shorter than the names, and whole. */
import { recognise } from './cell-bytes.ts'
import type { SampleRecord } from './sample-records.ts'
import { isBlankField } from './sample-records.ts'
import { isName } from './short-head.ts'

const leastShort = 2
const leastShare = 0.1
/** Lines cut in two by a line break put their values under other columns. */
const leastAgreement = 0.9

/** The fields of the names, where shorter records only lack blanks at their end; else undefined. */
export function widthOfNames(records: readonly SampleRecord[]): number | undefined {
  const width = records.reduce((most, { fields }) => Math.max(most, fields.length), 1)
  const first = records.findIndex(({ fields }) => fields.length === width)
  const names = records[first]?.fields ?? []
  if (width < 3 || !names.every(isName)) return undefined
  const rows = records
    .slice(first + 1)
    .map(({ fields }) => fields)
    .filter((fields) => fields.length > 1)
  const short = rows.filter((fields) => fields.length < width)
  if (short.length < leastShort || short.length < rows.length * leastShare) return undefined
  // Who writes one blank at a line's end writes them all.
  if (rows.some((fields) => isBlankField(fields.at(-1)))) return undefined
  return agreement(rows, short) >= leastAgreement ? width : undefined
}

/** How much of what short records say is of the kind that most others say in its column. */
function agreement(
  rows: readonly (readonly Buffer[])[],
  short: readonly (readonly Buffer[])[],
): number {
  let [agreeing, all] = [0, 0]
  const columns = short.reduce((most, fields) => Math.max(most, fields.length), 0)
  for (let column = 0; column < columns; column++) {
    const kinds = rows.map((fields) => kindOf(fields[column])).filter((kind) => kind !== 'blank')
    const usual =
      kinds.filter((kind) => kind === 'value').length * 2 > kinds.length ? 'value' : 'text'
    for (const fields of short) {
      const kind = kindOf(fields[column])
      if (kind === 'blank') continue
      all++
      if (kind === usual) agreeing++
    }
  }
  return all === 0 ? 0 : agreeing / all
}

function kindOf(field: Buffer | undefined): 'blank' | 'value' | 'text' {
  if (field === undefined || isBlankField(field)) return 'blank'
  return recognise(field, 0, field.length) ? 'value' : 'text'
}
