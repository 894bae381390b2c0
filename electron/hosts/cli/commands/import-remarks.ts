/** What an import on the command line says of what it leaves out. */
import type { Output } from '../../../../shared/contract.ts'
import type { EmptyPart, InspectedFiles, SourcePart } from '../../../../shared/data/import-words.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { appError } from '../../../../shared/errors.ts'
import { warningSentence } from '../../../../shared/text/warning-sentence.ts'
import type { CommandRun } from '../command.ts'
import { errorText } from '../error-text.ts'

type UnreadablePart = InspectedFiles['unreadable'][number]

export function sayHidden({ terminal, text }: CommandRun, parts: readonly SourcePart[]): void {
  const hidden = parts.filter((one) => one.hidden)
  for (const [file, own] of Map.groupBy(hidden, ({ fileName }) => fileName)) {
    const names = [...new Set(own.map(({ part = '' }) => part))].join(text('list.separator'))
    terminal.say(text('cli.hidden', { file, names }))
  }
}

export function sayNotes({ terminal, text }: CommandRun, parts: readonly SourcePart[]): void {
  const notes = parts.filter(({ note, hidden }) => note !== undefined && !hidden)
  for (const [file, own] of Map.groupBy(notes, ({ fileName }) => fileName)) {
    const names = own.map(({ part = '', note = '' }) =>
      text('import.note', { name: part, text: note }),
    )
    terminal.say(text('cli.notes', { file, names: names.join(text('list.separator')) }))
  }
}

export function unreadableError({ fileName, code, reason, facts }: UnreadablePart): AppError {
  return appError(code, {
    name: fileName,
    ...facts,
    ...(reason === undefined ? {} : { reason }),
  })
}

/** A table or view that cannot be read takes no other with it. */
export function sayUnreadable({ terminal, text }: CommandRun, part: UnreadablePart): void {
  terminal.say(errorText(unreadableError(part), text))
}

export function sayWithoutRows({ terminal, text }: CommandRun, empty: readonly EmptyPart[]): void {
  for (const [file, own] of Map.groupBy(empty, ({ fileName }) => fileName)) {
    const names = own.map(({ part }) => part).join(text('list.separator'))
    terminal.say(`${file}: ${text('import.emptyParts', { names })}`)
  }
}

export function sayEmpty(
  { terminal, text }: CommandRun,
  { datasets }: Output<'dataset.import'>,
): void {
  for (const { dataset } of datasets) {
    const empty = dataset.warnings.find(({ code }) => code === 'noRows')
    if (empty) terminal.say(`${dataset.name}: ${warningSentence(empty, text)}`)
  }
}
