import type { QualityLine } from '../../../../shared/quality/data-quality.ts'
import type { CellLook, ModelCell, SheetModel } from './workbook-model.ts'
import { textWidth } from './workbook-model.ts'

const labelLook: Record<QualityLine['kind'], CellLook> = {
  dataset: 'head',
  fact: 'note',
  remark: 'note',
  step: 'note',
}
const widestColumn = 120

/** Datasets under each other, each with what is said of it in two columns. */
export function qualitySheet(
  name: string,
  title: string,
  lines: readonly QualityLine[],
): SheetModel {
  const rows = lines.map(({ kind, label, value }): (ModelCell | null)[] => [
    { value: label, look: labelLook[kind], align: 'left' },
    {
      value: value === '' ? null : value,
      look: kind === 'dataset' ? 'head' : 'value',
      align: 'left',
    },
  ])
  const widest = (column: 'label' | 'value'): number =>
    Math.min(widestColumn, Math.max(12, ...lines.map((line) => textWidth(line[column]))) + 2)
  return {
    name,
    rows: [[{ value: title, look: 'title' }], [], ...rows],
    merges: [],
    frozen: { rows: 0, columns: 0 },
    widths: [widest('label'), widest('value')],
    pictures: [],
  }
}
