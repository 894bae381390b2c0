/** The product's own recipe run, as built, over an extract it made itself. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PrepareOutcome } from '../../electron/engine/runner/prepare/prepare-order.ts'
import { Recipe } from '../../shared/preparation/recipe.ts'
import { askExtract, partOf } from '../support/import-files.ts'
import type { Run } from './built-import.ts'
import { importBuilt, jobBuilt } from './built-import.ts'
import { lineColumns } from './shop-lines.ts'

const titleOf = (kind: string): string => lineColumns.find((one) => one.kind === kind)?.title ?? ''
const amount = lineColumns.at(-1)?.title ?? ''

/** What a month's lines usually go through: texts in one form, two formulas, rules, a filter. */
const steps = [
  { id: 'trim', kind: 'normalise', fields: [titleOf('text')], space: 'ends' },
  { id: 'tax', kind: 'formula', into: '税额', formula: `[${amount}] * 0.13` },
  { id: 'large', kind: 'formula', into: '大额', formula: `IF([${amount}] > 100, 1, 0)` },
  {
    ...{ id: 'kept', kind: 'filter', rows: 'keep' },
    when: { match: 'all', filters: [{ field: amount, op: 'range', from: 0 }] },
  },
]

/** From the start of the process to the finished second extract, and what its last column as imported adds up to. */
export async function builtRecipe(path: string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'recipe-bench-'))
  const [imported, target] = [join(folder, 'imported.duckdb'), join(folder, 'prepared.duckdb')]
  const shared = { datasetId: 'ds_bench0', version: 1, tempFolder: folder, memoryLimitMb: 1024, threads: 2 } // prettier-ignore
  try {
    const made = await importBuilt({
      ...{ ...shared, parts: [partOf(path)], overrides: [], target: imported, knownHashes: [] },
    })
    const order = {
      ...{ ...shared, imported, target, fields: made.outcome.fields, rows: made.outcome.rows },
      recipe: Recipe.parse({ format: 1, steps }),
      ...{ lastDay: null, classSets: [], lookups: [] },
    }
    const start = performance.now()
    const { outcome, peakMb } = await jobBuilt('prepare', order)
    const ms = performance.now() - start
    const [sum] = await askExtract(target, folder, 'select sum(c13)::varchar from a.rows')
    return { rows: (outcome as PrepareOutcome).rows, total: String(sum?.[0]), ms, peakMb }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
