/** What a chain's till lines look like in a workbook, a text file and a table: 14 columns, the same rows in each. */
import type { CellValue, SheetColumn } from '../../electron/engine/exports/xlsx-stream/table.ts'
import { WorkbookWriter } from '../../electron/engine/exports/xlsx-stream/workbook-writer.ts'

export const lineColumns: readonly SheetColumn[] = [
  { title: '小票号', kind: 'text' },
  { title: '时间', kind: 'timestamp' },
  { title: '门店', kind: 'text' },
  { title: '区域', kind: 'text' },
  { title: '会员', kind: 'text' },
  { title: '商品', kind: 'text' },
  { title: '大类', kind: 'text' },
  { title: '小类', kind: 'text' },
  { title: '品牌', kind: 'text' },
  { title: '渠道', kind: 'text' },
  { title: '数量', kind: 'number' },
  { title: '单价', kind: 'decimal', format: '#,##0.00' },
  { title: '折扣', kind: 'decimal', format: '#,##0.00' },
  { title: '金额', kind: 'decimal', format: '#,##0.00' },
]

/** Deterministic lines of 14 columns. */
export function* rowsOf(count: number): Generator<CellValue[]> {
  let state = 12_345
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  for (let i = 0; i < count; i++) {
    const price = 100 + next(9900)
    const quantity = 1 + next(5)
    const product = next(3000)
    const shop = next(40)
    yield [
      `R${String(Math.floor(i / 3)).padStart(9, '0')}`, 1_672_531_200_000 + i * 300_000, `门店${shop}`, `区域${shop % 6}`,
      `M${String(next(200_000)).padStart(6, '0')}`, `商品${product}`, `大类${product % 12}`, `小类${product % 60}`, `品牌${product % 150}`,
      ['门店', '小程序', '外卖', '团购'][next(4)] ?? '', quantity, (price / 100).toFixed(2), '0.00', ((price * quantity) / 100).toFixed(2),
    ] // prettier-ignore
  }
}

export async function makeWorkbook(path: string, rows: number): Promise<void> {
  const book = await WorkbookWriter.create(path, { level: 6 })
  const sheet = await book.addSheet({ name: '明细', columns: lineColumns })
  await sheet.writeRows(rowsOf(rows))
  await book.finish()
}
