import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextPlaces } from '../../../electron/engine/sources/typing/text-places.ts'

const places = fc.oneof(fc.nat(40), fc.nat(3000), fc.nat(200_000))
const pieces = fc.array(fc.array(places, { minLength: 1, maxLength: 60 }), { maxLength: 12 })

test('however far apart its texts lie in the pool, a column knows each and counts its cells', () => {
  fc.assert(
    fc.property(pieces, fc.constantFrom(1, 20, 2000), (chunks, rowsEach) => {
      const column = new TextPlaces()
      const model = new Map<number, number>()
      let rows = 0
      for (const chunk of chunks) {
        rows += rowsEach
        const found = column.add(Float64Array.from(chunk), 0, chunk.length, rows, Infinity)
        const news = chunk.flatMap((place, at) =>
          model.has(place) || chunk.indexOf(place) < at ? [] : [at],
        )
        for (const place of chunk) model.set(place, (model.get(place) ?? 0) + 1)
        expect(found).toEqual(news)
      }
      expect([...column.all()].sort((a, b) => a - b)).toEqual([...model.keys()].sort((a, b) => a - b)) // prettier-ignore
      expect(column.distinct()).toBe(model.size)
      for (const [place, cells] of model)
        expect(column.cellsOf(place)).toBe(place < 65_536 ? cells : undefined)
    }),
  )
})
