import { resolve } from 'node:path'
import { z } from 'zod'
import type { DatasetInfo } from '../../../../shared/data/dataset.ts'
import { maskText } from '../../../../shared/data/personal.ts'
import type { RejectedRows, RowFix } from '../../../../shared/data/rejected-words.ts'
import { exactlyOne, oneOf, readArguments, readInput, required, UsageError } from '../arguments.ts'
import type { Command, CommandRun } from '../command.ts'
import type { Session } from '../session.ts'
import { withSession } from '../session.ts'
import { jsonText } from '../terminal.ts'

/** Lines printed leave the program: what tells of a person is masked unless asked otherwise. */
const shownAs = ['mask', 'full'] as const
const pageRows = 500

const Fixes = z.array(
  z.strictObject({
    source: z.number().int().min(0),
    row: z.number().int().min(0),
    text: z.string().nullable(),
  }),
)

/** Lists the lines of a dataset that did not parse, or mends them. */
export const rejectedCommand: Command = async (run) => {
  const { values, positionals } = readArguments(run.args, {
    workspace: { type: 'string' },
    mend: { type: 'string' },
    personal: { type: 'string', default: 'mask' },
  })
  const name = exactlyOne(positionals, 'DATASET')
  const personal = oneOf(values.personal, shownAs, '--personal')
  const folder = resolve(required(values.workspace, '--workspace'))
  const fixes = values.mend === undefined ? undefined : await readFixes(values.mend)
  await withSession(run, { workspace: folder }, async (session) => {
    const dataset = session.dataset(name)
    const listed = await listedRows(session, dataset)
    const answer =
      fixes === undefined ? shown(listed, personal) : await mended(run, session, dataset, listed, fixes) // prettier-ignore
    run.terminal.result(jsonText({ name: dataset.name, ...answer }))
  })
}

async function readFixes(file: string): Promise<z.output<typeof Fixes>> {
  const refuse = (fact: string): UsageError =>
    new UsageError(`--mend: ${fact}`, { name: '--mend', value: fact })
  let raw: unknown
  try {
    raw = JSON.parse(await readInput(file))
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(error.message)
    throw error
  }
  const read = Fixes.safeParse(raw)
  if (!read.success) throw refuse(read.error.issues[0]?.message ?? '')
  return read.data
}

async function listedRows(session: Session, { id }: DatasetInfo): Promise<RejectedRows> {
  const ask = { dataset: id, limit: pageRows }
  const first = await session.call('dataset.rejected', { ...ask, offset: 0 })
  const rows = [...first.rows]
  while (rows.length < first.kept) {
    const more = await session.call('dataset.rejected', { ...ask, offset: rows.length })
    if (more.rows.length === 0) break
    rows.push(...more.rows)
  }
  return { ...first, rows }
}

function shown({ total, kept, sources, rows }: RejectedRows, personal: 'mask' | 'full'): object {
  return {
    ...{ total, kept },
    sources: sources.map(({ source, name, shape }) => ({ source, name, columns: shape?.names })),
    rows: rows.map(({ source, row, reason, raw, cut }) => ({
      ...{ source, row, reason, line: personal === 'mask' ? maskText(raw) : raw },
      ...(cut ? { cut } : {}),
    })),
  }
}

async function mended(
  { terminal, text }: CommandRun,
  session: Session,
  dataset: DatasetInfo,
  { rows }: RejectedRows,
  asked: z.output<typeof Fixes>,
): Promise<object> {
  const fixes = asked.map((fix): RowFix => {
    const found = rows.find(({ source, row }) => source === fix.source && row === fix.row)
    return { ...fix, raw: found?.raw ?? '' }
  })
  const done = await session.call(
    'dataset.mendRejected',
    { dataset: dataset.id, fixes },
    ({ rows: count }) =>
      terminal.progress(text('cli.mending', { dataset: dataset.name }), text('cli.importRows', { rows: count })), // prettier-ignore
  )
  const { version, rows: count, rejected } = done.dataset
  const { joined, dropped, still } = done
  return { version, rows: count, rejected, joined, dropped, still }
}
