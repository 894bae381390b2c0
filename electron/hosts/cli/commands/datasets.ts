import { resolve } from 'node:path'
import type { Field } from '../../../../shared/data/field.ts'
import { readArguments, required, UsageError } from '../arguments.ts'
import type { Command } from '../command.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

/** A column with its type, its role, what it stands for and what it tells of a person. */
export function columnLine({ name, type, role, meaning, personal }: Field) {
  return { name, type, role, meaning, personal }
}

export const datasetsCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, { workspace: { type: 'string' } })
  const [stray] = positionals
  if (stray !== undefined) throw new UsageError(`Unexpected: ${stray}`, { value: stray })
  const folder = resolve(required(values.workspace, '--workspace'))
  await withSession(run, { workspace: folder }, ({ workspace }) => {
    const { datasets, relationships } = workspace
    const nameOf = (id: string): string => datasets.find((one) => one.id === id)?.name ?? id
    const result = {
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
      relationships: relationships.map(({ from, to, orphans, blanks }) => ({
        from: `${nameOf(from.dataset)}.${from.field}`,
        to: `${nameOf(to.dataset)}.${to.field}`,
        orphans,
        blanks,
      })),
    }
    run.terminal.result(jsonText(result))
    return Promise.resolve()
  })
}
