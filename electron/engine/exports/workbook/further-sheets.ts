import { attribute } from '../xlsx-stream/xml-text.ts'

/** A sheet on which a table goes on: its place behind the table's own, its name and its part. */
export interface FurtherSheet {
  readonly after: number
  readonly name: string
  readonly part: string
}

const sheetType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'

/** The workbook's list of sheets, its relations and its content types with the further sheets in them, in this order. */
export function withFurtherSheets(
  parts: readonly Buffer[],
  sheets: number,
  further: readonly FurtherSheet[],
): string[] {
  const [workbook = '', relations = '', types = ''] = parts.map((part) => part.toString('utf8'))
  if (further.length === 0) return [workbook, relations, types]
  // Ids of our own kind cannot meet the writer's, which are rId1, rId2 and so on.
  const id = (index: number): string => `rIdFurther${index + 1}`
  const entry = (after: number): string =>
    further
      .map((sheet, index) => ({ ...sheet, index }))
      .filter((sheet) => sheet.after === after)
      .map(
        ({ name, index }) =>
          `<sheet sheetId="${sheets + index + 1}" name="${attribute(name)}" r:id="${id(index)}"/>`,
      )
      .join('')
  // Names that hold for one sheet, such as its printed heads, count sheets by their place.
  const moved = (at: number): number => at + further.filter(({ after }) => after < at).length
  let place = 0
  return [
    workbook
      .replaceAll(/<sheet [^>]*\/>/g, (own) => own + entry(place++))
      .replaceAll(/localSheetId="(\d+)"/g, (_, at) => `localSheetId="${moved(Number(at))}"`),
    relations.replace('</Relationships>', () => {
      const added = further.map(
        ({ part }, index) =>
          `<Relationship Id="${id(index)}" Type="${sheetType}" Target="${part.replace('xl/', '')}"/>`,
      )
      return `${added.join('')}</Relationships>`
    }),
    types.replace('</Types>', () => {
      const added = further.map(
        ({ part }) => `<Override PartName="/${part}" ContentType="${contentType}"/>`,
      )
      return `${added.join('')}</Types>`
    }),
  ]
}
