import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function bench() {
  const folder = tempFolder()
  const space = ['--workspace', join(folder, 'space'), '--locale', 'en']
  const run = (args: readonly string[], input = '') =>
    runCli(join(folder, 'settings'), [...args, ...space], input)
  const file = (name: string, text = ''): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const rowsOf = async (dataset: string, fields: readonly string[]) => {
    const rows = fields.map((field) => ({ field }))
    const question = JSON.stringify({ dataset, rows, measures: [{ aggregate: 'count' }] })
    const end = await run(['query', '--query', '-'], question)
    return Answer.parse(end.json()).rows.map(({ path }) => path)
  }
  return { run, file, rowsOf }
}

const Answer = z.object({ rows: z.array(z.object({ path: z.array(z.unknown()) })) })
const columnsOf = (end: Awaited<ReturnType<typeof runCli>>): unknown[] =>
  Imported.parse(end.json()).datasets.flatMap(({ columns }) =>
    columns.map(({ name, type, role }) => [name, type, role]),
  )
const Imported = z.object({
  datasets: z.array(
    z.object({
      columns: z.array(z.object({ name: z.string(), type: z.string(), role: z.string() })),
    }),
  ),
})

describe('import --column', () => {
  it('reads columns as they are said to be: types, order of dates, decimals, marks of text', async () => {
    const { run, file, rowsOf } = bench()
    const text = [
      '下单: 日期,数量,重量,卡号\n05/03/2024,3,"1,250",`0012\n',
      '06/03/2024,待定,"2,500",`0013\n',
    ]
    const said = [
      ...['--column', '下单: 日期: type=date, order=dayFirst'],
      ...['--column', '数量: type=integer, role=dimension', '--column', '重量: decimals=comma'],
      ...['--column', '卡号: marks=trim', '--meaning', '卡号=customer'],
    ]
    const end = await run(['import', file('单.csv', text.join('')), ...said])
    expect(columnsOf(end)).toEqual([
      ['下单: 日期', 'date', 'dimension'],
      ['数量', 'integer', 'dimension'],
      ['重量', 'decimal', 'measure'],
      ['卡号', 'text', 'identifier'],
    ])
    expect(await rowsOf('单', ['下单: 日期', '数量', '卡号'])).toEqual([
      ['2024-03-05', 3, '0012'],
      ['2024-03-06', null, '0013'],
    ])
    const sum = { dataset: '单', measures: [{ field: '重量', aggregate: 'sum' }] }
    const asked = await run(['query', '--query', '-'], JSON.stringify(sum))
    expect(asked.json()).toMatchObject({ cells: [[[3.75]]] })
  }, 180_000)

  it('fills merged cells, turns months under names in the language of the sheet, and turns them back', async () => {
    const { run, file, rowsOf } = bench()
    const path = file('月报.xlsx')
    const book = new exceljs.Workbook()
    const sheet = book.addWorksheet('月报')
    sheet.addRows([['大区', '门店', '2024年1月', '2024年2月', '2024年3月'], ['华东', 'S01', 1, 2, 3], [null, 'S02', 4, 5, 6]]) // prettier-ignore
    sheet.mergeCells('A2:A3')
    await book.xlsx.writeFile(path)
    const filled = ['--column', '大区: merged=fill']
    const made = await run(['import', path, '--unpivot', ...filled, '--column', '期间: type=text'])
    expect(columnsOf(made)).toEqual([
      ['大区', 'text', 'dimension'],
      ['门店', 'text', 'dimension'],
      ['期间', 'text', 'dimension'],
      ['数值', 'integer', 'measure'],
    ])
    expect(await rowsOf('月报', ['大区', '门店'])).toEqual([
      ['华东', 'S01'],
      ['华东', 'S02'],
    ])
    const again = await run(['import', path, '--mode', 'replace'])
    expect(again.errors).toContain('settings of columns (2)')
    expect(columnsOf(again)).toContainEqual(['期间', 'text', 'dimension'])
    const back = await run(['import', path, '--mode', 'replace', '--no-unpivot'])
    expect(columnsOf(back)).toContainEqual(['2024年2月', 'integer', 'measure'])
    const english = file('plan.csv', 'shop,2024-01,2024-02,2024-03\nS01,1,2,3\n')
    const plan = await run(['import', english, '--unpivot', '--locale', 'zh-CN'])
    expect(columnsOf(plan)).toEqual([
      ['shop', 'text', 'dimension'],
      ['Period', 'date', 'dimension'],
      ['Value', 'integer', 'measure'],
    ])
  }, 180_000)

  it('names a column that is not there beside those that are, also under another header row', async () => {
    const { run, file } = bench()
    const path = file('a.csv', 'report,\n门店,金额\nS01,1\nS02,2\n')
    const wrong = await run(['import', path, '--header-row', '2', '--column', '金颔: type=decimal'])
    expect([wrong.code, wrong.failure()]).toMatchObject([
      4,
      {
        code: 'dataset/fieldMissing',
        details: { field: '金颔', known: ['门店', '金额'], near: '金额' },
      },
    ])
    expect(wrong.failure().message).toContain('known: 门店, 金额')
    const right = await run(['import', path, '--header-row', '2', '--column', '金额: type=decimal'])
    expect(columnsOf(right)).toContainEqual(['金额', 'decimal', 'measure'])
  }, 180_000)

  it('cuts a text file by the sign that is said, now and the next time', async () => {
    const { run, file } = bench()
    const path = file('秤.txt', '货号 品名 重量\nA1 苹果 1.25\nA2 梨 0.8\n')
    const columns = [
      ['货号', 'text', 'identifier'],
      ['品名', 'text', 'dimension'],
      ['重量', 'decimal', 'measure'],
    ]
    expect(columnsOf(await run(['import', path, '--delimiter', 'space']))).toEqual(columns)
    const again = ['import', path, '--mode', 'replace']
    expect(columnsOf(await run(again))).toEqual(columns)
    expect(columnsOf(await run([...again, '--as-found']))).toHaveLength(1)
    file('秤.txt', '货号 品名 重量\nA1 苹果 1.25\nA2 梨 0.8\nA3 桃 2.5\n')
    expect(columnsOf(await run([...again, '--delimiter', ' ']))).toEqual(columns)
    file('秤.txt', '货号 品名 重量\nA1 苹果 1.25\nA2 梨 0.8\nA3 桃 2.5\nA4 杏 1.5\n')
    expect((await run(['refresh'])).json()).toMatchObject({
      datasets: [{ name: '秤', state: 'refreshed', rows: 4 }],
    })
    const wrong = await run(['import', path, '--delimiter', 'ab'])
    expect([wrong.code, wrong.failure().message]).toMatchObject([2, /comma, tab/])
  }, 180_000)

  it('refuses what it does not understand, and what would be passed over', async () => {
    const { run, file } = bench()
    const path = file('a.csv', 'a,b\n1,2\n')
    const wrong = {
      a: /'NAME: KEY=VALUE, …'.*type, role, order, decimals, merged, marks/,
      'a: typ=date': /each name and key once/,
      'a: type=date, type=text': /each name and key once/,
      'a: type=number': /'a': type: text, integer, decimal/,
      'a: order=dayFirst': /'a': order goes with type=date or type=timestamp/,
      'a: type=text, decimals=comma': /decimals goes with type=integer/,
      'a: type=integer, marks=trim': /marks goes with type=text/,
    }
    for (const [said, words] of Object.entries(wrong)) {
      const end = await run(['import', path, '--column', said])
      expect([said, end.code]).toEqual([said, 2])
      expect(end.failure().message).toMatch(words)
    }
    const both = await run(['import', path, '--unpivot', '--no-unpivot'])
    expect(both.failure().message).toContain('Either --unpivot or --no-unpivot')
    const help = await run(['import', '--help'])
    expect(help.out).toContain('order=dayFirst|monthFirst|yearFirst')
  }, 180_000)
})
