import { resolve } from 'node:path'
import type { Relationship } from '../../../../shared/data/dataset.ts'
import { readArguments, required, UsageError } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import { endLine, relationshipLine } from '../relationship-line.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

/** Lists what is related and what could be; with two datasets and keys relates them. */
export const relateCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    key: { type: 'string', multiple: true },
    replace: { type: 'boolean' },
  })
  const folder = resolve(required(values.workspace, '--workspace'))
  const removes = positionals[0] === 'remove' && positionals.length === 3
  const [from, to, ...more] = removes ? positionals.slice(1) : positionals
  if (more.length > 0) throw new UsageError(`Unexpected: ${more.join(' ')}`)
  if (from === undefined) return list(run, folder)
  if (to === undefined) throw new UsageError('Two datasets are needed', { name: 'FROM TO' })
  const keys = values.key ?? []
  if (removes) return remove(run, folder, from, to)
  if (keys.length === 0) throw new UsageError('--key is missing', { name: '--key' })
  await withSession(run, { workspace: folder }, async (session) => {
    const pairs = keys.map(keyPair)
    const ends = {
      from: { dataset: session.dataset(from).id, fields: pairs.map(([own]) => own) },
      to: { dataset: session.dataset(to).id, fields: pairs.map(([, other]) => other) },
    }
    const known = values.replace === true ? between(session, from, to) : undefined
    const made = await session.call('relationship.create', {
      ...ends,
      ...(known ? { id: known.id } : {}),
    })
    run.terminal.result(jsonText(relationshipLine(made, nameIn(session))))
  })
}

/** `COLUMN`, or `COLUMN=COLUMN` where the other dataset calls it differently. */
function keyPair(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at === 0 || at === text.length - 1)
    throw new UsageError('--key COLUMN=COLUMN', { value: text })
  return at < 0 ? [text, text] : [text.slice(0, at), text.slice(at + 1)]
}

function between(session: Session, from: string, to: string): Relationship | undefined {
  const [one, other] = [session.dataset(from).id, session.dataset(to).id]
  return session.workspace.relationships.find(
    (known) => known.from.dataset === one && known.to.dataset === other,
  )
}

const nameIn =
  ({ workspace }: Session) =>
  (id: string): string =>
    workspace.datasets.find((one) => one.id === id)?.name ?? id

async function list(run: CommandRun, folder: string): Promise<void> {
  await withSession(run, { workspace: folder }, async (session) => {
    const nameOf = nameIn(session)
    const { proposals } = await session.call('relationship.propose', {})
    run.terminal.result(
      jsonText({
        relationships: session.workspace.relationships.map((one) => relationshipLine(one, nameOf)),
        proposals: proposals.map(({ from, to, reasons }) => ({
          from: endLine(from, nameOf),
          to: endLine(to, nameOf),
          reasons,
        })),
      }),
    )
  })
}

async function remove(run: CommandRun, folder: string, from: string, to: string): Promise<void> {
  await withSession(run, { workspace: folder }, async (session) => {
    const known = between(session, from, to)
    if (!known) throw new UsageError('Not related', { value: `${from} ${to}` })
    const { reports } = await session.call('relationship.usedBy', { id: known.id })
    await session.call('relationship.remove', { id: known.id })
    const usedBy = reports.map(({ title }) => title)
    for (const report of usedBy) {
      run.terminal.say(run.text('cli.unrelatedIn', { report, from, to }))
    }
    run.terminal.result(jsonText({ ...relationshipLine(known, nameIn(session)), usedBy }))
  })
}
