import { randomUUID } from 'node:crypto'
import type { AppError } from '../../../shared/errors.ts'
import { AppErrorException } from '../../../shared/errors.ts'
import type { Language } from '../../../shared/text/language.ts'
import { languages } from '../../../shared/text/language.ts'
import type { Text } from '../../../shared/text/messages.ts'
import { textIn } from '../../../shared/text/messages.ts'
import { UsageError } from './arguments.ts'
import type { Command, ProgramFiles } from './command.ts'
import { usages } from './usages.ts'
import { errorText } from './error-text.ts'
import type { ExitCode } from './exit-codes.ts'
import { exitCodes, usageCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { createTerminal } from './terminal.ts'

type CommandName = keyof typeof usages

/** A command is loaded when it is called: the engine takes its time, and help needs none of it. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  import: async () => (await import('./commands/import.ts')).importCommand,
  refresh: async () => (await import('./commands/refresh.ts')).refreshCommand,
  versions: async () => (await import('./commands/versions.ts')).versionsCommand,
  changes: async () => (await import('./commands/versions.ts')).changesCommand,
  rollback: async () => (await import('./commands/versions.ts')).rollbackCommand,
  rejected: async () => (await import('./commands/rejected.ts')).rejectedCommand,
  recipe: async () => (await import('./commands/recipe.ts')).recipeCommand,
  sql: async () => (await import('./commands/sql.ts')).sqlCommand,
  calendar: async () => (await import('./commands/calendar.ts')).calendarCommand,
  duplicates: async () => (await import('./commands/duplicates.ts')).duplicatesCommand,
  datasets: async () => (await import('./commands/datasets.ts')).datasetsCommand,
  relate: async () => (await import('./commands/relate.ts')).relateCommand,
  tag: async () => (await import('./commands/tag.ts')).tagCommand,
  query: async () => (await import('./commands/query.ts')).queryCommand,
  render: async () => (await import('./commands/render.ts')).renderCommand,
  template: async () => (await import('./commands/template.ts')).templateCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  schema: async () => (await import('./commands/schema.ts')).schemaCommand,
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)

const usageOf = (name: string): readonly string[] =>
  (isCommand(name) ? usages[name] : Object.values(usages).flat()).map(
    (line) => `  storeboard ${line}`,
  )

/** Runs one command line and says how it ended. */
export async function runCli(argv: readonly string[], program: ProgramFiles): Promise<ExitCode> {
  const terminal = createTerminal(process.stdout, process.stderr)
  const [name = '', ...args] = argv
  const locale = localeOf(argv)
  const text = textIn(locale)
  const asksHelp = argv.includes('--help') || argv.includes('-h') || name === 'help'
  if (asksHelp) return help(terminal, text, name)
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    refuseLocale(argv)
    if (name === '') throw new UsageError('COMMAND is missing', { name: 'COMMAND' })
    if (!isCommand(name)) throw new UsageError(`Unknown command: ${name}`, { command: name })
    const run = await commands[name]()
    await run({ args, terminal, signal: abort.signal, program, locale, text })
    return 0
  } catch (error) {
    return report(error, terminal, text, name)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

function refuseLocale(argv: readonly string[]): void {
  const given = givenLocale(argv)
  if (given !== undefined && !languages.some((known) => known === given)) {
    throw new UsageError(`--locale: ${languages.join(', ')}`, { name: '--locale', value: given })
  }
}

function help(terminal: Terminal, text: Text, name: string): ExitCode {
  const more = name === 'import' ? [text('cli.columnKeys'), ''] : []
  const lines = [text('cli.usage'), ...usageOf(name), '', ...more, text('cli.exitCodes')]
  terminal.result(`${lines.join('\n')}\n`)
  return 0
}

/** `--locale` wherever it stands, for the words of a refusal too. */
function givenLocale(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((arg) => arg === '--locale' || arg.startsWith('--locale='))
  if (at < 0) return undefined
  return argv[at]?.startsWith('--locale=') === true ? argv[at].slice(9) : argv[at + 1]
}

function localeOf(argv: readonly string[]): Language {
  const given = languages.find((known) => known === givenLocale(argv))
  const system = Intl.DateTimeFormat().resolvedOptions().locale
  return given ?? (system.startsWith('zh') ? 'zh-CN' : 'en')
}

/** The last line of standard error is one JSON object; what a person reads stands above it. */
function report(error: unknown, terminal: Terminal, text: Text, name: string): ExitCode {
  const last = (line: object): void => terminal.say(JSON.stringify(line))
  if (error instanceof UsageError) {
    terminal.say([text('cli.usage'), ...usageOf(name)].join('\n'))
    last({ code: usageCode, message: error.message, details: error.details })
    return 2
  }
  const known = error instanceof AppErrorException ? error.appError : bugOf(error, terminal)
  last({ code: known.code, message: errorText(known, text), details: known.details })
  return exitCodes[known.code]
}

function bugOf(error: unknown, terminal: Terminal): AppError {
  const aborted = error instanceof Error && error.name === 'AbortError'
  if (aborted) return { code: 'internal/cancelled', details: {}, canRetry: true }
  const causeId = randomUUID()
  terminal.say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return { code: 'internal/bug', details: { cause: causeId }, canRetry: false, causeId }
}
