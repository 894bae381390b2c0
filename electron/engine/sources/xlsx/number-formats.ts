/** Which number formats mean a date: workbooks store dates as plain numbers and only the style tells. */
import type { XmlTag } from './xml-text.ts'
import { attribute, walkXml } from './xml-text.ts'

/** 0 a number, 1 a date with or without a time, 2 a time of day alone. */
export type DateStyle = 0 | 1 | 2

const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53])
for (const id of [54, 55, 56, 57, 58]) builtInDates.add(id)
const builtInTimes = new Set([18, 19, 20, 21, 32, 33])

export function dateStyleOf(formatId: number, code: string | undefined): DateStyle {
  if (code === undefined) {
    return builtInDates.has(formatId) ? 1 : builtInTimes.has(formatId) ? 2 : 0
  }
  return dateStyleOfCode(code)
}

/** Looks only at the first section, without quoted text, escapes, colours, conditions and locales. */
export function dateStyleOfCode(code: string): DateStyle {
  const plain = code
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\\.|_.|\*./g, '')
    .split(';', 1)[0]
    ?.toLowerCase()
  if (plain === undefined || /\[[hms]+\]/.test(plain)) return 0
  const letters = plain
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/am\/pm|a\/p|上午\/下午|general|g\/通用格式/g, '')
  if (/[ydeb]/.test(letters)) return 1
  if (/[hs]/.test(letters)) return 2
  return letters.includes('m') ? 1 : 0
}

/** The date style of every cell style (`s` attribute), in order. */
export function readDateStyles(stylesXml: string, maxDepth: number): DateStyle[] {
  const codes = new Map<number, string>()
  const styles: DateStyle[] = []
  let inCellFormats = false
  const tag = (found: XmlTag): void => {
    if (found.name === 'numFmt') {
      codes.set(Number(attribute(found, 'numFmtId')), attribute(found, 'formatCode') ?? '')
    } else if (found.name === 'cellXfs') inCellFormats = found.kind === 'open'
    else if (inCellFormats && found.name === 'xf' && found.kind !== 'close') {
      const id = Number(attribute(found, 'numFmtId') ?? 0)
      styles.push(dateStyleOf(id, codes.get(id)))
    }
  }
  walkXml(stylesXml, { tag }, maxDepth)
  return styles
}
