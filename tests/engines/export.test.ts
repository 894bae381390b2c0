import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../shared/data/field.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { newBlock } from '../../shared/report/new-block.ts'
import { blocks, exported, fields, frame, newId, reopened, use } from '../support/export-board.ts'
import { tempFolder } from '../support/temp-folder.ts'

describe('a board as a workbook', () => {
  it('has a sheet for each block, names that Excel takes, and the numbers of the screen at full precision', async () => {
    const { target } = await exported('xlsx', blocks())
    const workbook = await reopened(target)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      '概览',
      '区域 × 年',
      '区域 × 年 (2)',
      '明细表',
    ])
    const overview = workbook.getWorksheet('概览')!
    expect(overview.getCell('B4').value).toBe(1234563.19)
    const sheet = workbook.getWorksheet('区域 × 年')!
    const values = sheet
      .getSheetValues()
      .slice(1)
      .map((line) => (line as unknown[]).slice(1))
    expect(values.slice(3)).toEqual([
      ['region', 'shop \\ sold_at（年）', '2024', '2024', '2025', '2025', '合计', '合计'],
      [
        'region',
        'shop \\ sold_at（年）',
        'amount（求和）',
        '行数',
        'amount（求和）',
        '行数',
        'amount（求和）',
        '行数',
      ],
      ['华北', 'A', 1234567.89, 1, undefined, undefined, 1234567.89, 1],
      ['华北', '合计', 1234567.89, 1, undefined, undefined, 1234567.89, 1],
      ['华东', '=cmd|calc', 0.1, 1, undefined, undefined, 0.1, 1],
      ['华东', 'A', 0.2, 1, undefined, undefined, 0.2, 1],
      ['华东', '合计', 0.3, 2, undefined, undefined, 0.3, 2],
      ['（空）', 'B', undefined, undefined, -5, 1, -5, 1],
      ['（空）', '合计', undefined, undefined, -5, 1, -5, 1],
      ['合计', '合计', 1234568.19, 3, -5, 1, 1234563.19, 4],
    ])
    expect(sheet.getCell('C6').numFmt).toBe('#,##0.00')
    expect(sheet.getCell('B8').type).toBe(ExcelJS.ValueType.String)
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 5 })
    expect(workbook.getWorksheet('区域 × 年 (2)')!.getImages()).toHaveLength(1)
  })

  it('keeps groups of a crosstab put away, or opens them all where that is asked for', async () => {
    const block = blocks()[0]!
    if (block.kind !== 'crosstab') throw new Error(block.kind)
    const folded: Block = { ...block, folds: { rows: { levels: [1], paths: [] } } }
    const linesOf = async (request: object): Promise<string[]> => {
      const { target } = await exported('xlsx', [folded], undefined, {}, undefined, { request })
      const [sheet] = (await reopened(target)).worksheets
      const lines: string[] = []
      sheet!.eachRow((row, at) => {
        if (at > 5) lines.push(`${row.getCell(1).text}/${row.getCell(2).text}`)
      })
      return lines
    }
    const groups = ['华北', '华东', '（空）']
    const shown = await linesOf({})
    expect(shown).toHaveLength(groups.length + 1)
    expect(await linesOf({ levels: 'all' })).toEqual([
      ...[
        '华北/A',
        '华北/合计',
        '华东/=cmd|calc',
        '华东/A',
        '华东/合计',
        '（空）/B',
        '（空）/合计',
      ],
      '合计/合计',
    ])
  })

  it('says over the numbers into what a block was drilled', async () => {
    const chart = blocks()[1]!
    if (chart.kind !== 'chart') throw new Error(chart.kind)
    const levels = [{ field: 'sl_sales.region' }, { field: 'sl_sales.shop' }]
    const drillPaths = { dp_shops: { id: 'dp_shops', name: '门店', levels } }
    const drilled: Block = { ...chart, drillPath: 'dp_shops' }
    const drill = { [chart.id]: { path: 'dp_shops', members: ['华东'] } }
    const { target } = await exported('xlsx', [drilled], undefined, { drillPaths }, undefined, {
      request: { view: { filters: {}, drill } },
    })
    const sheet = (await reopened(target)).worksheets[0]!
    const notes = ['A2', 'A3'].map((cell) => sheet.getCell(cell).text).join(' ')
    expect(notes).toContain('region')
    expect(notes).toContain('华东')
  })

  it('lists every row of a detail table with dates as dates', async () => {
    const { target, written } = await exported('xlsx', [blocks()[2]!])
    const sheet = (await reopened(target)).worksheets[0]!
    expect(sheet.getCell('B4').value).toEqual(new Date('2024-01-05T00:00:00Z'))
    expect(sheet.getCell('A4').value).toBe('=cmd|calc')
    expect(written.rows).toBe(4)
  })
})

describe('a board with a block that cannot be answered', () => {
  const gone: Field = { name: 'gone', type: 'decimal', role: 'measure', scale: 2 }
  const datasets = {
    sl_sales: { id: 'sl_sales', name: 'sales', fields: [...fields, gone] },
  }
  const broken = () => {
    const block = newBlock('crosstab', frame, newId)
    if (block.kind !== 'crosstab') throw new Error(block.kind)
    block.title = '坏掉的表'
    block.shelves.rows.push(use('region'))
    block.shelves.values.push(use('gone', { aggregate: 'sum' }))
    return block
  }

  it('is exported without it, and both the file and the result say so', async () => {
    const list = [broken(), blocks()[2]!]
    const { target, written } = await exported('xlsx', list, undefined, { datasets })
    const workbook = await reopened(target)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['坏掉的表', '明细表'])
    const reason = workbook.worksheets[0]!.getCell('A2').text
    expect(reason).toMatch(/^“坏掉的表”未导出：/)
    expect(written).toMatchObject({ notes: [reason], rows: 6 })
  })

  it('is refused when nothing else is on it', async () => {
    await expect(exported('xlsx', [broken()], undefined, { datasets })).rejects.toMatchObject({
      appError: { code: 'query/invalid' },
    })
  })
})

describe('boards without numbers, and boards with many tables', () => {
  it('an empty board is a sheet that says there is nothing, and one of text alone holds its text', async () => {
    const text = newBlock('text', frame, newId)
    if (text.kind === 'text') text.text = '只有文字'
    const sheetsOf = async (list: readonly Block[]) =>
      (await reopened((await exported('xlsx', list)).target)).worksheets
    const [empty, ...noMore] = await sheetsOf([])
    expect(empty!.getCell('A2').text).toBe('此页还没有数据')
    expect(noMore).toEqual([])
    const [written] = await sheetsOf([text])
    expect(written!.name).toBe('概览')
    expect(written!.getCell('A4').text).toBe('只有文字')
  })

  it('more tables than lists are kept open at once are all written', async () => {
    const tables = Array.from({ length: 10 }, () => blocks()[2]!)
    const { target, written } = await exported('xlsx', tables)
    const sheets = (await reopened(target)).worksheets
    expect(sheets.map((sheet) => sheet.rowCount)).toEqual(tables.map(() => 7))
    expect(written.rows).toBe(40)
  })
})

describe('a detail table alone', () => {
  it('is written as it is read: exact amounts, dates as dates, and text that is no formula', async () => {
    const table = blocks()[2]!
    const { target, written } = await exported('xlsx', [table], table)
    const sheet = (await reopened(target)).worksheets[0]!
    const lines = sheet
      .getSheetValues()
      .slice(1)
      .map((line) => (line as unknown[]).slice(1))
    expect(lines[0]).toEqual(['shop', 'sold_at', 'amount'])
    expect(lines[1]).toEqual(['=cmd|calc', new Date('2024-01-05T00:00:00Z'), 0.1])
    expect(lines[3]?.[2]).toBe(1234567.89)
    expect(sheet.getCell('A2').type).toBe(ExcelJS.ValueType.String)
    expect(written).toMatchObject({ rows: 4, pages: 1 })
    // A column narrower than its numbers shows them as ####.
    expect(sheet.getColumn(3).width).toBeGreaterThan('1,234,567.89'.length)
  })
})

describe('pictures and text files', () => {
  it('an SVG holds its labels as text once, a PNG is a picture with the product font', async () => {
    const svg = await exported('svg', [blocks()[1]!])
    const drawing = readFileSync(svg.target, 'utf8')
    expect(drawing.match(/>华东</g)).toHaveLength(1)
    const png = await exported('png', [blocks()[1]!])
    const bytes = readFileSync(png.target)
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(16)).toBe(1800)
  })

  it('a CSV quotes what a spreadsheet would run and leaves numbers alone', async () => {
    const { target } = await exported('csv', [blocks()[2]!])
    expect(readFileSync(target, 'utf8').split('\r\n').slice(1, 3)).toEqual([
      '"\'=cmd|calc",2024-01-05,0.10',
      'A,2024-02-05,0.20',
    ])
  })

  it('a CSV of a crosstab or chart names blank members as the screen does', async () => {
    const lines = async (block: Block): Promise<string[]> => {
      const { target } = await exported('csv', [block])
      return readFileSync(target, 'utf8').split('\r\n')
    }
    expect(await lines(blocks()[0]!)).toContain('（空）,B,2025,-5.00,1')
    expect(await lines(blocks()[1]!)).toContain('（空）,-5.00')
  })

  it('a PDF without a browser says so and leaves nothing behind', async () => {
    const folder = tempFolder()
    await expect(exported('pdf', blocks())).rejects.toMatchObject({
      appError: { code: 'export/noBrowser' },
    })
    expect(existsSync(join(folder, 'out.pdf'))).toBe(false)
  })
})
