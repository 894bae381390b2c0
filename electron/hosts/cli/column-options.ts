import type { ColumnOverride } from '../../../shared/data/import-words.ts'
import { FieldRole, fieldTypes, isNumeric, isTemporal } from '../../../shared/data/field.ts'
import { meanings } from '../../../shared/data/meaning.ts'
import type { PersonalMode } from '../../../shared/data/personal.ts'
import { personalKinds, personalModes } from '../../../shared/data/personal.ts'
import { oneOf, pairs, UsageError } from './arguments.ts'

/** `--meaning COLUMN=MEANING` and `--personal COLUMN=KIND`, by column; `none` takes back what was proposed. */
export function columnTags(
  meaning: readonly string[],
  personal: readonly string[],
): ColumnOverride[] {
  const tags = new Map<string, ColumnOverride>()
  for (const [column, said] of pairs(meaning, '--meaning')) {
    const value = oneOf(said, ['none', ...meanings], '--meaning')
    tags.set(column, { column, meaning: value === 'none' ? null : value })
  }
  for (const [column, said] of pairs(personal, '--personal')) {
    const value = oneOf(said, ['none', ...personalKinds], '--personal')
    tags.set(column, {
      ...(tags.get(column) ?? { column }),
      personal: value === 'none' ? null : value,
    })
  }
  return [...tags.values()]
}

type Reading = Omit<ColumnOverride, 'column' | 'meaning' | 'personal'>

const dateOrders = ['dayFirst', 'monthFirst', 'yearFirst'] as const
const decimalMarks = ['point', 'comma'] as const

/** What may be said of a column in `--column`, each as the word for it. */
const settings: Readonly<Record<string, (value: string, name: string) => Reading>> = {
  type: (value, name) => ({ type: oneOf(value, fieldTypes, name) }),
  role: (value, name) => ({ role: oneOf(value, FieldRole.options, name) }),
  order: (value, name) => ({ dateOrder: oneOf(value, dateOrders, name) }),
  decimals: (value, name) => ({ decimalMark: oneOf(value, decimalMarks, name) }),
  merged: (value, name) => {
    oneOf(value, ['fill'], name)
    return { fillMerged: true }
  },
  marks: (value, name) => {
    oneOf(value, ['trim'], name)
    return { trimMarks: true }
  },
}

const form = `--column: 'NAME: KEY=VALUE, …', each name and key once (${Object.keys(settings).join(', ')})`

/** `--column 'NAME: type=date, order=dayFirst'`: how it is read, by column. The name may hold colons and commas itself. */
function columnReadings(said: readonly string[]): Map<string, ColumnOverride> {
  const found = new Map<string, ColumnOverride>()
  for (const value of said) {
    const wrong = new UsageError(form, { name: '--column', value })
    const [, column = '', words = ''] = /^(.+):([^:]*)$/s.exec(value) ?? []
    const name = column.trim()
    if (name === '' || found.has(name)) throw wrong
    let reading: Reading = {}
    const keys = new Set<string>()
    for (const word of words.split(',')) {
      const [, key = '', chosen = ''] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(word) ?? []
      const read = Object.hasOwn(settings, key) ? settings[key] : undefined
      if (read === undefined || keys.has(key)) throw wrong
      keys.add(key)
      reading = { ...reading, ...read(chosen, `--column '${name}': ${key}`) }
    }
    refuseContradiction(name, reading)
    found.set(name, { column: name, ...reading })
  }
  return found
}

/** What would be passed over in silence. */
function refuseContradiction(name: string, reading: Reading): void {
  const { type, dateOrder, decimalMark, trimMarks } = reading
  const refuse = (key: string, types: string): never => {
    throw new UsageError(`--column '${name}': ${key} goes with type=${types}`, { name: '--column' })
  }
  // Whether a column holds days or moments, its order does not say.
  if (dateOrder && !(type && isTemporal(type))) refuse('order', 'date or type=timestamp')
  if (decimalMark && type && !isNumeric(type)) refuse('decimals', 'integer, decimal or double')
  if (trimMarks && type && type !== 'text') refuse('marks', 'text')
}

interface ColumnOptions {
  readonly column: readonly string[]
  readonly meaning: readonly string[]
  readonly personal: readonly string[]
}

/** Everything a command line says of columns, once each. */
export function saidColumns({ column, meaning, personal }: ColumnOptions): ColumnOverride[] {
  const said = columnReadings(column)
  for (const tag of columnTags(meaning, personal))
    said.set(tag.column, { ...said.get(tag.column), ...tag })
  return [...said.values()]
}

/** How personal values are written; masked unless it is said. */
export function personalMode(value: string | undefined): PersonalMode {
  return value === undefined ? 'mask' : oneOf(value, personalModes, '--personal')
}
