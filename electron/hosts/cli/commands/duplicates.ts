import { resolve } from 'node:path'
import type { CellValue } from '../../../../shared/data/cell-value.ts'
import type { DatasetInfo } from '../../../../shared/data/dataset.ts'
import { maskValue } from '../../../../shared/data/personal.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { PeopleSet, PeopleStep, PersonRecord } from '../../../../shared/people/people-words.ts'
import type { PeopleSettings, PeopleSource } from '../../../../shared/people/settings.ts'
import { Trait, usualSurvivors } from '../../../../shared/people/settings.ts'
import { comparisonOf, percentOf, reasonsOf } from '../../../../shared/people/weights.ts'
import { oneOf, readArguments, required, UsageError, wholeNumber } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

/** Rows printed leave the program: what tells of a person is masked unless asked otherwise. */
const shownAs = ['mask', 'full'] as const
const most = 1_000_000_000

function read(args: readonly string[]) {
  return readArguments(args, {
    workspace: { type: 'string' },
    with: { type: 'string', multiple: true, default: [] },
    map: { type: 'string', multiple: true, default: [] },
    'accept-over': { type: 'string' },
    offset: { type: 'string', default: '0' },
    limit: { type: 'string', default: '20' },
    personal: { type: 'string', default: 'mask' },
    force: { type: 'boolean', default: false },
    account: { type: 'string' },
    unasked: { type: 'boolean', default: false },
    rejected: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  })
}

interface Ask {
  readonly run: CommandRun
  readonly session: Session
  readonly dataset: DatasetInfo
  readonly names: readonly string[]
  readonly values: ReturnType<typeof read>['values']
}

const actions: ReadonlyMap<string, (ask: Ask) => Promise<object>> = new Map([
  ['find', find],
  ['list', list],
  ['people', people],
  ['accept', (ask: Ask) => decide(ask, 'same')],
  ['reject', (ask: Ask) => decide(ask, 'different')],
  ['undo', undo],
  ['remove', remove],
])

/** Finds accounts of one person in member lists, and says what became of them. */
export const duplicatesCommand: Command = async (run) => {
  const { values, positionals } = read(run.args)
  const [name = '', dataset = '', ...names] = positionals
  const action = actions.get(name)
  if (action === undefined) throw new UsageError(`Unexpected: ${name}`, { value: name })
  if (dataset === '') throw new UsageError('DATASET is missing', { name: 'DATASET' })
  const takesNames = name === 'accept' || name === 'reject'
  if (takesNames !== names.length > 0) throw new UsageError('PAIR is needed with accept and reject alone', { name: 'PAIR' }) // prettier-ignore
  const folder = resolve(required(values.workspace, '--workspace'))
  await withSession(run, { workspace: folder }, async (session) => {
    const asked = session.dataset(dataset)
    const result = await action({ run, session, dataset: asked, names, values })
    run.terminal.result(jsonText({ name: asked.name, ...result }))
  })
}

async function find(ask: Ask): Promise<object> {
  const { session, dataset, values } = ask
  const percent = values['accept-over']
  const acceptOver = percent === undefined ? null : Number(percent)
  if (acceptOver !== null && !(acceptOver >= 50 && acceptOver <= 99.9)) {
    throw new UsageError('--accept-over: 50 to 99.9', { name: '--accept-over' })
  }
  const { set, proposed } = await session.call('people.look', { dataset: dataset.id })
  const settings = settingsOf(ask, set, proposed)
  const found = await session.call(
    'people.find',
    { ...(set === null ? {} : { set: set.id }), settings, acceptOver },
    (step) => tellStep(ask.run, step),
  )
  return summary(session, found)
}

function tellStep({ terminal, text }: CommandRun, { stage, done, of }: PeopleStep): void {
  const what = stage === 'writing' ? text('cli.writingPeople') : text('cli.duplicates')
  terminal.progress(what, text('cli.renderStep', { done, of }))
}

/** What is set up stays as it is, but for what this call says. */
function settingsOf(
  { session, dataset, values, run }: Ask,
  set: PeopleSet | null,
  proposed: readonly PeopleSource[],
): PeopleSettings {
  const named = [dataset, ...values.with.map((name) => session.dataset(name))]
  const known = set?.settings.sources ?? []
  const more = named.filter(({ id }) => !known.some((source) => source.dataset === id))
  const added = more.map(({ id }): PeopleSource => {
    const source = proposed.find((one) => one.dataset === id)
    return source ?? { dataset: id, key: null, fields: {}, newest: null }
  })
  const sources = [...known, ...added].map((source) => mapped(source, values.map, session, dataset))
  const words = set?.settings.words ?? personWords(run)
  return { sources, survivors: set?.settings.survivors ?? usualSurvivors, words }
}

/** `phone=Mobile` of the dataset that was named first, `web.phone=Tel` of another; `key=` and `newest=` too. */
function mapped(
  source: PeopleSource,
  maps: readonly string[],
  session: Session,
  asked: DatasetInfo,
): PeopleSource {
  let result = source
  for (const map of maps) {
    const at = map.indexOf('=')
    const left = map.slice(0, Math.max(0, at))
    const dot = left.lastIndexOf('.')
    const owner = dot < 0 ? asked : session.dataset(left.slice(0, dot))
    const kind = left.slice(dot + 1)
    const column = map.slice(at + 1)
    if (at < 1) throw new UsageError(`--map: ${map}`, { name: '--map', value: map })
    if (owner.id !== source.dataset) continue
    if (kind === 'key' || kind === 'newest') result = { ...result, [kind]: column || null }
    else {
      const trait = Trait.safeParse(kind)
      if (!trait.success) throw new UsageError(`--map: ${Trait.options.join(', ')}, key, newest`, { name: '--map', value: map }) // prettier-ignore
      const { [trait.data]: _gone, ...fields } = result.fields
      result = { ...result, fields: column === '' ? fields : { ...fields, [trait.data]: column } }
    }
  }
  return result
}

function personWords({ text }: CommandRun): PeopleSettings['words'] {
  return {
    person: text('people.field.person'),
    accounts: text('people.field.accounts'),
    shown: {
      name: text('people.field.name'),
      phone: text('people.field.phone'),
      birthday: text('people.field.birthday'),
      email: text('people.field.email'),
      idNumber: text('people.field.idNumber'),
      address: text('people.field.address'),
    },
  }
}

function summary(session: Session, { settings, search, counts, outdated }: PeopleSet): object {
  const nameOf = (id: string): string => session.workspace.datasets.find((one) => one.id === id)?.name ?? id // prettier-ignore
  return {
    lists: settings.sources.map(({ dataset, ...source }) => ({ name: nameOf(dataset), ...source })),
    fields: { person: settings.words.person, accounts: settings.words.accounts },
    ...{ counts, outdated, search },
  }
}

async function setOf({ session, dataset }: Ask): Promise<PeopleSet> {
  const { set } = await session.call('people.look', { dataset: dataset.id })
  if (set === null) throw new AppErrorException(appError('people/notFound'))
  return set
}

const pageOf = ({ values }: Ask) => ({
  offset: wholeNumber(values.offset, '--offset', 0, most),
  limit: wholeNumber(values.limit, '--limit', 1, 200),
})

async function list(ask: Ask): Promise<object> {
  const page = pageOf(ask)
  const shown = oneOf(ask.values.personal, shownAs, '--personal')
  const set = await setOf(ask)
  const { pairs } = await ask.session.call('people.queue', { set: set.id, ...page })
  return {
    ...{ open: set.counts.open, offset: page.offset },
    pairs: pairs.map(({ id, total, levels, skipped, records }) => ({
      ...{ id, percent: percentOf(total), skipped },
      reasons: reasonsOf(comparisonOf(levels)).map(({ trait, level, speaks }) => `${trait}: ${level} (${speaks})`), // prettier-ignore
      accounts: records.map((record) => recordLine(ask.session, record, shown)),
    })),
  }
}

async function people(ask: Ask): Promise<object> {
  const page = pageOf(ask)
  const shown = oneOf(ask.values.personal, shownAs, '--personal')
  const set = await setOf(ask)
  const found = await ask.session.call('people.merged', { set: set.id, ...page })
  return {
    ...{ total: found.total, offset: page.offset },
    people: found.people.map(({ records, missing, unasked }) => ({
      ...{ missing, unasked },
      accounts: records.map((record) => recordLine(ask.session, record, shown)),
    })),
  }
}

function recordLine(
  { workspace }: Session,
  { dataset: id, key, values }: PersonRecord,
  shown: (typeof shownAs)[number],
): object {
  const dataset = workspace.datasets.find((one) => one.id === id)
  const cell = (field: string, value: CellValue): CellValue => {
    const kind = dataset?.fields.find(({ name }) => name === field)?.personal
    const isHidden = shown === 'mask' && kind !== undefined && value !== null
    return isHidden ? maskValue(kind, String(value)) : value
  }
  return {
    ...{ list: dataset?.name, key },
    values: Object.fromEntries(values.map(({ field, value }) => [field, cell(field, value)])),
  }
}

async function decide(ask: Ask, decision: 'same' | 'different'): Promise<object> {
  const { session, names, values } = ask
  const pairs = names.map((name) => wholeNumber(name, 'PAIR', 1, most))
  const { id: set } = await setOf(ask)
  const done: number[] = []
  const conflicts: object[] = []
  for (const pair of pairs) {
    const decided = await session.call('people.decide', {
      set,
      pair,
      decision,
      force: values.force,
    })
    if (decided.state === 'done') done.push(pair)
    else conflicts.push({ pair, ...decided.conflict })
  }
  const { counts } = await session.call('people.write', { set })
  return { done, conflicts, counts }
}

async function undo(ask: Ask): Promise<object> {
  const { session, dataset, values } = ask
  const { account, unasked, rejected, all } = values
  const given = [account !== undefined, unasked, rejected, all].filter(Boolean).length
  if (given > 1) throw new UsageError('One of --account, --unasked, --rejected and --all only', { name: '--account' }) // prettier-ignore
  const { id: set } = await setOf(ask)
  const what = unasked ? 'unasked' : rejected ? 'rejected' : all ? 'all' : 'last'
  const one = account === undefined ? { what } as const : { what: 'person', dataset: dataset.id, key: account } as const // prettier-ignore
  await session.call('people.undo', { set, undo: one })
  const { counts } = await session.call('people.write', { set })
  return { counts }
}

async function remove(ask: Ask): Promise<object> {
  const { id: set, counts } = await setOf(ask)
  await ask.session.call('people.remove', { set })
  return { removed: counts }
}
