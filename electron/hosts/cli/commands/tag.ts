import { resolve } from 'node:path'
import { exactlyOne, readArguments, required } from '../arguments.ts'
import { columnTags } from '../column-options.ts'
import type { Command } from '../command.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'
import { columnLine } from './datasets.ts'

/** Says what columns of a dataset stand for and which tell of a person; without options it shows both. */
export const tagCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    meaning: { type: 'string', multiple: true, default: [] },
    personal: { type: 'string', multiple: true, default: [] },
  })
  const name = exactlyOne(positionals, 'DATASET')
  const tags = columnTags(values.meaning, values.personal)
  const folder = resolve(required(values.workspace, '--workspace'))
  await withSession(run, { workspace: folder }, async (session) => {
    let dataset = session.dataset(name)
    for (const { column, meaning, personal } of tags) {
      dataset = await session.call('dataset.tag', {
        dataset: dataset.id,
        field: column,
        meaning,
        personal,
      })
    }
    run.terminal.result(jsonText({ name: dataset.name, columns: dataset.fields.map(columnLine) }))
  })
}
