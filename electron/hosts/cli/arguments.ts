import { readFile } from 'node:fs/promises'
import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'
import { parseIsoDay } from '../../../shared/data/calendar-day.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import { fileFaultOf } from '../../engine/file-faults.ts'

/** The command was called in a way it does not know. */
export class UsageError extends Error {
  readonly details: Readonly<Record<string, string>>
  constructor(message: string, details: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'UsageError'
    this.details = details
  }
}

type Options = NonNullable<ParseArgsConfig['options']>
const common = { locale: { type: 'string' } } as const satisfies Options

/** Options and positionals of one command; an unknown option or a missing value is a UsageError. */
export function readArguments<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, ...common },
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

export function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(`${name} is missing`, { name })
  return value
}

export function exactlyOne(positionals: readonly string[], name: string): string {
  if (positionals.length > 1) throw new UsageError(`One ${name} only`, { name })
  return required(positionals[0], name)
}

export function oneOf<T extends string>(value: string, known: readonly T[], name: string): T {
  const found = known.find((candidate) => candidate === value)
  if (found === undefined) throw new UsageError(`${name}: ${known.join(', ')}`, { name, value })
  return found
}

export function wholeNumber(value: string, name: string, from: number, to: number): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < from || number > to) {
    throw new UsageError(`${name}: a whole number from ${from} to ${to}`, { name, value })
  }
  return number
}

/** An epoch day of a date written 2025-01-31. */
export function isoDate(value: string, name: string): number {
  const day = parseIsoDay(value)
  if (day === undefined) throw new UsageError(`${name}: a date such as 2025-01-31`, { name, value })
  return day
}

/** `NAME=VALUE`, as often as given; a name given twice is refused. */
export function pairs(values: readonly string[], name: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const pair of values) {
    const at = pair.indexOf('=')
    const key = pair.slice(0, at)
    if (at < 1 || at === pair.length - 1 || found.has(key)) {
      throw new UsageError(`${name}: NAME=VALUE, each name once`, { name, value: pair })
    }
    found.set(key, pair.slice(at + 1))
  }
  return found
}

/** Text of a file, or of standard input when it is `-`. */
export async function readInput(file: string): Promise<string> {
  try {
    if (file !== '-') return await readFile(file, 'utf8')
    const pieces: Buffer[] = []
    for await (const piece of process.stdin as AsyncIterable<Buffer>) pieces.push(piece)
    return Buffer.concat(pieces).toString('utf8')
  } catch (error) {
    const fault = fileFaultOf(error)
    if (fault === undefined) throw error
    throw new AppErrorException(appError(fault, { name: file }))
  }
}
