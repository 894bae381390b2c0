/** A formula of single rows as a field of a question, and what is computed per combination of fields before it. */
import { appError, AppErrorException } from '../../../shared/errors.ts'
import type { AggregateLeaf } from '../../../shared/expression/check/aggregate-leaves.ts'
import type { Operand } from '../../../shared/expression/check/fixed-operand.ts'
import { fixedMark } from '../../../shared/expression/check/leaf-marks.ts'
import type { FormulaOutcome } from '../../../shared/expression/formula-error.ts'
import type { FieldPlace } from '../../../shared/expression/scope.ts'
import type { Typed } from '../../../shared/expression/typed.ts'
import { isExact, isNumber, scaleOf } from '../../../shared/expression/value-type.ts'
import type { Expr } from '../sql/nodes.ts'
import { call, column, exact } from '../sql/nodes.ts'
import type { RowFunction } from '../sql/row-functions.ts'
import { row } from '../sql/row-functions.ts'
import { datasetDialect } from './dataset-dialect.ts'
import type { FormulaSource } from './expression/compile-formula.ts'
import { computeFormula, outward } from './expression/compile-formula.ts'
import { rowFunctionsIn } from './expression/statement-size.ts'
import { stored } from './field-access.ts'
import { fieldTypeOf, formulaFault } from './formula-fields.ts'
import type { QueryField } from './query-catalog.ts'
import type { FieldAt, Source } from './resolve.ts'

export interface Fields {
  readonly base: Source
  readonly fieldAt: (ref: string) => FieldAt
  /** A field's texts, where it may hold codes. */
  readonly textOf: (at: FieldAt) => Expr
}

/** Where values per combination are computed, and what the columns of that table are. */
export const fixedTable = 'f'
export const fixedPart = (index: number): string => `v${index}`

export function computedField(
  ref: string,
  { typed, fixed }: Operand,
  path: string,
  fields: Fields,
): FieldAt {
  const compiler = new Compiler(ref, path, fields)
  const parts = fixed?.leaves.map((leaf) => compiler.aggregated(leaf)) ?? []
  const value = compiler.computed(typed, fixed ? fixed.leaves : [])
  const { type } = typed
  const read = [typed, ...(fixed?.leaves ?? []).flatMap(valuesOf)]
  const field: QueryField = {
    ...{ index: -1, name: ref, type: fieldTypeOf(type), role: 'measure', scale: scaleOf(type) },
    ...{ coded: false, wide: false, distinct: -1 },
    personal: read.map((part) => personalIn(part, fields)).find((kind) => kind != null),
  }
  return {
    ...{ ref, source: fields.base, field },
    computed: {
      value: outward(value, type),
      exact: isExact(type) ? value : undefined,
      fixed: fixed && { by: fixed.by.map(fields.fieldAt), parts },
    },
  }
}

/** A count of different values tells none of them. */
const valuesOf = ({ aggregate, typed }: AggregateLeaf): readonly Typed[] =>
  typed === undefined || aggregate === 'countDistinct' ? [] : [typed]

/** What a person is known by flows through values; a condition about it is none. */
function personalIn(part: Typed, fields: Fields): QueryField['personal'] {
  if (part.type.kind === 'boolean') return undefined
  switch (part.kind) {
    case 'constant':
      return undefined
    case 'field':
      return part.place.field.name.startsWith(fixedMark)
        ? undefined
        : fields.fieldAt(writtenRef(part.place)).field.personal
    case 'convert':
      return personalIn(part.of, fields)
    case 'apply':
      return part.args.map((arg) => personalIn(arg, fields)).find((kind) => kind != null)
  }
}

const writtenRef = ({ dataset, field }: FieldPlace): string =>
  dataset === undefined ? field.name : `${dataset}.${field.name}`

class Compiler {
  readonly #ref: string
  readonly #path: string
  readonly #fields: Fields

  constructor(ref: string, path: string, fields: Fields) {
    this.#ref = ref
    this.#path = path
    this.#fields = fields
  }

  /** `leaves` stand in a table of their own. */
  computed(typed: Typed, leaves: readonly AggregateLeaf[]): Expr {
    const source: FormulaSource = {
      lastDay: this.#fields.base.dataset.lastDay,
      columnOf: (place) => this.#columnOf(place),
      computed: ({ field }) => {
        if (!field.name.startsWith(fixedMark)) return undefined
        const at = leaves.findIndex(({ name }) => name === field.name)
        return column(fixedTable, fixedPart(at))
      },
    }
    return this.#known(this.#right(computeFormula(typed, source)))
  }

  /** An aggregate over single rows, as formulas compute with its value. */
  aggregated({ aggregate, typed, percent }: AggregateLeaf): Expr {
    if (typed === undefined) return row('exact', [call('countAll')])
    const value = this.computed(typed, [])
    const double = isNumber(typed.type) ? outward(value, typed.type) : value
    switch (aggregate) {
      case 'rows':
        return row('exact', [call('countAll')])
      case 'sum':
        return call(isExact(typed.type) ? 'sum' : 'floatSum', value)
      case 'countDistinct':
        return row('exact', [call('countDistinct', value)])
      case 'min':
      case 'max':
        return call(aggregate, value)
      case 'median':
        return call('median', double)
      case 'percentile':
        return call('percentile', double, exact(((percent ?? 50) / 100).toFixed(6)))
    }
  }

  #columnOf(place: FieldPlace): Expr {
    const at = this.#fields.fieldAt(writtenRef(place))
    return at.field.type === 'text' ? this.#fields.textOf(at) : stored(at)
  }

  /** What an engine has no way to compute alike it is not asked for. */
  #known(expr: Expr): Expr {
    const dialect = datasetDialect(this.#fields.base.dataset)
    const missing: RowFunction | undefined = rowFunctionsIn(expr).find(
      (fn) => dialect.rows?.[fn] === undefined,
    )
    if (missing === undefined) return expr
    throw new AppErrorException(
      appError('query/invalid', {
        ...{ path: this.#path, reason: 'engineLacksFunction' },
        ...{ engine: dialect.name, function: missing },
      }),
    )
  }

  #right(outcome: FormulaOutcome<Expr>): Expr {
    if (outcome.ok) return outcome.value
    throw formulaFault(outcome.errors, { path: this.#path, formula: this.#ref })
  }
}
