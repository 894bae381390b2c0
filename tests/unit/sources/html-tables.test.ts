import { expect, test } from 'vitest'
import { htmlTables } from '../../../electron/engine/sources/html/html-tables.ts'
import { sourceLimits } from '../../../electron/engine/sources/source-limits.ts'
import { refusalOf } from '../../support/read-source.ts'

const tables = (html: string) => htmlTables(html, sourceLimits).map(({ rows }) => rows)
const two = '<tr><td>k<td>n</tr><tr><td class="a">x<td class="b">1</tr>'
const cells = [
  ['k', 'n'],
  ['x', '1'],
]

test.each([
  ['a tag that is cut off', `<table>${two}</table><td title="5`],
  ['a quote nothing closes', `<table>${two}</table><p title='it's'>`],
  ['a bracket and a quote in a text', `<p>a<b "c</p><table>${two}</table>`],
  ['brackets and quotes in many texts', `${'<p>a<b "c</p>'.repeat(9)}<table>${two}</table>`],
  ['a comment that is not closed', `<table>${two}</table><!-- <table><tr><td>y`],
])('a damaged page is read as far as it can be: %s', (_what, html) => {
  expect(tables(html)).toEqual([cells])
})

test.each([
  ['one name', `<${'a'.repeat(1_000_000)}`],
  ['tags', '<a '.repeat(300_000)],
  ['two kinds of quotes', `<a "'`.repeat(200_000)],
  ['quotes that do not pair', `<a '"`.repeat(100_000) + `<b "`.repeat(100_000)],
])('%s without an end: the reader does not go round in them', async (_what, html) => {
  const refused = refusalOf(Promise.resolve().then(() => tables(html)))
  expect(['accepted', 'dataset/unreadable tags do not end']).toContain(await refused)
})

test('a span is read through any number of spaces', () => {
  const html = `<table><tr><td colspan=${' '.repeat(300_000)}x>1</td><td colspan = " 2 ">2</td><td>3</td></tr></table>`
  expect(tables(html)[0]?.map((row) => Object.entries(row))).toEqual([
    [['0', '1'], ['1', '2'], ['3', '3']],
  ]) // prettier-ignore
})

test('cells over many columns and rows take no room but their own', () => {
  const row = '<tr><td rowspan=9 colspan=900>x</td><td>y</td></tr>'
  const [found] = tables(`<table>${row.repeat(2)}</table>`)
  expect(found?.map((one) => Object.entries(one))).toEqual([
    [['0', 'x'], ['900', 'y']],
    [['900', 'x'], ['1800', 'y']],
  ]) // prettier-ignore
})
