import { DAYS, dayOf, YEARS } from './calendar/days.ts'
import { FESTIVALS } from './calendar/festivals.ts'
import { CATEGORIES } from './product-words.ts'

export interface Promotion {
  readonly name: string
  readonly first: number
  readonly last: number
  /** Null stands for the whole range. */
  readonly categories: readonly string[] | null
  /** Share of the price given away. */
  readonly rate: number
  readonly membersOnly: boolean
}

interface Rule {
  readonly name: string
  readonly categories: readonly string[] | null
  readonly rate: number
  /** Days the offer begins before the rush. */
  readonly lead?: number
}

/** Festivals the shops make something of. */
const AT_FESTIVALS: Readonly<Record<string, Rule>> = {
  年货节: { name: '年货节满减', categories: ['休闲食品', '饮料冲调', '家居日用'], rate: 0.12 },
  三八节: { name: '女神节8折', categories: ['美妆护肤', '个人护理'], rate: 0.2 },
  五一: { name: '五一欢乐购', categories: null, rate: 0.08 },
  '618': { name: '618年中大促', categories: null, rate: 0.18, lead: 12 },
  开学季: { name: '开学季文具节', categories: ['文具玩具'], rate: 0.15 },
  中秋: { name: '中秋礼盒特惠', categories: ['休闲食品', '饮料冲调'], rate: 0.1 },
  国庆: { name: '国庆满减', categories: null, rate: 0.1 },
  双11: { name: '双11狂欢', categories: null, rate: 0.22, lead: 14 },
  双12: { name: '双12返场', categories: null, rate: 0.12 },
}

function memberDays(): Promotion[] {
  return DAYS.flatMap((day, index) =>
    day.day === 8
      ? [
          {
            name: '会员日',
            first: index,
            last: index,
            categories: null,
            rate: 0.05,
            membersOnly: true,
          },
        ]
      : [],
  )
}

function summerDrinks(year: number): Promotion {
  return {
    name: '夏日冰饮节',
    first: dayOf(`${year}-07-05`),
    last: dayOf(`${year}-08-10`),
    categories: ['饮料冲调'],
    rate: 0.1,
    membersOnly: false,
  }
}

/** Each month two categories take their turn for a fortnight. */
function categoryWeeks(year: number): Promotion[] {
  return Array.from({ length: 24 }, (_, turn) => {
    const month = String(Math.floor(turn / 2) + 1).padStart(2, '0')
    const category = CATEGORIES[(turn * 3 + year) % CATEGORIES.length]?.name ?? ''
    return {
      name: `${category}专场`,
      first: dayOf(`${year}-${month}-12`),
      last: dayOf(`${year}-${month}-25`),
      categories: [category],
      rate: 0.12,
      membersOnly: false,
    }
  })
}

const PROMOTIONS: readonly Promotion[] = [
  ...FESTIVALS.flatMap((festival) => {
    const rule = AT_FESTIVALS[festival.name]
    return rule === undefined
      ? []
      : [
          {
            ...rule,
            first: festival.first - (rule.lead ?? 0),
            last: festival.last,
            membersOnly: false,
          },
        ]
  }),
  ...YEARS.map(summerDrinks),
  ...YEARS.flatMap(categoryWeeks),
  ...memberDays(),
]

const BY_DAY: readonly (readonly Promotion[])[] = DAYS.map((_, day) =>
  PROMOTIONS.filter((promotion) => promotion.first <= day && day <= promotion.last),
)

/** The best offer for goods of a category on a day, or null. */
export function bestPromotion(day: number, category: string, isMember: boolean): Promotion | null {
  let best: Promotion | null = null
  for (const one of BY_DAY[day] ?? []) {
    if (one.membersOnly && !isMember) continue
    if (one.categories !== null && !one.categories.includes(category)) continue
    if (best === null || one.rate > best.rate) best = one
  }
  return best
}
