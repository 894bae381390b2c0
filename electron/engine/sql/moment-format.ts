/** A date's pattern as engines write it. */
import type { DatePart, DatePiece } from '../../../shared/expression/functions/text-pattern.ts'

type Letters = Readonly<Record<DatePart, readonly [padded: string, plain: string]>>

const strftime: Letters = {
  year: ['%Y', '%Y'],
  month: ['%m', '%-m'],
  day: ['%d', '%-d'],
  hour: ['%H', '%-H'],
  minute: ['%M', '%-M'],
  second: ['%S', '%-S'],
}
const toChar: Letters = {
  year: ['YYYY', 'YYYY'],
  month: ['MM', 'FMMM'],
  day: ['DD', 'FMDD'],
  hour: ['HH24', 'FMHH24'],
  minute: ['MI', 'FMMI'],
  second: ['SS', 'FMSS'],
}

const written =
  (letters: Letters, literal: (text: string) => string) =>
  (pieces: readonly DatePiece[]): string =>
    pieces
      .map((piece) =>
        piece.kind === 'literal' ? literal(piece.text) : letters[piece.part][piece.padded ? 0 : 1],
      )
      .join('')

export const strftimeFormat = written(strftime, (text) => text.replaceAll('%', '%%'))

/** Within quotes every sign stands for itself but these two. */
export const toCharFormat = written(
  toChar,
  (text) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`,
)
