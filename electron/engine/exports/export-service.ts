import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppErrorException, appError, assertNever } from '../../../shared/errors.ts'
import type { ExportProgress, ExportRequest, ExportResult } from '../../../shared/export-words.ts'
import { buildChart } from '../../../shared/chart/build-chart.ts'
import type { ChartModel } from '../../../shared/chart/chart-model.ts'
import type { ChartLook } from '../../../shared/chart/option/chart-look.ts'
import type { QueryContext } from '../../../shared/report/block-query.ts'
import { pillFormat } from '../../../shared/report/pill-format.ts'
import type { Report } from '../../../shared/report/report.ts'
import { allPills } from '../../../shared/report/shelves.ts'
import { fieldOf } from '../../../shared/report/captions.ts'
import type { QueryService } from '../query/query-service.ts'
import type { AskedBlock, AskedPage } from './ask-blocks.ts'
import { askPages, unwrap } from './ask-blocks.ts'
import { writeCsv } from './csv/write-csv.ts'
import type { ExportWords } from './export-words.ts'
import type { PdfPrinter } from './pdf-printer.ts'
import type { DrawOrder, DrawOutcome } from './picture/draw-order.ts'
import { replaceFile } from './replace-file.ts'
import type { WorkbookOrder, WorkbookOutcome } from './workbook/write-workbook.ts'
import { streamTable } from './workbook/stream-table.ts'
import { sheetName } from './workbook/workbook-model.ts'
import { buildWorkbook, memberText } from './workbook/build-workbook.ts'

export interface ExportNeeds {
  readonly queries: QueryService
  /** Both run in a process of their own, ended by the signal. */
  readonly draw: (order: DrawOrder, signal: AbortSignal) => Promise<DrawOutcome>
  readonly writeWorkbook: (order: WorkbookOrder, signal: AbortSignal) => Promise<WorkbookOutcome>
  readonly reachable: QueryContext['reachable']
  readonly words: (request: ExportRequest) => ExportWords
  readonly look: (report: Report, locale: ExportRequest['locale']) => ChartLook
  readonly fontFolder: string
  readonly pdf: PdfPrinter
}

export interface ExportRun {
  readonly target: string
  readonly signal: AbortSignal
  readonly onProgress: (progress: ExportProgress) => void
}

type Written = Omit<ExportResult, 'file'>
type Drawable = Extract<AskedBlock, { kind: 'result' }>

const pictureSize = { widthPx: 900, heightPx: 480, scale: 2 } as const

/** Writes a report, a page or a block to a file, from the answers the screen shows. */
export class ExportService {
  readonly #needs: ExportNeeds

  constructor(needs: ExportNeeds) {
    this.#needs = needs
  }

  run(request: ExportRequest, run: ExportRun): Promise<Written> {
    switch (request.format) {
      case 'xlsx':
        return this.#workbook(request, run)
      case 'csv':
        return this.#csv(request, run)
      case 'png':
      case 'svg':
        return this.#picture(request, request.format, run)
      case 'pdf':
        return this.#needs.pdf.print(request, run)
      default:
        return assertNever(request.format)
    }
  }

  #ask(request: ExportRequest, { signal, onProgress }: ExportRun): Promise<AskedPage[]> {
    const { queries, reachable } = this.#needs
    return askPages(request, {
      queries,
      reachable,
      signal,
      onAsked: (done, of) => onProgress({ phase: 'asking', done, of }),
    })
  }

  async #workbook(request: ExportRequest, run: ExportRun): Promise<Written> {
    const pages = await this.#ask(request, run)
    const words = this.#needs.words(request)
    const only = request.scope?.kind === 'block' ? pages[0]?.blocks[0] : undefined
    if (only?.kind === 'rows') return this.#table(request, only, words, run)
    const drawn = await this.#drawAll(request, pages, words, run)
    const model = await buildWorkbook(pages, {
      report: request.report,
      view: request.view,
      words,
      rowsWindow: async (key, offset, limit) =>
        unwrap(await this.#needs.queries.rowsWindow(key, offset, limit, run.signal)),
      picture: (asked) => {
        const png = drawn.get(asked.block.id)
        const { widthPx, heightPx } = pictureSize
        return Promise.resolve(png && { png, widthPx: widthPx * 0.7, heightPx: heightPx * 0.7 })
      },
    })
    run.onProgress({ phase: 'writing', done: 0, of: 1 })
    const { bytes } = await replaceFile(run.target, (path) =>
      this.#needs.writeWorkbook({ model, path }, run.signal),
    )
    run.onProgress({ phase: 'writing', done: 1, of: 1 })
    const rows = model.sheets.reduce(
      (sum, sheet) => sum + Math.max(0, sheet.rows.length - sheet.frozen.rows),
      0,
    )
    return { bytes, rows, pages: model.sheets.length, notes: [] }
  }

  /** A detail table alone has no limit: it is written as it is read. */
  async #table(
    { report }: ExportRequest,
    { block, list }: Extract<AskedBlock, { kind: 'rows' }>,
    words: ExportWords,
    run: ExportRun,
  ): Promise<Written> {
    const uses = block.shelves.columns
    const { bytes, rows, sheets } = await replaceFile(run.target, (path) =>
      streamTable(path, {
        name: sheetName(words.title(block), new Set()),
        captions: uses.map(words.caption),
        formats: uses.map((use) => pillFormat(use, fieldOf(report, use.field))),
        list,
        window: async (offset, limit) =>
          unwrap(await this.#needs.queries.rowsWindow(list.key, offset, limit, run.signal)),
        signal: run.signal,
        onRows: (done, of) => run.onProgress({ phase: 'writing', done, of }),
      }),
    )
    return { bytes, rows, pages: sheets, notes: [] }
  }

  /** Pictures of every chart of the export, by block; a chart without anything to draw has none. */
  async #drawAll(
    request: ExportRequest,
    pages: readonly AskedPage[],
    words: ExportWords,
    run: ExportRun,
  ): Promise<ReadonlyMap<string, Uint8Array>> {
    const charts = pages.flatMap(({ blocks }) =>
      blocks.flatMap((asked) => {
        const model = asked.kind === 'result' ? this.#model(request, asked, words) : null
        return model ? [{ id: asked.block.id, model, title: words.title(asked.block) }] : []
      }),
    )
    if (charts.length === 0) return new Map()
    run.onProgress({ phase: 'drawing', done: 0, of: charts.length })
    const { pictures } = await this.#draw(request, charts, 'png', run.signal)
    run.onProgress({ phase: 'drawing', done: charts.length, of: charts.length })
    return new Map(
      charts.flatMap(({ id }, index) => (pictures[index] ? [[id, pictures[index]] as const] : [])),
    )
  }

  #draw(
    request: ExportRequest,
    charts: readonly { readonly model: ChartModel; readonly title: string }[],
    format: 'png' | 'svg',
    signal: AbortSignal,
  ): Promise<DrawOutcome> {
    const order = {
      charts: charts.map(({ model, title }) => ({ model, title })),
      look: this.#needs.look(request.report, request.locale),
      ...pictureSize,
      format,
      fontFolder: this.#needs.fontFolder,
      tempFolder: tmpdir(),
    }
    return this.#needs.draw(order, signal)
  }

  #model(
    request: ExportRequest,
    { block, result }: Drawable,
    words: ExportWords,
  ): ChartModel | null {
    if (block.kind !== 'chart') return null
    const uses = allPills(block).map(({ use }) => use)
    const useOf = (pill: string) => uses.find(({ id }) => id === pill)
    return buildChart(
      block,
      result,
      (pill) => {
        const use = useOf(pill)
        return use
          ? pillFormat(use, fieldOf(request.report, use.field))
          : { kind: 'number', decimals: 2, grouping: true, unit: 'none' }
      },
      {
        ...words,
        caption: (pill) => {
          const use = useOf(pill)
          return use ? words.caption(use) : pill
        },
        member: (_pill, member) => memberText(member, words),
      },
    )
  }

  async #picture(request: ExportRequest, format: 'png' | 'svg', run: ExportRun): Promise<Written> {
    const asked = (await this.#ask(request, run)).flatMap(({ blocks }) => blocks)
    const words = this.#needs.words(request)
    const first = asked.find(
      (one): one is Drawable => one.kind === 'result' && one.block.kind === 'chart',
    )
    const model = first && this.#model(request, first, words)
    if (!first || !model)
      throw new AppErrorException(appError('export/unsupportedBlock', { format }))
    run.onProgress({ phase: 'drawing', done: 0, of: 1 })
    const drawn = await this.#draw(
      request,
      [{ model, title: words.title(first.block) }],
      format,
      run.signal,
    )
    const picture = drawn.pictures[0] ?? new Uint8Array()
    await replaceFile(run.target, (path) => writeFile(path, picture))
    return { bytes: picture.length, rows: first.result.rows.paths.length, pages: 1, notes: [] }
  }

  async #csv(request: ExportRequest, run: ExportRun): Promise<Written> {
    const asked = (await this.#ask(request, run)).flatMap(({ blocks }) => blocks)
    const block = asked.find((one) => one.kind === 'rows' || one.kind === 'result')
    if (!block) throw new AppErrorException(appError('export/unsupportedBlock', { format: 'csv' }))
    const written = await replaceFile(run.target, (path) =>
      writeCsv(path, block, {
        words: this.#needs.words(request),
        window: async (key, offset, limit) =>
          unwrap(await this.#needs.queries.rowsWindow(key, offset, limit, run.signal)),
        onRows: (done, of) => run.onProgress({ phase: 'writing', done, of }),
        signal: run.signal,
      }),
    )
    return { ...written, pages: 1, notes: [] }
  }
}

export const fontFolderOf = (resources: string): string => join(resources, 'fonts')
