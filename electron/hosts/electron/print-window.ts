import type { BrowserWindow, PrintToPDFOptions } from 'electron'
import type { PrintAsk } from './shell-protocol.ts'

type Printed = Pick<BrowserWindow, 'loadURL' | 'destroy'> & {
  readonly webContents: Pick<BrowserWindow['webContents'], 'executeJavaScript' | 'printToPDF'>
}

const millimetresPerInch = 25.4
const pollMs = 100
const drawMs = 300_000

function pdfOptions({ widthMm, heightMm }: PrintAsk): PrintToPDFOptions {
  return {
    pageSize: { width: widthMm / millimetresPerInch, height: heightMm / millimetresPerInch },
    printBackground: true,
    preferCSSPageSize: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  }
}

async function untilDrawn(window: Printed, signal: AbortSignal, wait: () => Promise<void>) {
  for (let waited = 0; waited < drawMs; waited += pollMs) {
    signal.throwIfAborted()
    const drawn: unknown = await window.webContents.executeJavaScript(
      "document.documentElement.hasAttribute('data-print-ready')",
    )
    if (drawn === true) return
    await wait()
  }
  throw new Error('The page to print was not drawn in time')
}

/** Prints the print route in a window nobody sees; `open` admits it for this job's reading calls only. */
export function createPrinter(needs: {
  readonly open: (jobId: string) => Printed
  readonly urlFor: (jobId: string) => string
  readonly wait?: () => Promise<void>
}) {
  const wait = needs.wait ?? (() => new Promise((resolve) => setTimeout(resolve, pollMs)))
  return async (job: PrintAsk, signal: AbortSignal): Promise<Uint8Array> => {
    const window = needs.open(job.jobId)
    try {
      await window.loadURL(needs.urlFor(job.jobId))
      await untilDrawn(window, signal, wait)
      return await window.webContents.printToPDF(pdfOptions(job))
    } finally {
      window.destroy()
    }
  }
}
