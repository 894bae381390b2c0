import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type {
  ExportProgress,
  ExportRequest,
  ExportResult,
  PrintContent,
} from '../../../shared/export-words.ts'
import type { QualityLine } from '../../../shared/quality/data-quality.ts'
import type { Host } from '../host.ts'
import { unsupported } from '../host.ts'
import { exportedPages } from './ask-blocks.ts'
import type { ExportRun } from './export-service.ts'
import type { Answers } from './personal/masked-answers.ts'
import { replaceFile } from './replace-file.ts'

/** Papers by their short and long side in millimetres. */
const papers = { A4: [210, 297], A3: [297, 420], Letter: [215.9, 279.4] } as const

interface PrintWork {
  /** What its page is answered: with personal values as the job was told to write them. */
  readonly answers: Answers
  readonly content: PrintContent
  readonly onProgress: ExportRun['onProgress']
  /** Sheets of paper the print page laid out. */
  pages: number
  /** What it could not print, in words. */
  notes: readonly string[]
}

/** What a job's page is given to print beside the request. */
interface PrintMatter {
  readonly answers: Answers
  readonly narrowed: PrintContent['narrowed']
  readonly quality?: readonly QualityLine[]
}

/** Prints through the page's own print route: what it may read is held here under the job's id while it prints. */
export class PdfPrinter {
  readonly #host: Pick<Host, 'printPdf'>
  readonly #jobs = new Map<string, PrintWork>()

  constructor(host: Pick<Host, 'printPdf'>) {
    this.#host = host
  }

  answersFor(jobId: string): Answers | undefined {
    return this.#jobs.get(jobId)?.answers
  }

  content(jobId: string): PrintContent | undefined {
    return this.#jobs.get(jobId)?.content
  }

  /** Told by the page that is printed: the same on every host. */
  progress(jobId: string, progress: ExportProgress): boolean {
    const job = this.#jobs.get(jobId)
    job?.onProgress(progress)
    return job !== undefined
  }

  /** The rest is the browser's, which does not say how far it is. */
  ready(jobId: string, pages: number, notes: readonly string[]): boolean {
    const job = this.#jobs.get(jobId)
    if (job === undefined) return false
    Object.assign(job, { pages, notes })
    job.onProgress({ phase: 'writing', done: 0, of: 0 })
    return true
  }

  async print(
    request: ExportRequest,
    run: ExportRun,
    { answers, narrowed, quality }: PrintMatter,
  ): Promise<Omit<ExportResult, 'file'>> {
    const boards = exportedPages(request)
    const first = boards[0]
    if (!first) throw new AppErrorException(appError('export/unsupportedBlock', { format: 'pdf' }))
    const jobId = randomBytes(16).toString('hex')
    const { report, bindings, view, locale } = request
    const pages = boards.map((page) => page.id)
    const shown = {
      ...report,
      pages: { ...report.pages, ...Object.fromEntries(boards.map((page) => [page.id, page])) },
    }
    const content: PrintContent = {
      ...{ report: shown, bindings, view, pages, locale, narrowed },
      ...(quality ? { quality: [...quality] } : {}),
    }
    const { onProgress } = run
    const work: PrintWork = { content, answers, onProgress, pages: 0, notes: [] }
    this.#jobs.set(jobId, work)
    try {
      onProgress({ phase: 'asking', done: 0, of: 0 })
      const [short, long] = papers[first.setup.paper]
      const portrait = first.setup.orientation === 'portrait'
      const paper = portrait
        ? { widthMm: short, heightMm: long }
        : { widthMm: long, heightMm: short }
      const pdf = await this.#print({ jobId, paper, signal: run.signal })
      await replaceFile(run.target, (path) => writeFile(path, pdf))
      return { bytes: pdf.length, rows: 0, pages: work.pages, notes: [...work.notes] }
    } finally {
      this.#jobs.delete(jobId)
    }
  }

  async #print(job: Parameters<Host['printPdf']>[0]): Promise<Uint8Array> {
    let printed: Awaited<ReturnType<Host['printPdf']>>
    try {
      printed = await this.#host.printPdf(job)
    } catch (error) {
      if (job.signal.aborted) throw new AppErrorException(appError('internal/cancelled'))
      const reason = error instanceof Error ? error.message.slice(0, 400) : ''
      throw new AppErrorException(appError('export/printFailed', { reason }, true))
    }
    if (printed === unsupported) throw new AppErrorException(appError('export/noBrowser'))
    return printed
  }
}
