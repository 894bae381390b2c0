/** Computes formulas in SQLite over rows held in memory, through the compiler, the printer and the functions of the product. */
import Database from 'better-sqlite3'
import { computeFormula } from '../../electron/engine/query/expression/compile-formula.ts'
import { addFormulaFunctions } from '../../electron/engine/runner/sqlite/formula-functions.ts'
import { sqlite } from '../../electron/engine/sql/dialects/sqlite.ts'
import { print, quoteIdentifier } from '../../electron/engine/sql/printer.ts'
import { isoDay, isoSecond, parseIsoDay, parseIsoSecond } from '../../shared/data/calendar-day.ts'
import type { Typed } from '../../shared/expression/typed.ts'
import type { Value } from '../../shared/expression/value.ts'
import type { ValueType } from '../../shared/expression/value-type.ts'
import { fieldValueType, isExact, scaleOf } from '../../shared/expression/value-type.ts'
import { compiledFormula, formulaColumns, formulaQuestion } from './formula-question.ts'
import type { FormulaRow } from './formula-rows.ts'

export interface SqliteFormulas {
  values(formula: Typed): Value[]
  close(): void
}

export function openSqliteFormulas(rows: readonly FormulaRow[]): SqliteFormulas {
  const database = new Database(':memory:')
  addFormulaFunctions(database)
  const names = formulaColumns.map(({ as }) => quoteIdentifier(as))
  database.exec(`create table sales (n integer, ${names.join(', ')})`)
  const insert = database.prepare(
    `insert into sales values (?, ${names.map(() => '?').join(', ')})`,
  )
  rows.forEach((row, index) => {
    insert.run(
      index,
      ...formulaColumns.map((field) => stored(row[field.as] ?? null, fieldValueType(field))),
    )
  })
  return {
    values: (formula: Typed): Value[] => valuesIn(database, formula),
    close: () => {
      database.close()
    },
  }
}

/** As files of other programs have them: decimals are floating, dates are text. */
function stored(value: Value, type: ValueType): string | number | bigint | null {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'bigint' && type.kind === 'decimal') {
    return Number(value) / 10 ** type.scale
  }
  if (typeof value !== 'number' || type.kind === 'double') return value
  return type.kind === 'date' ? isoDay(value) : isoSecond(value)
}

function valuesIn(database: Database.Database, formula: Typed): Value[] {
  const value = compiledFormula(formula, computeFormula)
  const node = formulaQuestion(value, { kind: 'named', name: 'sales' })
  const { text, values } = print(node, sqlite)
  const statement = database.prepare(text).pluck(true).safeIntegers(true)
  try {
    return statement.all(...values).map((value) => readBack(value as Value, formula.type))
  } catch (error) {
    throw new Error(`${String(error)}\n${text}`)
  }
}

function readBack(value: Value, type: ValueType): Value {
  if (value === null) return null
  if (isExact(type)) {
    if (typeof value === 'bigint') return value
    throw new Error(`no whole number of scale ${scaleOf(type)}: ${String(value)}`)
  }
  if (type.kind === 'boolean') return Boolean(Number(value))
  if (type.kind === 'double') return Number(value)
  if (type.kind === 'date') return parseIsoDay(String(value)) ?? null
  if (type.kind === 'timestamp') return parseIsoSecond(String(value).replace(' ', 'T')) ?? null
  return value
}
