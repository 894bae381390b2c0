/** Rows before and after a step of a recipe, and what its steps did to all rows; asked in the query process. */
import { isoDay, isoSecond } from '../../../shared/data/calendar-day.ts'
import type { Outcome } from '../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../shared/errors.ts'
import type {
  PreviewRows,
  RecipePreview,
  RecipePreviewAsk,
  StepCounts,
} from '../../../shared/preparation/recipe-words.ts'
import type { ValueColumn } from '../../../shared/query/query-result.ts'
import { decimalText } from '../../../shared/query/spread/accumulate.ts'
import type { ExtractField } from '../extracts/extract-columns.ts'
import type { QueryRunner, RawAnswer, RawColumn } from '../query/query-runner.ts'
import { toNumbers } from '../query/read-levels.ts'
import type { QueryFailure } from '../query/run-query.ts'
import { duckdb } from '../sql/dialects/duckdb.ts'
import type { Select } from '../sql/nodes.ts'
import { print } from '../sql/printer.ts'
import type { StepOutcome } from './compile-recipe.ts'
import { compileRecipe, fieldsAfter, stepReport } from './compile-recipe.ts'
import type { LookupDataset } from './lookups.ts'
import { countSelect, pageSelect, sourcesSelect } from './preview-selects.ts'
import type { Stage, StageColumn } from './stage.ts'
import type { RecipeContext } from './step-context.ts'

/** The version whose rows as imported the recipe is tried on. */
export interface PreviewedVersion {
  readonly version: number
  readonly alias: string
  readonly path: string
  readonly rows: number
  readonly fields: readonly ExtractField[]
  readonly context: RecipeContext
}

/** A file, and by which keys it is looked into. */
interface Read {
  readonly path: string
  readonly way?: LookupDataset['way']
}

type Ask = (node: Select) => Promise<RawAnswer>
type Failure = QueryFailure | 'recipe/tooLarge'

const keptCounts = 1000

/** Counts are kept by the files read and the steps up to the one counted: a step added costs one pass. */
export class RecipePreviews {
  readonly #runner: QueryRunner
  readonly #counts = new Map<string, StepCounts>()

  constructor(runner: QueryRunner) {
    this.#runner = runner
  }

  async preview(
    ask: RecipePreviewAsk,
    of: PreviewedVersion,
    signal: AbortSignal,
  ): Promise<Outcome<RecipePreview, Failure>> {
    try {
      const compiled = compileRecipe(ask.recipe, of.fields, of.alias, of.context)
      const others = of.context.lookups.filter(({ name }) => compiled.lookedUp.includes(name))
      const attach = [of, ...others].map(({ alias, path }) => ({ alias, path }))
      const run: Ask = (node) =>
        this.#runner.run({ kind: 'extracts', attach }, print(node, duckdb), signal)
      const place = compiled.steps.findIndex(({ step }) => step.id === ask.step)
      if (ask.step !== null && place < 0) return fail('query/invalid', { step: ask.step })
      const looked = compiled.steps[place]
      const upTo = looked === undefined ? compiled.steps.length : place + 1
      const names = await sourceNames(run, of.alias)
      const before = await rowsAt(looked?.before ?? compiled.imported, ask, run, names)
      const after = await rowsAt(looked?.after ?? compiled.last, ask, run, names)
      const counts = ask.counts
        ? await this.#count(compiled.steps.slice(0, upTo), [of, ...others], of.rows, run)
        : []
      const steps = compiled.steps.map((step, index) => {
        const counted = counts[index]
        return { ...stepReport(step), ...(counted === undefined ? {} : { counts: counted }) }
      })
      return ok({ version: of.version, before, after, steps })
    } catch (error) {
      // The runner's codes are those a question may fail with.
      if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
      throw error
    }
  }

  async #count(
    steps: readonly StepOutcome[],
    read: readonly Read[],
    imported: number,
    run: Ask,
  ): Promise<StepCounts[]> {
    const counts: StepCounts[] = []
    const files = JSON.stringify(read.map(({ path, way = null }) => [path, way]))
    let rows = imported
    for (const [index, outcome] of steps.entries()) {
      const key = `${files}|${JSON.stringify(steps.slice(0, index + 1).map(({ step }) => step))}`
      const found = this.#counts.get(key) ?? (await countStep(outcome, rows, run))
      if (this.#counts.size >= keptCounts) this.#counts.clear()
      this.#counts.set(key, found)
      counts.push(found)
      rows = found.rowsAfter
    }
    return counts
  }
}

async function countStep(
  { compiled, step }: StepOutcome,
  rowsBefore: number,
  run: Ask,
): Promise<StepCounts> {
  const same = { rowsBefore, rowsAfter: rowsBefore, changed: 0, removed: 0, added: 0, lost: 0 }
  if (compiled === undefined || step.kind === 'rename' || step.kind === 'remove') return same
  const answer = await run(countSelect(compiled))
  const rowsAfter = numberIn(answer, 'n', rowsBefore)
  return {
    ...{ rowsBefore, rowsAfter },
    changed: numberIn(answer, 'changed', 0),
    lost: numberIn(answer, 'lost', 0),
    removed: Math.max(0, rowsBefore - rowsAfter),
    added: Math.max(0, rowsAfter - rowsBefore),
  }
}

function numberIn(answer: RawAnswer, name: string, otherwise: number): number {
  const raw = answer.columns.get(name)
  const [value = NaN] = raw ? toNumbers(raw) : []
  return Number.isNaN(value) ? otherwise : value
}

async function sourceNames(run: Ask, alias: string): Promise<string[]> {
  const answer = await run(sourcesSelect(alias))
  const ids = answer.columns.get('source_id')
  const names: string[] = []
  if (ids === undefined) return names
  toNumbers(ids).forEach((id, row) => {
    const part = textIn(answer, 'part', row)
    names[id] = textIn(answer, 'name', row) + (part === '' ? '' : ` / ${part}`)
  })
  return names
}

function textIn(answer: RawAnswer, name: string, row: number): string {
  const raw = answer.columns.get(name)
  return raw?.kind === 'texts' ? (raw.values[row] ?? '') : ''
}

async function rowsAt(
  stage: Stage,
  { offset, limit }: RecipePreviewAsk,
  run: Ask,
  names: readonly string[],
): Promise<PreviewRows> {
  const answer = await run(pageSelect(stage, offset, limit))
  const numbers = (name: string): Float64Array<ArrayBuffer> => {
    const raw = answer.columns.get(name)
    return Float64Array.from(raw ? toNumbers(raw) : [])
  }
  return {
    fields: fieldsAfter(stage),
    page: {
      offset,
      rowIds: numbers('id'),
      sources: Array.from(numbers('source'), (id) => names[id] ?? ''),
      sourceRows: numbers('line'),
      columns: stage.columns.map((one, index) => shownColumn(one, answer.columns.get(`f${index}`))),
    },
  }
}

function shownColumn({ type, scale }: StageColumn, raw: RawColumn | undefined): ValueColumn {
  if (type === 'text') {
    return { kind: 'text', writing: 'text', values: raw?.kind === 'texts' ? [...raw.values] : [] }
  }
  if (raw?.kind === 'wide' && type !== 'double') {
    const values = raw.values.map((value) => (value === null ? null : decimalText(value, scale)))
    return { kind: 'text', writing: 'decimal', values }
  }
  const numbers = Float64Array.from(raw ? toNumbers(raw) : [])
  const written = (write: (value: number) => string): (string | null)[] =>
    Array.from(numbers, (value) => (Number.isNaN(value) ? null : write(value)))
  switch (type) {
    case 'integer':
    case 'decimal':
      return { kind: 'scaled', scale, values: numbers }
    case 'double':
      return { kind: 'number', values: numbers }
    case 'boolean':
      return { kind: 'text', writing: type, values: written((value) => String(value === 1)) }
    case 'date':
      return { kind: 'text', writing: type, values: written(isoDay) }
    case 'timestamp':
      return { kind: 'text', writing: type, values: written(isoSecond) }
  }
}
