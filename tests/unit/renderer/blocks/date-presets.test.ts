import { expect, test } from 'vitest'
import { datePresets, presetRange } from '../../../../renderer/blocks/date-presets.ts'

test('presets count back from the last day of data, over the ends of years and short months', () => {
  const ranges = (day: string) => datePresets.map((one) => Object.values(presetRange(one, day) ?? {}))
  expect(ranges('2024-02-29')).toEqual([
    ['2024-02-01', '2024-02-29'],
    ['2024-01-01', '2024-01-31'],
    ['2023-12-01', '2024-02-29'],
    ['2024-01-01', '2024-02-29'],
    ['2023-01-01', '2023-12-31'],
  ])
  expect(ranges('2025-03-05T23:59:59')[1]).toEqual(['2025-02-01', '2025-02-28'])
  expect(presetRange('lastMonth', 'no day')).toBeUndefined()
}) // prettier-ignore
