import { readFileSync } from 'node:fs'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCurrent, type Manifest } from '../../../scripts/sample/manifest.ts'
import type { Totals, Truth } from '../../../scripts/sample/truth.ts'
import { writeChain } from '../../../scripts/sample/write-chain.ts'

const SCALE = 0.01
const HEAD =
  '小票号 行号 销售时间 门店编码 会员号 商品编码 渠道 数量 单价 折扣 金额 促销活动 支付方式 收银员'

interface Sale {
  readonly sheet: string
  readonly receipt: string
  readonly time: Date
  readonly shop: string
  readonly member: string | null
  readonly product: string
  readonly quantity: number
  readonly price: number
  readonly discount: number
  readonly amount: number
  readonly cashier: string | null
}

let folder = ''
let manifest: Manifest
let truth: Truth
let sales: Sale[] = []
let regions: Map<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-'))
  manifest = await writeChain(folder, SCALE)
  // Our own file, written a moment ago.
  truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth
  for (const year of [2023, 2024, 2025]) sales = sales.concat(await readSales(year))
  const db = new Database(join(folder, '门店.sqlite'), { readonly: true })
  // The two columns the statement names.
  const rows = db.prepare('select 门店编码, 区域 from 门店').raw().all() as [string, string][]
  db.close()
  regions = new Map(rows)
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

async function openBook(name: string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(join(folder, name))
  return book
}

async function readSales(year: number): Promise<Sale[]> {
  const book = await openBook(`销售明细_POS_${year}.xlsx`)
  return book.worksheets.flatMap((sheet) => {
    expect((sheet.getRow(1).values as unknown[]).slice(1).join(' ')).toBe(HEAD)
    const found: Sale[] = []
    sheet.eachRow((row, number) => {
      if (number === 1) return
      // exceljs leaves cell values untyped; the sums below would show a wrong one.
      const cell = (column: number) => row.getCell(column).value as never
      found.push({
        sheet: sheet.name,
        receipt: cell(1),
        time: cell(3),
        shop: cell(4),
        member: cell(5),
        product: cell(6),
        quantity: cell(8),
        price: cell(9),
        discount: cell(10),
        amount: cell(11),
        cashier: cell(14),
      })
    })
    return found
  })
}

function totals(rows: readonly Sale[]): Totals {
  const fen = (yuan: number) => Math.round(yuan * 100)
  return {
    lines: rows.length,
    receipts: new Set(rows.map((row) => row.receipt)).size,
    quantity: rows.reduce((sum, row) => sum + row.quantity, 0),
    discountFen: rows.reduce((sum, row) => sum + fen(row.discount), 0),
    amountFen: rows.reduce((sum, row) => sum + fen(row.amount), 0),
  }
}

function totalsBy(key: (row: Sale) => string): Record<string, Totals> {
  const groups = Map.groupBy(sales, key)
  return Object.fromEntries([...groups].map(([name, rows]) => [name, totals(rows)]))
}

function csvRows(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== ',') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('the sample chain', () => {
  it('comes out the same every time', async () => {
    const again = await mkdtemp(join(tmpdir(), 'sample-'))
    expect(await writeChain(again, SCALE)).toEqual(manifest)
    await rm(again, { recursive: true })
  }, 60_000)

  it('knows when its files are current', async () => {
    expect(isCurrent(folder, SCALE)).toBe(true)
    expect(isCurrent(folder, 1)).toBe(false)
    expect(isCurrent(tmpdir(), SCALE)).toBe(false)
    const other = await mkdtemp(join(tmpdir(), 'sample-'))
    await writeChain(other, SCALE)
    await truncate(join(other, '问卷.csv'), 10)
    expect(isCurrent(other, SCALE)).toBe(false)
    await writeFile(join(other, 'manifest.json'), '{"generator":')
    expect(isCurrent(other, SCALE)).toBe(false)
    await rm(other, { recursive: true })
  }, 60_000)

  it('states totals that equal the sums over its files', () => {
    const year = (row: Sale) => String(row.time.getUTCFullYear())
    const region = (row: Sale) => regions.get(row.shop) ?? ''
    expect(truth.total).toEqual(totals(sales))
    expect(truth.byYear).toEqual(totalsBy(year))
    expect(truth.byRegion).toEqual(totalsBy(region))
    expect(truth.byYearRegion).toEqual(totalsBy((row) => `${year(row)}/${region(row)}`))
    expect(truth.byMonth).toEqual(totalsBy((row) => row.time.toISOString().slice(0, 7)))
    expect(truth.returns).toEqual(totals(sales.filter((row) => row.quantity < 0)))
    expect(truth.withoutMember).toEqual(totals(sales.filter((row) => row.member === null)))
  })

  it('has amounts that are quantity times price less discount, to the fen', () => {
    const wrong = sales.filter(
      ({ quantity, price, discount, amount }) =>
        Math.round(amount * 100) !==
        quantity * Math.round(price * 100) - Math.round(discount * 100),
    )
    expect(wrong).toEqual([])
    expect(sales.every((row) => row.amount > 0 === row.quantity > 0)).toBe(true)
  })

  it('splits years into half-year sheets, with text identifiers that keep their zeros', () => {
    expect([...new Set(sales.map((row) => row.sheet))]).toEqual(
      [2023, 2024, 2025].flatMap((year) => [`${year}上半年`, `${year}下半年`]),
    )
    for (const row of sales) {
      const date = row.time.toISOString().slice(0, 10).replaceAll('-', '')
      expect(row.receipt).toMatch(new RegExp(`^${row.shop}${date}\\d{5}$`))
      expect(row.shop).toMatch(/^0[0-2]\d$/)
      expect(row.member ?? '00000000').toMatch(/^0\d{7}$/)
    }
  })

  it('refers only to members, products and shops it has', async () => {
    const members = (await openBook('会员名单.xlsx')).getWorksheet('会员名单')!
    const numbers = members.getColumn(1).values.slice(2)
    expect(new Set(numbers).size).toBe(truth.counts['members'])
    const known = new Set(numbers)
    expect(sales.filter((row) => row.member !== null && !known.has(row.member))).toEqual([])
    const text = new TextDecoder('gb18030', { fatal: true }).decode(
      readFileSync(join(folder, '商品资料.csv')),
    )
    const products = csvRows(text)
    expect(products[0]?.join(' ')).toBe(
      '商品编码 条形码 商品名称 大类 小类 品牌 单位 零售价 成本价',
    )
    const codes = new Set(products.map((row) => row[0]))
    expect(codes.size).toBe(1201)
    expect(sales.filter((row) => !codes.has(row.product))).toEqual([])
    expect(regions.size).toBe(24)
    expect(new Set(regions.values()).size).toBe(5)
  })

  it('gives every product a barcode with a right check digit, a margin and three levels', () => {
    const text = new TextDecoder('gb18030').decode(readFileSync(join(folder, '商品资料.csv')))
    const rows = csvRows(text).slice(1)
    for (const [, barcode = '', , , , , , price, cost] of rows) {
      expect(barcode).toMatch(/^69\d{11}$/)
      const sum = [...barcode.matchAll(/\d/g)].reduce(
        (total, [digit], i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3),
        0,
      )
      expect(sum % 10).toBe(0)
      expect(Number(price)).toBeGreaterThan(Number(cost))
    }
    expect(new Set(rows.map((row) => row[3])).size).toBe(8)
    expect(new Set(rows.map((row) => row[4])).size).toBe(40)
    expect(new Set(rows.map((row) => row[1])).size).toBe(1200)
  })

  it('lists members as a clerk keeps them: odd phones, dates in four ways, cards twice', async () => {
    const sheet = (await openBook('会员名单.xlsx')).getWorksheet('会员名单')!
    const phones = sheet.getColumn(4).values.slice(2).map(String)
    for (const odd of [/^\d{11}$/, /^\d{3} \d{4} \d{4}$/, /^\d{3}-\d{4}-\d{4}$/, /^\+86 /, /[0-9]/])
      expect(phones.some((phone) => odd.test(phone))).toBe(true)
    const dates = sheet.getColumn(6).values.slice(2)
    expect(dates.some((date) => date instanceof Date)).toBe(true)
    for (const form of [/^\d{4}\/\d{1,2}\/\d{1,2}$/, /^\d{4}年\d{1,2}月\d{1,2}日$/, /^\d{8}$/])
      expect(dates.some((date) => typeof date === 'string' && form.test(date))).toBe(true)
    expect(truth.duplicateCards).toHaveLength(300 * 0.02)
  })

  it('plants its anomalies where the truth says', () => {
    const shopSales = (shop: string, day: string) =>
      sales.filter((row) => row.shop === shop && row.time.toISOString().startsWith(day))
    for (let day = 15; day <= 19; day++) expect(shopSales('011', `2024-07-${day}`)).toEqual([])
    const doubled = shopSales('005', '2025-03-15')
    const different = new Set(doubled.map((row) => `${row.receipt} ${row.product} ${row.amount}`))
    expect(doubled.length).toBe(different.size * 2)
  })

  it('keeps a points balance per card that follows from its postings', () => {
    const rows = csvRows(readFileSync(join(folder, '积分流水.csv'), 'utf8')).slice(1)
    expect(rows).toHaveLength(truth.counts['postings']!)
    const balances = new Map<string, number>()
    for (const [, member = '', , , points, balance] of rows) {
      balances.set(member, (balances.get(member) ?? 0) + Number(points))
      expect(Number(balance)).toBe(balances.get(member))
    }
    expect(Math.min(...balances.values())).toBeGreaterThanOrEqual(0)
    expect(rows.filter((row) => row[3] === '人工调整')).toHaveLength(64)
  })

  it('writes the survey with a mark, quotes and line breaks inside comments', () => {
    const text = readFileSync(join(folder, '问卷.csv'), 'utf8')
    expect(text.charCodeAt(0)).toBe(0xfeff)
    const rows = csvRows(text.slice(1))
    expect(rows.every((row) => row.length === 10)).toBe(true)
    expect(rows).toHaveLength(truth.counts['answers']! + 1)
    expect(rows.some((row) => /^[A-Z][a-z ]/.test(row[9] ?? ''))).toBe(true)
  })

  it('splits campaigns into treatment and control groups', async () => {
    const book = await openBook('营销活动.xlsx')
    expect(book.getWorksheet('活动列表')!.rowCount).toBe(9)
    const groups = book.getWorksheet('触达明细')!.getColumn(3).values.slice(2)
    for (const group of ['实验组', '对照组'] as const)
      expect(groups.filter((one) => one === group)).toHaveLength(
        truth.campaigns.reduce((n, c) => n + (group === '实验组' ? c.treated : c.control), 0),
      )
    expect(truth.campaigns.filter((one) => one.works).map((one) => one.code)).toEqual([
      'HD2401',
      'HD2502',
    ])
  })
})
