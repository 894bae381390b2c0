/** Computes formulas on a PostgreSQL server, through the compiler, the printer and the session of the product. */
import { computeFormula } from '../../electron/engine/query/expression/compile-formula.ts'
import { postgres } from '../../electron/engine/sql/dialects/postgres.ts'
import { print, quoteIdentifier } from '../../electron/engine/sql/printer.ts'
import { isoDay, isoSecond, parseIsoDay, parseIsoSecond } from '../../shared/data/calendar-day.ts'
import type { ScopeField } from '../../shared/expression/scope.ts'
import type { Typed } from '../../shared/expression/typed.ts'
import type { Value } from '../../shared/expression/value.ts'
import type { ValueType } from '../../shared/expression/value-type.ts'
import { fieldValueType, isExact } from '../../shared/expression/value-type.ts'
import { compiledFormula, formulaColumns, formulaQuestion } from './formula-question.ts'
import type { FormulaRow } from './formula-rows.ts'
import { shown } from './formula-text.ts'
import type { PostgresServer } from './servers/postgres-servers.ts'

const types: Readonly<Record<ScopeField['type'], string>> = {
  ...{ text: 'text', integer: 'bigint', decimal: 'numeric', double: 'double precision' },
  ...{ boolean: 'boolean', date: 'date', timestamp: 'timestamp' },
}

export async function loadPostgresFormulas(
  server: PostgresServer,
  rows: readonly FormulaRow[],
): Promise<void> {
  const list = formulaColumns.map(({ as, type }) => `${quoteIdentifier(as)} ${types[type]}`)
  const lines = rows.map((row, index) => {
    const cells = formulaColumns.map((field) =>
      stored(row[field.as] ?? null, fieldValueType(field)),
    )
    return `(${[String(index), ...cells].join(', ')})`
  })
  await server.admin('drop table if exists formulas')
  await server.admin(`create table formulas (n integer, ${list.join(', ')})`)
  await server.admin(`insert into formulas values ${lines.join(', ')}`)
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

function stored(value: Value, type: ValueType): string {
  if (value === null) return 'null'
  if (typeof value === 'bigint') return shown(value, type)
  if (typeof value === 'number' && type.kind === 'date') return quoted(isoDay(value))
  if (typeof value === 'number' && type.kind === 'timestamp') return quoted(isoSecond(value))
  return typeof value === 'string' ? quoted(value) : String(value)
}

/** The formula's value in each row, in order, all of them as the server writes them in text. */
export async function postgresValues(server: PostgresServer, formula: Typed): Promise<Value[]> {
  const value = compiledFormula(formula, computeFormula)
  const node = formulaQuestion(value, {
    kind: 'stored',
    catalog: undefined,
    schema: 'public',
    name: 'formulas',
  })
  const { text, values } = print(node, postgres(['namedSelects', 'foldsAllLetters']))
  try {
    const found = await server.admin(
      `select value::text from (${text}) as answer`,
      undefined,
      values,
    )
    return found.map(({ value }) => readBack(value as string | null, formula.type))
  } catch (error) {
    throw new Error(`${String(error)}\n${text}`, { cause: error })
  }
}

function readBack(value: string | null, type: ValueType): Value {
  if (value === null) return null
  if (isExact(type)) return BigInt(value.replace(/\.0*$/, ''))
  if (type.kind === 'boolean') return value === 'true'
  if (type.kind === 'double') return Number(value)
  if (type.kind === 'date') return parseIsoDay(value) ?? null
  if (type.kind === 'timestamp') return parseIsoSecond(value.replace(' ', 'T')) ?? null
  return value
}
