import { randomBytes } from 'node:crypto'
import type { Engine } from '../../engine/engine.ts'
import type { PrintJob, Unsupported } from '../../engine/host.ts'
import { findBrowser } from '../loopback/find-browser.ts'
import { startLoopbackServer } from '../loopback/http-server.ts'
import { createSecrets } from '../loopback/secrets.ts'

export interface PrintServer {
  print(job: PrintJob): Promise<Uint8Array | Unsupported>
  close(): Promise<void>
}

/** Serves the page to the browser that prints it; it starts with the first job and admits nothing but print jobs. */
export function createPrintServer(engine: () => Engine, pageFolder: string): PrintServer {
  const secrets = createSecrets(Date.now)
  let started: ReturnType<typeof startLoopbackServer> | undefined
  const start = () =>
    startLoopbackServer({
      pageFolder,
      secrets,
      controlSecret: randomBytes(32).toString('base64url'),
      onControl: () => Promise.resolve({ url: null }),
      onPage: (wire, rights) => engine().connect(wire, rights),
    })
  return {
    async print(job) {
      started ??= start()
      const { port } = await started
      // Loaded with the first job: few runs print.
      const { printPdf } = await import('../loopback/print-pdf.ts')
      return printPdf(job, {
        browser: findBrowser(),
        urlFor: (jobId) =>
          `http://127.0.0.1:${port}/enter#ticket=${secrets.issueTicket({ kind: 'print', jobId })}`,
        done: (jobId) => secrets.revokeJob(jobId),
      })
    },
    close: async () => (await started)?.close(),
  }
}
