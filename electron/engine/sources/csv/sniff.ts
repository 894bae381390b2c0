/** Looks at the start of a text file to learn how its lines are cut and how many fields a record has. */
import type { Dialect, LineShape } from './dialect.ts'
import { doubleQuote, singleQuote } from './dialect.ts'
import type { SampleRecords } from './sample-records.ts'
import { readSample } from './sample-records.ts'
import { widthOfNames } from './short-rows.ts'

export interface Sniffed extends SampleRecords {
  readonly shape: LineShape
}

/** Of two that cut alike the first is meant. */
const usual = [0x2c, 0x09, 0x3b, 0x7c]
/** Signs of texts as well (9:00~22:00): names and rows have to be cut by them. */
const rare = [0x01, 0x1f, 0x5e, 0x7e]
const rareShare = 0.9

interface Cut extends SampleRecords {
  readonly dialect: Dialect
  readonly width: number
  /** Of records that have this width. */
  readonly share: number
}

/** `said` is the delimiter the file names or a person chose. */
export function sniffShape(bytes: Uint8Array, complete: boolean, said?: number): Sniffed {
  const cutBy = (quote: number): Cut => betterOf(bytes, complete, quote, said)
  let best = cutBy(doubleQuote)
  if (best.quoted === 0 && bytes.includes(singleQuote)) {
    const single = cutBy(singleQuote)
    if (standsAround(single) && single.share >= best.share) best = single
  }
  const { dialect, records, bad, quoted } = best
  const names = widthOfNames(records)
  const shape = { ...dialect, width: names ?? best.width, short: names !== undefined }
  return { shape, records, bad, quoted }
}

/** With backslashes inside quotes where more lines parse so. */
function betterOf(
  bytes: Uint8Array,
  complete: boolean,
  quote: number,
  said: number | undefined,
): Cut {
  const doubled = bestCut(bytes, complete, { quote, escaped: false }, said)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!text.includes(`\\${String.fromCharCode(quote)}`)) return doubled
  const escaped = bestCut(bytes, complete, { quote, escaped: true }, said)
  const isBetter =
    escaped.bad < doubled.bad || (escaped.bad === doubled.bad && escaped.share > doubled.share)
  return isBetter ? escaped : doubled
}

/** In every other record at least, and nowhere but around whole fields: an apostrophe before digits is none. */
const standsAround = ({ quoted, bad, records }: Cut): boolean =>
  bad === 0 && quoted >= 2 && quoted * 2 >= records.length

/** Chooses the delimiter under which most records agree on the largest number of fields, more than one. */
function bestCut(
  bytes: Uint8Array,
  complete: boolean,
  quotes: Omit<Dialect, 'delimiter'>,
  said: number | undefined,
): Cut {
  let best: (Cut & { score: number }) | undefined
  for (const delimiter of said === undefined ? [...usual, ...rare] : [said]) {
    const dialect = { delimiter, ...quotes }
    const sample = readSample(bytes, complete, dialect)
    const { width, share } = usualWidth(sample.records.map(({ fields }) => fields.length))
    const isMeant = delimiter === said || usual.includes(delimiter) || cutsNames(sample, width, share) // prettier-ignore
    const score = width > 1 && isMeant ? share * (1 + Math.log2(width) / 8) : 0
    if (best === undefined || score > best.score) best = { ...sample, dialect, width, share, score }
  }
  if (best === undefined) throw new Error('no delimiter to try')
  return best
}

const cutsNames = ({ records }: SampleRecords, width: number, share: number): boolean =>
  records[0]?.fields.length === width && share >= rareShare

function usualWidth(counts: readonly number[]): { width: number; share: number } {
  const tally = new Map<number, number>()
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1)
  let width = 1
  let most = 0
  for (const [fields, times] of tally) {
    // Of widths met equally often the first is that of the names; of single lines the first may be a title.
    if (times > most || (times === most && fields > width && (width === 1 || times === 1))) {
      width = fields
      most = times
    }
  }
  return { width, share: counts.length === 0 ? 0 : most / counts.length }
}
