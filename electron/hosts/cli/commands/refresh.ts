import { resolve } from 'node:path'
import type { Output } from '../../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { warningSentence } from '../../../../shared/text/warning-sentence.ts'
import { errorText } from '../error-text.ts'
import { oneOf, pairs, readArguments, required, UsageError } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import { givenPassword } from '../password.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

/** An answer given once holds until another is given. */
const overlaps = ['as-before', 'replace', 'keep', 'skip'] as const

type Refreshed = Output<'dataset.refresh'>['datasets'][number]

export const refreshCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    dataset: { type: 'string', multiple: true, default: [] },
    rename: { type: 'string', multiple: true, default: [] },
    'accept-loss': { type: 'boolean', default: false },
    overlap: { type: 'string', default: 'as-before' },
    'leave-out': { type: 'string', multiple: true, default: [] },
    'take-in': { type: 'string', multiple: true, default: [] },
    renamed: { type: 'string', multiple: true, default: [] },
    'keep-gone': { type: 'boolean', default: false },
    'password-stdin': { type: 'boolean', default: false },
  })
  const [stray] = positionals
  if (stray !== undefined) throw new UsageError(`Unexpected: ${stray}`, { value: stray })
  // Files may call one field differently.
  const renames: Record<string, string[]> = {}
  for (const [field, column] of pairs(values.rename, '--rename')) {
    renames[field] = [...(renames[field] ?? []), column]
  }
  const leaveOut = values['leave-out']
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
        ...{ leaveOut, takeIn: values['take-in'], renamed: values.renamed },
        ...{ keepGone: values['keep-gone'] },
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
    for (const one of datasets) {
      sayFolder(run, one)
      sayRows(run, one)
    }
    refuseUnknownFiles(leaveOut, datasets)
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
  const folder = one.folder && {
    leftOut: one.folder.leftOut.map(({ name: file, error }) => ({ file, code: error.code })),
    sheetsNotTaken: one.folder.sheets,
    leftOutBefore: one.folder.decided,
    gone: one.folder.gone,
  }
  if (one.state === 'question') return { ...known, question: one.question, ...folder }
  if (one.state === 'unchanged') return { ...known, ...folder }
  const { rowsBefore, read, kept, added, people, waiting } = one
  const { rejected } = one.dataset
  const found = {
    ...(people === undefined ? {} : { people }),
    ...(waiting === undefined ? {} : { recipesNotRun: waiting }),
  }
  return { ...known, rowsBefore, rejected, read, kept, added, ...folder, ...found }
}

/** What is not in the data is said where somebody looks; standard output may go to a file. */
function sayFolder({ terminal, text }: CommandRun, one: Refreshed): void {
  if (one.state === 'failed' || one.folder === undefined) return
  const { name: dataset } = one.dataset
  const { leftOut, sheets, decided, gone } = one.folder
  for (const { name: file, error } of leftOut) {
    terminal.say(text('cli.fileNotTaken', { dataset, file, reason: errorText(error, text) }))
  }
  const said = { sheets, decided, gone }
  for (const kind of ['sheets', 'decided', 'gone'] as const) {
    if (said[kind].length === 0) continue
    terminal.say(text(`cli.refresh.${kind}`, { dataset, names: said[kind].join(', ') }))
  }
}

const overlapRemarks = ['skippedRows', 'replacedRows', 'unheededRows', 'restatedRows', 'overlappingRows'] as const // prettier-ignore

/** Rows that do not count as they stand: an answer given long ago would decide without a word. */
function sayRows({ terminal, text }: CommandRun, one: Refreshed): void {
  if (one.state !== 'refreshed') return
  const { name: dataset, rejected } = one.dataset
  if (one.rejected.length > 0) terminal.say(text('cli.rejected', { dataset, count: rejected }))
  for (const warning of one.dataset.warnings) {
    const { code, count = 0, examples = [] } = warning
    if (code === 'openComma' || code === 'commaBefore')
      terminal.say(`${dataset}: ${warningSentence(warning, text)}`)
    const known = overlapRemarks.find((remark) => remark === code)
    if (known === undefined) continue
    const said = text(`warning.${known}`, { count, examples: examples.join(', ') })
    terminal.say(`${dataset}: ${said}`)
  }
}

/** A name that was mistyped must not pass for a decision. */
function refuseUnknownFiles(leaveOut: readonly string[], datasets: readonly Refreshed[]): void {
  const known = new Set(
    datasets.flatMap((one) => (one.state === 'failed' ? [] : (one.folder?.decided ?? []))),
  )
  const name = leaveOut.find((file) => !known.has(file))
  const someFailed = datasets.some(({ state }) => state === 'failed')
  if (name !== undefined && !someFailed) throw new AppErrorException(appError('file/notFound', { name })) // prettier-ignore
}

/** What ends the command with another code than 0; the datasets that were through stay refreshed. */
function troubleOf(one: Refreshed, nameOf: (id: string) => string): AppError | undefined {
  if (one.state === 'failed') {
    const { code, details, canRetry } = one.error
    return appError(code, { dataset: nameOf(one.dataset), ...details }, canRetry)
  }
  if (one.state !== 'question') return notTaken(one)
  const { vanished, retyped, proposals, reports, steps, emptied, file, waiting, copyOf, moved } =
    one.question
  if (file !== undefined && copyOf !== undefined) {
    const details = { dataset: one.dataset.name, file, other: copyOf, waiting: [...waiting] }
    return appError('dataset/schemaChanged', {
      ...details,
      reason: moved === true ? 'moved' : 'copy',
    })
  }
  const onlyEmptied = emptied.length > 0 && vanished.length + retyped.length + steps.length === 0
  return appError('dataset/schemaChanged', {
    dataset: one.dataset.name,
    ...(file === undefined ? {} : { reason: 'newFile', file, waiting: [...waiting] }),
    ...(onlyEmptied ? { reason: 'emptied' } : {}),
    ...(emptied.length > 0 ? { emptied: [...emptied] } : {}),
    vanished: vanished.map(({ field }) => field.name),
    retyped: retyped.map(({ field, from, to }) => `${field}: ${from} → ${to}`),
    proposals: proposals.map(({ field, column }) => `${field}=${column}`),
    reports: reports.map(({ title }) => title),
    steps: steps.map(({ kind, fields }) => [kind, ...fields].join(' ')),
  })
}

/** A new file that cannot be read may be the newest month: a report without it is not handed over unasked. */
function notTaken({
  dataset,
  folder,
}: Exclude<Refreshed, { state: 'failed' }>): AppError | undefined {
  const [first] = folder?.leftOut ?? []
  if (first === undefined) return undefined
  const { code, details, canRetry } = first.error
  return appError(code, { dataset: dataset.name, ...details }, canRetry)
}
