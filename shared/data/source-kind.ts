import { z } from 'zod'

/** What a file is by its content: `xlsx` workbooks have a reader of their own, `book` is every other workbook. */
export const SourceKind = z.enum(['xlsx', 'book', 'html', 'csv', 'sqlite', 'parquet', 'json'])
export type SourceKind = z.infer<typeof SourceKind>

/** Kinds whose parts are sheets. */
export const hasSheets = (kind: SourceKind): boolean =>
  kind === 'xlsx' || kind === 'book' || kind === 'html'

/** Kinds that say the names of their columns, so that no header is looked for. */
export const namesColumns = (kind: SourceKind): boolean =>
  kind === 'sqlite' || kind === 'parquet' || kind === 'json'
