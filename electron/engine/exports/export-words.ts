import type { AppError } from '../../../shared/errors.ts'
import type { FormatLocale } from '../../../shared/data/number-format.ts'
import type { BlockFilter } from '../../../shared/report/block-filter.ts'
import type { Block } from '../../../shared/report/blocks/block.ts'
import type { PersonalColumn } from '../../../shared/export-words.ts'
import type { QueryResult } from '../../../shared/query/query-result.ts'
import type { FieldUse } from '../../../shared/report/field-use.ts'
import type { ReportParameter } from '../../../shared/report/formula.ts'

/** What an export says in the reader's language; made from the message catalogue by the handler. */
export interface ExportWords {
  readonly locale: FormatLocale
  readonly caption: (use: FieldUse) => string
  readonly title: (block: Block) => string
  /** What a crosstab's numbers are, where nothing else says so. */
  readonly measure: (block: Block) => string | undefined
  /** What an answer says besides its numbers. */
  readonly notes: (result: QueryResult) => readonly string[]
  /** A filter in words: "Region is one of North, East". */
  readonly filter: (filter: BlockFilter) => string
  /** What a parameter is set to. */
  readonly parameter: (parameter: ReportParameter) => string
  /** Of one edge of a result: names what its measures' totals are. */
  readonly total: (result: QueryResult, axis: 'rows' | 'columns') => string
  /** Names over the row heads, with those of the dimensions across. */
  readonly corner: (
    block: Block,
    rows: readonly string[],
    columns: readonly string[],
  ) => readonly string[]
  readonly blank: string
  readonly others: string
  readonly yes: string
  readonly no: string
  readonly overview: string
  readonly quality: string
  readonly filters: string
  readonly dataAsOf: string
  readonly noData: string
  /** Why a block is left out. */
  readonly failed: (block: Block, error: AppError) => string
  /** How many texts were longer than a cell of a workbook can hold. */
  readonly cutTexts: (count: number) => string
  /** How far a list goes that has more rows than can be listed. */
  readonly cutRows: (block: Block, count: number, whole: number) => string
  /** Which columns do not stand there as they are. */
  readonly masked: (columns: readonly PersonalColumn[]) => string
}
