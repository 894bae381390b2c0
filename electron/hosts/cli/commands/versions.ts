import { resolve } from 'node:path'
import { exactlyOne, readArguments, required, UsageError, wholeNumber } from '../arguments.ts'
import type { Command } from '../command.ts'
import { maskedChanges } from '../masked-examples.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

const highestVersion = 1_000_000_000

/** The kept versions of each dataset, or of those named; `--drop` lets versions of one go. */
export const versionsCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    dataset: { type: 'string', multiple: true, default: [] },
    drop: { type: 'string', multiple: true, default: [] },
  })
  const [stray] = positionals
  if (stray !== undefined) throw new UsageError(`Unexpected: ${stray}`, { value: stray })
  const drop = values.drop.map((one) => wholeNumber(one, '--drop', 1, highestVersion))
  if (drop.length > 0) exactlyOne(values.dataset, '--dataset')
  const folder = resolve(required(values.workspace, '--workspace'))
  await withSession(run, { workspace: folder }, async (session) => {
    const named = values.dataset.map((name) => session.dataset(name))
    const chosen = named.length > 0 ? named : session.workspace.datasets
    const datasets: object[] = []
    for (const { id, name } of chosen) {
      const freed =
        drop.length === 0
          ? {}
          : await session.call('dataset.dropVersions', { dataset: id, versions: drop })
      const { versions } = await session.call('dataset.versions', { dataset: id })
      datasets.push({ name, ...freed, versions })
    }
    run.terminal.result(jsonText({ datasets }))
  })
}

/** To the version before the current one unless another is named. */
export const rollbackCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    to: { type: 'string' },
  })
  const name = exactlyOne(positionals, 'DATASET')
  const to = values.to === undefined ? undefined : wholeNumber(values.to, '--to', 1, highestVersion)
  const folder = resolve(required(values.workspace, '--workspace'))
  await withSession(run, { workspace: folder }, async (session) => {
    const { id, version: current } = session.dataset(name)
    const { versions } = await session.call('dataset.versions', { dataset: id })
    const before = versions.find(({ version }) => version < current)?.version
    const version = to ?? before ?? Math.max(1, current - 1)
    const made = await session.call('dataset.rollback', { dataset: id, version })
    run.terminal.result(jsonText({ name: made.name, version: made.version, rows: made.rows }))
  })
}

/** What changed from one kept version to another. */
export const changesCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  })
  const name = exactlyOne(positionals, 'DATASET')
  const version = (value: string | undefined, option: string): number | undefined =>
    value === undefined ? undefined : wholeNumber(value, option, 1, highestVersion)
  const from = version(values.from, '--from')
  const to = version(values.to, '--to')
  const folder = resolve(required(values.workspace, '--workspace'))
  await withSession(run, { workspace: folder }, async (session) => {
    const { id, fields } = session.dataset(name)
    const ask = { dataset: id, ...(from ? { from } : {}), ...(to ? { to } : {}) }
    const changes = await session.call('dataset.changes', ask)
    run.terminal.result(jsonText({ name, ...maskedChanges(fields, changes) }))
  })
}
