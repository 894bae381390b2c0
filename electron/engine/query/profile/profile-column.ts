import type { ColumnProfile } from '../../../../shared/data/profile.ts'
import type { Outcome } from '../../../../shared/errors.ts'
import { AppErrorException, fail, ok } from '../../../../shared/errors.ts'
import type { Select } from '../../sql/nodes.ts'
import { call } from '../../sql/nodes.ts'
import { print } from '../../sql/printer.ts'
import { groupKey } from '../field-access.ts'
import type { QueryCatalog } from '../query-catalog.ts'
import type { RawAnswer } from '../query-runner.ts'
import { toNumbers } from '../read-levels.ts'
import type { FieldAt } from '../resolve.ts'
import { resolve } from '../resolve.ts'
import type { QueryFailure } from '../run-query.ts'
import type { QueryTools } from '../query-tools.ts'
import { dialectOf, targetOf } from '../query-tools.ts'
import { dayBins } from './day-bins.ts'
import type { Frequencies } from './frequencies.ts'
import { frequenciesOf, topOf } from './frequencies.ts'
import { numberBins, numberProfile } from './number-profile.ts'
import { rowsAreHeld } from '../held-rows.ts'
import {
  frequencySelect,
  measuresSelect,
  patternsSelect,
  plainMeasures,
  topTextsSelect,
} from './text-selects.ts'

type Ask = (node: Select) => Promise<RawAnswer>

const shownValues = 20

/** What all rows say about one column; counted in the query process, summed up here. */
export async function profileColumn(
  ask: { readonly dataset: string; readonly field: string },
  catalog: QueryCatalog,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<Outcome<ColumnProfile, QueryFailure>> {
  const resolved = resolve(
    {
      dataset: ask.dataset,
      rows: [{ field: ask.field }],
      columns: [],
      measures: [],
      filters: [],
      totals: { rows: 'none', columns: 'none' },
    },
    catalog,
  )
  if (!resolved.ok) return resolved
  const query = resolved.value
  const at = query.rows[0]
  if (!at) return fail('query/invalid', { field: ask.field })
  const run: Ask = (node) =>
    tools.runner.run(targetOf(query), print(node, dialectOf(query)), signal)
  try {
    if (at.field.type !== 'text') return ok(await countedProfile(at, run))
    return ok(await (rowsAreHeld(query) ? serverTextProfile(at, run) : textProfile(at, run)))
  } catch (error) {
    if (error instanceof AppErrorException) return { ok: false, error: error.appError as never }
    throw error
  }
}

function base(
  at: FieldAt,
  filled: number,
): Pick<ColumnProfile, 'field' | 'type' | 'rows'> & {
  readonly blanks: number
} {
  // A live table may have grown since it was described: its rows are at least those counted now.
  const rows = Math.max(at.source.dataset.rows, filled)
  return { field: at.field.name, type: at.field.type, rows, blanks: rows - filled }
}

async function countedProfile(at: FieldAt, run: Ask): Promise<ColumnProfile> {
  const group = groupKey(at, undefined)
  const counted = frequencySelect(at, group)
  const answer = await run({ ...counted, orderBy: [{ by: group.expr, descending: false }] })
  const [keys, counts] = [answer.columns.get('k'), answer.columns.get('n')]
  if (!keys || !counts) throw new Error('the engine left out a column')
  const found = frequenciesOf(group.key, keys, counts)
  const some = found.values.length > 0
  return {
    ...base(at, found.total),
    distinct: found.values.length,
    min: some ? found.show(0) : null,
    max: some ? found.show(found.values.length - 1) : null,
    top: topOf(found),
    ...shapeOf(at, found),
  }
}

function shapeOf(
  at: FieldAt,
  found: Frequencies,
): Pick<ColumnProfile, 'histogram' | 'grain' | 'numbers'> {
  switch (at.field.type) {
    case 'date':
    case 'timestamp': {
      const { grain, bins } = dayBins(found, at.field.type === 'date' ? 'day' : 'second')
      return { histogram: bins, grain }
    }
    case 'boolean':
    case 'text':
      return { histogram: [] }
    default: {
      if (found.total === 0) return { histogram: [] }
      const whole = at.field.type === 'integer'
      return { histogram: numberBins(found, whole), numbers: numberProfile(found) }
    }
  }
}

async function textProfile(at: FieldAt, run: Ask): Promise<ColumnProfile> {
  const measures = await run(measuresSelect(at))
  const top = await run(topTextsSelect(at, shownValues))
  const patterns = await run(patternsSelect(at, shownValues))
  const measure = (name: string): number => numbersOf(measures, name)[0] ?? 0
  const filled = orZero(measure('n'))
  const counts = numbersOf(top, 'n')
  const patternRows = numbersOf(patterns, 'n')
  const examples = textsOf(patterns, 'v')
  return {
    ...base(at, filled),
    distinct: orZero(measure('different')),
    min: null,
    max: null,
    top: textsOf(top, 'v').map((value, index) => ({ value, rows: counts[index] ?? 0 })),
    histogram: [],
    texts: {
      shortest: orZero(measure('shortest')),
      longest: orZero(measure('longest')),
      meanLength: filled === 0 ? 0 : measure('letters') / filled,
      patterns: textsOf(patterns, 'p').map((pattern, index) => ({
        pattern,
        rows: patternRows[index] ?? 0,
        example: examples[index] ?? '',
      })),
    },
  }
}

/** In statements every server can run: patterns are of files alone. */
async function serverTextProfile(at: FieldAt, run: Ask): Promise<ColumnProfile> {
  const measures = await run(plainMeasures(at))
  const group = groupKey(at, undefined)
  const top = await run({
    ...frequencySelect(at, group),
    orderBy: [
      { by: call('countAll'), descending: true },
      { by: group.expr, descending: false },
    ],
    limit: shownValues,
  })
  const measure = (name: string): number => orZero(numbersOf(measures, name)[0] ?? 0)
  const filled = measure('n')
  const counts = numbersOf(top, 'n')
  return {
    ...base(at, filled),
    distinct: measure('different'),
    ...{ min: null, max: null, histogram: [] },
    top: textsOf(top, 'k').map((value, index) => ({ value, rows: counts[index] ?? 0 })),
    texts: {
      shortest: measure('shortest'),
      longest: measure('longest'),
      meanLength: filled === 0 ? 0 : measure('letters') / filled,
      patterns: [],
    },
  }
}

const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value)

function numbersOf(answer: RawAnswer, name: string): Float64Array {
  const found = answer.columns.get(name)
  return found ? toNumbers(found) : new Float64Array()
}

/** Digits alone come back as numbers from an engine without column types. */
function textsOf(answer: RawAnswer, name: string): string[] {
  const found = answer.columns.get(name)
  if (found?.kind === 'texts') return found.values.map((text) => text ?? '')
  return found ? Array.from(found.values, String) : []
}
