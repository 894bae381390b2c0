/** What each step of a recipe does, in plain TypeScript over rows in memory: written from docs/preparation.md alone. */
import { epochDayOf, isoDay } from '../../shared/data/calendar-day.ts'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { FieldType } from '../../shared/data/field.ts'
import type { Condition, RecipeStep, RowFilter, StepOf } from '../../shared/preparation/recipe.ts'

export interface NaiveField {
  readonly name: string
  readonly type: FieldType
  readonly scale: number
}

export interface NaiveRow {
  /** Row of the source it came from. */
  readonly line: number
  readonly cells: readonly CellValue[]
}

export interface NaiveTable {
  readonly fields: readonly NaiveField[]
  readonly rows: readonly NaiveRow[]
}

type Cells = readonly CellValue[]

const at = (table: NaiveTable, name: string): number => {
  const place = table.fields.findIndex((field) => field.name === name)
  if (place < 0) throw new Error(`no field ${name}`)
  return place
}
const blank = (text: string | null): string | null => (text === '' ? null : text)
const textField = (name: string): NaiveField => ({ name, type: 'text', scale: 0 })

export function applyNaively(table: NaiveTable, step: RecipeStep): NaiveTable {
  switch (step.kind) {
    case 'rename': {
      const to = new Map(step.names.map((one) => [one.field, one.to]))
      const fields = table.fields.map((one) => ({ ...one, name: to.get(one.name) ?? one.name }))
      return { ...table, fields }
    }
    case 'remove':
      return without(table, step.fields)
    case 'type':
      return retyped(table, step)
    case 'normalise':
      return inPlace(table, step.fields, (value) => blank(normalised(String(value), step)))
    case 'replace':
      return inPlace(table, [step.field], (value) => replaced(value, step), true)
    case 'map':
      return mapped(table, step)
    case 'fill':
      return filled(table, step)
    case 'split':
      return divided(table, step)
    case 'merge':
      return joined(table, step)
    case 'filter':
      return {
        ...table,
        rows: table.rows.filter(
          (row) => holds(step.when, table, row.cells) === (step.rows === 'keep'),
        ),
      }
    case 'dedupe':
      return distinct(table, step)
    case 'unpivot':
      return turned(table, step)
    case 'classify':
      return classified(table, step)
    case 'formula':
      throw new Error('formulas have a reference of their own')
  }
}

function without(table: NaiveTable, names: readonly string[]): NaiveTable {
  const kept = table.fields.map((field) => !names.includes(field.name))
  return {
    fields: table.fields.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, i) => kept[i]) })),
  }
}

function inPlace(
  table: NaiveTable,
  names: readonly string[],
  value: (cell: CellValue) => CellValue,
  blanksToo = false,
): NaiveTable {
  const places = new Set(names.map((name) => at(table, name)))
  const cells = (row: NaiveRow): Cells =>
    row.cells.map((cell, index) =>
      places.has(index) && (blanksToo || cell !== null) ? value(cell) : cell,
    )
  return { ...table, rows: table.rows.map((row) => ({ ...row, cells: cells(row) })) }
}

/** Behind the field at `place`, or at the end. */
function inserted(
  table: NaiveTable,
  place: number,
  fields: readonly NaiveField[],
  values: (cells: Cells) => Cells,
): NaiveTable {
  const into = <T>(list: readonly T[], made: readonly T[]): T[] => [
    ...list.slice(0, place + 1),
    ...made,
    ...list.slice(place + 1),
  ]
  return {
    fields: into(table.fields, fields),
    rows: table.rows.map((row) => ({ ...row, cells: into(row.cells, values(row.cells)) })),
  }
}

const whiteSpace = new Set(
  [0x9, 0xa, 0xb, 0xc, 0xd, 0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff]
    .concat(Array.from({ length: 12 }, (_, i) => 0x2000 + i))
    .map((code) => String.fromCharCode(code)),
) // prettier-ignore
const isSpace = (character: string): boolean => whiteSpace.has(character)

function trimmed(text: string): string {
  const letters = Array.from(text)
  while (letters.length > 0 && isSpace(letters[0]!)) letters.shift()
  while (letters.length > 0 && isSpace(letters.at(-1)!)) letters.pop()
  return letters.join('')
}

function half(text: string): string {
  return Array.from(text)
    .map((letter) => {
      const code = letter.codePointAt(0)!
      if (code === 0x3000) return ' '
      return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : letter
    })
    .join('')
}

const spaceless = (text: string): string =>
  Array.from(text)
    .filter((one) => !isSpace(one))
    .join('')

function normalised(given: string, step: StepOf<'normalise'>): string {
  let text = step.width === 'half' ? half(given) : given
  if (step.space === 'ends') text = trimmed(text)
  if (step.space === 'none') text = spaceless(text)
  if (step.space === 'single') {
    const words: string[] = ['']
    for (const letter of trimmed(text)) {
      if (!isSpace(letter)) words.push((words.pop() ?? '') + letter)
      else if (words.at(-1) !== '') words.push('')
    }
    text = words.join(' ')
  }
  if (step.form === 'phone') text = phone(text)
  if (step.form === 'id') {
    text = spaceless(half(text))
    while (text.startsWith("'")) text = text.slice(1)
    text = text.toUpperCase()
  }
  if (step.case === 'upper') return text.toUpperCase()
  return step.case === 'lower' ? text.toLowerCase() : text
}

function phone(text: string): string {
  const digits = Array.from(spaceless(half(text)))
    .filter((one) => !'-().·_/'.includes(one))
    .join('')
  for (const country of ['+86', '0086', '86']) {
    const rest = digits.slice(country.length)
    if (digits.startsWith(country) && /^1\d{10}$/.test(rest)) return rest
  }
  const bare = digits.startsWith('+') ? digits.slice(1) : digits
  return /^\d{5,20}$/.test(bare) ? digits : text
}

/** Digits without the point, and how many of them stand behind it. */
interface Exact {
  readonly digits: bigint
  readonly scale: number
}

function exactOf(text: string): Exact | undefined {
  let rest = trimmed(half(text))
  const share = /^(\d{1,9})%$/.exec(rest)
  if (share) return { digits: BigInt(share[1] ?? ''), scale: 2 }
  const power = /^(\d)e(\d)$/.exec(rest)
  if (power) return { digits: BigInt(power[1] ?? '') * 10n ** BigInt(power[2] ?? ''), scale: 0 }
  const negative = rest.startsWith('-')
  if (/^[+-]/.test(rest)) rest = rest.slice(1)
  if (/^[¥￥$€£]/.test(rest)) rest = rest.slice(1)
  const [whole = '', fraction, more] = rest.split('.')
  if (more !== undefined || !/^\d*$/.test(fraction ?? '')) return undefined
  if (whole === '' && (fraction ?? '') === '') return undefined
  const groups = whole.split(',')
  if (groups.length > 1) {
    const [first = '', ...others] = groups
    if (!/^\d{1,3}$/.test(first) || others.some((one) => !/^\d{3}$/.test(one))) return undefined
  } else if (!/^\d*$/.test(whole)) return undefined
  const plain = groups.join('')
  if (plain.length > 26 || (fraction ?? '').length > 12) return undefined
  const digits = BigInt(`${plain}${fraction ?? ''}` || '0')
  return { digits: negative ? -digits : digits, scale: (fraction ?? '').length }
}

function atScale({ digits, scale }: Exact, wanted: number): bigint | undefined {
  if (scale <= wanted) return digits * 10n ** BigInt(wanted - scale)
  const unit = 10n ** BigInt(scale - wanted)
  return digits % unit === 0n ? digits / unit : undefined
}

function written(digits: bigint, scale: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const sign = digits < 0n ? '-' : ''
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`
}

export function textOf(cell: CellValue, type: FieldType): string {
  // The shortest form of a double without an exponent for the sizes tests use.
  return type === 'double' ? String(cell) : String(cell)
}

function dayIn(
  text: string,
  order: StepOf<'type'>['dateOrder'],
): { day: number; rest: string } | undefined {
  const clean = trimmed(half(text))
  const forms: [RegExp, [number, number, number]][] = [
    [/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)/, [1, 2, 3]],
    [/^(\d{4})(\d{2})(\d{2})(?!\d)/, [1, 2, 3]],
  ]
  if (order === 'dayFirst') forms.push([/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/, [3, 2, 1]])
  if (order === 'monthFirst') forms.push([/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/, [3, 1, 2]])
  for (const [form, [y, m, d]] of forms) {
    const found = form.exec(clean)
    if (found === null) continue
    const day = epochDayOf(Number(found[y]), Number(found[m]), Number(found[d]))
    return day === undefined || Number(found[y]) === 0
      ? undefined
      : { day, rest: clean.slice(found[0].length) }
  }
  return undefined
}

function clockIn(rest: string): { seconds: number; possible: boolean } | undefined {
  if (rest === '') return { seconds: 0, possible: true }
  const found = /^[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?$/.exec(rest)
  if (found === null) return undefined
  const [h, m, s] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)]
  return { seconds: h * 3600 + m * 60 + s, possible: h < 24 && m < 60 && s < 60 }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Undefined is lost. */
export function converted(
  cell: string | number | boolean,
  from: NaiveField,
  to: NaiveField,
  order: StepOf<'type'>['dateOrder'],
): CellValue {
  const text = textOf(cell, from.type)
  switch (to.type) {
    case 'text':
      return text
    case 'integer':
    case 'decimal':
    case 'double': {
      const exact = exactOf(typeof cell === 'boolean' ? String(Number(cell)) : text)
      if (exact === undefined) return null
      if (to.type === 'double') return Number(written(exact.digits, exact.scale))
      const digits = atScale(exact, to.scale)
      if (digits === undefined) return null
      if (to.type === 'decimal') return written(digits, to.scale)
      return Number.isSafeInteger(Number(digits)) ? Number(digits) : null
    }
    case 'boolean': {
      const word = trimmed(half(text)).toLowerCase()
      if (from.type !== 'text') {
        return from.type === 'boolean' ? cell : Number(cell) === 1 ? true : Number(cell) === 0 ? false : null // prettier-ignore
      }
      if (['true', 'yes', 'y', 't', '1', '是', '真'].includes(word)) return true
      return ['false', 'no', 'n', 'f', '0', '否', '假'].includes(word) ? false : null
    }
    case 'date': {
      if (from.type === 'timestamp') return text.slice(0, 10)
      if (from.type === 'integer') return dayOfNumber(Number(cell))
      const found = dayIn(text, order)
      return found !== undefined && clockIn(found.rest) !== undefined ? isoDay(found.day) : null
    }
    case 'timestamp': {
      if (from.type === 'date') return `${text}T00:00:00`
      if (from.type === 'timestamp') return text
      const found = dayIn(text, order)
      const clock = found && clockIn(found.rest)
      if (!found || clock?.possible !== true) return null
      const { seconds } = clock
      const time = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor).map(two)
      return `${isoDay(found.day)}T${time.join(':')}`
    }
  }
}

function dayOfNumber(value: number): CellValue {
  if (value >= 20_000 && value <= 79_999) return isoDay(value - 25_569)
  const [year, month, day] = [
    Math.floor(value / 10_000),
    Math.floor(value / 100) % 100,
    value % 100,
  ]
  const found = year >= 1000 && year <= 9999 ? epochDayOf(year, month, day) : undefined
  return found === undefined ? null : isoDay(found)
}

function retyped(table: NaiveTable, step: StepOf<'type'>): NaiveTable {
  const place = at(table, step.field)
  const from = table.fields[place]!
  const scale = step.to === 'decimal' ? (step.scale ?? 2) : 0
  const to = { name: from.name, type: step.to, scale }
  const made = inPlace(table, [step.field], (cell) =>
    cell === null ? null : converted(cell, from, to, step.dateOrder),
  )
  return { ...made, fields: made.fields.map((field, index) => (index === place ? to : field)) }
}

function replaced(cell: CellValue, { match, pairs }: StepOf<'replace'>): CellValue {
  if (match === 'whole') {
    const pair = pairs.find(({ find }) => (find === '' ? null : find) === cell)
    return pair === undefined ? cell : pair.with === '' ? null : pair.with
  }
  if (cell === null) return null
  return blank(
    pairs.reduce(
      (text, pair) => text.split(String(pair.find)).join(String(pair.with ?? '')),
      String(cell),
    ),
  )
}

function mapped(table: NaiveTable, step: StepOf<'map'>): NaiveTable {
  const place = at(table, step.field)
  const dated = step.dateField === undefined ? undefined : at(table, step.dateField)
  const value = (cells: Cells): CellValue => {
    const cell = cells[place] ?? null
    if (cell === null) return null
    const text = textOf(cell, table.fields[place]!.type)
    const day = dated === undefined ? null : (cells[dated] ?? null)
    const entry = step.entries.find(({ from, validFrom, validTo }) => {
      if (from !== text) return false
      if (validFrom === undefined && validTo === undefined) return true
      if (day === null) return false
      const on = String(day).slice(0, 10)
      return on >= (validFrom ?? '0000') && on <= (validTo ?? '9999-12-31')
    })
    if (entry !== undefined) return blank(entry.to)
    return step.otherwise === 'keep' ? text : null
  }
  if (step.into !== undefined) {
    return inserted(table, place, [textField(step.into)], (cells) => [value(cells)])
  }
  return {
    fields: table.fields.map((field, i) => (i === place ? textField(field.name) : field)),
    rows: table.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell, i) => (i === place ? value(row.cells) : cell)),
    })),
  }
}

function filled(table: NaiveTable, step: StepOf<'fill'>): NaiveTable {
  const { with: by } = step
  if (by.kind === 'value') {
    return inPlace(table, step.fields, (cell) => cell ?? (by.value === '' ? null : by.value), true)
  }
  const places = step.fields.map((name) => at(table, name))
  const last = new Map<number, CellValue>()
  const rows = table.rows.map((row) => {
    const cells = row.cells.map((cell, index) => {
      if (!places.includes(index)) return cell
      if (cell !== null) last.set(index, cell)
      return cell ?? last.get(index) ?? null
    })
    return { ...row, cells }
  })
  return { ...table, rows }
}

function divided(table: NaiveTable, step: StepOf<'split'>): NaiveTable {
  const place = at(table, step.field)
  const parts = (cell: CellValue): Cells => {
    if (cell === null) return step.into.map(() => null)
    const text = String(cell)
    const { by } = step
    if (by.kind === 'position') {
      const letters = Array.from(text)
      const cuts = [0, ...by.at, letters.length]
      return step.into.map((_, index) => {
        const end = index === step.into.length - 1 ? letters.length : cuts[index + 1]
        return blank(trimmed(letters.slice(cuts[index], end).join('')))
      })
    }
    const pieces = text.split(by.text)
    const lastPlace = step.into.length - 1
    return step.into.map((_, index) =>
      blank(
        trimmed(
          index === lastPlace ? pieces.slice(lastPlace).join(by.text) : (pieces[index] ?? ''),
        ),
      ),
    )
  }
  const made = inserted(table, place, step.into.map(textField), (cells) =>
    parts(cells[place] ?? null),
  )
  return step.keep ? made : dropPlaces(made, [place])
}

function dropPlaces(table: NaiveTable, places: readonly number[]): NaiveTable {
  const keep = <T>(list: readonly T[]): T[] => list.filter((_, index) => !places.includes(index))
  return {
    fields: keep(table.fields),
    rows: table.rows.map((row) => ({ ...row, cells: keep(row.cells) })),
  }
}

function joined(table: NaiveTable, step: StepOf<'merge'>): NaiveTable {
  const places = step.fields.map((name) => at(table, name))
  const value = (cells: Cells): CellValue =>
    blank(
      places
        .filter((place) => cells[place] !== null)
        .map((place) => textOf(cells[place]!, table.fields[place]!.type))
        .join(step.separator),
    )
  const made = inserted(table, places[0]!, [textField(step.into)], (cells) => [value(cells)])
  const shifted = places.map((place) => (place > places[0]! ? place + 1 : place))
  return step.keep ? made : dropPlaces(made, shifted)
}

export function holds({ match, filters }: Condition, table: NaiveTable, cells: Cells): boolean {
  const says = (filter: RowFilter): boolean =>
    passes(filter, cells[at(table, filter.field)] ?? null)
  return match === 'all' ? filters.every(says) : filters.some(says)
}

function passes(filter: RowFilter, cell: CellValue): boolean {
  switch (filter.op) {
    case 'in':
    case 'notIn': {
      const found = filter.values.some((value) =>
        value === null || cell === null ? value === cell : sameValue(value, cell),
      )
      return found === (filter.op === 'in')
    }
    case 'range': {
      if (cell === null) return false
      const number = Number(cell)
      const compare = (bound: string | number): number =>
        typeof bound === 'number' ? number - bound : String(cell) < bound ? -1 : String(cell) > bound ? 1 : 0 // prettier-ignore
      const low = filter.from === undefined ? 1 : compare(filter.from)
      const high = filter.to === undefined ? -1 : compare(filter.to)
      return (filter.excludeFrom ? low > 0 : low >= 0) && (filter.excludeTo ? high < 0 : high <= 0)
    }
    case 'contains':
      return cell !== null && String(cell).includes(filter.text)
    case 'notContains':
      return cell === null || !String(cell).includes(filter.text)
    case 'startsWith':
      return cell !== null && String(cell).startsWith(filter.text)
    case 'blank':
      return cell === null
    case 'notBlank':
      return cell !== null
  }
}

const sameValue = (value: CellValue, cell: CellValue): boolean =>
  typeof value === 'number' ? Number(cell) === value : value === cell

function distinct(table: NaiveTable, step: StepOf<'dedupe'>): NaiveTable {
  const places = step.keys.map((name) => at(table, name))
  const by = step.by === undefined ? undefined : at(table, step.by)
  const numeric =
    by !== undefined && ['integer', 'decimal', 'double'].includes(table.fields[by]!.type)
  const groups = Map.groupBy(table.rows, (row) => {
    const keys = places.map((place) => row.cells[place] ?? null)
    return keys.every((key) => key === null)
      ? `alone ${table.rows.indexOf(row)}`
      : JSON.stringify(keys)
  })
  const kept = new Set<NaiveRow>()
  for (const rows of groups.values()) {
    const inOrder = step.keep === 'first' ? rows : rows.toReversed()
    const sorted =
      by === undefined
        ? inOrder
        : inOrder.toSorted((a, b) => {
            const [x, y] = [a.cells[by] ?? null, b.cells[by] ?? null]
            if (x === null || y === null) return Number(x === null) - Number(y === null)
            const less = numeric ? Number(x) < Number(y) : String(x) < String(y)
            const more = numeric ? Number(x) > Number(y) : String(x) > String(y)
            return (less ? -1 : more ? 1 : 0) * (step.keep === 'first' ? 1 : -1)
          })
    kept.add(sorted[0]!)
  }
  return { ...table, rows: table.rows.filter((row) => kept.has(row)) }
}

function turned(table: NaiveTable, step: StepOf<'unpivot'>): NaiveTable {
  const places = step.fields.map((name) => at(table, name))
  const fields = places.map((place) => table.fields[place]!)
  const types = new Set(fields.map(({ type }) => type))
  const numbers = fields.every(({ type }) => ['integer', 'decimal', 'double'].includes(type))
  const days = fields.every(({ type }) => type === 'date' || type === 'timestamp')
  const type: FieldType =
    types.size === 1 ? fields[0]!.type
    : numbers ? (types.has('double') ? 'double' : 'decimal')
    : days ? 'timestamp' : 'text' // prettier-ignore
  const scale = type === 'decimal' ? Math.max(...fields.map((field) => field.scale)) : 0
  const value: NaiveField = { name: step.valueInto, type, scale }
  const rest = without(table, step.fields)
  const rows = table.rows.flatMap((row, index) =>
    places.flatMap((place, order) => {
      const cell = row.cells[place] ?? null
      if (cell === null && !step.keepBlanks) return []
      const own = cell === null ? null : converted(cell, fields[order]!, value, undefined)
      return [{ line: row.line, cells: [...rest.rows[index]!.cells, step.fields[order]!, own] }]
    }),
  )
  return { fields: [...rest.fields, textField(step.nameInto), value], rows }
}

function classified(table: NaiveTable, step: StepOf<'classify'>): NaiveTable {
  const { classes } = step
  if ('set' in classes) throw new Error('rules only')
  return inserted(table, table.fields.length - 1, [textField(step.into)], (cells) => [
    classes.rules.find(({ when }) => holds(when, table, cells))?.name ?? classes.otherwise,
  ])
}
