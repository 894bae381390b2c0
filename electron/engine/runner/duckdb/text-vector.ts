/** Fills a text vector: short ASCII texts, which nearly all codes and names are, go in as bytes and not one call each. */
import type { DuckDBVarCharVector } from '@duckdb/node-api'
import { DuckDBHugeIntVector } from '@duckdb/node-api'
import type { PlacedTexts } from '../../sources/texts.ts'

/** The engine keeps texts of up to 12 bytes within their 16-byte slot: length, then the bytes, then zeros. */
const slotBytes = 16
const inlineBytes = 12

/** Copies values[from .. from+count) to the start of the vector; the caller flushes it afterwards. */
export function fillTexts(
  vector: DuckDBVarCharVector,
  values: readonly (string | bigint | null)[],
  from: number,
  count: number,
): void {
  const slots = slotsOf(vector, count)
  slots.bytes.fill(0)
  const rest: number[] = []
  for (let i = 0; i < count; i++) {
    const value = values[from + i]
    if (typeof value !== 'string') vector.setItem(i, null)
    else if (!writeInline(slots.bytes, i * slotBytes, value)) rest.push(i)
  }
  slots.flush()
  for (const i of rest) vector.setItem(i, values[from + i] as string) // found to be a text above
}

/** The same from the memory the texts lie in: no string is made of a short one. */
export function fillPlacedTexts(
  vector: DuckDBVarCharVector,
  values: PlacedTexts,
  from: number,
  count: number,
): void {
  const { bytes, flush } = slotsOf(vector, count)
  bytes.fill(0)
  const rest: number[] = []
  for (let i = 0; i < count; i++) {
    const at = i * slotBytes
    const place = values.places[from + i] ?? -1
    const length = place < 0 ? -1 : values.texts.copy(place, bytes, at + 4, inlineBytes)
    if (length < 0) rest.push(i)
    else bytes[at] = length
  }
  flush()
  for (const i of rest) vector.setItem(i, values.at(from + i))
}

interface Slots {
  readonly bytes: Uint8Array
  flush: () => void
}

/** The same slots seen as 16-byte numbers, the vector that hands a whole buffer over. */
function slotsOf(vector: DuckDBVarCharVector, count: number): Slots {
  // The typings hide the vector's handle and buffer.
  const { vector: handle } = vector as unknown as {
    vector: Parameters<typeof DuckDBHugeIntVector.fromRawVector>[0]
  }
  const numbers = DuckDBHugeIntVector.fromRawVector(handle, count)
  const { dataView } = numbers as unknown as { dataView: DataView }
  return {
    bytes: new Uint8Array(dataView.buffer, dataView.byteOffset, dataView.byteLength),
    flush: () => numbers.flush(),
  }
}

/** False, with the slot empty again, for a text that is too long or not plain ASCII. */
function writeInline(bytes: Uint8Array, at: number, text: string): boolean {
  const length = text.length
  if (length > inlineBytes) return false
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0 || code > 0x7f) {
      bytes.fill(0, at, at + slotBytes)
      return false
    }
    bytes[at + 4 + i] = code
  }
  bytes[at] = length
  return true
}
