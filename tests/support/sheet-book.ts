/** Workbooks of a few sheets of plain cells. */
import { workbookZip } from '../../scripts/fixtures/make-zip.ts'

const cell = (text: string | number): string =>
  typeof text === 'number' ? `<c><v>${text}</v></c>` : `<c t="str"><v>${text}</v></c>`
export const sheetOf = (names: readonly string[], rows: readonly (string | number)[][]): string =>
  `<worksheet><sheetData>${[names, ...rows].map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`

export function bookOf(sheets: Readonly<Record<string, string>>): Buffer {
  const all = Object.entries(sheets).map(([name, sheet], i) => ({ name, sheet, id: `rId${i + 1}` }))
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'
  const pathOf = (id: string): string => `xl/worksheets/${id}.xml`
  const [first, ...more] = all
  if (first === undefined) throw new Error('a workbook has a sheet')
  const parts = {
    sheet: first.sheet,
    sheetPath: pathOf(first.id),
    relations: `<Relationships>${all.map(({ id }) => `<Relationship Id="${id}" Type="${type}" Target="/${pathOf(id)}"/>`).join('')}</Relationships>`,
    workbook: `<workbook><sheets>${all.map(({ name, id }, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="${id}"/>`).join('')}</sheets></workbook>`,
  }
  return workbookZip(parts, more.map(({ id, sheet }) => ({ name: pathOf(id), content: sheet }))) // prettier-ignore
}
