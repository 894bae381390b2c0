import { z } from 'zod'
import { FieldName } from './field.ts'

/** A table inside a sheet: rows and columns counted from 1, both ends included; without `toRow` it goes on to the end. */
export const SheetRange = z.strictObject({
  fromRow: z.number().int().min(1),
  toRow: z.number().int().min(1).optional(),
  fromColumn: z.number().int().min(1),
  toColumn: z.number().int().min(1).optional(),
})
export type SheetRange = z.infer<typeof SheetRange>

/** Columns that stand for periods become rows: one column says which period, one holds the value. */
export const Unpivot = z.strictObject({
  columns: z.array(FieldName).min(2).max(2000),
  name: FieldName,
  value: FieldName,
  /** Columns that sum periods up stay, and stand beside each of them. */
  keepTotals: z.literal(true).optional(),
})
export type Unpivot = z.infer<typeof Unpivot>

/** How the cells of a sheet or text file are to be understood; what is not said is found out. */
export const SheetLayout = z.strictObject({
  /** 1-based row of the first row of column names; 0 says there is none. */
  headerRow: z.number().int().min(0).optional(),
  headerRows: z.number().int().min(1).max(10).optional(),
  /** Rows that look like totals or notes are data as well. */
  keepTotals: z.boolean().optional(),
  /** Rows that say they are totals are left out even where they add nothing up. */
  totalsByWord: z.boolean().optional(),
  /** One sign that parts the fields of a text file, where it is not the one found. */
  delimiter: z
    .string()
    .regex(/^[\t\u0001\u001f !#-&(-/:-@[-`{-~]$/)
    .optional(),
  range: SheetRange.optional(),
  unpivot: Unpivot.optional(),
})
export type SheetLayout = z.infer<typeof SheetLayout>
