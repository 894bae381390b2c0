import { expect, test } from 'vitest'
import { MergeFill, mergedRows } from '../../../electron/engine/runner/import/merged-cells.ts'
import { cellKind } from '../../../electron/engine/sources/cell-kinds.ts'

const chunkOf = (source: number, sourceRows: number[], cells: (number | null)[]) => ({
  ...{ source, exact: true, rows: cells.length, sourceRows: Float64Array.from(sourceRows) },
  kinds: [Uint8Array.from(cells, (cell) => (cell === null ? cellKind.blank : cellKind.scaled))],
  values: [Float64Array.from(cells, (cell) => cell ?? 0)],
})
const shown = ({ kinds: [kinds], values: [values] }: ReturnType<typeof chunkOf>) =>
  Array.from(kinds ?? [], (kind, at) => (kind === cellKind.blank ? null : values?.[at]))

test('a merged cell fills the blank rows it reaches over, across chunks, and nothing else', () => {
  const addresses = ['A12:A13', 'A2:A5', 'A8:A9', 'B2:B9']
  const merged = [
    ...mergedRows(0, addresses.map((address) => ({ address, fromRow: 0 })), (c) => (c === 0 ? 0 : undefined)),
    ...mergedRows(1, [{ address: 'A2:A3', fromRow: 2 }], () => 0),
  ]
  const fill = new MergeFill(merged, new Set([0]))
  const chunks = [
    chunkOf(0, [2, 3], [7, null]),
    // Row 4 was left out; 6 and 7 are blank on their own; the merged cell of rows 8 and 9 is blank itself.
    chunkOf(0, [5, 6, 7, 8, 9, 13], [null, null, 1, null, null, null]),
    chunkOf(1, [2, 3, 4], [5, null, null]),
  ]
  for (const chunk of chunks) fill.fill(chunk)
  // The first row of the last merged cell was left out: what it said is not known.
  expect(chunks.map(shown)).toEqual([[7, 7], [7, null, 1, null, null, null], [5, 5, null]])
}) // prettier-ignore
