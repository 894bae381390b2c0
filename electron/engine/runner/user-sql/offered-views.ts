/** Extracts as a person may write of them: by the dataset's name, its fields by theirs, text as text and never as codes. */
import { columnName, dictionaryTable, rowsTable } from '../../extracts/extract-columns.ts'
import { quoteIdentifier } from '../../sql/printer.ts'
import type { SelectTree } from './select-tree.ts'
import type { OfferedExtract } from './written-order.ts'

/** Texts are looked up only where the statement can name their column. */
export function viewStatement(
  { alias, fields }: OfferedExtract,
  name: string,
  { words, readsAll }: SelectTree,
): string {
  const taken = new Set<string>()
  const columns: string[] = []
  const joins: string[] = []
  for (const [index, field] of fields.entries()) {
    const called = freeName(field.name, taken)
    if (!readsAll && !words.has(called.toLowerCase())) continue
    const own = `r.${columnName(index)}`
    const as = quoteIdentifier(called)
    if (!field.coded) {
      columns.push(`${own} as ${as}`)
      continue
    }
    const dictionary = `d${index}`
    columns.push(`${dictionary}.value as ${as}`)
    joins.push(`left join ${alias}.${dictionaryTable(index)} as ${dictionary} on ${dictionary}.code = ${own}`) // prettier-ignore
  }
  // Where only rows are counted no column is named.
  const list = columns.length > 0 ? columns.join(', ') : 'r.row_id'
  const from = `${alias}.${rowsTable} as r ${joins.join(' ')}`
  return `create view ${quoteIdentifier(name)} as select ${list} from ${from}`
}

/** DuckDB does not tell names apart by the size of their letters. */
function freeName(name: string, taken: Set<string>): string {
  let called = name
  for (let next = 2; taken.has(called.toLowerCase()); next++) called = `${name}_${next}`
  taken.add(called.toLowerCase())
  return called
}
