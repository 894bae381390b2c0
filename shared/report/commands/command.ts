import type { Draft } from 'immer'
import type { z } from 'zod'
import type { Report } from '../report.ts'

/** Why a command cannot run: it names what is missing; the page shows the reason as the tooltip of a disabled control. */
export class CommandRefused extends Error {
  readonly reason:
    | 'missingPage'
    | 'missingBlock'
    | 'missingPill'
    | 'shelfFull'
    | 'notAccepted'
    | 'lastPage'
    | 'missingSlot'
    | 'inUse'
    | 'tooManyPages'
    | 'tooManyBlocks'
    | 'nameTaken'
    | 'missingFormula'
    | 'missingParameter'
    | 'circularFormula'
    | 'formulaNamed'
    | 'parameterNamed'
    | 'usedAsDimension'
    | 'tooManyFormulas'
  constructor(reason: CommandRefused['reason']) {
    super(reason)
    this.name = 'CommandRefused'
    this.reason = reason
  }
}

/** A change of the document as data: the same one serves menu, shortcut, palette, drag and tests. */
export interface CommandDefinition<Args extends z.ZodType> {
  readonly args: Args
  /** Key of the label in the message catalogue, shown as "Undo …". */
  readonly label: string
  /** Changes the draft or throws `CommandRefused`, in which case nothing changed. */
  readonly apply: (report: Draft<Report>, args: z.output<Args>) => void
}

export function command<Args extends z.ZodType>(
  definition: CommandDefinition<Args>,
): CommandDefinition<Args> {
  return definition
}
