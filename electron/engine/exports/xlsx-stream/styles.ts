import { attribute } from './xml-text.ts'

/** Number formats Excel has built in, by their text; others get numbers from 164 on. */
const BUILT_IN: Readonly<Record<string, number>> = {
  General: 0,
  '0': 1,
  '0.00': 2,
  '#,##0': 3,
  '#,##0.00': 4,
  '0%': 9,
  '0.00%': 10,
  '@': 49,
}
const FIRST_CUSTOM = 164

export interface CellStyle {
  /** A format code as Excel writes it, such as `#,##0.00` or `yyyy-mm-dd`. */
  readonly format: string
  readonly bold: boolean
}

/** Collects the cell styles of a workbook and prints its `styles.xml`. Style 0 is the plain one. */
export class StyleTable {
  readonly #styles: CellStyle[] = [{ format: 'General', bold: false }]
  readonly #customFormats: string[] = []

  /** The index of a style, added when it is new. */
  indexOf(style: CellStyle): number {
    const known = this.#styles.findIndex(
      (other) => other.format === style.format && other.bold === style.bold,
    )
    if (known >= 0) return known
    const custom = !(style.format in BUILT_IN) && !this.#customFormats.includes(style.format)
    if (custom) this.#customFormats.push(style.format)
    return this.#styles.push(style) - 1
  }

  #formatId(format: string): number {
    return BUILT_IN[format] ?? FIRST_CUSTOM + this.#customFormats.indexOf(format)
  }

  toXml(): string {
    const formats = this.#customFormats.map(
      (code, i) => `<numFmt numFmtId="${FIRST_CUSTOM + i}" formatCode="${attribute(code)}"/>`,
    )
    const cells = this.#styles.map((style) => this.#cellXml(style))
    return [
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
      formats.length > 0 ? `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` : '',
      FONTS,
      FILLS_AND_BORDERS,
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>`,
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
      '</styleSheet>',
    ].join('')
  }

  #cellXml(style: CellStyle): string {
    const id = this.#formatId(style.format)
    const look = style.bold
      ? 'fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"'
      : 'fontId="0" fillId="0" borderId="0" xfId="0"'
    return `<xf numFmtId="${id}" ${look}${id > 0 ? ' applyNumberFormat="1"' : ''}/>`
  }
}

const FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
const FONTS = `<fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts>`
/** Fill 0 and 1 are fixed by the format; 2 is the light grey of header rows. */
const FILLS_AND_BORDERS =
  '<fills count="3"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF0F2F5"/><bgColor indexed="64"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
