import { cumulate, Random } from './rng.ts'
import { CATEGORIES, type Category, type Subcategory } from './product-words.ts'
import { YEARS } from './calendar/days.ts'

export interface Product {
  readonly code: string
  /** EAN-13 with its check digit. */
  readonly barcode: string
  readonly name: string
  readonly category: string
  readonly subcategory: string
  readonly brand: string
  readonly unit: string
  /** Prices in fen, one per year of the sample. */
  readonly prices: readonly number[]
  /** In fen. */
  readonly cost: number
}

export interface ProductRange {
  readonly products: readonly Product[]
  /** Index of a category's first product, and running popularity of its products. */
  readonly byCategory: readonly { readonly first: number; readonly popularity: Float64Array }[]
}

const PER_SUBCATEGORY = 30

/** 40 subcategories with 30 products each: 1,200. */
export function makeProducts(seed: string): ProductRange {
  const random = new Random(`${seed}/products`)
  const products: Product[] = []
  const byCategory = CATEGORIES.map((category) => {
    const first = products.length
    for (const subcategory of category.subcategories)
      for (let i = 0; i < PER_SUBCATEGORY; i++)
        products.push(makeProduct(random, products.length, category, subcategory, i))
    const count = products.length - first
    // A few products sell most: popularity falls like one over rank, dearer ones sell less.
    const ranks = random.shuffle(Array.from({ length: count }, (_, rank) => rank))
    const weights = ranks.map((rank, i) => {
      const price = products[first + i]?.prices[0] ?? 1
      return 1 / (rank + 6) ** 0.9 / price ** 0.35
    })
    return { first, popularity: cumulate(weights) }
  })
  return { products, byCategory }
}

function makeProduct(
  random: Random,
  index: number,
  category: Category,
  subcategory: Subcategory,
  nth: number,
): Product {
  const { goods, variants, sizes } = subcategory
  // Counting through goods, variants and sizes keeps the names of a subcategory different.
  const good = goods[nth % goods.length] ?? ''
  const variant = variants[Math.floor(nth / goods.length) % variants.length] ?? ''
  const size =
    sizes[(nth + Math.floor(nth / (goods.length * variants.length))) % sizes.length] ?? ''
  const brand = random.pick(category.brands)
  const price = charm(subcategory.price * Math.exp(0.45 * random.normal()))
  const prices = yearlyPrices(random, price)
  const share = category.costShare * (0.85 + 0.3 * random.next())
  return {
    code: `SP${String(100_001 + index)}`,
    barcode: ean13(`69${String(50_000 + CATEGORIES.indexOf(category) * 137)}`, 10_000 + index * 7),
    name: `${brand}${variant}${good} ${size}`,
    category: category.name,
    subcategory: subcategory.name,
    brand,
    unit: unitOf(size),
    prices,
    cost: Math.round(price * share),
  }
}

/** Two products in five become dearer in the third year, some already in the second. */
function yearlyPrices(random: Random, price: number): number[] {
  let current = price
  return YEARS.map((_, year) => {
    if (year > 0 && random.chance(year === 1 ? 0.15 : 0.4))
      current = Math.max(current, charm((current / 100) * (1.03 + 0.05 * random.next())))
    return current
  })
}

/** A price in fen as shops write them: x.9 or x.8 below 100 yuan, whole yuan with a 9 or 8 above. */
function charm(yuan: number): number {
  if (yuan < 10) return Math.max(190, Math.round(yuan) * 100 - (Math.round(yuan * 7) % 2 ? 10 : 50))
  if (yuan < 100) return Math.round(yuan) * 100 - (Math.round(yuan * 3) % 3 === 0 ? 20 : 10)
  const tens = Math.round(yuan / 10) * 1000
  return tens - (Math.round(yuan) % 4 === 0 ? 200 : 100)
}

function ean13(prefix: string, item: number): string {
  const digits = `${prefix}${String(item).padStart(12 - prefix.length, '0')}`
  let sum = 0
  for (let i = 0; i < 12; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

function unitOf(size: string): string {
  if (/ml|L$/.test(size)) return '瓶'
  if (/盒|套/.test(size)) return '盒'
  return /片|包|袋|g$/.test(size) ? '包' : '件'
}
