/** Computes formulas in DuckDB over rows held in memory, through the compiler and the printer of the product. */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampValue,
} from '@duckdb/node-api'
import { compileFormula } from '../../electron/engine/query/expression/compile-formula.ts'
import { duckdb } from '../../electron/engine/sql/dialects/duckdb.ts'
import { print, quoteIdentifier } from '../../electron/engine/sql/printer.ts'
import type { ScopeField } from '../../shared/expression/scope.ts'
import type { Typed } from '../../shared/expression/typed.ts'
import type { Value } from '../../shared/expression/value.ts'
import type { ValueType } from '../../shared/expression/value-type.ts'
import { fieldValueType } from '../../shared/expression/value-type.ts'
import { compiledFormula, formulaColumns, formulaQuestion } from './formula-question.ts'
import type { FormulaRow } from './formula-rows.ts'
import { shown } from './formula-text.ts'

export interface FormulaEngine {
  load(rows: readonly FormulaRow[]): Promise<void>
  /** The formula's value in each row, in order. */
  values(formula: Typed): Promise<Value[]>
  close(): void
}

function sqlType({ type, scale = 0 }: ScopeField): string {
  const names = { text: 'varchar', integer: 'bigint', decimal: `decimal(38, ${scale})` }
  return type in names ? names[type as keyof typeof names] : type
}

export async function openFormulaEngine(): Promise<FormulaEngine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const list = formulaColumns.map((field) => `${quoteIdentifier(field.as)} ${sqlType(field)}`)
  await connection.run(`create table sales (n integer, ${list.join(', ')})`)
  return {
    load: (rows) => load(connection, rows),
    values: (formula) => values(connection, formula),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function load(connection: DuckDBConnection, rows: readonly FormulaRow[]): Promise<void> {
  await connection.run('delete from sales')
  const marks = formulaColumns.map((field, index) => `cast($${index + 2} as ${sqlType(field)})`)
  for (const [index, row] of rows.entries()) {
    await connection.run(`insert into sales values ($1, ${marks.join(', ')})`, [
      index,
      ...formulaColumns.map((field) => stored(row[field.as] ?? null, fieldValueType(field))),
    ])
  }
}

/** Numbers go in as text, which the cast reads digit by digit. */
function stored(value: Value, type: ValueType): DuckDBValue {
  if (typeof value === 'bigint') return shown(value, type)
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (type.kind === 'date') return new DuckDBDateValue(value)
  if (type.kind === 'timestamp') return new DuckDBTimestampValue(BigInt(value) * 1_000_000n)
  return String(value)
}

async function values(connection: DuckDBConnection, formula: Typed): Promise<Value[]> {
  const value = compiledFormula(formula, compileFormula)
  const statement = print(formulaQuestion(value, { kind: 'named', name: 'sales' }), duckdb)
  try {
    const result = await connection.runAndReadAll(statement.text, [...statement.values])
    return result.getRows().map(([value]) => readBack(value ?? null))
  } catch (error) {
    throw new Error(`${String(error)}\n${statement.text}`)
  }
}

function readBack(value: DuckDBValue): Value {
  if (value instanceof DuckDBDecimalValue) return value.value
  if (value instanceof DuckDBDateValue) return value.days
  if (value instanceof DuckDBTimestampValue) return Number(value.micros / 1_000_000n)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return value
  throw new Error(`an answer of an unexpected kind: ${JSON.stringify(value)}`)
}
