import { stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { PersonalMode } from '../../../../shared/data/personal.ts'
import { ReportQuery } from '../../../../shared/query/report-query.ts'
import { replaceFile } from '../../../engine/exports/replace-file.ts'
import { isoDate, oneOf, readArguments, readInput, required, UsageError } from '../arguments.ts'
import { pinFilter } from '../as-of.ts'
import { personalMode } from '../column-options.ts'
import type { Command, CommandRun } from '../command.ts'
import { queryCsv, queryJson, queryWorkbook } from '../query-output.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

const formats = ['json', 'csv', 'xlsx'] as const

export const queryCommand: Command = async (run) => {
  const ask = readAsk(run.args)
  const query = pinned(readQuery(await readInput(ask.query)), ask.asOf)
  await withSession(run, { workspace: ask.workspace }, (session) =>
    answer(run, session, query, ask),
  )
}

interface QueryAsk {
  readonly workspace: string
  readonly query: string
  readonly format: (typeof formats)[number]
  readonly out: string | undefined
  readonly explain: boolean
  readonly asOf: number | undefined
  readonly personal: PersonalMode
}

function readAsk(args: readonly string[]): QueryAsk {
  const { values, positionals } = readArguments(args, {
    workspace: { type: 'string' },
    query: { type: 'string' },
    format: { type: 'string', default: 'json' },
    out: { type: 'string' },
    explain: { type: 'boolean', default: false },
    'as-of': { type: 'string' },
    personal: { type: 'string' },
  })
  const [stray] = positionals
  if (stray !== undefined) throw new UsageError(`Unexpected: ${stray}`, { value: stray })
  const format = oneOf(values.format, formats, '--format')
  if (format === 'xlsx' && values.out === undefined) {
    throw new UsageError('--format xlsx needs --out FILE', { name: '--out' })
  }
  if (values.explain && format !== 'json') {
    throw new UsageError('--explain goes with --format json', { name: '--explain' })
  }
  const asOf = values['as-of']
  return {
    workspace: resolve(required(values.workspace, '--workspace')),
    query: required(values.query, '--query'),
    format,
    out: values.out === undefined ? undefined : resolve(values.out),
    explain: values.explain,
    asOf: asOf === undefined ? undefined : isoDate(asOf, '--as-of'),
    personal: personalMode(values.personal),
  }
}

/** `{"expression": "SUM([a]) / SUM([b])"}` says the same as `{"aggregate": "formula", "formula": …}`, in fewer words. */
function withFormulas(raw: unknown): unknown {
  if (!isObject(raw) || !Array.isArray(raw['measures'])) return raw
  const measures = raw['measures'].map((measure: unknown) => {
    if (!isObject(measure) || !('expression' in measure)) return measure
    const { expression, ...rest } = measure
    return { aggregate: 'formula', ...rest, formula: expression }
  })
  return { ...raw, measures }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readQuery(text: string): ReportQuery {
  let raw: unknown
  try {
    raw = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    throw new AppErrorException(appError('query/invalid', { path: '', reason: 'notJson', message }))
  }
  const parsed = ReportQuery.safeParse(withFormulas(raw))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path.map(String).join('.') ?? ''
  throw new AppErrorException(
    appError('query/invalid', { path, reason: issue?.message ?? 'unknown shape' }),
  )
}

function pinned(query: ReportQuery, day: number | undefined): ReportQuery {
  if (day === undefined) return query
  return { ...query, filters: query.filters.map((filter) => pinFilter(filter, day)) }
}

async function answer(
  run: CommandRun,
  session: Session,
  query: ReportQuery,
  ask: QueryAsk,
): Promise<void> {
  const { terminal, text, locale } = run
  const { personal } = ask
  const result = await session.call('query.run', { query, personal })
  const explained = ask.explain ? await session.call('query.explain', { query, personal }) : {}
  if (ask.format === 'xlsx' && ask.out !== undefined) {
    const title = session.dataset(query.dataset).name
    const { bytes } = await queryWorkbook(result, ask.out, { title, text, locale })
    terminal.result(jsonText({ file: ask.out, bytes, rows: result.rows.paths.length }))
    return
  }
  const written =
    ask.format === 'csv' ? queryCsv(result) : jsonText({ ...queryJson(result), ...explained })
  const out = ask.out
  if (out === undefined) {
    terminal.result(written)
    return
  }
  await replaceFile(out, (path) => writeFile(path, written))
  const { size: bytes } = await stat(out)
  terminal.result(jsonText({ file: out, bytes, rows: result.rows.paths.length }))
}
