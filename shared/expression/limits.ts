/** Formulas come from strangers' files: what is beyond these is refused before any work is done on it. */
export const formulaLimits = {
  /** In UTF-16 units. */
  length: 10_000,
  /** Parentheses, arguments and operators inside each other; a chain such as 1+1+1 counts each step. */
  depth: 100,
  /** Numbers, texts, fields, operators and calls. */
  parts: 2000,
  /** Digits of a written number. */
  digits: 38,
  /** Aggregates of one formula over aggregates. */
  aggregates: 40,
  /** Nodes of the statement a formula becomes. */
  statementNodes: 20_000,
  /** Calls inside each other in that statement; engines stop at 1000. */
  statementLevels: 950,
} as const

/** No exact number keeps more digits after the point; what multiplying adds beyond is rounded. */
export const maxScale = 12
/** An exact number has at most 38 digits, those after the point included: as wide as the columnar store's decimals. */
export const exactLimit = 10n ** 38n
/** Texts a formula puts together are cut here: as much as a cell of Excel holds. */
export const longestText = 32_767
/** What is put in place of something, and what is padded to, has at most this many characters. */
export const longestInsert = 1000
