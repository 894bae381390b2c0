/** What number formats mean: workbooks store dates and shares as plain numbers and only the style tells. */
import { maxScaledDigits } from '../cell-kinds.ts'
import type { XmlTag } from './xml-text.ts'
import { attribute, walkXml } from './xml-text.ts'

/**
 * 0 a number, 1 a date with or without a time, 2 a time of day alone, 3 a share of a hundred, 4 an elapsed time in days;
 * `paddedStyle + w` a number shown with w digits at least, as `000000` does.
 */
export type CellStyle = number
export const paddedStyle = 10
export const styleCount = paddedStyle + maxScaledDigits + 1

const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53])
for (const id of [54, 55, 56, 57, 58]) builtInDates.add(id)
const builtInElapsed = 46
const builtInTimes = new Set([18, 19, 20, 21, 32, 33])

export function cellStyleOf(formatId: number, code: string | undefined): CellStyle {
  if (code === undefined) {
    if (formatId === 9 || formatId === 10) return 3
    if (formatId === builtInElapsed) return 4
    return builtInDates.has(formatId) ? 1 : builtInTimes.has(formatId) ? 2 : 0
  }
  return cellStyleOfCode(code)
}

/** One zero pads nothing. */
const zerosAlone = /^0{2,15}$/

/** Looks only at the first section, without quoted text, escapes, colours, conditions and locales. */
export function cellStyleOfCode(code: string): CellStyle {
  const plain = code
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\\.|_.|\*./g, '')
    .split(';', 1)[0]
    ?.toLowerCase()
  if (plain === undefined) return 0
  if (/\[[hms]+\]/.test(plain)) return 4
  if (plain.includes('%')) return 3
  if (zerosAlone.test(plain) && !/["\\]/.test(code)) return paddedStyle + plain.length
  const letters = plain
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/am\/pm|a\/p|上午\/下午|general|g\/通用格式|e[+-]/g, '')
  if (/[ydeb]|aaa/.test(letters)) return 1
  if (/[hs]/.test(letters)) return 2
  return letters.includes('m') ? 1 : 0
}

/** The date style of every cell style (`s` attribute), in order. */
export function readCellStyles(stylesXml: string, maxDepth: number): CellStyle[] {
  const codes = new Map<number, string>()
  const formats: number[] = []
  const named: number[] = []
  let within: 'cells' | 'named' | undefined
  const tag = (found: XmlTag): void => {
    if (found.name === 'numFmt') {
      codes.set(Number(attribute(found, 'numFmtId')), attribute(found, 'formatCode') ?? '')
    } else if (found.name === 'cellXfs') within = found.kind === 'open' ? 'cells' : undefined
    else if (found.name === 'cellStyleXfs') within = found.kind === 'open' ? 'named' : undefined
    else if (found.name === 'xf' && found.kind !== 'close') {
      const own = attribute(found, 'numFmtId')
      if (within === 'named') named.push(Number(own ?? 0))
      // One that says no format has that of the named style it stands on.
      if (within === 'cells') {
        formats.push(Number(own ?? named[Number(attribute(found, 'xfId') ?? 0)] ?? 0))
      }
    }
  }
  walkXml(stylesXml, { tag }, maxDepth)
  return formats.map((id) => cellStyleOf(id, codes.get(id)))
}
