import { mkdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { ExportFormat, ExportRequest, ExportResult } from '../../../../shared/export-words.ts'
import type { PersonalMode } from '../../../../shared/data/personal.ts'
import { maskText } from '../../../../shared/data/personal.ts'
import { pageView } from '../../../../shared/report/page-questions.ts'
import type { Report } from '../../../../shared/report/report.ts'
import type { ViewState } from '../../../../shared/report/report-words.ts'
import { exactlyOne, isoDate, pairs, readArguments, required, UsageError } from '../arguments.ts'
import { pinReport } from '../as-of.ts'
import { personalMode } from '../column-options.ts'
import type { Command, CommandRun } from '../command.ts'
import { openDocument } from '../open-document.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import type { Chosen } from '../slot-choice.ts'
import { chooseDatasets } from '../slot-choice.ts'
import { jsonText } from '../terminal.ts'

interface Target {
  readonly format: ExportFormat
  readonly path: string
  readonly scope?: ExportRequest['scope']
}

interface RenderAsk {
  readonly document: string
  readonly workspace: string
  readonly data: ReadonlyMap<string, string>
  readonly files: readonly Target[]
  readonly png: string | undefined
  readonly asOf: number | undefined
  readonly personal: PersonalMode
  readonly quality: boolean
  readonly allLevels: boolean
}

export const renderCommand: Command = async (run) => {
  const ask = readAsk(run.args)
  const noon = ask.asOf === undefined ? {} : { now: localNoon(ask.asOf) }
  await withSession(run, { workspace: ask.workspace, ...noon }, async (session) => {
    const document = await openDocument(session, ask.document)
    const chosen = await chooseDatasets(session, { ...document, data: ask.data })
    refuseMissing(chosen)
    for (const { slot, dataset } of chosen.slots) {
      run.terminal.say(run.text('cli.bound', { slot, dataset }))
    }
    const report = ask.asOf === undefined ? chosen.report : pinReport(chosen.report, ask.asOf)
    if (ask.png !== undefined) await mkdir(ask.png, { recursive: true })
    const targets = [...ask.files, ...pictures(report, ask)]
    const files = []
    for (const target of targets) {
      files.push(await write(run, session, { ...chosen, ...ask, report }, target))
    }
    run.terminal.result(jsonText({ files }))
  })
}

function readAsk(args: readonly string[]): RenderAsk {
  const { values, positionals } = readArguments(args, {
    workspace: { type: 'string' },
    data: { type: 'string', multiple: true, default: [] },
    xlsx: { type: 'string' },
    pdf: { type: 'string' },
    png: { type: 'string' },
    'as-of': { type: 'string' },
    personal: { type: 'string' },
    quality: { type: 'boolean', default: false },
    'all-levels': { type: 'boolean', default: false },
  })
  const file = (format: 'xlsx' | 'pdf'): Target[] => {
    const path = values[format]
    return path === undefined ? [] : [{ format, path: resolve(path) }]
  }
  const files = [...file('xlsx'), ...file('pdf')]
  if (files.length === 0 && values.png === undefined) {
    throw new UsageError('Nothing to write: --xlsx, --pdf or --png is missing')
  }
  const asOf = values['as-of']
  return {
    document: resolve(exactlyOne(positionals, 'REPORT')),
    workspace: resolve(required(values.workspace, '--workspace')),
    data: pairs(values.data, '--data'),
    files,
    png: values.png === undefined ? undefined : resolve(values.png),
    asOf: asOf === undefined ? undefined : isoDate(asOf, '--as-of'),
    personal: personalMode(values.personal),
    quality: values.quality,
    allLevels: values['all-levels'],
  }
}

function localNoon(day: number): () => Date {
  const utc = new Date(day * 86_400_000)
  const noon = new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), 12)
  return () => noon
}

/** Nobody is there to see an empty block: a report that lacks fields is not rendered. */
function refuseMissing({ missing }: Chosen): void {
  if (missing.length === 0) return
  const fields = missing.map(({ field }) => field)
  throw new AppErrorException(appError('dataset/fieldMissing', { fields }))
}

/** What a reader sees who has touched nothing: filter controls as they were saved. */
function restingView(report: Report): ViewState {
  const filters = Object.values(report.pages).map((page) => pageView(report, page, {}, {}).filters)
  return { filters: Object.assign({}, ...filters) as ViewState['filters'], drill: {} }
}

/** One picture per chart, named by its place and title so that a folder lists them in reading order. */
function pictures(report: Report, { png: folder, personal }: RenderAsk): Target[] {
  if (folder === undefined) return []
  const charts = report.pageOrder.flatMap((id, page) => {
    const { blocks = {}, blockOrder = [] } = report.pages[id] ?? {}
    return blockOrder.flatMap((block) => {
      const found = blocks[block]
      return found?.kind === 'chart' ? [{ page: page + 1, block, title: found.title ?? '' }] : []
    })
  })
  return charts.map(({ page, block, title }, index) => {
    const number = String(index + 1).padStart(2, '0')
    const plain = (personal === 'full' ? title : maskText(title).replaceAll('*', 'x'))
      .replaceAll(/[\p{Cc}<>:"/\\|?*]/gu, ' ')
      .trim()
      .slice(0, 60)
    const name = [String(page), number, plain].filter((part) => part !== '').join('-')
    return { format: 'png', path: join(folder, `${name}.png`), scope: { kind: 'block', block } }
  })
}

async function write(
  { terminal, text, locale }: CommandRun,
  session: Session,
  {
    report,
    bindings,
    personal,
    quality,
    allLevels,
  }: Pick<Chosen, 'report' | 'bindings'> & Pick<RenderAsk, 'personal' | 'quality' | 'allLevels'>,
  { format, path, scope }: Target,
) {
  const request: ExportRequest = {
    format,
    to: session.file(path),
    report,
    bindings,
    view: restingView(report),
    locale,
    personal,
    ...(quality && scope?.kind !== 'block' ? { quality } : {}),
    ...(allLevels ? { levels: 'all' as const } : {}),
    ...(scope === undefined ? {} : { scope }),
  }
  const step = text('cli.rendering', { file: basename(path) })
  const done = await session.call('export.run', request, ({ phase, done: through, of }) => {
    const measured = of > 0 ? text('cli.renderStep', { done: through, of }) : ''
    terminal.progress(step, `${text(`export.phase.${phase}`)} ${measured}`.trimEnd())
  })
  for (const note of done.notes) terminal.say(note)
  return { format, file: path, bytes: done.bytes, ...counts[format](done), notes: done.notes }
}

type Counts = Readonly<Record<string, number>>

/** Only what was counted in a file of that kind: printed pages hold no rows to count, pictures neither. */
const counts: Readonly<Record<ExportFormat, (done: ExportResult) => Counts>> = {
  xlsx: ({ rows, pages }) => ({ rows, sheets: pages }),
  csv: ({ rows }) => ({ rows }),
  pdf: ({ pages }) => ({ pages }),
  png: () => ({}),
  svg: () => ({}),
}
