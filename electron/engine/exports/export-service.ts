import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppErrorException, appError, assertNever } from '../../../shared/errors.ts'
import type { ExportProgress, ExportRequest, ExportResult } from '../../../shared/export-words.ts'
import { buildChart } from '../../../shared/chart/build-chart.ts'
import type { ChartModel } from '../../../shared/chart/chart-model.ts'
import { tooLargeToDraw } from '../../../shared/chart/chart-size.ts'
import type { ChartLook } from '../../../shared/chart/option/chart-look.ts'
import type { RowsPage } from '../../../shared/query/row-list.ts'
import { openedGroups } from '../../../shared/report/opened-groups.ts'
import type { QueryContext } from '../../../shared/report/block-query.ts'
import { pillFormat } from '../../../shared/report/pill-format.ts'
import type { Report } from '../../../shared/report/report.ts'
import { allPills } from '../../../shared/report/shelves.ts'
import { fieldOf } from '../../../shared/report/captions.ts'
import type { AskedBlock, AskedPage } from './ask-blocks.ts'
import { askPages, unwrap } from './ask-blocks.ts'
import { writeCsv } from './csv/write-csv.ts'
import type { ExportWords } from './export-words.ts'
import { narrowedBlocks } from './narrowed-blocks.ts'
import type { PdfPrinter } from './pdf-printer.ts'
import type { Answers } from './personal/masked-answers.ts'
import type { PersonalData } from './personal/personal-data.ts'
import type { QualityOf } from './quality-of-export.ts'
import { qualityOfExport } from './quality-of-export.ts'
import type { DrawOrder, DrawOutcome } from './picture/draw-order.ts'
import { createFile, replaceFile } from './replace-file.ts'
import { besideName } from '../stray-files.ts'
import type { WorkbookOrder, WorkbookOutcome } from './workbook/write-workbook.ts'
import { streamTable } from './workbook/stream-table.ts'
import { fillTables } from './workbook/fill-tables.ts'
import type { BuiltWorkbook } from './workbook/build-workbook.ts'
import { buildWorkbook, memberText } from './workbook/build-workbook.ts'

export interface ExportNeeds {
  readonly queries: Answers
  readonly personal: PersonalData
  /** Both run in a process of their own, ended by the signal. */
  readonly draw: (order: DrawOrder, signal: AbortSignal) => Promise<DrawOutcome>
  readonly writeWorkbook: (order: WorkbookOrder, signal: AbortSignal) => Promise<WorkbookOutcome>
  readonly reachable: QueryContext['reachable']
  readonly words: (request: ExportRequest) => ExportWords
  readonly look: (report: Report, locale: ExportRequest['locale']) => ChartLook
  readonly fontFolder: string
  readonly pdf: PdfPrinter
  readonly quality: QualityOf
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

  /** Everything is asked and named through the guard of personal data, whatever is written. */
  async run(asked: ExportRequest, run: ExportRun): Promise<Written> {
    const { personal, queries, words } = this.#needs
    const guarded = new ExportService({
      ...this.#needs,
      queries: personal.answers(queries, asked.personal),
      words: (request) => personal.words(words(request), request),
    })
    const written = await guarded.#write(personal.request(asked), run)
    const masked = asked.personal === 'full' ? [] : personal.columns(asked)
    const note = masked.length > 0 ? [words(asked).masked(masked)] : []
    return { ...written, notes: [...written.notes, ...note] }
  }

  #write(asked: ExportRequest, run: ExportRun): Promise<Written> {
    const request = asked.levels === 'all' ? { ...asked, report: openedGroups(asked.report) } : asked // prettier-ignore
    switch (request.format) {
      case 'xlsx':
        return this.#workbook(request, run)
      case 'csv':
        return this.#csv(request, run)
      case 'png':
      case 'svg':
        return this.#picture(request, request.format, run)
      case 'pdf':
        return this.#print(request, run)
      default:
        return assertNever(request.format)
    }
  }

  async #print(request: ExportRequest, run: ExportRun): Promise<Written> {
    const { pdf, queries, quality } = this.#needs
    const said = await qualityOfExport(request, quality, run.signal)
    const narrowed = narrowedBlocks(request, this.#needs.words(request))
    return pdf.print(request, run, {
      answers: queries,
      narrowed,
      ...(said ? { quality: said } : {}),
    })
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
    const quality = await qualityOfExport(request, this.#needs.quality, run.signal)
    const built = await buildWorkbook(pages, {
      ...(quality ? { quality } : {}),
      report: request.report,
      view: request.view,
      words,
      rowsWindow: (asked) => this.#window(asked, run),
      picture: (asked) => {
        const png = drawn.get(asked.block.id)
        const { widthPx, heightPx } = pictureSize
        return Promise.resolve(png && { png, widthPx: widthPx * 0.7, heightPx: heightPx * 0.7 })
      },
    })
    run.onProgress({ phase: 'writing', done: 0, of: 1 })
    const { model, fills } = built
    const written = await replaceFile(run.target, (path) => this.#writeBook(built, path, run))
    const rows = model.sheets.reduce(
      (sum, sheet) => sum + Math.max(0, sheet.rows.length - sheet.frozen.rows),
      // The row of a table that shows how it looks is none of its rows.
      fills.reduce((sum, { list }) => sum + list.count - 1, 0),
    )
    const notes = [
      ...failureNotes(pages, words),
      ...cutNotes(written.cutTexts, words),
      ...rowNotes(
        pages.flatMap(({ blocks }) => blocks),
        words,
      ),
    ]
    return { bytes: written.bytes, rows, pages: written.sheets, notes }
  }

  /** Styled sheets in a process of their own; detail tables, of any length, are then written into theirs. */
  async #writeBook(
    { model, fills }: BuiltWorkbook,
    path: string,
    run: ExportRun,
  ): Promise<{ bytes: number; sheets: number; cutTexts: number }> {
    const { writeWorkbook } = this.#needs
    const sheets = model.sheets.length
    if (fills.length === 0) {
      return { ...(await writeWorkbook({ model, path }, run.signal)), sheets }
    }
    const styled = besideName(run.target)
    try {
      await createFile(styled)
      const { cutTexts } = await writeWorkbook({ model, path: styled }, run.signal)
      const filled = await fillTables(styled, path, fills, {
        names: model.sheets.map(({ name }) => name),
        signal: run.signal,
        onRows: (done, of) => run.onProgress({ phase: 'writing', done, of }),
      })
      return {
        bytes: filled.bytes,
        sheets: sheets + filled.furtherSheets,
        cutTexts: cutTexts + filled.cutTexts,
      }
    } finally {
      await rm(styled, { force: true })
    }
  }

  /** A detail table alone has no head but its captions, and so can be read by other programs as it is. */
  async #table(
    { report }: ExportRequest,
    asked: Extract<AskedBlock, { kind: 'rows' }>,
    words: ExportWords,
    run: ExportRun,
  ): Promise<Written> {
    const uses = asked.block.shelves.columns
    const { bytes, rows, sheets, cutTexts } = await replaceFile(run.target, (path) =>
      streamTable(path, {
        name: words.title(asked.block),
        locale: words.locale,
        captions: uses.map(words.caption),
        formats: uses.map((use) => pillFormat(use, fieldOf(report, use.field))),
        list: asked.list,
        window: this.#window(asked, run),
        signal: run.signal,
        onRows: (done, of) => run.onProgress({ phase: 'writing', done, of }),
      }),
    )
    return {
      bytes,
      rows,
      pages: sheets,
      notes: [...cutNotes(cutTexts, words), ...rowNotes([asked], words)],
    }
  }

  /** Windows of a list that is opened again when others have taken its place since. */
  #window(
    { request, list }: Extract<AskedBlock, { kind: 'rows' }>,
    { signal }: ExportRun,
  ): (offset: number, limit: number) => Promise<RowsPage> {
    const { queries } = this.#needs
    let key = list.key
    return async (offset, limit) => {
      const page = await queries.rowsWindow(key, offset, limit, signal)
      if (page.ok || page.error.details['reason'] !== 'listClosed') return unwrap(page)
      const again = unwrap(await queries.openRows(request, signal))
      // Other rows than the head promised: the data was replaced meanwhile.
      if (again.version !== list.version || again.count !== list.count) return unwrap(page)
      key = again.key
      return unwrap(await queries.rowsWindow(key, offset, limit, signal))
    }
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
        // Its numbers stand in the sheet all the same.
        return model && !tooLargeToDraw(model)
          ? [{ id: asked.block.id, model, title: words.title(asked.block) }]
          : []
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
    if (!first || !model || tooLargeToDraw(model))
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
        window: (rows) => this.#window(rows, run),
        onRows: (done, of) => run.onProgress({ phase: 'writing', done, of }),
        signal: run.signal,
      }),
    )
    return { ...written, pages: 1, notes: rowNotes([block], this.#needs.words(request)) }
  }
}

function failureNotes(pages: readonly AskedPage[], words: ExportWords): string[] {
  const blocks = pages.flatMap((page) => page.blocks)
  return blocks.flatMap((one) =>
    one.kind === 'failed' ? [words.failed(one.block, one.error)] : [],
  )
}

function rowNotes(blocks: readonly AskedBlock[], words: ExportWords): string[] {
  return blocks.flatMap((asked) =>
    asked.kind === 'rows' && asked.list.whole !== undefined
      ? [words.cutRows(asked.block, asked.list.count, asked.list.whole)]
      : [],
  )
}

function cutNotes(cutTexts: number, words: ExportWords): string[] {
  return cutTexts > 0 ? [words.cutTexts(cutTexts)] : []
}

export const fontFolderOf = (resources: string): string => join(resources, 'fonts')
