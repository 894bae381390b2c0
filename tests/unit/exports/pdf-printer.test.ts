import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PdfPrinter } from '../../../electron/engine/exports/pdf-printer.ts'
import type { ExportProgress } from '../../../shared/export-words.ts'
import { repeatableIds, salesReport } from '../../support/report-builder.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const answers = {
  run: () => Promise.reject(new Error('not asked')),
  openRows: () => Promise.reject(new Error('not asked')),
  rowsWindow: () => Promise.reject(new Error('not asked')),
}

test('a printing says how many blocks are answered and sheets drawn, and that the rest is not measured', async () => {
  const told: ExportProgress[] = []
  const printer: PdfPrinter = new PdfPrinter({
    printPdf({ jobId }) {
      expect(printer.progress(jobId, { phase: 'asking', done: 1, of: 2 })).toBe(true)
      expect(printer.progress(jobId, { phase: 'drawing', done: 4, of: 9 })).toBe(true)
      expect(printer.ready(jobId, 9, ['left out'])).toBe(true)
      expect(printer.progress('another', { phase: 'drawing', done: 1, of: 9 })).toBe(false)
      return Promise.resolve(new Uint8Array(5))
    },
  })
  const to = { id: 'file_pdf00000001', name: 'a.pdf' }
  const report = salesReport(repeatableIds(3))
  const view = { drill: {}, filters: {} }
  const written = await printer.print(
    { format: 'pdf', to, report, bindings: {}, view, locale: 'en', personal: 'mask' },
    {
      target: join(tempFolder(), 'a.pdf'),
      signal: new AbortController().signal,
      onProgress: (progress) => told.push(progress),
    },
    { answers, narrowed: {} },
  )
  expect(written).toEqual({ bytes: 5, rows: 0, pages: 9, notes: ['left out'] })
  expect(told).toEqual([
    { phase: 'asking', done: 0, of: 0 },
    { phase: 'asking', done: 1, of: 2 },
    { phase: 'drawing', done: 4, of: 9 },
    { phase: 'writing', done: 0, of: 0 },
  ])
})
