import { describe, expect, it } from 'vitest'
import { isoDay, parseIsoDay } from '../../../shared/data/calendar-day.ts'
import type { FestivalId } from '../../../shared/calendar/festivals.ts'
import { festivalDay } from '../../../shared/calendar/festivals.ts'
import { lunarYear } from '../../../shared/calendar/lunar.ts'

/** As printed almanacs have them, from 2015 to 2035. */
const published: Partial<Record<FestivalId, string>> = {
  spring:
    '0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208',
  springEve:
    '0218 0207 0127 0215 0204 0124 0211 0131 0121 0209 0128 0216 0205 0125 0212 0202 0122 0210 0130 0218 0207',
  lantern:
    '0305 0222 0211 0302 0219 0208 0226 0215 0205 0224 0212 0303 0220 0209 0227 0217 0206 0225 0214 0305 0222',
  qingming:
    '0405 0404 0404 0405 0405 0404 0404 0405 0405 0404 0404 0405 0405 0404 0404 0405 0405 0404 0404 0405 0405',
  dragonBoat:
    '0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610',
  qixi: '0820 0809 0828 0817 0807 0825 0814 0804 0822 0810 0829 0819 0808 0826 0816 0805 0824 0812 0801 0820 0810',
  midAutumn:
    '0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916',
  doubleNinth:
    '1021 1009 1028 1017 1007 1025 1014 1004 1023 1011 1029 1018 1008 1026 1016 1005 1024 1012 1001 1020 1009',
}

describe('festivals of the Chinese calendar', () => {
  it.each(Object.entries(published))('%s falls on its published dates', (id, dates) => {
    const found = dates
      .split(' ')
      .map((_date, at) => isoDay(festivalDay(id as FestivalId, 2015 + at) ?? 0))
    expect(found).toEqual(
      dates.split(' ').map((date, at) => `${2015 + at}-${date.slice(0, 2)}-${date.slice(2)}`),
    )
  })

  it('has the eighth of the twelfth month before the Spring Festival of the same year', () => {
    expect(isoDay(festivalDay('laba', 2022) ?? 0)).toBe('2022-01-10')
    expect(isoDay(festivalDay('laba', 2024) ?? 0)).toBe('2024-01-18')
    expect(isoDay(festivalDay('laba', 2026) ?? 0)).toBe('2026-01-26')
  })

  it('has the leap months of the almanac, that of 2033 after the eleventh', () => {
    const leaps = Array.from({ length: 21 }, (_, at) => 2015 + at).flatMap((year) =>
      lunarYear(year).flatMap(({ month, leap }) => (leap ? [`${year}:${month}`] : [])),
    )
    expect(leaps).toEqual(['2017:6', '2020:4', '2023:2', '2025:6', '2028:5', '2031:3', '2033:11'])
    const leap = lunarYear(2033).find((month) => month.leap)
    expect(isoDay(leap?.first ?? 0)).toBe('2033-12-22')
    expect(isoDay(leap?.last ?? 0)).toBe('2034-01-19')
  })

  // Their new moons fall within ten minutes of midnight in China, and the library's coarser moon takes the wrong side: the
  // almanac has 8 November 2018, 6 February 2027 and 3 February 2030.
  const midnightMoons = ['2018-11-08', '2027-02-06', '2030-02-03'].map((text) => parseIsoDay(text))

  it('agrees with the calendar of the Unicode library on every other day from 2015 to 2035', () => {
    const format = new Intl.DateTimeFormat('en-u-ca-chinese', {
      ...{ month: 'numeric', day: 'numeric', timeZone: 'UTC' },
    })
    const from = parseIsoDay('2015-02-19') ?? 0
    const wrong: string[] = []
    expect(lunarYear(2018).some(({ first }) => first === midnightMoons[0])).toBe(true)
    for (let year = 2015; year <= 2034; year++) {
      for (const { first, last, month, leap } of lunarYear(year)) {
        if (midnightMoons.includes(first)) continue
        const end = midnightMoons.includes(last + 1) ? last - 1 : last
        for (let day = Math.max(first, from); day <= end; day++) {
          const parts = format.formatToParts(new Date(day * 86_400_000))
          const said = (type: string): string =>
            parts.find((part) => part.type === type)?.value ?? ''
          const own = `${month}${leap ? 'bis' : ''}/${day - first + 1}`
          if (own !== `${said('month')}/${said('day')}`) wrong.push(`${isoDay(day)} ${own}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('is silent outside the years that are computed', () => {
    expect(festivalDay('spring', 1999)).toBeUndefined()
    expect(festivalDay('national', 2051)).toBeUndefined()
  })
})
