import type { Expr, OrderTerm, Select, SqlFunction, SqlType, SqlValue, Table } from './nodes.ts'
import type { DatePiece } from '../../../shared/expression/functions/text-pattern.ts'
import { strftimeFormat } from './moment-format.ts'
import { param } from './nodes.ts'
import type { PrepareFunction } from './prepare-functions.ts'
import type { RowFunction, RowSpelling } from './row-functions.ts'
import { row } from './row-functions.ts'

export interface Printed {
  readonly text: string
  readonly values: readonly SqlValue[]
  /** Statements of the user's inside, by their hashes: each must have been agreed to, and the session trusts none. */
  readonly written?: readonly string[]
}

/** What differs between engines: a few spellings, all of them here. */
export interface Dialect {
  readonly name: 'duckdb' | 'sqlite' | 'postgres' | 'clickhouse'
  /** The nth parameter, counted from 1. */
  placeholder(index: number, value: SqlValue): string
  /** Equal values are one parameter: some servers hold two expressions for different when only their numbers differ. */
  readonly sharesParameters?: true
  /** Written into the statement, for a server that knows no bound values. */
  readonly literal?: (value: SqlValue) => string
  /** Where a quoted name is written otherwise. */
  readonly quote?: (name: string) => string
  /** What a column of the answer is called, where its own name could be taken for a column of the table. */
  readonly alias?: (name: string) => string
  /** Where a name in `group by` would be a column of the table before it is one of the answer. */
  readonly groupsByPlace?: true
  readonly cast?: (of: string, to: SqlType) => string
  /** Where dates are not written by `strftime`. */
  readonly momentFormat?: (pieces: readonly DatePiece[]) => string
  /** The format is an expression of the engine rather than a text it reads. */
  readonly writesMomentFormat?: boolean
  /** A number by its digits. */
  readonly exact?: (digits: string) => string
  /** Where a join has to say how many rows it finds. */
  readonly join?: string
  /** False where a select has no names for other selects. */
  readonly namesSelects?: boolean
  /** Whether `nthLargest` is at hand: cheaper than ranking every row of a group. */
  readonly picksNth?: true
  readonly types: Readonly<Record<SqlType, string>>
  readonly functions: Readonly<Record<SqlFunction, (args: readonly string[]) => string>>
  /** Row formulas; undefined where the engine has none of them, or has no way to compute one alike. */
  readonly rows: Readonly<Partial<Record<RowFunction, RowSpelling>>> | undefined
  /** Preparation steps; undefined where the engine has none of them. */
  readonly prepare: Readonly<Record<PrepareFunction, RowSpelling>> | undefined
  /** Real division: 7/2 is 3.5, and anything over zero is blank. */
  divide(left: string, right: string): string
  /** `materialized` keeps a named select from being computed once per use. */
  readonly materialize: string
  readonly inline: string
  readonly nullsLast: string
}

/** Doubles the quote, so that any name is only a name. Names with a NUL cannot be written and are refused. */
export function quoteIdentifier(name: string): string {
  if (name.includes('\u0000')) throw new Error('a name holds a NUL character')
  return `"${name.replaceAll('"', '""')}"`
}

export function print(node: Select, dialect: Dialect): Printed {
  const values: SqlValue[] = []
  const written = new Set<string>()
  const text = new Printer(dialect, values, written).select(node)
  return written.size === 0 ? { text, values } : { text, values, written: [...written] }
}

/** A statement of the user's alone, its values in their places. */
export function printWritten(parts: readonly (string | Expr)[], dialect: Dialect): Printed {
  const values: SqlValue[] = []
  const printer = new Printer(dialect, values, new Set())
  const text = parts.map((part) => (typeof part === 'string' ? part : printer.expr(part))).join('')
  return { text, values }
}

class Printer {
  readonly #dialect: Dialect
  readonly #values: SqlValue[]
  readonly #written: Set<string>
  /** Names of nested selects: their columns are called as those of an answer. */
  readonly #nested = new Set<string>()

  constructor(dialect: Dialect, values: SqlValue[], written: Set<string>) {
    this.#dialect = dialect
    this.#values = values
    this.#written = written
  }

  select(node: Select): string {
    const named = (node.with ?? []).map(
      ({ name, select, inline }) =>
        `${this.quote(name)} as ${inline ? this.#dialect.inline : this.#dialect.materialize}(${this.select(select)})`,
    )
    const withs = named.length > 0 ? `with ${named.join(', ')} ` : ''
    const parts = [
      withs + this.#body(node),
      ...(node.unionAll ?? []).map((other) => this.#body(other)),
    ]
    return parts.join('\nunion all\n')
  }

  #body(node: Select): string {
    if (node.from.kind === 'nested') this.#nested.add(node.as)
    for (const { table, as } of node.joins) if (table.kind === 'nested') this.#nested.add(as)
    // In the order of the text: some engines bind by it.
    const columns = node.columns.map(({ expr, as }) => `${this.expr(expr)} as ${this.output(as)}`)
    const from = this.#table(node.from, node.as)
    const joins = node.joins.map(
      (join) =>
        ` ${this.#dialect.join ?? 'left join'} ${this.#table(join.table, join.as)} on ${this.expr(join.on)}`,
    )
    const where = node.where ? ` where ${this.expr(node.where)}` : ''
    const groups = node.groupBy.map((expr) => this.#group(expr, node.columns))
    return [
      `select ${columns.join(', ')} from ${from}`,
      ...joins,
      where,
      groups.length > 0 ? ` group by ${groups.join(', ')}` : '',
      this.order(node.orderBy),
      node.limit === null ? '' : ` limit ${whole(node.limit)}`,
      node.offset === undefined ? '' : ` offset ${whole(node.offset)}`,
    ].join('')
  }

  /** What a column of the answer is called. */
  output(name: string): string {
    return this.quote(this.#dialect.alias?.(name) ?? name)
  }

  #group(expr: Expr, columns: Select['columns']): string {
    if (expr.kind !== 'output' || !this.#dialect.groupsByPlace) return this.expr(expr)
    return String(columns.findIndex(({ as }) => as === expr.name) + 1)
  }

  order(terms: readonly OrderTerm[]): string {
    const printed = terms.map(
      ({ by, descending }) =>
        `${this.expr(by)} ${descending ? 'desc' : 'asc'} ${this.#dialect.nullsLast}`,
    )
    return printed.length > 0 ? ` order by ${printed.join(', ')}` : ''
  }

  #table(table: Table, as: string): string {
    const alias = this.quote(as)
    if (table.kind === 'values') {
      const rows = table.rows.map((row) => `(${row.map((value) => this.expr(value)).join(', ')})`)
      return `(values ${rows.join(', ')}) as ${alias}(${table.columns.map((name) => this.quote(name)).join(', ')})`
    }
    if (table.kind === 'nested') return `(${this.select(table.select)}) as ${alias}`
    if (table.kind === 'written') {
      this.#written.add(table.hash)
      const parts = table.parts.map((part) => (typeof part === 'string' ? part : this.expr(part)))
      // A comment at its end must not swallow what follows.
      return `(\n${parts.join('')}\n) as ${alias}`
    }
    const name = this.quote(table.name)
    if (table.kind === 'named') return `${name} as ${alias}`
    if (table.schema !== undefined) return `${this.quote(table.schema)}.${name} as ${alias}`
    if (table.catalog === undefined) return `${name} as ${alias}`
    return `${this.quote(table.catalog)}.${this.quote('main')}.${name} as ${alias}`
  }

  columnOf(table: string, name: string): string {
    return this.#nested.has(table) ? this.output(name) : this.quote(name)
  }

  quote(name: string): string {
    return (this.#dialect.quote ?? quoteIdentifier)(name)
  }

  expr(node: Expr): string {
    return printers[node.kind](this, node as never)
  }

  param(value: SqlValue): string {
    if (this.#dialect.literal) return this.#dialect.literal(value)
    const known = this.#dialect.sharesParameters ? this.#values.indexOf(value) : -1
    if (known < 0) this.#values.push(value)
    return this.#dialect.placeholder(known < 0 ? this.#values.length : known + 1, value)
  }

  get dialect(): Dialect {
    return this.#dialect
  }
}

type Printers = {
  readonly [K in Expr['kind']]: (printer: Printer, node: Extract<Expr, { kind: K }>) => string
}

/** Total by kind: a new node does not compile until it can be printed. */
const printers: Printers = {
  column: (printer, { table, name }) => `${printer.quote(table)}.${printer.columnOf(table, name)}`,
  param: (printer, { value }) => printer.param(value),
  integer: (_printer, { value }) => whole(value),
  exact: ({ dialect }, { digits }) => dialect.exact?.(exactly(digits)) ?? exactly(digits),
  null: () => 'null',
  momentFormat: (printer, { pieces }) => {
    const format = (printer.dialect.momentFormat ?? strftimeFormat)(pieces)
    if (printer.dialect.writesMomentFormat) return format
    return printer.expr(row('typedText', [param(format)]))
  },
  call: (printer, { fn, args }) =>
    printer.dialect.functions[fn](args.map((argument) => printer.expr(argument))),
  binary: (printer, { op, left, right }) => {
    const [a, b] = [printer.expr(left), printer.expr(right)]
    return op === '/' ? printer.dialect.divide(a, b) : `(${a} ${op} ${b})`
  },
  all: (printer, { of }) => joined(printer, of, ' and ', 'true'),
  any: (printer, { of }) => joined(printer, of, ' or ', 'false'),
  not: (printer, { of }) => `(not ${printer.expr(of)})`,
  isNull: (printer, { of }) => `(${printer.expr(of)} is null)`,
  inList: (printer, { of, values }) =>
    values.length === 0
      ? '(1 = 0)'
      : `(${printer.expr(of)} in (${values.map((value) => printer.expr(value)).join(', ')}))`,
  inSelect: (printer, { of, select }) => `(${printer.expr(of)} in (${printer.select(select)}))`,
  scalar: (printer, { select }) => `(${printer.select(select)})`,
  cast: (printer, { of, to }) =>
    printer.dialect.cast?.(printer.expr(of), to) ??
    `cast(${printer.expr(of)} as ${printer.dialect.types[to]})`,
  row: (printer, { fn, args, digits }) => {
    const spell = printer.dialect.rows?.[fn]
    if (spell === undefined) throw new Error(`${printer.dialect.name} has no ${fn} in formulas`)
    return spell(
      args.map((argument) => printer.expr(argument)),
      digits,
    )
  },
  prepare: (printer, { fn, args, digits }) => {
    const spell = printer.dialect.prepare?.[fn]
    if (spell === undefined) throw new Error(`${printer.dialect.name} prepares nothing`)
    return spell(
      args.map((argument) => printer.expr(argument)),
      digits,
    )
  },
  window: (printer, { fn, args, partitionBy, orderBy }) => {
    const of = args.map((argument) => printer.expr(argument)).join(', ')
    const parts = partitionBy.map((expr) => printer.expr(expr)).join(', ')
    const over = `${parts === '' ? '' : `partition by ${parts}`}${printer.order(orderBy)}`
    switch (fn) {
      case 'rowNumber':
        return `row_number() over (${over})`
      case 'rank':
        return `rank() over (${over})`
      case 'lastFilled':
        return `last_value(${of} ignore nulls) over (${over} rows unbounded preceding)`
      case 'before':
        return `lag(${of}) over (${over})`
      case 'min':
      case 'max':
        return `${fn}(${of}) over (${over})`
    }
  },
  output: (printer, { name }) => printer.output(name),
  when: (printer, node) =>
    `(case when ${printer.expr(node.if)} then ${printer.expr(node.then)} else ${printer.expr(node.otherwise)} end)`,
}

function joined(printer: Printer, of: readonly Expr[], by: string, empty: string): string {
  if (of.length === 0) return empty === 'true' ? '(1 = 1)' : '(1 = 0)'
  return `(${of.map((expr) => printer.expr(expr)).join(by)})`
}

function exactly(digits: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(digits)) throw new Error('a literal must be a plain number')
  return digits.startsWith('-') ? `(${digits})` : digits
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error('a literal must be a whole number')
  return value < 0 ? `(${value})` : String(value)
}
