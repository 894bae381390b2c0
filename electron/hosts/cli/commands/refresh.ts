import { resolve } from 'node:path'
import type { Input, Output } from '../../../../shared/contract.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { AppError } from '../../../../shared/errors.ts'
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import { warningSentence } from '../../../../shared/text/warning-sentence.ts'
import { errorText } from '../error-text.ts'
import { oneOf, pairs, readArguments, required, UsageError } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import { maskedQuestion, maskedWarnings } from '../masked-examples.ts'
import { givenPassword } from '../password.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'
import type { KeptFields } from './keep-types.ts'
import { keepFacts, keepRules, keptTypes } from './keep-types.ts'

/** An answer given once holds until another is given. */
const overlaps = ['as-before', 'replace', 'keep', 'skip'] as const

type Refreshed = Output<'dataset.refresh'>['datasets'][number]

export const refreshCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    dataset: { type: 'string', multiple: true, default: [] },
    rename: { type: 'string', multiple: true, default: [] },
    'keep-type': { type: 'string', multiple: true, default: [] },
    pad: { type: 'string', multiple: true, default: [] },
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
    const { terminal } = run
    const pads = new Set(values.pad)
    const named = values.dataset.map((name) => session.dataset(name))
    const chosen = named.length > 0 ? named : session.workspace.datasets
    const orders = chosen
      .filter(({ mode }) => mode === 'extract')
      .map(({ id, sources, warnings }) => ({
        ...padsSaid(warnings, pads),
        ...{ dataset: id, renames, acceptLoss: values['accept-loss'], ...overlap },
        ...{ leaveOut, takeIn: values['take-in'], renamed: values.renamed },
        ...{ keepGone: values['keep-gone'] },
        passwords:
          password === undefined
            ? {}
            : Object.fromEntries(sources.map(({ name }) => [name, password])),
      }))
    const types = keptTypes(values['keep-type'])
    const done = await refreshKeeping(run, session, orders, { types, pads })
    const datasets = done.map(withoutNames)
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

type Order = Input<'dataset.refresh'>['orders'][number]

/** Whether a field would be of another type shows only once the files are read: then those that stay what they were are. */
async function refreshKeeping(
  { terminal, text }: CommandRun,
  session: Session,
  orders: readonly Order[],
  kept: KeptFields,
): Promise<readonly Refreshed[]> {
  const refresh = async (some: readonly Order[]): Promise<readonly Refreshed[]> => {
    if (some.length === 0) return []
    const { datasets } = await session.call(
      'dataset.refresh',
      { orders: [...some] },
      ({ dataset, rows }) => {
        terminal.progress(text('cli.refreshing', { dataset }), text('cli.importRows', { rows }))
      },
    )
    return datasets
  }
  if (kept.types.size + kept.pads.size === 0) return refresh(orders)
  const first = await refresh(orders.map((order) => ({ ...order, acceptLoss: false })))
  const again = orders.flatMap((order) => {
    const asked = first.find((one) => one.state === 'question' && one.dataset.id === order.dataset)
    if (asked?.state !== 'question') return []
    const overrides = keepRules(asked.question, kept)
    const all = [...(order.overrides ?? []), ...overrides]
    return overrides.length > 0 || order.acceptLoss ? [{ ...order, overrides: all }] : []
  })
  const second = await refresh(again)
  return first.map((one) => second.find((other) => idOf(other) === idOf(one)) ?? one)
}

/** An import has told of them; then no file need have changed. */
function padsSaid(
  warnings: readonly DatasetWarning[],
  pads: ReadonlySet<string>,
): Pick<Order, 'overrides'> {
  const overrides = warnings.flatMap(({ code, column = '', digits: padTo }) =>
    code === 'lostZeros' && padTo !== undefined && pads.has(column) ? [{ column, padTo }] : [],
  )
  return overrides.length > 0 ? { overrides } : {}
}

/** What names people stays out of logs. */
function withoutNames(one: Refreshed): Refreshed {
  if (one.state !== 'question') return one
  return { ...one, question: maskedQuestion(one.dataset.fields, one.question) }
}

const idOf = (one: Refreshed): string => (one.state === 'failed' ? one.dataset : one.dataset.id)

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
    ...(one.folder.renamed === undefined ? {} : { renamedSheets: one.folder.renamed }),
    ...(one.folder.inside.length > 0 ? { foldersInside: one.folder.inside } : {}),
  }
  if (one.state === 'question') return { ...known, question: one.question, ...folder }
  if (one.state === 'unchanged') return { ...known, ...folder }
  const { rowsBefore, read, kept, added, people, waiting, lost } = one
  const { rejected } = one.dataset
  const found = {
    ...(people === undefined ? {} : { people }),
    ...(waiting === undefined ? {} : { recipesNotRun: waiting }),
    ...(lost === undefined ? {} : { lost }),
  }
  return { ...known, rowsBefore, rejected, read, kept, added, ...folder, ...found }
}

/** What is not in the data is said where somebody looks; standard output may go to a file. */
function sayFolder({ terminal, text }: CommandRun, one: Refreshed): void {
  if (one.state === 'failed' || one.folder === undefined) return
  const { name: dataset } = one.dataset
  const { leftOut, sheets, decided, gone, renamed = [] } = one.folder
  for (const { name: file, error } of leftOut) {
    terminal.say(text('cli.fileNotTaken', { dataset, file, reason: errorText(error, text) }))
  }
  const inside = one.folder.inside.map(({ name, files }) => `${name} (${files})`)
  if (inside.length > 0)
    terminal.say(`${dataset}: ${text('refresh.inside', { names: inside.join(', ') })}`)
  const said = { renamed, sheets, decided, gone }
  for (const kind of ['renamed', 'sheets', 'decided', 'gone'] as const) {
    if (said[kind].length === 0) continue
    terminal.say(text(`cli.refresh.${kind}`, { dataset, names: said[kind].join(', ') }))
  }
}

/** Also values that a type chosen once leaves blank or rounds. */
const toldRemarks = new Set(['skippedRows', 'replacedRows', 'unheededRows', 'restatedRows', 'overlappingRows', 'lostValues', 'roundedValues', 'lostZeros', 'openComma', 'commaBefore', 'longDecimals']) // prettier-ignore

/** Rows that do not count as they stand: an answer given long ago would decide without a word. */
function sayRows({ terminal, text }: CommandRun, one: Refreshed): void {
  if (one.state !== 'refreshed') return
  const { name: dataset, rejected } = one.dataset
  const { gone = [], retyped = [] } = one.lost ?? {}
  if (gone.length > 0)
    terminal.say(`${dataset}: ${text('refresh.fieldsGone', { fields: gone.join(', ') })}`)
  for (const { field, from, to } of retyped) {
    const types = { from: text(`type.${from}`), to: text(`type.${to}`) }
    terminal.say(`${dataset}: ${text('refresh.retyped', { field, ...types })}`)
  }
  if (one.rejected.length > 0) terminal.say(text('cli.rejected', { dataset, count: rejected }))
  for (const warning of maskedWarnings(one.dataset))
    if (toldRemarks.has(warning.code)) terminal.say(`${dataset}: ${warningSentence(warning, text)}`)
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
  const {
    vanished,
    retyped,
    proposals,
    reports,
    steps,
    emptied,
    file,
    waiting,
    copyOf,
    moved,
    unpadded,
    shrunk,
    resultEmpty,
  } = one.question
  if (file !== undefined && copyOf !== undefined) {
    const details = { dataset: one.dataset.name, file, other: copyOf, waiting: [...waiting] }
    return appError('dataset/schemaChanged', {
      ...details,
      reason: moved === true ? 'moved' : 'copy',
    })
  }
  const isLess = emptied.length + shrunk.length > 0 || resultEmpty !== undefined
  const onlyLess = isLess && vanished.length + retyped.length + steps.length + unpadded.length === 0
  const less = emptied.length > 0 ? 'emptied' : shrunk.length > 0 ? 'shrunk' : 'resultEmpty'
  const isOther = vanished.length + steps.length > 0 || isLess || file !== undefined
  const onlyRetyped = !isOther && retyped.some(({ ways }) => ways.length > 0)
  const onlyUnpadded = !isOther && retyped.length === 0 && unpadded.length > 0
  return appError('dataset/schemaChanged', {
    dataset: one.dataset.name,
    ...(file === undefined ? {} : { reason: 'newFile', file, waiting: [...waiting] }),
    ...(onlyLess ? { reason: less } : {}),
    ...(onlyRetyped ? { reason: 'retyped' } : {}),
    ...(onlyUnpadded ? { reason: 'unpadded' } : {}),
    ...keepFacts(one.question),
    ...(emptied.length > 0 ? { emptied: [...emptied] } : {}),
    ...(shrunk.length > 0
      ? { shrunk: shrunk.map((one) => `${one.file}: ${one.before} → ${one.after}`) }
      : {}),
    ...(resultEmpty ? { resultEmpty } : {}),
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
