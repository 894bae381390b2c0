import { expect, it } from 'vitest'
import type { Block } from '../../../shared/report/blocks/block.ts'
import { cornerCaptions, measureNote, memberCaption } from '../../../shared/report/captions.ts'
import { newBlock } from '../../../shared/report/new-block.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { repeatableIds } from '../../support/report-builder.ts'

const use = (field: string, aggregate?: 'sum') => ({
  ...{ id: `pl_${field}`, field: `sl_sales.${field}` },
  ...(aggregate ? { aggregate } : {}),
})

function crosstab(title: string | undefined, columns: string[], values: string[]): Block {
  const block = newBlock('crosstab', { x: 0, y: 0, w: 12, h: 16 }, repeatableIds())
  if (block.kind !== 'crosstab') throw new Error(block.kind)
  block.shelves.rows = [use('shop')]
  block.shelves.columns = columns.map((field) => use(field))
  block.shelves.values = values.map((field) => use(field, 'sum'))
  return title === undefined ? block : { ...block, title }
}

const noteOf = (block: Block): string | undefined => measureNote(block, textIn('en'))

it('one measure under column heads is named beside a title that leaves it out', () => {
  expect(noteOf(crosstab('Monday', ['month'], ['amount']))).toBe('Sum of amount')
  expect(noteOf(crosstab('Sum of amount, Monday', ['month'], ['amount']))).toBeUndefined()
})

it('a measure that has a head or stands in the title made from the pills needs no further word', () => {
  expect(noteOf(crosstab(undefined, ['month'], ['amount']))).toBeUndefined()
  expect(noteOf(crosstab('Monday', [], ['amount']))).toBeUndefined()
  expect(noteOf(crosstab('Monday', ['month'], ['amount', 'quantity']))).toBeUndefined()
})

it('the corner names the dimensions across beside the last one down', () => {
  expect(cornerCaptions(['Region', 'Shop'], ['Quarter', 'Month'])).toEqual([
    'Region',
    'Shop \\ Quarter / Month',
  ])
  expect(cornerCaptions(['Region'], [])).toEqual(['Region'])
  expect(cornerCaptions([], ['Month'])).toEqual([])
})

it('a moment is read with a space, and the letter T of any other member stays', () => {
  const caption = (member: string): string => memberCaption(member, textIn('en'))
  expect(caption('2025-01-31T08')).toBe('2025-01-31 08')
  expect(caption('2025-01-31T08:05:00')).toBe('2025-01-31 08:05:00')
  for (const name of ['T-Shirt', 'RTL', 'TOTAL', 'T', '2025T1', 'A 2025-01-31T08'])
    expect(caption(name)).toBe(name)
})
