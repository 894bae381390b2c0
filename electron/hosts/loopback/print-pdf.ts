import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
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

const startMs = 60_000
const loadMs = 60_000
/** A browser that is asked to end and does not is left to its pipe, which ends with us. */
const closeMs = 5_000
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
    timeout: startMs,
    args: [...quietFlags, ...sandboxFlags(), '--disable-gpu'],
  })
  const stop = (): void => void browser.close()
  const ended = endOf(browser)
  job.signal.addEventListener('abort', stop, { once: true })
  try {
    // A browser that was starting when the job was cancelled heard nothing of it.
    job.signal.throwIfAborted()
    return await Promise.race([printed(browser, job, printing), ended])
  } catch (error) {
    job.signal.throwIfAborted()
    throw error
  } finally {
    job.signal.removeEventListener('abort', stop)
    printing.done(job.jobId)
    await Promise.race([browser.close(), wait(closeMs, undefined, { ref: false })])
  }
}

/** Rejects when the browser is gone: not every question it was asked is answered then. */
function endOf(browser: Browser): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    const tell = (): void => reject(new Error('The browser ended while it was printing'))
    browser.once('disconnected', tell)
    if (!browser.isConnected()) tell()
  })
  // It ends after the printing as well, when nobody listens.
  ended.catch(() => undefined)
  return ended
}

async function printed(browser: Browser, job: PrintJob, printing: Printing): Promise<Uint8Array> {
  const page = await browser.newPage()
  await page.goto(printing.urlFor(job.jobId), { timeout: loadMs })
  await page.waitForSelector('html[data-print-ready]', { state: 'attached', timeout: drawMs })
  return page.pdf({
    width: inches(job.paper.widthMm),
    height: inches(job.paper.heightMm),
    printBackground: true,
    preferCSSPageSize: true,
    tagged: true,
    outline: true,
  })
}
