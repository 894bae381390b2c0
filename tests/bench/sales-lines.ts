/** Deterministic retail lines in time order: few regions and shops, many skewed customers and products. */
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'

export const salesColumns = [
  'receipt', 'sold_at', 'region', 'store', 'customer', 'category', 'subcategory', 'product', 'channel', 'quantity', 'amount',
] as const // prettier-ignore

const channels = ['store', 'delivery', 'mall', 'mini app']
const firstSecond = 1_672_531_200
const threeYears = 94_694_400

export async function writeSalesLines(path: string, rows: number): Promise<void> {
  let state = 20_260_101
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  const file = createWriteStream(path)
  file.write(`${salesColumns.join(',')}\n`)
  for (let i = 0; i < rows; i++) {
    const seconds = firstSecond + Math.floor((i / rows) * threeYears)
    const at = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
    const store = next(40)
    // The smaller of two draws: some customers come often, most seldom.
    const customer = Math.min(next(200_000), next(200_000))
    const product = next(3000)
    const quantity = 1 + next(5)
    const amount = ((100 + next(9900)) * quantity) / 100
    const line = [
      `R${String(Math.floor(i / 2)).padStart(9, '0')}`, at, `region ${store % 6}`, `store ${store}`, `C${String(customer).padStart(6, '0')}`,
      `category ${product % 12}`, `sub ${product % 60}`, `product ${product}`, channels[next(4)], quantity, amount.toFixed(2),
    ] // prettier-ignore
    if (!file.write(`${line.join(',')}\n`)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
}
