import type { Output } from '../../../../shared/contract.ts'
import { AppErrorException } from '../../../../shared/errors.ts'
import type { CommandRun } from '../command.ts'
import { maskedKey } from '../masked-examples.ts'
import { endLine } from '../relationship-line.ts'
import type { Session } from '../session.ts'

type Ends = Pick<Output<'relationship.propose'>['proposals'][number], 'from' | 'to'>
type Made = Output<'relationship.create'>

/** Nobody is there to accept a proposal, so each whose key is unique is made, unless they are only to be listed: `shops.region` can be asked at once. */
export async function relateImported(
  { terminal, text }: CommandRun,
  session: Session,
  among: readonly string[],
  makes: boolean,
): Promise<void> {
  const { proposals, repeated } = await session.call('relationship.propose', { among: [...among] })
  const { current } = await session.call('workspace.state', {})
  const nameOf = (id: string): string =>
    current?.datasets.find((dataset) => dataset.id === id)?.name ?? id
  const shown = (end: Ends['from'], examples: readonly string[]): string => {
    const fields = current?.datasets.find(({ id }) => id === end.dataset)?.fields ?? []
    return examples
      .map((value) => maskedKey(fields, end.fields, value))
      .join(text('list.separator'))
  }
  const end = (one: Ends['from']): string => endLine(one, nameOf)
  for (const { from, to } of proposals) {
    if (!makes) {
      terminal.say(text('cli.proposed', { from: end(from), to: end(to) }))
      continue
    }
    const ends = { from, to }
    const made = await relate(session, ends)
    if (made === undefined) continue
    terminal.say(text('cli.related', { from: end(ends.from), to: end(ends.to) }))
    const { orphans, blanks, orphanExamples } = made
    const examples = shown(ends.from, orphanExamples)
    if (orphans > 0) terminal.say(`  ${text('cli.orphans', { count: orphans, examples })}`)
    if (blanks > 0) terminal.say(`  ${text('import.links.blanks', { count: blanks })}`)
  }
  for (const { from, to, count, examples } of repeated) {
    terminal.say(
      text('import.links.repeated', {
        field: to.fields.join(' + '),
        from: nameOf(from.dataset),
        to: nameOf(to.dataset),
        count,
        examples: shown(to, examples),
      }),
    )
  }
  if (repeated.length > 0) terminal.say(text('import.links.repeatedHint'))
}

async function relate(session: Session, ends: Ends): Promise<Made | undefined> {
  try {
    return await session.call('relationship.create', ends)
  } catch (error) {
    const code = error instanceof AppErrorException ? error.appError.code : ''
    // Another way round already stands, or a key turned out to repeat: the import itself is fine.
    if (!code.startsWith('relationship/')) throw error
    return undefined
  }
}
