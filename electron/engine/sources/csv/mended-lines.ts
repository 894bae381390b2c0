/** Lines a person mended, as a source of their own: cut like the lines of the file they stand in. */
import type { TextShape } from '../../../../shared/data/rejected-words.ts'
import type { SourceReader } from '../reader.ts'
import { CsvRows } from './csv-rows.ts'
import { lineShapeOf } from './dialect.ts'

export interface MendedLine {
  readonly row: number
  readonly text: string
}

export function mendedLines(shape: TextShape, lines: readonly MendedLine[]): SourceReader {
  const { names } = shape
  return {
    kind: 'csv',
    namedColumns: names,
    read: (into) =>
      Promise.resolve().then(() => {
        const rows = new CsvRows(into, lineShapeOf(shape))
        for (const { row, text } of lines) {
          if (!rows.take(row, text)) into.notes.reject(row, 'fieldCount', { text, cut: false })
        }
      }),
  }
}
