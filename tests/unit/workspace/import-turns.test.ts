import { describe, expect, it } from 'vitest'
import { ImportTurns, readingsFor } from '../../../electron/engine/workspace/import-turns.ts'

const never = new AbortController().signal

describe('how many datasets are read at once', () => {
  const limitOf = (halfMb: number): number => Math.max(512, Math.min(2048, Math.floor(halfMb / 4)))

  it('fits their memory into half of what all processes may have, down to machines of 2 GiB', () => {
    for (const totalMb of [2048, 4096, 8192, 16_384, 24_576, 65_536]) {
      for (const processors of [1, 2, 4, 16]) {
        const half = totalMb / 2
        const count = readingsFor(half, limitOf(half), processors)
        expect(count * limitOf(half)).toBeLessThanOrEqual(half / 2)
        expect(count).toBeGreaterThanOrEqual(1)
        expect(count).toBeLessThanOrEqual(3)
      }
    }
  })

  it('is two on two processors, and three where there is room for three', () => {
    expect(readingsFor(4096, 1024, 2)).toBe(2)
    expect(readingsFor(32_768, 2048, 8)).toBe(3)
    expect(readingsFor(1024, 512, 8)).toBe(1)
  })
})

describe('turns of imports', () => {
  it('gives a place on that was called off in the moment its turn came', async () => {
    const turns = new ImportTurns(1)
    const first = Promise.withResolvers<undefined>()
    const order: string[] = []
    const one = turns.reading(never, () => first.promise)
    const stop = new AbortController()
    const second = turns.reading(stop.signal, () => Promise.resolve(order.push('second')))
    const third = turns.reading(never, () => Promise.resolve(order.push('third')))
    first.resolve(undefined)
    stop.abort()
    await one
    await Promise.allSettled([second, third])
    expect(order).toContain('third')
    await turns.reading(never, () => Promise.resolve(order.push('fourth')))
    expect(order.at(-1)).toBe('fourth')
  })

  it('claims all names of an import at once, whatever their case, and lets go of all', async () => {
    const turns = new ImportTurns(2)
    const release = await turns.claim(['A', 'b'], never)
    expect(['a', ' B ', 'c'].map((name) => turns.isWriting(name))).toEqual([true, true, false])
    const order: string[] = []
    const waiting = turns.claim(['B', 'c'], never).then((free) => {
      order.push('claimed')
      return free
    })
    // What waits holds nothing.
    expect(turns.isWriting('c')).toBe(false)
    order.push('released')
    release()
    const free = await waiting
    expect(order).toEqual(['released', 'claimed'])
    expect(turns.isWriting('a')).toBe(false)
    free()
    expect(turns.isWriting('c')).toBe(false)
  })

  it('waits no longer than it is wanted', async () => {
    const turns = new ImportTurns(1)
    const release = await turns.claim(['a'], never)
    const stop = new AbortController()
    const waiting = turns.claim(['a'], stop.signal)
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ appError: { code: 'internal/cancelled' } })
    release()
    expect(turns.isWriting('a')).toBe(false)
  })
})
