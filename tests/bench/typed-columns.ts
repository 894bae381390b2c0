/** A workbook's first sheet to typed columns, all correctness of an import included, without writing an extract. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { columnPlan } from '../../electron/engine/runner/import/plan-columns.ts'
import { ColumnWriter } from '../../electron/engine/runner/import/column-writer.ts'
import { FieldList } from '../../electron/engine/runner/import/shape-match.ts'
import type { Gathering } from '../../electron/engine/runner/import/source-rows.ts'
import { gatherSource } from '../../electron/engine/runner/import/source-rows.ts'
import { Spool } from '../../electron/engine/runner/import/spool.ts'
import { sourceLimits as limits } from '../../electron/engine/sources/source-limits.ts'
import { TextPool } from '../../electron/engine/sources/text-pool.ts'
import type { CodedValues } from '../../electron/engine/sources/typing/column-coder.ts'
import { decideType } from '../../electron/engine/sources/typing/type-decision.ts'
import { Workbook } from '../../electron/engine/sources/xlsx/workbook.ts'

/** What the last column, amounts of two decimals, adds up to. */
export async function typedColumns(path: string): Promise<{ rows: number; total: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'columns-bench-'))
  const spool = new Spool(join(folder, 'spool'))
  const pool = new TextPool(limits.textBytes)
  const into: Gathering = { ...{ fields: new FieldList(), profiles: [], warnings: [], merged: [], rows: 0 }, spool, pool, limits } // prettier-ignore
  const book = await Workbook.open(path, limits)
  try {
    const [sheet] = book.visibleSheets()
    if (sheet === undefined) throw new Error('no sheet')
    const reader = book.reader(sheet)
    await gatherSource(into, { reader, name: sheet.name, source: 0, layout: {}, renames: {}, progress: () => undefined }) // prettier-ignore
    const { rows, profiles } = into
    const writers = into.fields.names.map((name, spooled) => {
      const profile = profiles[spooled]
      if (profile === undefined) throw new Error('no profile')
      const column = { name, spooled, profile, decision: decideType(name, profile, pool) }
      return new ColumnWriter(columnPlan(column, { rows, expected: rows, spool }), pool)
    })
    const columns: CodedValues[][] = writers.map(() => [])
    for (let index = 0; index < spool.chunks; index++) {
      const chunk = spool.read(index)
      writers.forEach((writer, at) => columns[at]?.push(writer.encode(chunk)))
    }
    let cents = 0
    for (const values of columns.at(-1) ?? []) {
      if (!(values instanceof Float64Array)) throw new Error('no numbers')
      for (const value of values) cents += value
    }
    return { rows, total: (cents / 100).toFixed(2) }
  } finally {
    await book.close()
    spool.close()
    rmSync(folder, { recursive: true })
  }
}
