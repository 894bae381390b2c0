import type { Draft } from 'immer'
import type { z } from 'zod'
import type { Report } from '../report.ts'
import { blockCommands } from './block-commands.ts'
import type { CommandDefinition } from './command.ts'
import { foldCommands } from './fold-commands.ts'
import { linkCommands } from './link-commands.ts'
import { pageCommands } from './page-commands.ts'
import { shelfCommands } from './shelf-commands.ts'

export const commands = {
  ...pageCommands,
  ...blockCommands,
  ...shelfCommands,
  ...linkCommands,
  ...foldCommands,
} as const

export type CommandName = keyof typeof commands
export type CommandArgs<N extends CommandName> = z.input<(typeof commands)[N]['args']>
export type Command = {
  readonly [N in CommandName]: { readonly name: N; readonly args: CommandArgs<N> }
}[CommandName]

export function commandLabel(command: Command): string {
  return commands[command.name].label
}

/** Checks the arguments and changes the draft; throws `CommandRefused` or, for arguments of the wrong shape, a ZodError. */
export function applyCommand(report: Draft<Report>, command: Command): void {
  // The record ties each name to its own argument schema, which TypeScript cannot follow through an index.
  const definition = commands[command.name] as CommandDefinition<z.ZodType>
  definition.apply(report, definition.args.parse(command.args))
}
