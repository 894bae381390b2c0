import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../../../shared/data/field.ts'
import type { SqlNames } from '../../../../renderer/user-sql/complete-sql.ts'
import { paintedSql, sqlCompletionAt } from '../../../../renderer/user-sql/complete-sql.ts'

const field = (name: string): Field => ({ name, type: 'text', role: 'dimension' })
const names: SqlNames = {
  kind: 'duckdb',
  tables: [
    { name: 'sales', fields: ['shop', 'amount', 'order'].map(field) },
    { name: 'shop list', fields: ['name', 'shop'].map(field) },
  ],
  parameters: [{ name: 'least', type: 'number', value: '1' }],
}

/** What is offered at the bar, as it would be written. */
function offered(marked: string, asked = false): string[] | undefined {
  const caret = marked.indexOf('|')
  const found = sqlCompletionAt(marked.replace('|', ''), caret, names, asked)
  return found?.suggestions.map(({ written }) => written)
}

function taken(marked: string): string | undefined {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = sqlCompletionAt(text, caret, names, true)
  const [first] = found?.suggestions ?? []
  return found && first && text.slice(0, found.from) + first.written + text.slice(found.to)
}

describe('completion of a statement', () => {
  it('offers columns and tables by their beginning, quoted where they have to be', () => {
    expect(offered('select am|')).toEqual(['amount', 'name'])
    expect(offered('select ord|')).toEqual(['"order"'])
    expect(offered('select * from sho|')).toEqual(['shop', 'shop', '"shop list"'])
  })

  it('offers after a point the columns of that table alone, also by its other name', () => {
    expect(offered('select sales.|')).toEqual(['shop', 'amount', '"order"'])
    expect(offered('select "shop list".n|')).toEqual(['name'])
    expect(offered('select t.a| from sales as t')).toEqual(['amount'])
    expect(offered('select t.| from sales t')).toEqual(['shop', 'amount', '"order"'])
    expect(offered('select x.|')).toBeUndefined()
  })

  it('writes the tables of a server with their schema, and capitals in quotes where they would be lost', () => {
    const server: SqlNames = {
      ...{ kind: 'postgres', parameters: [] },
      tables: [
        { schema: 'public', name: 'orders', fields: ['id', 'Total'].map(field) },
        { schema: 'Sales', name: 'Orders', fields: ['day'].map(field) },
      ],
    }
    const told = (text: string): string[] | undefined =>
      sqlCompletionAt(text, text.length, server, true)?.suggestions.map(({ written }) => written)
    expect(told('select * from ord')).toEqual(['public.orders', '"Sales"."Orders"'])
    expect(told('select * from public.')).toEqual(['orders'])
    expect(told('select * from "Sales".o')).toEqual(['"Orders"'])
    expect(told('select public.orders.T')).toEqual(['"Total"'])
    expect(sqlCompletionAt('from public.orders o where o.', 29, server, true)?.suggestions.map(({ written }) => written)).toEqual(['id', '"Total"']) // prettier-ignore
  })

  it('offers parameters after a colon', () => {
    expect(offered('where amount > :|')).toEqual([':least'])
    expect(taken('where amount > :le|')).toBe('where amount > :least')
    expect(offered('select amount::|')).toBeUndefined()
  })

  it('is silent within texts and comments, and before the first letter until it is asked', () => {
    expect(offered("select 'am|")).toBeUndefined()
    expect(offered('-- am|')).toBeUndefined()
    expect(offered('/* am|')).toBeUndefined()
    expect(offered('select |')).toBeUndefined()
    expect(offered('select |', true)).toHaveLength(8)
  })

  it('takes the place of the name that is being written, quotes included', () => {
    expect(taken('select amo|x from sales')).toBe('select amount from sales')
    expect(taken('select * from "shop l|')).toBe('select * from "shop list"')
    expect(taken('select "am|ount" from sales')).toBe('select amount from sales')
  })

  it('does not stand in the way of the next line once a name is written out', () => {
    expect(offered('select amount|')).toBeUndefined()
    expect(offered('select amount|', true)).toEqual(['amount'])
  })
})

describe('colors of a statement', () => {
  it('are those of keywords, texts, comments, numbers and parameters', () => {
    const painted = paintedSql("SELECT x1, 1.5, 'a''b' -- c\nFROM t WHERE a > :p", 'duckdb')
    expect(painted.filter(({ paint }) => paint !== 'plain')).toEqual([
      { text: 'SELECT', paint: 'keyword' },
      { text: '1.5', paint: 'number' },
      { text: "'a''b'", paint: 'text' },
      { text: '-- c\n', paint: 'comment' },
      { text: 'FROM', paint: 'keyword' },
      { text: 'WHERE', paint: 'keyword' },
      { text: ':p', paint: 'parameter' },
    ])
  })

  it('leave no sign out, whatever is written', () => {
    const signs = fc.constantFrom(...'ab1 \'"`[]\\/*-#:.$?@{}\n销'.split(''), 'u&', 'e', '--', '/*')
    const text = fc.array(signs, { maxLength: 30 }).map((parts) => parts.join(''))
    const kind = fc.constantFrom('duckdb' as const, 'sqlite', 'postgres', 'clickhouse')
    fc.assert(
      fc.property(text, kind, (statement, of) => {
        const parts = paintedSql(statement, of)
        expect(parts.map((part) => part.text).join('')).toBe(statement)
      }),
    )
  })
})
