/** A process that saves a report, keeps recovery copies or writes a workbook over and over, to be killed by a test. */
import { dirname, join } from 'node:path'
import { replaceFile } from '../../electron/engine/exports/replace-file.ts'
import { writeWorkbook } from '../../electron/engine/exports/workbook/write-workbook.ts'
import { RecoveryCopies } from '../../electron/engine/reports/recovery-copies.ts'
import { ReportFiles } from '../../electron/engine/reports/report-files.ts'
import { salesReport } from './report-builder.ts'

const [, , what = '', path = ''] = process.argv
const files = new ReportFiles('Storeboard test')
const copies = new RecoveryCopies(join(dirname(path), 'recovery'))

/** Long enough that a kill can meet the middle of a write. */
const filler = 'x'.repeat(200)
const titled = (turn: number) => ({ ...salesReport(), title: `turn ${turn}` })

const turns: Readonly<Record<string, (turn: number) => Promise<unknown>>> = {
  save: (turn) => files.save(path, titled(turn), null),
  recovery: (turn) =>
    copies.keep({
      savedAt: new Date(turn * 1000).toISOString(),
      path,
      bindings: {},
      report: titled(turn),
    }),
  export: (turn) => {
    const rows = Array.from({ length: 3000 }, (_, row) => [
      { value: turn, look: 'value' as const },
      { value: `${filler}${row}`, look: 'text' as const },
    ])
    const sheet = {
      name: 'S',
      rows,
      merges: [],
      frozen: { rows: 0, columns: 0 },
      widths: [],
      pictures: [],
    }
    return replaceFile(path, (beside) =>
      writeWorkbook({ model: { title: '', sheets: [sheet] }, path: beside }),
    )
  },
}

const work = turns[what]
if (!work) throw new Error(`no such work: ${what}`)
await work(0)
process.send?.('ready')
for (let turn = 1; ; turn++) {
  await work(turn)
  // The next turn waits until this one is on its way to the test.
  await new Promise((sent) => process.send?.(turn, sent))
}
