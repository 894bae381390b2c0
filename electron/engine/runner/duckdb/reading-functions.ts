/** Functions a statement may call to read what people write; they look at their arguments and nothing else. */
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import { BIGINT, DuckDBScalarFunction, INTEGER, VARCHAR } from '@duckdb/node-api'
import { RememberedAnswers } from './remembered-answers.ts'
import type { ReadOrder } from '../../sources/typing/written-values.ts'
import {
  plainNumber,
  readOrders,
  writtenSecond,
  writtenZone,
} from '../../sources/typing/written-values.ts'

type Read = (text: string, more: readonly number[]) => DuckDBValue | undefined

const orderAt = (more: readonly number[]): ReadOrder => readOrders[more[0] ?? 0] ?? 'none'

export function addReadingFunctions(connection: DuckDBConnection): void {
  const add = (name: string, returnType: DuckDBType, numbers: number, read: Read): void =>
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        ...{ name, returnType, mainFunction: mainOf(numbers, read) },
        parameterTypes: [VARCHAR, ...Array.from({ length: numbers }, () => INTEGER)],
      }),
    )
  add('written_number', VARCHAR, 0, plainNumber)
  add('written_second', BIGINT, 2, (text, more) => {
    const second = writtenSecond(text, orderAt(more), more[1] ?? 0)
    return second === undefined ? undefined : BigInt(second)
  })
  add('written_zone', INTEGER, 1, (text, more) => writtenZone(text, orderAt(more)))
}

type Main = Parameters<typeof DuckDBScalarFunction.create>[0]['mainFunction']

function mainOf(numbers: number, read: Read): Main {
  const known = new RememberedAnswers<DuckDBValue>()
  return (_info, chunk, out) => {
    const texts = chunk.getColumnVector(0)
    const others = Array.from({ length: numbers }, (_, index) => chunk.getColumnVector(index + 1))
    for (let row = 0; row < chunk.rowCount; row++) {
      const text = texts.getItem(row)
      const more = others.map((vector) => Number(vector.getItem(row) ?? 0))
      out.setItem(row, typeof text === 'string' ? valueOf(text, more) : null)
    }
    out.flush()
  }

  function valueOf(text: string, more: readonly number[]): DuckDBValue {
    return known.answer(`${more.join(' ')} ${text}`, () => read(text, more) ?? null)
  }
}
