import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { RecoveryCopies } from '../../electron/engine/reports/recovery-copies.ts'
import { ReportFiles } from '../../electron/engine/reports/report-files.ts'
import { killSaver, moments } from '../support/kill-saver.ts'
import { tempFolder } from '../support/temp-folder.ts'

test('a process killed at twenty moments of saving leaves the last saved report or the next one', async () => {
  for (const moment of moments(20, 150)) {
    const path = join(tempFolder(), 'r.storeboard')
    const finished = await killSaver('save', path, moment)
    const read = await new ReportFiles('x').read(path)
    if (!read.ok) throw new Error(read.error.code)
    const turn = Number(read.value.report.title.slice('turn '.length))
    // One turn may have been put in place without being reported any more.
    expect([finished, finished + 1]).toContain(turn)
  }
})

test('a process killed at twenty moments of keeping a recovery copy leaves a copy that opens', async () => {
  for (const moment of moments(20, 100)) {
    const folder = tempFolder()
    await killSaver('recovery', join(folder, 'r.storeboard'), moment)
    const copies = await new RecoveryCopies(join(folder, 'recovery')).list()
    expect(copies.map(({ copy }) => copy.report.title)).toEqual([
      expect.stringMatching(/^turn \d+$/),
    ])
  }
})

test('a process killed at twenty moments of an export leaves the old workbook or the new one, whole', async () => {
  for (const moment of moments(20, 1500)) {
    const path = join(tempFolder(), 'out.xlsx')
    const finished = await killSaver('export', path, moment)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(path)
    const sheet = workbook.worksheets[0]!
    expect(sheet.rowCount).toBe(3000)
    expect([finished, finished + 1]).toContain(sheet.getCell('A3000').value)
  }
})
