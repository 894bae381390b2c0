import type { Language } from '../../text/language.ts'
import { aggregateEntries } from './aggregates.ts'
import { cellEntries } from './cells.ts'
import { dateEntries } from './dates.ts'
import type { FunctionEntry } from './function-entry.ts'
import type { FunctionId } from './function-id.ts'
import { logicEntries } from './logic.ts'
import { numberEntries } from './numbers.ts'
import { textEntries } from './texts.ts'

/** Every function there is, in the order people read them. */
export const functions: Readonly<Record<FunctionId, FunctionEntry>> = {
  ...logicEntries,
  ...numberEntries,
  ...textEntries,
  ...dateEntries,
  ...aggregateEntries,
  ...cellEntries,
}

export function namesOf(entry: FunctionEntry, language: Language): readonly [string, ...string[]] {
  return language === 'en' ? entry.english : entry.chinese
}

const byName = new Map<string, FunctionEntry>()
for (const entry of Object.values(functions)) {
  for (const name of [...entry.english, ...entry.chinese]) {
    if (!byName.has(name)) byName.set(name, entry)
  }
}

/** By any of its names in either language, in any case. */
export function functionNamed(name: string): FunctionEntry | undefined {
  return byName.get(name.toUpperCase())
}

/** MIN and MAX of one argument are over rows; of several, among them. */
export function functionOf(entry: FunctionEntry, argumentCount: number): FunctionEntry {
  if (argumentCount !== 1) return entry
  if (entry.id === 'min') return functions.minimum
  return entry.id === 'max' ? functions.maximum : entry
}

export function functionNames(): Iterable<string> {
  return byName.keys()
}

/**
 * Names other programs have that would not mean one thing here, and what to write instead. Volatile ones would make the
 * same rows answer differently every day; ambiguous ones count in a way of their own (WEEKDAY from Sunday).
 */
export const replacedNames: ReadonlyMap<
  string,
  { readonly why: 'volatile' | 'ambiguous'; readonly by: string }
> = new Map([
  ['TODAY', { why: 'volatile', by: 'LASTDAY' }],
  ['NOW', { why: 'volatile', by: 'LASTDAY' }],
  ['今天', { why: 'volatile', by: '数据末日' }],
  ['WEEKDAY', { why: 'ambiguous', by: 'ISOWEEKDAY' }],
  ['WEEKNUM', { why: 'ambiguous', by: 'ISOWEEKNUM' }],
])
