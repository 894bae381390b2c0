import { resolve } from 'node:path'
import type { Output } from '../../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { oneOf, pairs, readArguments, required, UsageError } from '../arguments.ts'
import type { Command } from '../command.ts'
import { givenPassword } from '../password.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

/** An answer given once holds until another is given. */
const overlaps = ['as-before', 'keep', 'skip'] as const

type Refreshed = Output<'dataset.refresh'>['datasets'][number]

export const refreshCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    dataset: { type: 'string', multiple: true, default: [] },
    rename: { type: 'string', multiple: true, default: [] },
    'accept-loss': { type: 'boolean', default: false },
    overlap: { type: 'string', default: 'as-before' },
    'password-stdin': { type: 'boolean', default: false },
  })
  const [stray] = positionals
  if (stray !== undefined) throw new UsageError(`Unexpected: ${stray}`, { value: stray })
  const renames = Object.fromEntries(pairs(values.rename, '--rename'))
  const answer = oneOf(values.overlap, overlaps, '--overlap')
  const overlap = answer === 'as-before' ? {} : { overlap: answer }
  const password = await givenPassword(values['password-stdin'])
  const folder = resolve(required(values.workspace, '--workspace'))
  await withSession(run, { workspace: folder }, async (session) => {
    const { terminal, text } = run
    const named = values.dataset.map((name) => session.dataset(name))
    const chosen = named.length > 0 ? named : session.workspace.datasets
    const orders = chosen
      .filter(({ mode }) => mode === 'extract')
      .map(({ id, sources }) => ({
        ...{ dataset: id, renames, acceptLoss: values['accept-loss'], ...overlap },
        passwords:
          password === undefined
            ? {}
            : Object.fromEntries(sources.map(({ name }) => [name, password])),
      }))
    const { datasets } =
      orders.length === 0
        ? { datasets: [] }
        : await session.call('dataset.refresh', { orders }, ({ dataset, rows }) => {
            terminal.progress(text('cli.refreshing', { dataset }), text('cli.importRows', { rows }))
          })
    const nameOf = (id: string): string =>
      session.workspace.datasets.find((one) => one.id === id)?.name ?? id
    terminal.result(jsonText({ datasets: datasets.map((one) => line(one, nameOf)) }))
    const trouble = datasets.map((one) => troubleOf(one, nameOf)).find((one) => one !== undefined)
    if (trouble !== undefined) throw new AppErrorException(trouble)
  })
}

function line(one: Refreshed, nameOf: (id: string) => string): object {
  if (one.state === 'failed') {
    return { name: nameOf(one.dataset), state: one.state, code: one.error.code }
  }
  const { name, version, rows } = one.dataset
  const known = { name, state: one.state, version, rows }
  if (one.state === 'question') return { ...known, question: one.question }
  const folder = one.folder && {
    leftOut: one.folder.leftOut.map(({ name: file, error }) => ({ file, code: error.code })),
    gone: one.folder.gone,
  }
  if (one.state === 'unchanged') return { ...known, ...folder }
  const { rowsBefore, read, kept, added, people } = one
  const { rejected } = one.dataset
  const found = people === undefined ? {} : { people }
  return { ...known, rowsBefore, rejected, read, kept, added, ...folder, ...found }
}

/** What ends the command with another code than 0; the datasets that were through stay refreshed. */
function troubleOf(one: Refreshed, nameOf: (id: string) => string): AppError | undefined {
  if (one.state === 'failed') {
    const { code, details, canRetry } = one.error
    return appError(code, { dataset: nameOf(one.dataset), ...details }, canRetry)
  }
  if (one.state !== 'question') return undefined
  const { vanished, retyped, proposals, reports, steps } = one.question
  return appError('dataset/schemaChanged', {
    dataset: one.dataset.name,
    vanished: vanished.map(({ field }) => field.name),
    retyped: retyped.map(({ field, from, to }) => `${field}: ${from} → ${to}`),
    proposals: proposals.map(({ field, column }) => `${field}=${column}`),
    reports: reports.map(({ title }) => title),
    steps: steps.map(({ kind, fields }) => [kind, ...fields].join(' ')),
  })
}
