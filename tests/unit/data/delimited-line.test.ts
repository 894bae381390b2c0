import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinLine, splitLine } from '../../../shared/data/delimited-line.ts'

test.each([
  ['a,b,c', ['a', 'b', 'c']],
  ['a,,', ['a', '', '']],
  ['"a, b","说""好"""', ['a, b', '说"好"']],
  ['"没关,1', ['"没关', '1']],
  ['"开" x,1', ['"开" x', '1']],
  ['27" 屏,1', ['27" 屏', '1']],
  ['', ['']],
])('%s is cut into its cells, however broken', (line, cells) => {
  expect(splitLine(line, { delimiter: ',' })).toEqual(cells)
})

test.each([
  ["'a, b','it''s'", { delimiter: ',', quote: "'" as const }, ['a, b', "it's"]],
  ['"a \\"b\\", c",1', { delimiter: ',', escaped: true }, ['a "b", c', '1']],
  ['"C:\\\\dir",1', { delimiter: ',', escaped: true }, ['C:\\dir', '1']],
])('%s is cut by the signs of its file', (line, signs, cells) => {
  expect(splitLine(line, signs)).toEqual(cells)
})

const anySigns = fc.record(
  {
    delimiter: fc.constantFrom(',', ';', '\t'),
    quote: fc.constant("'" as const),
    escaped: fc.boolean(),
  },
  { requiredKeys: ['delimiter'] },
)
const anyCells = fc.array(
  fc.string({ unit: fc.constantFrom('a', '"', "'", '\\', ',', '\n', '店') }),
  { minLength: 1 },
)

test('cells put together come apart again as they were', () => {
  fc.assert(
    fc.property(anyCells, anySigns, (cells, signs) => {
      expect(splitLine(joinLine(cells, signs), signs)).toEqual(cells)
    }),
  )
})
