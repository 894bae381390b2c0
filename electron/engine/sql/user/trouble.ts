/** What an engine found wrong with a statement of the user's: a kind there are words for, and its place in what was written. */
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import type { AppError } from '../../../../shared/errors.ts'
import type { UserStatement } from './statement.ts'
import { placeWritten } from './statement.ts'

export type FailedReason =
  'syntax' | 'unknownTable' | 'unknownColumn' | 'unknownFunction' | 'ambiguous' | 'types' | 'other'

/** In the engines' own words; the first group that took part names what it is about. */
const signs: readonly (readonly [FailedReason, RegExp])[] = [
  ['unknownTable', /Table with name "?(.+?)"? does not exist|no such table: (\S+)|relation "(.+?)" does not exist|(?:Table|table) (\S+) (?:does not|doesn't) exist|Unknown table expression identifier '(.+?)'/], // prettier-ignore
  ['ambiguous', /[Aa]mbiguous reference to column name "?(.+?)"?[\s(]|ambiguous column name: (\S+)|column reference "(.+?)" is ambiguous/], // prettier-ignore
  ['unknownColumn', /Referenced column "(.+?)" not found|does not have a column named "(.+?)"|no such column: (\S+)|column "?(.+?)"? does not exist|Missing columns: '(.+?)'|Unknown (?:expression(?: or function)? )?identifier:? [`'](.+?)[`']|Unknown identifier: ([^\s,;]+)/], // prettier-ignore
  ['unknownFunction', /Function with name "?(.+?)"? does not exist|no such function: (\S+)|function (\S+?)\(.*\) does not exist|Unknown function (\S+)|Function with name [`'](.+?)[`'] does not exist/], // prettier-ignore
  ['types', /Conversion Error|Could not convert string '(.+?)'|No function matches|Cannot compare values|invalid input syntax[^"]*"(.+?)"|operator does not exist|datatype mismatch|No supertype|Illegal types? |Cannot parse/], // prettier-ignore
  ['syntax', /syntax error(?: at or near "(.+?)")?|near "(.+?)": syntax error|Syntax error: failed at position \d+ \((.*?)\)|incomplete input|at end of input/], // prettier-ignore
]

interface Said {
  readonly message: string
  /** The statement the engine was given, and the place it named there, in UTF-16 units. */
  readonly given?: string
  /** Where the user's begins there. */
  readonly from?: number
  readonly at?: number | undefined
}

export function failedSql(
  { message, given, from, at }: Said,
  statement: UserStatement,
): AppErrorException {
  const [reason, near] = reasonOf(message)
  const named =
    at === undefined || given === undefined ? undefined : placeWritten(statement, given, at, from)
  const place = named ?? tokenPlace(near, statement)
  return new AppErrorException(
    appError('sql/failed', {
      ...{ reason, near: near.slice(0, 80), message: plainly(message) },
      ...(place === undefined ? {} : { at: place }),
    }),
  )
}

function reasonOf(message: string): [FailedReason, string] {
  for (const [reason, form] of signs) {
    const found: readonly (string | undefined)[] | null = form.exec(message)
    if (found) return [reason, found.slice(1).find((group) => group !== undefined) ?? '']
  }
  return ['other', '']
}

/** Where the engine named a thing and no place: the first word that is it. */
export function tokenPlace(near: string, { tokens }: UserStatement): number | undefined {
  const last = near.replaceAll(/["'`]/g, '').split('.').at(-1)?.toLowerCase()
  if (!last) return undefined
  return tokens.find(({ text }) => text.toLowerCase() === last)?.from
}

/** Its first line, without what points into text the user never saw. */
function plainly(message: string): string {
  const [first = ''] = message.split(/\n\s*\n|\nLINE |\s*\(version |\. Stack trace/)
  return first.replace(/^Code: \d+[.,]\s*/, '').slice(0, 500)
}

/** A question that failed for its statement becomes what is wrong with the statement; any other trouble stays as it is. */
export function explainedSql(error: unknown, given: string, statement: UserStatement): unknown {
  if (!(error instanceof AppErrorException)) return error
  const { code, details } = error.appError
  if (code !== 'query/failed' && !isMissingTable(error.appError)) return error
  const message = String(details['message'] ?? '')
  const { character } = details
  const at = typeof character === 'number' ? unitsBefore(given, character) : undefined
  // In brackets of its own, a line each.
  const from = given.indexOf('(\n') + 2
  return failedSql({ message, given, from, at }, statement)
}

const isMissingTable = ({ code, details }: AppError): boolean =>
  code === 'dataset/notFound' && 'message' in details

/** Servers count letters, not the halves of them. */
export const unitsBefore = (text: string, letters: number): number =>
  Array.from(text).slice(0, letters).join('').length
