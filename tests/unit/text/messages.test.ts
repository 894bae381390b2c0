import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../shared/report/commands/commands.ts'
import { filterCaption } from '../../../shared/report/filter-caption.ts'
import { isMessageKey, messages, textIn } from '../../../shared/text/messages.ts'

const names = (template: string): string[] =>
  [...new Set(Array.from(template.matchAll(/\{(\w+)[}?]/g), ([, name = '']) => name))].sort()

describe('message catalogues', () => {
  it('have the same keys and the same named values in both languages', () => {
    expect(Object.keys(messages['zh-CN']).sort()).toEqual(Object.keys(messages.en).sort())
    for (const key of Object.keys(messages.en).filter(isMessageKey))
      expect([key, names(messages['zh-CN'][key])]).toEqual([key, names(messages.en[key])])
  })

  it('leave nothing empty, and no Chinese in the English one but the name of the language', () => {
    const empty = Object.entries({ ...messages.en }).filter(([, value]) => value.trim() === '')
    const chinese = Object.entries(messages.en).filter(
      ([key, value]) => key !== 'action.view.chinese' && /[\u4e00-\u9fff]/.test(value),
    )
    expect([empty, chinese]).toEqual([[], []])
  })

  it('name every command for undo and redo', () => {
    const unnamed = Object.values(commands)
      .map(({ label }) => label)
      .filter((label) => !isMessageKey(label))
    expect(unnamed).toEqual([])
  })
})

describe('texts', () => {
  it('put values where their names stand and leave a gap visible', () => {
    const text = textIn('en')
    expect(text('rows.source', { file: 'a.xlsx', row: 7 })).toBe('a.xlsx, row 7')
    expect(text('rows.source', { file: '{row}' })).toBe('{row}, row {row}')
  })

  it('speak of one row and of several', () => {
    const text = textIn('en')
    expect(text('rows.count', { count: 1 })).toBe('1 row')
    expect(text('rows.count', { count: '1,001' })).toBe('1,001 rows')
    const repeated = { rows: 1, file: 'a', other: 'b', from: 'x', to: 'y' }
    expect(text('error.dataset/overlap.rows', repeated)).toBe(
      '1 row of “a” is in “b” as well, cell for cell (x to y). It would count twice.',
    )
  })
})

it.each(['en', 'zh-cn'])(
  'no message of %s is written twice: the later would hide the earlier',
  (folder) => {
    const root = join(import.meta.dirname, '../../../shared/text', folder)
    const keys = readdirSync(root).flatMap((file) =>
      Array.from(
        readFileSync(join(root, file), 'utf8').matchAll(/^ {2}'([^']+)':/gm),
        ([, key]) => key,
      ),
    )
    expect(keys.length).toBeGreaterThan(500)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  },
)

it('a filter of many values names the first and counts the rest', () => {
  const filter = {
    field: 'sl_sales.shop',
    op: 'in' as const,
    values: Array.from('ABCDEFGHIJKLMNOPQRSTU'),
  }
  const caption = filterCaption(filter, textIn('en'))
  expect(caption).toMatch(/A, B.* and \d+ more/)
  expect(caption).not.toContain('{')
})
