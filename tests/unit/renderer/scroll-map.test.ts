import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canvasOf, movedTo, placeAt, tallestPx } from '../../../renderer/data/scroll-map.ts'

const rowPx = 28
const tall = { content: 10_000_000 * rowPx, view: 600 }
const endOf = (span: typeof tall): number => canvasOf(span) - span.view

describe('scrolling through more rows than an element can be tall', () => {
  it('keeps the canvas below what the browser can draw', () => {
    expect(canvasOf(tall)).toBe(tallestPx)
    expect(canvasOf({ content: 5000, view: 600 })).toBe(5000)
  })

  it('shows the last of 10,000,000 rows at the end of the scroll bar, and the first at its start', () => {
    const middle = placeAt(tall.content / 2, tall)
    expect(movedTo(endOf(tall), middle, tall).top).toBe(tall.content - tall.view)
    expect(movedTo(0, middle, tall)).toEqual({ scroll: 0, top: 0 })
  })

  it('moves pixel by pixel with the wheel wherever it is, and never past an end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: tall.content }),
        fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 60 }),
        (start, steps) => {
          let place = placeAt(start, tall)
          for (const step of steps) {
            const before = place
            const scrolled = Math.min(endOf(tall), Math.max(0, place.scroll + step))
            place = movedTo(scrolled, place, tall)
            expect(place.top).toBe(before.top + (scrolled - before.scroll))
            expect(place.scroll).toBeGreaterThanOrEqual(0)
            expect(place.scroll).toBeLessThanOrEqual(endOf(tall))
          }
        },
      ),
    )
  })

  it('reaches both ends by small steps alone', () => {
    for (const step of [-900, 900]) {
      const end = step < 0 ? 0 : tall.content - tall.view
      let place = placeAt(Math.abs(end - 100_000), tall)
      for (let at = 0; at < 200; at++) {
        const scrolled = Math.min(endOf(tall), Math.max(0, place.scroll + step))
        place = movedTo(scrolled, place, tall)
      }
      expect(place.top).toBe(end)
    }
  })

  it('shows contents that fit as they are', () => {
    const short = { content: 6000, view: 600 }
    expect(movedTo(1234, { scroll: 0, top: 0 }, short)).toEqual({ scroll: 1234, top: 1234 })
  })
})
