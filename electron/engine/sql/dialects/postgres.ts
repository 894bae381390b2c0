import type { ServerFeature } from '../../../../shared/data/connection.ts'
import type { SqlFunction, SqlType, SqlValue } from '../nodes.ts'
import type { Dialect } from '../printer.ts'
import { one, two } from './arguments.ts'
import { postgresRows } from './postgres-rows.ts'
import { toCharFormat } from '../moment-format.ts'
import { ofExtracts, unable } from './unable.ts'

/** Compared by code, as every engine here compares: the server's own order would differ with its installation. */
function castTo(of: string, to: SqlType): string {
  switch (to) {
    case 'text':
      return `(cast(${of} as text) collate "C")`
    // A truth value becomes a whole number by way of the small ones only.
    case 'integer':
      return `cast(cast(${of} as integer) as bigint)`
    case 'double':
      return `cast(${of} as double precision)`
  }
}

function typed(index: number, value: SqlValue): string {
  switch (typeof value) {
    case 'number':
      return `$${index}::double precision`
    case 'boolean':
      return `$${index}::boolean`
    default:
      return `$${index}::text`
  }
}

const number = {
  sum: one((x) => `sum(cast(${x} as numeric))`),
  floatSum: one((x) => `sum(cast(${x} as double precision))`),
  scaledInteger: two((x, factor) => `round(cast(${x} as numeric) * ${factor})`),
  numberOf: two((x) => `cast(${x} as numeric)`),
  placesOf: one((x) => `scale(trim_scale(${x}))`),
  floor: one((x) => `cast(floor(${x}) as bigint)`),
  integerDivide: two((a, b) => `(${a} / ${b})`),
}

/** Of PostgreSQL and what speaks its wire. A moment is wall-clock: with a zone, in that of the session. */
export function postgres(features: readonly ServerFeature[]): Dialect {
  const moment = (x: string): string => `cast(${x} as timestamp)`
  const part = (name: string, x: string): string =>
    `cast(extract(${name} from ${moment(x)}) as integer)`
  const folding = features.includes('foldsAllLetters') ? '"und-x-icu"' : '"default"'
  const functions: Record<SqlFunction, (args: readonly string[]) => string> = {
    ...number,
    count: one((x) => `count(${x})`),
    countAll: () => 'count(*)',
    countDistinct: one((x) => `count(distinct ${x})`),
    min: one((x) => `min(${x})`),
    max: one((x) => `max(${x})`),
    atSmallest: unable('values at an edge'),
    atLargest: unable('values at an edge'),
    median: one(
      (x) => `percentile_cont(0.5) within group (order by cast(${x} as double precision))`,
    ),
    percentile: two(
      (x, p) =>
        `percentile_cont(cast(${p} as double precision)) within group (order by cast(${x} as double precision))`,
    ),
    epochSecond: one((x) => `cast(floor(extract(epoch from ${moment(x)})) as bigint)`),
    epochDay: one((x) => `(cast(${x} as date) - date '1970-01-01')`),
    yearOf: one((x) => part('year', x)),
    monthIndexOf: one((x) => `(${part('year', x)} * 12 + ${part('month', x)} - 1)`),
    quarterIndexOf: one((x) => `(${part('year', x)} * 4 + ${part('quarter', x)} - 1)`),
    dayOfMonth: one((x) => part('day', x)),
    contains: two((text, sought) => `(strpos(${text}, ${sought}) > 0)`),
    startsWith: two((text, sought) => `(strpos(${text}, ${sought}) = 1)`),
    // As the extracts' engine folds: letter by letter, a sigma at the end of a word like any other.
    foldCase: one((x) => `replace(lower(replace(${x}, 'İ', 'i') collate ${folding}), 'ς', 'σ')`),
    textLength: one((x) => `char_length(${x})`),
    textPattern: unable('patterns of texts'),
    ...ofExtracts,
    coalesce: two((a, b) => `coalesce(${a}, ${b})`),
    exactProduct: two((a, b) => `(${a} * ${b})`),
    dayOf: one((x) => `cast(${x} as date)`),
  }
  return {
    name: 'postgres',
    placeholder: typed,
    sharesParameters: true,
    groupsByPlace: true,
    cast: castTo,
    namesSelects: features.includes('namedSelects'),
    types: { double: 'double precision', integer: 'bigint', text: 'text' },
    divide: (left, right) =>
      `(cast(${left} as double precision) / nullif(cast(${right} as double precision), 0))`,
    rows: postgresRows,
    momentFormat: toCharFormat,
    prepare: undefined,
    materialize: features.includes('keptSelects') ? 'materialized ' : '',
    inline: '',
    nullsLast: 'nulls last',
    functions,
  }
}
