/** A workbook's first sheet to typed columns: the import as it is, both threads and all correctness, without a database. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImportExtract } from '../../electron/engine/runner/import/import-extract.ts'
import type { PlannedColumn } from '../../electron/engine/runner/import/plan-columns.ts'
import { FieldList } from '../../electron/engine/runner/import/shape-match.ts'
import type { Gathering } from '../../electron/engine/runner/import/source-rows.ts'
import { gatherSource } from '../../electron/engine/runner/import/source-rows.ts'
import { Spool } from '../../electron/engine/runner/import/spool.ts'
import { sourceLimits as limits } from '../../electron/engine/sources/source-limits.ts'
import { TextPool } from '../../electron/engine/sources/text-pool.ts'
import { decideType } from '../../electron/engine/sources/typing/type-decision.ts'
import { Workbook } from '../../electron/engine/sources/xlsx/workbook.ts'

const writeThread = join(import.meta.dirname, 'column-thread.ts')

/** What the last column, amounts of two decimals, adds up to. */
export async function typedColumns(path: string): Promise<{ rows: number; total: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'columns-bench-'))
  const target = join(folder, 'total')
  const spool = new Spool(join(folder, 'spool'))
  const pool = new TextPool(limits.textBytes)
  let fraction = 0
  const into: Gathering = {
    ...{ fields: new FieldList(), before: [], profiles: [], warnings: [], merged: [], rows: 0 },
    ...{
      partedByCommas: false,
      spool,
      pool,
      limits,
      stored: () => extract.stored(into.rows, fraction),
    },
  }
  const columns = (): PlannedColumn[] =>
    into.fields.names.map((name, spooled) => {
      const profile = into.profiles[spooled]
      if (profile === undefined) throw new Error('no profile')
      return { name, spooled, profile, decision: decideType(name, profile, pool) }
    })
  const options = { tempFolder: folder, memoryLimitMb: 1024, threads: 2 }
  const extract = new ImportExtract({ target, options, spool, pool, writeThread, columns })
  const book = await Workbook.open(path, limits)
  try {
    const [sheet] = book.visibleSheets()
    if (sheet === undefined) throw new Error('no sheet')
    extract.expect(statSync(path).size)
    const progress = (read: number): void => void (fraction = read)
    const ask = { name: sheet.name, source: 0, layout: {}, renames: {}, progress }
    await gatherSource(into, { ...ask, reader: book.reader(sheet) })
    await extract.allRead()
    const end = { columns: columns(), rows: into.rows, sources: [], info: {} }
    await extract.finish({ ...end, progress: () => undefined })
    const cents = Number(readFileSync(target, 'utf8'))
    return { rows: into.rows, total: (cents / 100).toFixed(2) }
  } finally {
    await book.close()
    await extract.close()
    spool.close()
    rmSync(folder, { recursive: true })
  }
}
