import { afterEach, describe, expect, it } from 'vitest'
import { localMoment } from '../../../shared/data/local-moment.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe('a moment', () => {
  it('is read on the clock of the user’s place', () => {
    process.env['TZ'] = 'Asia/Shanghai'
    expect(localMoment('2026-11-25T17:38:09.000Z')).toBe('2026-11-26 01:38')
  })

  it('stays as it is where it is none', () => {
    expect(localMoment('')).toBe('')
  })
})
