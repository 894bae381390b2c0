import { resolve } from 'node:path'
import type { CellValue } from '../../../../shared/data/cell-value.ts'
import type { DatasetInfo } from '../../../../shared/data/dataset.ts'
import { maskValue } from '../../../../shared/data/personal.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { PreviewRows, StepReport } from '../../../../shared/preparation/recipe-words.ts'
import type { ValueColumn } from '../../../../shared/query/query-result.ts'
import { numberAt, textAt } from '../../../../shared/query/cell-reading.ts'
import {
  exactlyOne,
  oneOf,
  readArguments,
  required,
  UsageError,
  wholeNumber,
} from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import { readRecipe } from '../recipe-file.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

/** Rows printed leave the program: what tells of a person is masked unless asked otherwise. */
const shownAs = ['mask', 'full'] as const

interface RecipeAsk {
  readonly apply: string | undefined
  readonly preview: string | undefined
  readonly step: string | undefined
  readonly limit: number
  readonly acceptLoss: boolean
  readonly personal: (typeof shownAs)[number]
}

/** Shows the recipe of a dataset, tries another, or puts it in place. */
export const recipeCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    show: { type: 'boolean', default: false },
    apply: { type: 'string' },
    preview: { type: 'string' },
    step: { type: 'string' },
    limit: { type: 'string', default: '20' },
    'accept-loss': { type: 'boolean', default: false },
    personal: { type: 'string', default: 'mask' },
  })
  const name = exactlyOne(positionals, 'DATASET')
  const { show, apply, preview, step } = values
  if ([show, apply !== undefined, preview !== undefined].filter(Boolean).length > 1) {
    throw new UsageError('One of --show, --apply and --preview only', { name: '--show' })
  }
  const limit = wholeNumber(values.limit, '--limit', 1, 500)
  const personal = oneOf(values.personal, shownAs, '--personal')
  const ask = { apply, preview, step, limit, personal, acceptLoss: values['accept-loss'] }
  const folder = resolve(required(values.workspace, '--workspace'))
  await withSession(run, { workspace: folder }, async (session) => {
    const dataset = session.dataset(name)
    const result = await answer(run, session, dataset, ask)
    run.terminal.result(jsonText({ name: dataset.name, ...result }))
  })
}

async function answer(
  run: CommandRun,
  session: Session,
  dataset: DatasetInfo,
  ask: RecipeAsk,
): Promise<object> {
  if (ask.apply !== undefined) return applied(run, session, dataset, ask.apply, ask.acceptLoss)
  if (ask.preview !== undefined) return previewed(session, dataset, ask.preview, ask)
  const found = await session.call('dataset.recipe', { dataset: dataset.id })
  const { version, recipe, imported, steps } = found
  return { version, recipe, importedRows: imported.rows, steps: steps.map(stepLine) }
}

async function applied(
  { terminal, text }: CommandRun,
  session: Session,
  dataset: DatasetInfo,
  file: string,
  acceptLoss: boolean,
): Promise<object> {
  const recipe = await readRecipe(file)
  const done = await session.call(
    'dataset.applyRecipe',
    { dataset: dataset.id, recipe, acceptLoss },
    ({ rows }) => {
      const { name } = dataset
      terminal.progress(text('cli.preparing', { dataset: name }), text('cli.importRows', { rows }))
    },
  )
  if (done.state !== 'question') {
    const { version, rows } = done.dataset
    return { state: done.state, version, rowsBefore: dataset.rows, rows }
  }
  const { vanished, retyped, reports } = done.question
  throw new AppErrorException(
    appError('dataset/schemaChanged', {
      dataset: dataset.name,
      vanished: vanished.map((field) => field.name),
      retyped: retyped.map(({ field, from, to }) => `${field}: ${from} → ${to}`),
      reports: reports.map(({ title }) => title),
    }),
  )
}

async function previewed(
  session: Session,
  dataset: DatasetInfo,
  file: string,
  { step, limit, personal }: RecipeAsk,
): Promise<object> {
  const recipe = await readRecipe(file)
  const found = await session.call('dataset.recipePreview', {
    ...{ dataset: dataset.id, recipe, step: step ?? null, offset: 0, limit },
  })
  return {
    version: found.version,
    steps: found.steps.map(stepLine),
    before: rowsOf(found.before, personal),
    after: rowsOf(found.after, personal),
  }
}

const stepLine = ({ fields, ...report }: StepReport): object => ({
  ...report,
  fields: fields.map(({ name }) => name),
})

function rowsOf({ fields, page }: PreviewRows, personal: RecipeAsk['personal']): object {
  const shown = (column: ValueColumn, row: number, place: number): CellValue => {
    const value = textAt(column, row) ?? numberAt(column, row)
    const kind = fields[place]?.personal
    const isHidden = personal === 'mask' && kind !== undefined && value !== null
    return isHidden ? maskValue(kind, String(value)) : value
  }
  return {
    fields,
    rows: Array.from(page.sourceRows, (line, row) => ({
      source: page.sources[row],
      row: line,
      cells: page.columns.map((column, place) => shown(column, row, place)),
    })),
  }
}
