import { chromium } from 'playwright-core'
import type { PrintJob, Unsupported } from '../../engine/host.ts'
import { unsupported } from '../../engine/host.ts'
import { quietFlags, sandboxFlags } from './find-browser.ts'

export interface Printing {
  readonly browser: string | undefined
  /** The entrance with a ticket good for this job's reading calls. */
  readonly urlFor: (jobId: string) => string
  readonly done: (jobId: string) => void
}

const loadMs = 60_000
const drawMs = 300_000
const inches = (mm: number): string => `${String(mm)}mm`

/** Prints the page's print route in an installed browser, spoken to over a pipe. The page marks itself when it is drawn. */
export async function printPdf(
  job: PrintJob,
  printing: Printing,
): Promise<Uint8Array | Unsupported> {
  if (printing.browser === undefined) return unsupported
  job.signal.throwIfAborted()
  const browser = await chromium.launch({
    executablePath: printing.browser,
    headless: true,
    args: [...quietFlags, ...sandboxFlags(), '--disable-gpu'],
  })
  const stop = (): void => void browser.close()
  job.signal.addEventListener('abort', stop, { once: true })
  try {
    // A browser that was starting when the job was cancelled heard nothing of it.
    job.signal.throwIfAborted()
    const page = await browser.newPage()
    await page.goto(printing.urlFor(job.jobId), { timeout: loadMs })
    await page.waitForSelector('html[data-print-ready]', { state: 'attached', timeout: drawMs })
    return await page.pdf({
      width: inches(job.paper.widthMm),
      height: inches(job.paper.heightMm),
      printBackground: true,
      preferCSSPageSize: true,
      tagged: true,
      outline: true,
    })
  } catch (error) {
    job.signal.throwIfAborted()
    throw error
  } finally {
    job.signal.removeEventListener('abort', stop)
    printing.done(job.jobId)
    await browser.close()
  }
}
