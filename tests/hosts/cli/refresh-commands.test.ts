import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import officeCrypto from 'officecrypto-tool'
import { expect, test } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { workbookZip } from '../../../scripts/fixtures/make-zip.ts'
import { tempFolder } from '../../support/temp-folder.ts'

function bench() {
  const folder = tempFolder()
  const inbox = join(folder, '月报')
  mkdirSync(inbox)
  const workspace = join(folder, 'space')
  return {
    inbox,
    file: (name: string, text: string): string => {
      writeFileSync(join(inbox, name), text)
      return join(inbox, name)
    },
    run: (...args: string[]) =>
      runCli(join(folder, 'settings'), [...args, '--workspace', workspace]),
  }
}

test('a month later: refresh, versions, back and forward', async () => {
  const { file, run } = bench()
  const path = file('sales.csv', 'shop,amount\nA,1.5\n')
  expect((await run('import', path)).code).toBe(0)
  expect((await run('refresh')).json()).toEqual({
    datasets: [{ name: 'sales', state: 'unchanged', version: 1, rows: 1 }],
  })
  file('sales.csv', 'shop,amount\nA,1.5\nB,2.5\n')
  expect((await run('refresh', '--dataset', 'sales')).json()).toMatchObject({
    datasets: [{ state: 'refreshed', version: 2, rows: 2, rowsBefore: 1, read: ['sales.csv'] }],
  })
  const back = await run('rollback', 'sales')
  expect(back.json()).toEqual({ name: 'sales', version: 1, rows: 1 })
  const listed = await run('versions')
  expect(listed.json()).toMatchObject({
    datasets: [{ name: 'sales', versions: [{ version: 2, current: false }, { version: 1, current: true }] }],
  }) // prettier-ignore
  expect((await run('rollback', 'sales', '--to', '9')).failure()).toMatchObject({
    code: 'dataset/versionGone',
  })
  const dropped = await run('versions', '--dataset', 'sales', '--drop', '2')
  expect(dropped.json()).toMatchObject({ datasets: [{ versions: [{ version: 1 }] }] })
})

test('a renamed column ends with code 4 and a proposal, and is taken as the field that was said', async () => {
  const { file, run } = bench()
  await run('import', file('sales.csv', '门店,销售额\nA,1.5\n'))
  file('sales.csv', '门店,销售额(元)\nA,3.5\n')
  const asked = await run('refresh')
  expect(asked.code).toBe(4)
  expect(asked.failure()).toMatchObject({
    code: 'dataset/schemaChanged',
    details: { dataset: 'sales', vanished: ['销售额'], proposals: ['销售额=销售额(元)'] },
  })
  const done = await run('refresh', '--rename', '销售额=销售额(元)')
  expect(done.json()).toMatchObject({ datasets: [{ state: 'refreshed', version: 2 }] })
})

test('a folder is one dataset that grows with it', async () => {
  const { file, inbox, run } = bench()
  file('2025-01.csv', 'shop,amount\nA,1\n')
  file('2025-02.csv', 'shop,amount\nA,2\n')
  expect((await run('import', inbox)).code).toBe(2)
  expect((await run('import', inbox, '--into', 'sales')).json()).toMatchObject({
    datasets: [{ name: 'sales', rows: 2 }],
  })
  file('2025-03.csv', 'shop,amount\nA,3\n')
  expect((await run('refresh')).json()).toMatchObject({
    datasets: [{ state: 'refreshed', rows: 3, added: ['2025-03.csv'], read: [], kept: 2 }],
  })
})

test('a new month with other heads ends with code 4 until its columns are named', async () => {
  const { file, inbox, run } = bench()
  file('2025-01.csv', 'shop,amount\nA,1\n')
  await run('import', inbox, '--into', 'sales')
  file('2025-02.csv', 'shop,net amount\nA,2\n')
  const asked = await run('refresh')
  expect(asked.code).toBe(4)
  expect(asked.failure()).toMatchObject({
    code: 'dataset/schemaChanged',
    details: { reason: 'newFile', file: '2025-02.csv', proposals: ['amount=net amount'] },
  })
  expect(asked.json()).toMatchObject({ datasets: [{ state: 'question', version: 1, rows: 1 }] })
  const done = await run('refresh', '--rename', 'amount=net amount')
  expect(done.json()).toMatchObject({ datasets: [{ rows: 2, added: ['2025-02.csv'] }] })
})

test('a corrected month ends with code 4; what was answered is said whenever it decides', async () => {
  const { file, inbox, run } = bench()
  const sales = (amount: number) =>
    `receipt no,day,amount\nR1,2025-01-02,${amount}\nR2,2025-01-03,${amount}\n`
  file('2025-01.csv', sales(1))
  await run('import', inbox, '--into', 'sales')
  file('2025-01b.csv', sales(5))
  const asked = await run('refresh')
  expect(asked.failure()).toMatchObject({
    code: 'dataset/overlap',
    details: { reason: 'receipts', restated: 2, of: 2, file: '2025-01b.csv', other: '2025-01.csv' },
  })
  expect(asked.code).toBe(4)
  const done = await run('refresh', '--overlap', 'replace')
  expect(done.json()).toMatchObject({ datasets: [{ state: 'refreshed', rows: 2 }] })
  expect(done.errors).toContain('Rows replaced by those of a later file: 2')
  file('2025-01c.csv', sales(9))
  expect((await run('refresh')).errors).toContain('2025-01c.csv / 2025-01b.csv')
})

test('a file may be left out by name; one that cannot be read is said and ends with a code', async () => {
  const { file, inbox, run } = bench()
  file('2025-01.csv', 'shop,amount\nA,1\n')
  await run('import', inbox, '--into', 'sales')
  file('notes.csv', 'who,what\nme,this\n')
  file('torn.csv', '')
  expect((await run('refresh', '--leave-out', 'note.csv')).failure()).toMatchObject({
    code: 'file/notFound',
    details: { name: 'note.csv' },
  })
  const torn = await run('refresh', '--leave-out', 'notes.csv')
  expect([torn.code, torn.errors]).toEqual([4, expect.stringContaining('“torn.csv” is not in the data.')]) // prettier-ignore
  const out = await run('refresh', '--leave-out', 'torn.csv')
  expect(out.code).toBe(0)
  expect(out.json()).toMatchObject({
    datasets: [{ state: 'unchanged', leftOut: [], leftOutBefore: ['notes.csv', 'torn.csv'] }],
  })
  expect(out.errors).toContain('left out, as you said')
  const back = await run('refresh', '--take-in', 'notes.csv')
  expect(back.failure()).toMatchObject({ code: 'dataset/schemaChanged', details: { file: 'notes.csv' } }) // prettier-ignore
})

test('a copy of a file ends with code 4 and both names, a file that is gone with a way to keep its rows', async () => {
  const { file, inbox, run } = bench()
  const jan = file('2025-01.csv', 'shop,amount\nA,1\n')
  await run('import', inbox, '--into', 'sales')
  file('copy.csv', 'shop,amount\nA,1\n')
  const copied = await run('refresh')
  expect([copied.code, copied.failure()]).toMatchObject([
    4,
    {
      code: 'dataset/schemaChanged',
      details: { reason: 'copy', file: 'copy.csv', other: '2025-01.csv' },
    },
  ])
  expect((await run('refresh', '--leave-out', 'copy.csv')).json()).toMatchObject({
    datasets: [{ state: 'unchanged', leftOutBefore: ['copy.csv'] }],
  })
  const feb = file('2025-02.csv', 'shop,amount\nB,2\n')
  await run('import', jan, feb, '--into', 'both')
  rmSync(jan)
  expect((await run('refresh', '--dataset', 'both')).failure()).toMatchObject({
    ...{ code: 'file/notFound', details: { name: '2025-01.csv', keeps: true } },
  })
  expect((await run('refresh', '--dataset', 'both', '--keep-gone')).json()).toMatchObject({
    datasets: [{ state: 'unchanged', gone: ['2025-01.csv'], rows: 2 }],
  })
  expect((await run('refresh', '--dataset', 'both')).code).toBe(0)
})

test('a file that holds what a changed one held ends with code 4, until it is said that it was renamed', async () => {
  const { file, inbox, run } = bench()
  file('till.csv', 'shop,amount\nA,1\n')
  await run('import', inbox, '--into', 'sales')
  file('2025-01.csv', 'shop,amount\nA,1\n')
  file('till.csv', 'shop,amount\nB,2\n')
  const asked = await run('refresh')
  const details = { reason: 'moved', file: '2025-01.csv', other: 'till.csv' }
  expect([asked.code, asked.failure()]).toMatchObject([4, { code: 'dataset/schemaChanged', details }]) // prettier-ignore
  expect(asked.errors).toContain('“2025-01.csv” holds exactly what “till.csv” held')
  expect((await run('refresh', '--renamed', '2025-01.csv')).json()).toMatchObject({
    datasets: [{ state: 'refreshed', added: ['till.csv'], rows: 2 }],
  })
})

test('a decimal comma that only earlier files prove is told on standard error', async () => {
  const { file, inbox, run } = bench()
  file('2025-01.csv', 'shop,kg\nA,"1,5"\n')
  await run('import', inbox, '--into', 'sales')
  file('2025-02.csv', 'shop,kg\nB,"1,250"\n')
  const done = await run('refresh')
  expect([done.code, done.errors]).toEqual([0, expect.stringContaining('“kg” is read with a decimal comma like earlier files')]) // prettier-ignore
})

test('a protected workbook is read again with the password on standard input', async () => {
  const { inbox } = bench()
  const settings = join(inbox, 'settings')
  const path = join(inbox, 'secret.xlsx')
  const write = (n: number): void => {
    const rows = `<row><c t="str"><v>a</v></c></row><row><c><v>${n}</v></c></row>`
    const sheet = `<worksheet><sheetData>${rows}</sheetData></worksheet>`
    writeFileSync(path, officeCrypto.encrypt(workbookZip({ sheet }), { password: 'open 1' }))
  }
  const workspace = join(inbox, 'space')
  const opened = (...args: string[]) =>
    runCli(settings, [...args, '--workspace', workspace, '--password-stdin'], 'open 1\n')
  write(7)
  expect((await opened('import', path)).code).toBe(0)
  write(8)
  const without = await runCli(settings, ['refresh', '--workspace', workspace])
  expect(without.failure()).toMatchObject({
    code: 'dataset/encrypted',
    details: { name: 'secret.xlsx' },
  })
  const done = await opened('refresh')
  expect(done.json()).toMatchObject({ datasets: [{ state: 'refreshed', version: 2, rows: 1 }] })
  // Opening a protected workbook is slow by intent.
}, 180_000)

test('a file left with its heads or hardly a row ends with code 4, and its loss can be accepted', async () => {
  const { file, run } = bench()
  const sales = (rows: number) =>
    file('sales.csv', ['shop,amount', ...Array.from({ length: rows }, (_, i) => `S${i},${i}.5`)].join('\n')) // prettier-ignore
  await run('import', sales(300))
  sales(0)
  const emptied = await run('refresh')
  expect(emptied.code).toBe(4)
  expect(emptied.failure()).toMatchObject({
    details: { reason: 'emptied', emptied: ['sales.csv'] },
  })
  sales(2)
  const shrunk = await run('refresh')
  expect(shrunk.code).toBe(4)
  expect(shrunk.failure()).toMatchObject({
    details: { reason: 'shrunk', shrunk: ['sales.csv: 300 → 2'] },
  })
  expect((await run('refresh', '--accept-loss')).json()).toMatchObject({ datasets: [{ rows: 2 }] })
}, 180_000)

test('member numbers without their zeros end with code 4, and are padded as said', async () => {
  const { file, inbox, run } = bench()
  const month = (name: string, write: (number: number) => string) =>
    file(name, ['会员号,消费', ...Array.from({ length: 20 }, (_, i) => `${write(i + 1)},${i}.50`)].join('\n')) // prettier-ignore
  month('1.csv', (number) => String(number).padStart(6, '0'))
  await run('import', inbox, '--into', '账')
  month('2.csv', String)
  const asked = await run('refresh')
  expect(asked.code).toBe(4)
  expect(asked.failure()).toMatchObject({
    code: 'dataset/schemaChanged',
    details: {
      reason: 'unpadded',
      pad: ['会员号'],
      unpadded: ['会员号: 2.csv: 20/20 (1 → 000001)'],
    },
  })
  const done = await run('refresh', '--pad', '会员号')
  expect(done.json()).toMatchObject({ datasets: [{ state: 'refreshed', rows: 40 }] })
}, 180_000)

test('odd values of a new month end with code 4, and a field that keeps its type is remembered', async () => {
  const { file, inbox, run } = bench()
  const month = (name: string, cells: (line: number) => string) =>
    file(name, ['单号,日期,金额', ...Array.from({ length: 30 }, (_, i) => `${name[0]}${100 + i},${cells(i)}`)].join('\n')) // prettier-ignore
  const day = (i: number) => String((i % 9) + 1).padStart(2, '0')
  month('1.csv', (i) => `2025-01-${day(i)},${i}.50`)
  await run('import', inbox, '--into', '账')
  month('2.csv', (i) => `${day(i)}/02/2025,${i === 4 ? '待定' : `${i}.50`}`)
  const asked = await run('refresh')
  expect(asked.code).toBe(4)
  const { code, details } = asked.failure()
  expect(code).toBe('dataset/schemaChanged')
  expect(details).toMatchObject({
    reason: 'retyped',
    keepType: ['日期=day-first', '日期=month-first', '金额'],
    retyped: ['日期: date → text', '金额: decimal → text'],
  })
  expect(details).toMatchObject({ odd: [expect.stringMatching(/^日期: 2\.csv: 26\/30/), '金额: 2.csv: 1/30 (待定)'] }) // prettier-ignore
  // One of two is not enough: nothing is decided by silence.
  expect((await run('refresh', '--keep-type', '金额')).failure()).toMatchObject({
    details: { retyped: ['日期: date → text'] },
  })
  const kept = await run('refresh', '--keep-type', '金额', '--keep-type', '日期=day-first')
  expect(kept.json()).toMatchObject({ datasets: [{ state: 'refreshed', rows: 60 }] })
  expect(kept.errors).toContain('待定')
  month('3.csv', (i) => `2025-03-${day(i)},${i === 0 ? '待定' : `${i}.50`}`)
  const next = await run('refresh')
  expect(next.json()).toMatchObject({ datasets: [{ state: 'refreshed', rows: 90 }] })
  expect(next.errors).toMatch(/金额.*2/)
}, 180_000)
