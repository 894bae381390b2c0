import { resolve } from 'node:path'
import type { SqlDraft, SqlParameter, SqlPlace } from '../../../../shared/data/sql-words.ts'
import { SqlParameterType } from '../../../../shared/data/sql-words.ts'
import {
  exactlyOne,
  oneOf,
  pairs,
  readArguments,
  readInput,
  required,
  UsageError,
} from '../arguments.ts'
import { columnLine } from './datasets.ts'
import type { Command, CommandRun } from '../command.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

interface Values {
  readonly text?: string | undefined
  readonly file?: string | undefined
  readonly connection?: string | undefined
  readonly param: readonly string[]
  readonly hash?: string | undefined
}
type Action = (run: CommandRun, session: Session, name: string, values: Values) => Promise<void>

const actions: Readonly<Record<string, Action>> = { show, look, make, agree }

/** Datasets of statements people wrote: shown, tried, made or changed, and agreed to where they came from elsewhere. */
export const sqlCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    text: { type: 'string' },
    file: { type: 'string' },
    connection: { type: 'string' },
    param: { type: 'string', multiple: true, default: [] },
    hash: { type: 'string' },
  })
  const folder = resolve(required(values.workspace, '--workspace'))
  const [name = '', ...rest] = positionals
  const action = actions[name]
  if (!action) throw new UsageError(`Unexpected: ${name}`, { value: name })
  const of = name === 'look' ? '' : exactlyOne(rest, 'DATASET')
  await withSession(run, { workspace: folder }, (session) => action(run, session, of, values))
}

async function show({ terminal }: CommandRun, session: Session, name: string): Promise<void> {
  const kept = await session.call('sql.read', { dataset: session.dataset(name).id })
  const { text, parameters, placeName, agreed, hash } = kept
  terminal.result(jsonText({ name, text, parameters, place: placeName, agreed, hash }))
}

async function look(
  { terminal }: CommandRun,
  session: Session,
  _name: string,
  values: Values,
): Promise<void> {
  const draft = await draftOf(session, values)
  terminal.result(jsonText(await session.call('sql.preview', { draft, dataset: null })))
}

/** A dataset of that name gets the statement; else one is made. */
async function make(
  { terminal }: CommandRun,
  session: Session,
  name: string,
  values: Values,
): Promise<void> {
  const draft = await draftOf(session, values)
  const known = session.workspace.datasets.find((one) => one.name.toLowerCase() === name.toLowerCase()) // prettier-ignore
  const made = await session.call('sql.save', { dataset: known?.id ?? null, name, draft })
  const { rows, mode, fields } = made
  terminal.result(jsonText({ name: made.name, mode, rows, columns: fields.map(columnLine) }))
}

/** The hash is what `show` printed: only what was seen is agreed to. */
async function agree(
  { terminal }: CommandRun,
  session: Session,
  name: string,
  values: Values,
): Promise<void> {
  const hash = required(values.hash, '--hash')
  await session.call('sql.agree', { dataset: session.dataset(name).id, hash })
  terminal.result(jsonText({ name, agreed: true }))
}

async function draftOf(session: Session, values: Values): Promise<SqlDraft> {
  const text = await readInput(required(values.text, '--text'))
  const parameters = [...pairs(values.param, '--param')].map(parameterOf)
  return { place: await placeOf(session, values), text, parameters }
}

/** `NAME:TYPE=VALUE`; a text where no type is said. */
function parameterOf([said, value]: readonly [string, string]): SqlParameter {
  const [name = '', type = 'text'] = said.split(':')
  return { name, type: oneOf(type, SqlParameterType.options, '--param NAME:TYPE=VALUE'), value }
}

async function placeOf(session: Session, { file, connection }: Values): Promise<SqlPlace> {
  if (file !== undefined) return { kind: 'file', dataset: session.dataset(file).id }
  if (connection === undefined) return { kind: 'extracts' }
  const { connections } = await session.call('connection.list', {})
  const known = connections.find(({ settings }) => settings.name.toLowerCase() === connection.toLowerCase()) // prettier-ignore
  if (!known) throw new UsageError(`No connection: ${connection}`, { name: connection })
  return { kind: 'server', connection: known.id }
}
