import { resolve } from 'node:path'
import type { Field } from '../../../../shared/data/field.ts'
import type { WorkspaceState } from '../../../../shared/workspace-words.ts'
import { exactlyOne, readArguments, required, UsageError } from '../arguments.ts'
import { relationshipLine } from '../relationship-line.ts'
import type { Command, CommandRun } from '../command.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

type Action = (run: CommandRun, folder: string, names: readonly string[]) => Promise<void>

const actions: ReadonlyMap<string, Action> = new Map([
  ['rename', rename],
  ['remove', remove],
])

/** A column with its type, its role, what it stands for and what it tells of a person. */
export function columnLine({ name, type, role, meaning, personal }: Field) {
  return { name, type, role, meaning, personal }
}

export const datasetsCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, { workspace: { type: 'string' } })
  const folder = resolve(required(values.workspace, '--workspace'))
  const [name = '', ...names] = positionals
  const action = name === '' ? list : actions.get(name)
  if (action === undefined) throw new UsageError(`Unexpected: ${name}`, { value: name })
  await action(run, folder, names)
}

async function list(run: CommandRun, folder: string): Promise<void> {
  await withSession(run, { workspace: folder }, ({ workspace }) => {
    run.terminal.result(jsonText(listed(workspace)))
    return Promise.resolve()
  })
}

/** Reports hold datasets by their id: none of them notices. */
async function rename(run: CommandRun, folder: string, names: readonly string[]): Promise<void> {
  const [name, next = ''] = names.map((one) => one.trim())
  if (name === undefined || next === '' || next.length > 120 || names.length > 2) {
    throw new UsageError('DATASET and NAME are needed', { name: 'DATASET NAME' })
  }
  await withSession(run, { workspace: folder }, async (session) => {
    const { id } = session.dataset(name)
    const renamed = await session.call('dataset.rename', { dataset: id, name: next })
    run.terminal.result(jsonText({ name: renamed.name, before: name, rows: renamed.rows }))
  })
}

/** Without a way back: what used it is said. */
async function remove(run: CommandRun, folder: string, names: readonly string[]): Promise<void> {
  const name = exactlyOne(names, 'DATASET')
  await withSession(run, { workspace: folder }, async (session) => {
    const { id, rows } = session.dataset(name)
    const { reports } = await session.call('dataset.usedBy', { dataset: id })
    await session.call('dataset.remove', { dataset: id })
    const usedBy = reports.map(({ title }) => title)
    for (const report of usedBy) run.terminal.say(run.text('cli.removedFrom', { report, name }))
    run.terminal.result(jsonText({ name, rows, usedBy }))
  })
}

function listed({ datasets, relationships }: WorkspaceState): object {
  const nameOf = (id: string): string => datasets.find((one) => one.id === id)?.name ?? id
  return {
    datasets: datasets.map((dataset) => ({
      name: dataset.name,
      mode: dataset.mode,
      rows: dataset.rows,
      rejected: dataset.rejected,
      dataAsOf: dataset.dataAsOf,
      lastDay: dataset.lastDay,
      columns: dataset.fields.map(columnLine),
      sources: dataset.sources,
    })),
    relationships: relationships.map((one) => relationshipLine(one, nameOf)),
  }
}
