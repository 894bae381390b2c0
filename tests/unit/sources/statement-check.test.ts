import { expect, it } from 'vitest'
import { readingOnly } from '../../../electron/engine/runner/sqlite/statement-check.ts'

const passing = [
  'select 1',
  ' -- why\n/* and how */ SELECT "t0"."amount" from "sales" as "t0";',
  'with "fine" as materialized (select 1 as "n") select * from "fine"',
  `select 'it''s; fine', strftime('%s', "d") from "a;b"`,
  'select "t0"."attach" , "t0"."pragma_note", 1 as "sqlite_x" from "delete" as "t0"',
  'select `x`, [a;b] from "名称""；drop"',
]

it.each(passing)('lets a question through as it stands: %s', (text) => {
  expect(readingOnly(text)).toBe(text)
})

const refused = [
  '',
  ';',
  '-- select 1',
  '/* select */ pragma table_info(sales)',
  'explain select 1',
  'EXPLAIN QUERY PLAN select 1',
  'select 1; select 2',
  "select 1; attach 'x' as y",
  "attach 'x' as y",
  "vacuum into 'x'",
  'values (1)',
  'insert into sales values (1)',
  'with x as (select 1) insert into sales select * from x',
  'with x as (select 1) delete from sales',
  'with x as (select 1) update sales set a = 1 returning a',
  "select load_extension('x')",
  "select LOAD_extension /* */ ('x')",
  `select "load_extension"('x')`,
  "select [load_extension]('x')",
  "select `load_extension`('x')",
  "select readfile('/etc/passwd')",
  "select writefile('x', 'y')",
  "select edit('x')",
  "select fts3_tokenizer('simple', x'00')",
  "select * from pragma_table_info('sales')",
  'select * from pragma_database_list',
  'select * from "pragma_database_list"',
  "select * from 'pragma_database_list'",
  'select * from main.pragma_database_list',
  'select * from "main"."PRAGMA_database_list"',
  'select sql from sqlite_schema',
  'select sql from main.sqlite_master',
  'select * from sqlite_temp_master',
  'select data from dbstat',
  'select randomblob(1000000000)',
  "select 'never ends",
  'select "never ends',
  'select 1 /* never ends',
  'select 1\0; select 2',
  'selects 1',
]

it.each(refused)('refuses anything else: %s', (text) => {
  expect(() => readingOnly(text)).toThrow(/allowed|does not end/)
})
