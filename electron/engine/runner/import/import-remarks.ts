/** What an import has to say about its sources and columns. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { ReadNotes } from '../../sources/reader.ts'
import type { WrittenColumn } from './column-writer.ts'
import { refusal } from '../../sources/source-limits.ts'
import type { ImportJobOrder, JobPart, LostZeros } from './import-order.ts'
import { labelOf } from './part-words.ts'

/** `several`: the dataset has other sources too, so rows are named with their file. */
export function noteWarnings(part: JobPart, notes: ReadNotes, several: boolean): DatasetWarning[] {
  const counted = (code: DatasetWarning['code'], count: number): DatasetWarning[] =>
    count > 0 ? [{ code, count }] : []
  const { encoding } = notes
  return [
    ...counted('mendedRows', notes.mendedCount),
    ...counted('droppedRows', notes.droppedCount),
    ...counted('rejectedRows', notes.rejectedCount),
    ...shapeRemarks(notes),
    ...(notes.leftOutCount > 0 ? [leftOut(part, notes, several)] : []),
    ...(notes.likelyCount > 0 ? [likelyTotals(part, notes, several)] : []),
    ...counted('formulaWithoutValue', notes.formulasWithoutValue),
    ...counted('nonFinite', notes.nonFinite),
    ...(encoding === undefined || encoding === 'utf-8'
      ? []
      : [{ code: 'convertedEncoding' as const, examples: [encoding] }]),
  ]
}

/** The rows are a list inside the file and what stands beside it is not read, they have names of their own, or are short. */
function shapeRemarks(notes: ReadNotes): DatasetWarning[] {
  const { innerList, namesRows, shortRows: count, firstShort } = notes
  const examples = firstShort.map(String)
  return [
    ...(count > 0 ? [{ code: 'shortRows' as const, count, examples }] : []),
    ...(namesRows ? [{ code: 'rowNames' as const }] : []),
    ...(innerList === undefined
      ? []
      : [
          {
            ...{ code: 'innerList' as const, column: innerList.name },
            examples: innerList.beside.slice(0, 5),
          },
        ]),
  ]
}

/** What the rows looked at say of their file before they are read. */
export function sampleRemarks(notes: ReadNotes): DatasetWarning[] {
  const { rejectedCount: count, rejected } = notes
  const examples = rejected.slice(0, 5).map(({ row }) => String(row))
  return [
    ...shapeRemarks(notes),
    ...(count > 0 ? [{ code: 'unreadRows' as const, count, examples }] : []),
  ]
}

/** `合计 (52)`, of several sources `一月.xlsx · 合计 (52)`: what was left out can be found in its file. */
function leftOut(part: JobPart, notes: ReadNotes, several: boolean): DatasetWarning {
  const source = several ? `${labelOf(part)} · ` : ''
  const examples = notes.leftOut
    .toSorted((a, b) => a.row - b.row)
    .slice(0, 5)
    .map(({ row, label }) => `${source}${label} (${row})`.trim())
  return { code: 'leftOutRows', count: notes.leftOutCount, examples }
}

function likelyTotals(part: JobPart, notes: ReadNotes, several: boolean): DatasetWarning {
  const source = several ? `${labelOf(part)} · ` : ''
  const examples = notes.likely
    .slice(0, 5)
    .map(({ row, label }) => `${source}${label} (${row})`.trim())
  return { code: 'likelyTotals', count: notes.likelyCount, examples }
}

/** Refuses a sheet of one text alone: a title would be the only column, of a dataset without rows. */
export function withoutRows(
  { parts: [part], base }: ImportJobOrder,
  columns: readonly { readonly name: string }[],
): DatasetWarning {
  const [column, ...others] = columns
  if (column !== undefined && others.length === 0 && part?.part !== undefined && !base) {
    const text = column.name.slice(0, 80)
    throw refusal('dataset/empty', { reason: 'note', sheet: part.part, text })
  }
  return { code: 'noRows' }
}

export function lostWarnings(written: WrittenColumn): DatasetWarning[] {
  const { field, lost, lostExamples, open, openExamples, rounded, roundedExamples } = written
  const counted = (code: DatasetWarning['code'], count: number, examples: readonly string[]) =>
    count > 0 ? [{ code, column: field.name, count, examples: [...examples] }] : []
  return [
    ...counted('lostValues', lost, lostExamples),
    ...counted('openDateOrder', open, openExamples),
    ...counted('roundedValues', rounded, roundedExamples),
  ]
}

/** `2月.csv: 1 → 000001`, `2 → 000002`: where, and what the numbers are elsewhere. */
export function zerosRemark(
  { column, width, count, examples }: LostZeros,
  source: string,
): DatasetWarning {
  const shown = examples.map((number) => `${number} → ${number.padStart(width, '0')}`)
  const named = [`${source}: ${shown[0] ?? ''}`, ...shown.slice(1)]
  return { code: 'lostZeros', column, count, digits: width, examples: named }
}

export function mergedRemark(
  column: string,
  merged: readonly { readonly address: string }[],
  filled: boolean,
): DatasetWarning[] {
  if (merged.length === 0) return []
  const examples = merged.slice(0, 5).map(({ address }) => address)
  const code = filled ? 'filledMerged' : 'mergedCells'
  return [{ code, column, count: merged.length, examples }]
}
