/** Tells text in GB18030, Big5, Shift-JIS and Western apart by how its bytes are spread. */
export type NarrowEncoding = 'gb18030' | 'big5' | 'shift_jis' | 'windows-1252'

export interface EncodingGuess {
  readonly encoding: NarrowEncoding
  /** From 0 to 1; all guesses together make 1. */
  readonly confidence: number
  /** The first lines with such bytes, as this encoding reads them; null when it cannot. */
  readonly sample: string | null
}

/** Bytes a character takes and whether people use it often, seldom, or never. */
interface Step {
  readonly bytes: number
  readonly use: 'often' | 'seldom' | 'never'
}

type Walk = (lead: number, trail: number, before: number) => Step

const often = (bytes: number): Step => ({ bytes, use: 'often' })
const seldom = (bytes: number): Step => ({ bytes, use: 'seldom' })
const never: Step = { bytes: 1, use: 'never' }
const within = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to

/** The first level of each double-byte set is what people write; what lies beyond is rare. */
const walks: Readonly<Record<NarrowEncoding, Walk>> = {
  gb18030(lead, trail) {
    if (!within(lead, 0x81, 0xfe)) return never
    if (within(trail, 0x30, 0x39)) return seldom(4)
    if (!within(trail, 0x40, 0xfe) || trail === 0x7f) return never
    const common = within(lead, 0xb0, 0xd7) || within(lead, 0xa1, 0xa3)
    return common && trail >= 0xa1 ? often(2) : seldom(2)
  },
  big5(lead, trail) {
    const trails = within(trail, 0x40, 0x7e) || within(trail, 0xa1, 0xfe)
    if (!within(lead, 0xa1, 0xf9) || !trails) return never
    return within(lead, 0xa4, 0xc6) || lead === 0xa1 ? often(2) : seldom(2)
  },
  shift_jis(lead, trail) {
    if (within(lead, 0xa1, 0xdf)) return seldom(1)
    const leads = within(lead, 0x81, 0x9f) || within(lead, 0xe0, 0xfc)
    if (!leads || !within(trail, 0x40, 0xfc) || trail === 0x7f) return never
    return within(lead, 0x81, 0x83) || within(lead, 0x88, 0x97) ? often(2) : seldom(2)
  },
  /** Letters with accents stand alone among plain ones. */
  'windows-1252'(lead, trail, before) {
    if ([0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(lead)) return never
    return before < 0x80 && trail < 0x80 ? often(1) : seldom(1)
  },
}

const order: readonly NarrowEncoding[] = ['gb18030', 'big5', 'shift_jis', 'windows-1252']
const shownLines = 3
const shownChars = 80

/** Most likely first; the order above decides between equals. */
export function guessNarrow(lines: readonly Buffer[]): EncodingGuess[] {
  const scores = order.map((encoding) => ({ encoding, score: scoreOf(lines, walks[encoding]) }))
  const total = scores.reduce((sum, { score }) => sum + score, 0)
  return scores
    .toSorted((a, b) => b.score - a.score)
    .map(({ encoding, score }) => ({
      encoding,
      confidence: total === 0 ? 1 / order.length : score / total,
      sample: sampleOf(lines, encoding),
    }))
}

/** Sharpened, so that a clear lead is told as one. */
function scoreOf(lines: readonly Buffer[], walk: Walk): number {
  const bytes = { often: 0, seldom: 0, never: 0 }
  for (const line of lines) {
    for (let at = 0; at < line.length;) {
      const lead = line[at] ?? 0
      if (lead < 0x80) {
        at++
        continue
      }
      const step = walk(lead, line[at + 1] ?? 0, line[at - 1] ?? 0)
      bytes[step.use] += step.bytes
      at += step.bytes
    }
  }
  const all = bytes.often + bytes.seldom + bytes.never
  return all === 0 ? 0 : Math.max(0, (bytes.often - 2 * bytes.never) / all) ** 3
}

function sampleOf(lines: readonly Buffer[], encoding: NarrowEncoding): string | null {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true })
    return lines
      .slice(0, shownLines)
      .map((line) => decoder.decode(line).trim().slice(0, shownChars))
      .join('\n')
  } catch {
    return null
  }
}
