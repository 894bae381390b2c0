/** Computes formulas on a ClickHouse server, through the compiler and the printer of the product; undefined where it refuses. */
import { computeFormula } from '../../electron/engine/query/expression/compile-formula.ts'
import { rowFunctionsIn } from '../../electron/engine/query/expression/statement-size.ts'
import { clickhouse } from '../../electron/engine/sql/dialects/clickhouse.ts'
import { print } from '../../electron/engine/sql/printer.ts'
import { isoDay, isoSecond, parseIsoDay, parseIsoSecond } from '../../shared/data/calendar-day.ts'
import type { ScopeField } from '../../shared/expression/scope.ts'
import type { Typed } from '../../shared/expression/typed.ts'
import type { Value } from '../../shared/expression/value.ts'
import type { ValueType } from '../../shared/expression/value-type.ts'
import { fieldValueType, isExact } from '../../shared/expression/value-type.ts'
import { compiledFormula, formulaColumns, formulaQuestion } from './formula-question.ts'
import type { FormulaRow } from './formula-rows.ts'
import { shown } from './formula-text.ts'
import type { ClickHouseServer } from './servers/clickhouse-servers.ts'

const typeOf = ({ type, scale = 0 }: ScopeField): string => {
  const names = { text: 'String', integer: 'Int64', double: 'Float64', boolean: 'UInt8' }
  const more = { ...names, decimal: `Decimal(38, ${scale})`, date: 'Date', timestamp: 'DateTime' }
  return `Nullable(${more[type]})`
}

export async function loadClickHouseFormulas(
  server: ClickHouseServer,
  rows: readonly FormulaRow[],
): Promise<void> {
  const list = formulaColumns.map((field) => `\`${field.as}\` ${typeOf(field)}`)
  const lines = rows.map((row, index) => {
    const cells = formulaColumns.map((field) =>
      stored(row[field.as] ?? null, fieldValueType(field)),
    )
    return `(${[String(index), ...cells].join(', ')})`
  })
  await server.admin('drop table if exists formulas')
  await server.admin(`create table formulas (n Int64, ${list.join(', ')}) engine = Memory`)
  await server.admin(`insert into formulas values ${lines.join(', ')}`)
}

const quoted = (text: string): string =>
  `'${text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll('\u0000', String.raw`\0`)}'`

function stored(value: Value, type: ValueType): string {
  if (value === null) return 'NULL'
  if (typeof value === 'bigint') return shown(value, type)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number' && type.kind === 'date') return quoted(isoDay(value))
  if (typeof value === 'number' && type.kind === 'timestamp')
    return quoted(isoSecond(value).replace('T', ' '))
  return typeof value === 'string' ? quoted(value) : String(value)
}

/** The formula's value in each row, in order. */
export async function clickHouseValues(
  server: ClickHouseServer,
  formula: Typed,
): Promise<Value[] | undefined> {
  const value = compiledFormula(formula, computeFormula)
  const dialect = clickhouse(server.wideDays ? ['wideDays'] : [])
  if (rowFunctionsIn(value).some((fn) => dialect.rows?.[fn] === undefined)) return undefined
  const node = formulaQuestion(value, {
    kind: 'stored',
    catalog: undefined,
    schema: 'default',
    name: 'formulas',
  })
  const { text } = print(node, dialect)
  const answer = await server.admin(`${text} format JSONCompact`)
  const { data } = JSON.parse(digitsKept(answer)) as { data: [string | number | null][] }
  return data.map(([value]) => readBack(value, formula.type))
}

/** Wide numbers are written without quotes, and would lose digits when read. */
const digitsKept = (json: string): string => json.replaceAll(/\[(-?\d{15,})\]/g, '["$1"]')

function readBack(value: string | number | null, type: ValueType): Value {
  if (value === null) return null
  if (isExact(type)) return BigInt(value)
  if (type.kind === 'boolean') return Number(value) === 1
  if (type.kind === 'double') return Number(value)
  if (type.kind === 'date') return parseIsoDay(String(value)) ?? null
  if (type.kind === 'timestamp') return parseIsoSecond(String(value).replace(' ', 'T')) ?? null
  return String(value)
}
