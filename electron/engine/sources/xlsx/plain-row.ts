/** The beginning of a row as nearly all programs write it, in one walk over its bytes. */
import { apostrophe, greaterThan, nine, quote, zero } from './sheet-bytes.ts'

/** `</ro` and `w>`, `<row` and ` r="`, the first byte lowest. */
const closeBegin = 0x6f72_2f3c
const closeEnd = 0x3e77
const rowOpen = 0x776f_723c
const rowNumber = 0x223d_7220
/** No plain one is longer. */
const room = 160

/** The row `plainRow` last found; one object for all, as an own one for each row would cost more than the finding. */
export const foundRow = { number: 0 }

/** `</row><row r="12" …>`, the end of the row before or none: where its `>` stands, or -1 for what a general parser must see. */
export function plainRow(buffer: Buffer, view: DataView, open: number): number {
  const last = open + room
  if (last > buffer.length) return -1
  let at = open
  if (view.getInt32(at, true) === closeBegin && view.getInt16(at + 4, true) === closeEnd) at += 6
  if (view.getInt32(at, true) !== rowOpen || view.getInt32(at + 4, true) !== rowNumber) return -1
  at += 8
  let row = 0
  let byte = buffer[at] as number // within `last`
  for (; byte >= zero && byte <= nine; byte = buffer[++at] as number) row = row * 10 + byte - zero
  if (row === 0 || byte !== quote) return -1
  foundRow.number = row
  let within = false
  while (++at < last) {
    byte = buffer[at] as number
    if (byte === quote) within = !within
    else if (byte === apostrophe) return -1
    else if (byte === greaterThan && !within) return at
  }
  return -1
}
