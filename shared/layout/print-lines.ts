/** Lines of tables on paper, in pixels; the style sheet draws them as tall as said here. */
export const printLine = { row: 20, title: 26, gap: 6 } as const

/** Rows of a detail table that a print lists at most: paper is no place for more, and the sheet says how many there are. */
export const printedRows = 20_000
