import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findBrowser } from '../../../electron/hosts/loopback/find-browser.ts'
import { printPdf } from '../../../electron/hosts/loopback/print-pdf.ts'
import { temporaryFolder } from '../../support/fake-host.ts'
import { runLoopback } from '../../support/loopback-run.ts'

const job = (signal: AbortSignal) => ({
  jobId: 'job_1',
  paper: { widthMm: 210, heightMm: 297 },
  signal,
})

/** A page that shows its own address and says it is drawn, as the print route does. */
function printablePages(): string {
  const pages = join(temporaryFolder(), 'pages')
  mkdirSync(pages, { recursive: true })
  writeFileSync(join(pages, 'index.html'), '<!doctype html><script src="/print.js"></script>')
  writeFileSync(
    join(pages, 'print.js'),
    `document.title = location.hash
document.documentElement.dataset.printReady = sessionStorage.getItem('storeboard.pageKey') ? '1' : ''`,
  )
  return pages
}

describe.skipIf(findBrowser() === undefined)('printing through an installed browser', () => {
  it('enters with the job’s own secret, waits for the page and gives a PDF', async () => {
    const run = await runLoopback({ pageFolder: printablePages() })
    const pdf = await run.host.printPdf(job(new AbortController().signal))
    const text = typeof pdf === 'string' ? pdf : Buffer.from(pdf).toString('latin1')
    expect(text.slice(0, 5)).toBe('%PDF-')
    expect(text).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/)
    expect(run.engine.pageCount()).toBe(0)
    await run.close()
  })

  it('stops at once when the job is cancelled', async () => {
    const pages = printablePages()
    writeFileSync(join(pages, 'print.js'), '')
    const run = await runLoopback({ pageFolder: pages })
    const abort = new AbortController()
    const printing = run.host.printPdf(job(abort.signal))
    setTimeout(() => abort.abort(), 1000)
    await expect(printing).rejects.toMatchObject({ name: 'AbortError' })
    await run.close()
  })
})

describe.skipIf(findBrowser() === undefined)('a job cancelled while its browser starts', () => {
  it('ends with it and never opens the page', async () => {
    const entered: string[] = []
    const printing = {
      browser: findBrowser(),
      urlFor: (jobId: string) => {
        entered.push(jobId)
        return 'about:blank'
      },
      done: () => undefined,
    }
    const abort = new AbortController()
    const printed = printPdf(job(abort.signal), printing)
    abort.abort()
    await expect(printed).rejects.toMatchObject({ name: 'AbortError' })
    expect(entered).toEqual([])
  })
})

describe('printing without a browser', () => {
  it('is a value, so that the engine can offer something else', async () => {
    const printing = { browser: undefined, urlFor: () => '', done: () => undefined }
    expect(await printPdf(job(new AbortController().signal), printing)).toBe('unsupported')
  })
})
