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
  expect(splitLine(line, ',')).toEqual(cells)
})

test('cells put together come apart again as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), fc.constantFrom(',', ';', '\t'), (cells, delimiter) => {
      expect(splitLine(joinLine(cells, delimiter), delimiter)).toEqual(cells)
    }),
  ) // prettier-ignore
})
