import { z } from 'zod'

/**
 * A value as it crosses the contract and the command line: numbers at full precision, exact decimals and wide integers
 * as text where the column says so, dates as ISO text (`2025-01-31`, `2025-01-31T08:30:00`), null for blank.
 */
export const CellValue = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type CellValue = z.infer<typeof CellValue>

/** A member of a dimension on an axis; dates are written by their grain: 2025, 2025-Q1, 2025-01, 2025-W03, 2025-01-31. */
export const Member = CellValue
export type Member = CellValue

/** Stands in a path for all members beyond a top-N; no text of a source is written like this. */
export const othersMember = '\u0000others'
