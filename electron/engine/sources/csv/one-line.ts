/** One line of text as its fields: what a person wrote in place of a line that did not parse. */
import type { LineShape } from './dialect.ts'
import { fewestFields } from './dialect.ts'
import { RecordScanner } from './record-scanner.ts'
import { isEmptyLine } from './sample-records.ts'

/** The bytes of its fields; undefined when it is not exactly one record of that width. */
export function readLine(text: string, shape: LineShape): Buffer[] | undefined {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.includes(0) || isEmptyLine(bytes, 0, bytes.length)) return undefined
  const fields: Buffer[] = []
  const seen = { records: 0, bad: 0 }
  const scanner = new RecordScanner(
    shape,
    {
      field: (_column, block, from, to) => fields.push(Buffer.from(block.subarray(from, to))),
      record: () => seen.records++,
      bad: () => seen.bad++,
    },
    bytes.length,
  )
  scanner.scan(bytes, true)
  const beyond = fields.slice(shape.width).some((field) => !isEmptyLine(field, 0, field.length))
  return seen.bad > 0 || seen.records !== 1 || fields.length < fewestFields(shape) || beyond
    ? undefined
    : fields
}
