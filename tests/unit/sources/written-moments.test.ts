/** Dates with the day of the week or a clock in words beside them, and dates that contradict one another. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textIn } from '../../../shared/text/messages.ts'
import { warningSentence } from '../../../shared/text/warning-sentence.ts'
import { tagFields } from '../../../electron/engine/sources/typing/tag-fields.ts'
import { decide, stored } from '../../support/typed-cells.ts'

const days = (...texts: string[]): number[] =>
  texts.map((text) => Date.parse(`${text.replace(' ', 'T')}Z`) / 1000)

test.each([
  [['2024年3月5日 8时5分', '2024年3月5日 18时05分30秒'], ['2024-03-05 08:05:00', '2024-03-05 18:05:30']],
  [['2024年3月5日8时', '2024年3月5日 下午3点20分'], ['2024-03-05 08:00:00', '2024-03-05 15:20:00']],
  [['2024-03-05 周二 10:20', '2024-03-06 10:20:05 星期三'], ['2024-03-05 10:20:00', '2024-03-06 10:20:05']],
  [['２０２４年３月５日（二）８时５分', '2024/3/6(三) 9:00'], ['2024-03-05 08:05:00', '2024-03-06 09:00:00']],
])('times in words are times: %j', (texts, wanted) => {
  expect(decide('下单', texts).type).toBe('timestamp')
  expect(stored('下单', texts)).toEqual(days(...wanted))
}) // prettier-ignore

const names = [
  (day: number) => `星期${'日一二三四五六'[day]}`,
  (day: number) => `周${'日一二三四五六'[day]}`,
  (day: number) => `礼拜${'天一二三四五六'[day]}`,
  (day: number) => `(${'日一二三四五六'[day]})`,
  (day: number) => `（周${'日一二三四五六'[day]}）`,
  (day: number) => ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][day] ?? '',
  (day: number) => ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][day] ?? '',
] as const // prettier-ignore

test('the day of the week beside a date is left out where it is right, in whatever words', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -20_000, max: 30_000 }),
      fc.nat(names.length - 1),
      (epochDay, how) => {
        const date = new Date(epochDay * 86_400_000)
        const day = date.toISOString().slice(0, 10)
        const name = names[how] ?? names[0]
        expect(stored('哪天', [`${day} ${name(date.getUTCDay())}`])).toEqual([epochDay])
        const wrong = `${day} ${name((date.getUTCDay() + 1) % 7)}`
        expect(stored('哪天', [wrong])).toEqual([wrong])
      },
    ),
  )
})

test('the day of the week decides which of two numbers is the month', () => {
  const { type, dateForms } = decide('日', ['05/03/2024 周二', '06/03/2024 周三'])
  expect([type, dateForms]).toEqual(['date', ['dayFirst', 'shortDayFirst']])
})

test('a wrong day of the week is told, and taking the column as dates stays one click', () => {
  const { type, warnings } = decide('日期', ['2024-03-05 周二', '2024-03-06 周三', '2024-03-07 周一'])
  expect([type, warnings]).toEqual([
    'text',
    [
      { code: 'weekdays', column: '日期', examples: ['2024-03-07 周一'] },
      { code: 'mixedColumn', column: '日期', wouldBe: 'date', count: 1, examples: ['2024-03-07 周一'] },
    ],
  ])
  expect(decide('日期', ['2024-03-05 周一']).warnings.map(({ code }) => code)).toEqual(['weekdays'])
}) // prettier-ignore

test('words with a day of the week among them stay words without a remark', () => {
  for (const texts of [
    ['周二会员日', '3点见'],
    ['2024周年庆', '5周年'],
    ['1号店(二)', '2号店(三)'],
  ])
    expect(decide('活动', texts)).toMatchObject({ type: 'text', warnings: [] })
})

test('dates that can only have the day first and dates that can only have the month first contradict each other', () => {
  const { type, warnings } = decide('日期', ['03/15/2024', '15/03/2024', '04/05/2024'])
  expect([type, warnings]).toEqual([
    'text',
    [{ code: 'mixedOrders', column: '日期', examples: ['15/03/2024', '03/15/2024'] }],
  ])
  expect(warnings.map((one) => warningSentence(one, textIn('en')))).toEqual([
    expect.stringContaining('some dates can only have the day first and others only the month first'), // prettier-ignore
  ])
})

test('two currencies are still told as such', () => {
  expect(decide('额', ['$1.5', '€3']).warnings.map(({ code }) => code)).toEqual(['mixedSigns'])
})

test('numbers that name members are no measure', () => {
  const column = { type: 'integer', role: 'measure', scale: 0, distinct: 2, blanks: 0, min: '1', max: '2' } as const // prettier-ignore
  const [member, amount] = tagFields([{ ...column, name: '会员' }, { ...column, name: '金额' }], 2, () => []) // prettier-ignore
  expect([member?.meaning, member?.role]).toEqual(['customer', 'identifier'])
  expect([amount?.meaning, amount?.role]).toEqual(['amount', 'measure'])
})
