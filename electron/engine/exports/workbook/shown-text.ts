import { MAX_CELL_TEXT, fitCell } from '../xlsx-stream/xml-text.ts'

/** Characters no XML file can hold, which Excel writes as `_xHHHH_`; a literal `_xHHHH_` in a text is protected likewise. */
const unwritable = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g

export const isCut = (text: string): boolean => text.length > MAX_CELL_TEXT

/** Text as it is handed to the styled writer, which drops what XML cannot hold and takes `_xHHHH_` at its word. */
export function shownText(text: string): string {
  return fitCell(text)
    .toWellFormed()
    .replaceAll(unwritable, (found) => {
      const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
      return `_x${code}_`
    })
}
