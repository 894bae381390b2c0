/** Decides a column's type and role from its profile: a type is taken only if every value survives it. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { cellKind } from '../cell-kinds.ts'
import type { TextPool } from '../text-pool.ts'
import { cellText } from './cell-text.ts'
import type { ColumnProfile } from './column-profile.ts'
import {
  namesBatches,
  namesDate,
  namesGroups,
  namesIdentifier,
  namesMeasure,
  namesMonth,
  namesPlaces,
  namesQuantity,
  namesWeight,
} from './identifier-names.ts'
import { markedTexts } from './marked-texts.ts'
import type { TextSurvey } from './text-survey.ts'
import { isRounded, likelyForm, surveyTexts } from './text-survey.ts'
import type { NumberForm } from './number-text.ts'
import type { Column } from './odd-cells.ts'
import { mixed, numbersAsDays, openOrder, serialDays } from './odd-cells.ts'
import type { DateForm } from './text-forms.ts'
import { zoneName } from './text-forms.ts'
import type { TimeSurvey } from './time-survey.ts'

export interface ColumnType {
  readonly type: FieldType
  readonly role: FieldRole
  readonly scale: number
  /** More than 32 bits for whole numbers, more than 2^53 for scaled decimals. */
  readonly wide: boolean
  /** How texts of this column are read as dates. */
  readonly dateForms: readonly DateForm[]
  /** Minutes ahead of UTC that all times are brought to; undefined where their texts say no zone. */
  readonly zone: number | undefined
  /** Whole numbers too short for `20240305` in a date column are workbook serials. */
  readonly serials: boolean
  /** How texts of this column are read as numbers. */
  readonly numberForm: NumberForm
  /** The sign its numbers bear (`%`, `¥`, `件`), empty for none. */
  readonly sign: string
  /** Marks of text are taken off. */
  readonly trim?: true
  /** Further decimals are rounded. */
  readonly rounded?: true
  /** Digits alone get zeros in front up to so many. */
  readonly padTo?: number
}

export interface TypeDecision extends ColumnType {
  readonly warnings: readonly DatasetWarning[]
  /** Some text can only be a number whose decimals a point parts. */
  readonly provesPoint?: true
}

/** What is known of a column besides its cells. */
export interface KnownColumn {
  /** Which mark parts its decimals, as its user says. */
  readonly mark?: NumberForm | undefined
  /** Another column of its file is written with decimal commas, and none with points. */
  readonly commas?: boolean
  /** It held numbers before. */
  readonly wasNumber?: boolean
}

const plain = {
  ...{ scale: 0, wide: false, serials: false, sign: '' },
  dateForms: [] as readonly DateForm[],
  zone: undefined as number | undefined,
  numberForm: 'point' as NumberForm,
}
const maxScale = 6
const exactLimit = Number.MAX_SAFE_INTEGER

export function decideType(
  name: string,
  profile: ColumnProfile,
  pool: TextPool,
  known: KnownColumn = {},
): TypeDecision {
  const survey = surveyTexts(profile, pool, namesDate(name))
  const column = { name, profile, survey, pool, known }
  return (
    asNothing(column) ??
    asPadded(column) ??
    asBoolean(column) ??
    asDate(column) ??
    asMonths(column) ??
    asNumber(column) ??
    asText(column)
  )
}

function asNothing({ profile }: Column): TypeDecision | undefined {
  if (profile.filled > 0) return undefined
  return { ...plain, type: 'text', role: 'dimension', warnings: [] }
}

/** Numbers alone, all of them shown with so many digits, and some with zeros before them: member numbers as shops keep them. */
function asPadded(column: Column): TypeDecision | undefined {
  const { name, profile, survey } = column
  if (profile.shortened === 0 || profile.padded !== profile.numbers) return undefined
  const names = profile.count(cellKind.text) === 0 || survey.allDigits
  if (!names || profile.filled !== profile.padded + profile.count(cellKind.text)) return undefined
  return namesQuantity(name) ? undefined : keptAsText(column)
}

function asBoolean({ profile, survey }: Column): TypeDecision | undefined {
  const texts = profile.count(cellKind.text)
  if (profile.count(cellKind.boolean) + texts !== profile.filled || !survey.allBooleans) {
    return undefined
  }
  return { ...plain, type: 'boolean', role: 'dimension', warnings: [] }
}

function asDate({ name, profile, survey }: Column): TypeDecision | undefined {
  const days = profile.count(cellKind.day) + profile.count(cellKind.dayText)
  const seconds = profile.count(cellKind.second) + profile.count(cellKind.secondText)
  const texts = profile.count(cellKind.text)
  const numbers = profile.numbers
  if (days + seconds + texts + numbers !== profile.filled) return undefined
  if (texts > 0 && survey.dateForms.length === 0) return undefined
  // A time that says its zone cannot be set beside one that does not.
  const zoned = survey.times.zones.length > 0
  if (zoned && survey.times.zoneless + days + seconds + numbers > 0) return undefined
  const serials = profile.serialDays > 0
  if (numbers > 0) {
    if (numbersAsDays(name, profile, days + seconds + texts) !== numbers) return undefined
  } else if (days + seconds + texts === 0) return undefined
  const type = seconds > 0 || survey.times.anyClock ? 'timestamp' : 'date'
  const { dateForms, times } = survey
  const [zone] = times.zones
  const warnings = timeRemarks(name, times)
  return { ...plain, type, role: 'dimension', dateForms, zone, serials, warnings }
}

/**
 * Months without a day and nothing else, in one way of writing and no month in two: each is kept apart as its first day.
 * Days that are firsts of months may stand among them, as they come from what was read before.
 */
function asMonths({ name, profile, survey, pool }: Column): TypeDecision | undefined {
  const texts = profile.count(cellKind.text)
  const days = profile.count(cellKind.day) + profile.count(cellKind.dayText)
  const numbers = profile.count(cellKind.scaled)
  if (texts + days + numbers !== profile.filled || (days > 0 && profile.otherDays)) return undefined
  if ((texts > 0 && numbers > 0) || namesBatches(name)) return undefined
  const form = survey.monthForm
  if (numbers > 0 ? profile.compactMonths !== numbers : form === undefined) return undefined
  const bare = numbers > 0 || form === 'compactMonth'
  if (bare && !namesMonth(name)) return undefined
  const examples = profile.exampleTexts(pool, () => true).slice(0, 3)
  const dateForms = form === undefined ? [] : [form]
  const warnings = [
    { code: 'monthsAsDays' as const, column: name, ...(texts > 0 ? { examples } : {}) },
  ]
  return { ...plain, type: 'date', role: 'dimension', dateForms, warnings }
}

/** What was done to times on the way in. */
export function timeRemarks(column: string, times: TimeSurvey): DatasetWarning[] {
  const { zones, cut, shortYears } = times
  const named = zones.slice(0, 5).map(zoneName)
  return [
    ...(named.length === 1 ? [{ code: 'oneZone' as const, column, examples: named }] : []),
    ...(named.length > 1 ? [{ code: 'mixedZones' as const, column, examples: named }] : []),
    ...(cut.length > 0 ? [{ code: 'cutFractions' as const, column, examples: [...cut] }] : []),
    ...(shortYears.length > 0
      ? [{ code: 'shortYears' as const, column, examples: [...shortYears] }]
      : []),
  ]
}

function asNumber(column: Column): TypeDecision | undefined {
  const { name, profile, survey, known } = column
  const texts = profile.count(cellKind.text)
  if (profile.numbers + texts !== profile.filled) return undefined
  const read = numbersAs(profile, survey, markOf(column))
  if (read === undefined) return undefined
  if (read.form === 'point' && read.sign === '' && isSpelled(column)) return asSpelled(column)
  const numbers = survey.byForm[read.form]
  const proof = read.form === 'point' && numbers.proofs > 0 ? { provesPoint: true as const } : {}
  const found = { ...plain, numberForm: read.form, sign: read.sign, ...proof }
  const ofCells = read.form === 'comma' ? profile.exactDecimals : profile.decimals
  const decimals = Math.max(numbers.decimals, ofCells)
  const doubles = profile.count(cellKind.double) + numbers.doubles
  const names = profile.wideWholes > 0 && profile.wideWholes === doubles
  const { lossy, places, rounded } = numbers
  // Card numbers a spreadsheet has rounded are no amounts either.
  const onlyRounded = rounded > 0 && rounded === doubles && rounded === survey.texts
  const isName = names || (namesIdentifier(name) && (doubles === 0 || onlyRounded))
  if (decimals <= 0 && read.sign === '' && isName) return keptAsText(column)
  const warnings = known?.mark === undefined ? commaRemarks(column, read.form) : []
  if (doubles + lossy === 0)
    return exactType(column, { ...found, scale: Math.max(decimals, 0) }, warnings)
  const scale = Math.max(decimals, places)
  // Money of more digits than a double holds.
  if (profile.count(cellKind.double) === 0 && scale > 0 && scale <= maxScale)
    return { ...found, type: 'decimal', role: 'measure', scale, wide: true, warnings }
  if (lossy > 0) return undefined
  const lost = rounded > 0 ? (lostDigits(column) ?? []) : []
  return { ...found, type: 'double', role: 'measure', warnings: [...warnings, lost].flat() }
}

/** Amounts of a column may be as large; shelves and versions are not. */
const largestName = 10_000

/** Shelves 1.1 and 1.10 are two: as numbers they would be one. */
function isSpelled({ name, profile, survey, known }: Column): boolean {
  if (known?.wasNumber === true || namesMeasure(name)) return false
  const largest = Math.max(profile.largestScaled(0), survey.byForm.point.largest)
  const spelling = profile.spelling.add(survey.spelling)
  const isNames = namesPlaces(name) ? spelling.mayBeNames : spelling.areNames
  return largest < largestName && isNames
}

function asSpelled({ name, profile, survey, pool }: Column): TypeDecision {
  const cells = profile.firstCells().filter(({ kind }) => kind > cellKind.scaled)
  const texts = [...survey.firstDecimals, ...cells.map(({ kind, value }) => cellText(kind, value, pool) ?? '')] // prettier-ignore
  const isLong = (text: string): boolean => /\.\d*0$/.test(text)
  const examples = [...texts.filter((text) => !isLong(text)).slice(0, 2), ...texts.filter(isLong).slice(0, 2)] // prettier-ignore
  const role = namesIdentifier(name) ? 'identifier' : 'dimension'
  return { ...plain, type: 'text', role, warnings: [{ code: 'spelledNumbers', column: name, examples }] } // prettier-ignore
}

/** Under which form numbers are read where that is not for the texts alone to say. */
function markOf({ profile, survey, known }: Column): NumberForm | undefined {
  if (known?.mark !== undefined) return known.mark
  return known?.commas === true && isOpenMark(profile, survey) ? 'comma' : undefined
}

/** `1,250` and `1.250`: thousands under one mark, three decimals under the other, and nothing that decides. */
function isOpenMark(profile: ColumnProfile, survey: TextSurvey): boolean {
  const { point, comma } = survey.byForm
  if (point.proofs + comma.proofs > 0 || !fitsComma(profile)) return false
  return survey.grouped > 0 || (profile.largest[3] ?? -1) >= 0
}

/** What a column as a whole says of the marks of its file. */
export function provenMark(
  { numberForm, provesPoint }: TypeDecision,
  profile: ColumnProfile,
): NumberForm | undefined {
  if (numberForm === 'comma') return 'comma'
  if (provesPoint === true) return 'point'
  return fitsComma(profile) ? undefined : 'point'
}

/** A number that the marks of other columns may make another one. */
export const isOpenlyMarked = ({ type, numberForm }: ColumnType, profile: ColumnProfile): boolean =>
  numberForm === 'point' &&
  (type === 'integer' || type === 'decimal') &&
  (profile.count(cellKind.text) > 0 || (profile.largest[3] ?? -1) >= 0)

/** Said where a comma was taken for what it is in other columns, and where nothing proves what it is. */
function commaRemarks(column: Column, form: NumberForm): DatasetWarning[] {
  const { name, profile, survey, pool, known } = column
  if (!isOpenMark(profile, survey)) return []
  const cells = profile.firstCells().filter(({ kind }) => kind === cellKind.scaled + 3)
  const texts = profile.exampleTexts(pool, (text) => /[.,，]\d{3}/.test(text))
  const examples = [...texts, ...cells.map(({ kind, value }) => cellText(kind, value, pool) ?? '')].slice(0, 3) // prettier-ignore
  if (form === 'comma' && known?.commas === true) return [{ code: 'commaFile', column: name, examples }] // prettier-ignore
  const isOpen = form === 'point' && survey.grouped > 0 && namesWeight(name)
  return isOpen ? [{ code: 'openComma', column: name, examples }] : []
}

/**
 * The one way in which every text of a column is a number beside its number cells: one sign at most, a percent on all of
 * them or on none.
 */
export function numbersAs(
  profile: ColumnProfile,
  survey: TextSurvey,
  mark?: NumberForm,
): { readonly form: NumberForm; readonly sign: string } | undefined {
  const form = mark ?? likelyForm(survey)
  const { numbers, signs, bare } = survey.byForm[form]
  if (numbers !== survey.texts || signs.size > 1) return undefined
  if (form === 'comma' && !fitsComma(profile)) return undefined
  const [sign = ''] = signs
  const cellsAreShares = profile.percents >= profile.numbers
  if (sign === '%' || sign === '‰') {
    // Nobody can tell what bare numbers beside shares of a hundred mean.
    return bare === 0 && cellsAreShares ? { form, sign: '%' } : undefined
  }
  const styled = survey.texts === 0 && profile.percents > 0 && cellsAreShares
  return { form, sign: styled ? '%' : sign }
}

/**
 * Numbers written as `1.234` are thousands there; with one or two decimals they contradict the comma, as `0.125` and
 * `1234.567` do.
 */
function fitsComma({ largest, leastThousandths }: ColumnProfile): boolean {
  const isGrouped = leastThousandths >= 1000 && (largest[3] ?? -1) < 1e6
  return largest.every(
    (value, decimals) => value < 0 || decimals === 0 || (decimals === 3 && isGrouped),
  )
}

function exactType(
  { name, profile, survey }: Column,
  found: typeof plain,
  warnings: readonly DatasetWarning[],
): TypeDecision {
  const { scale, numberForm } = found
  if (scale > maxScale) {
    return { ...found, scale: 0, type: 'double', role: 'measure', warnings }
  }
  const largest = Math.max(
    profile.largestScaled(numberForm === 'comma' && profile.decimals === 3 ? scale + 3 : scale),
    profile.largestExact(scale),
    survey.byForm[numberForm].largest * 10 ** scale,
  )
  if (scale > 0) {
    const wide = largest > exactLimit
    return { ...found, type: 'decimal', role: 'measure', wide, warnings }
  }
  const isDays = profile.serialDays === profile.filled && namesDate(name)
  const role = namesGroups(name) || isDays ? 'dimension' : 'measure'
  const days = isDays ? [serialDays(name, profile)] : []
  return { ...found, type: 'integer', role, wide: largest > 2_147_483_647, warnings: [...warnings, ...days] } // prettier-ignore
}

/** Where most cells are numbers that fit, those that do not are named: they alone made the column text. */
function longNumbers({ name, profile, survey, pool }: Column): DatasetWarning | undefined {
  if (namesIdentifier(name) || survey.digitNames > survey.longNumbers) return undefined
  const count = survey.longNumbers + profile.wideWholes
  const lossy = survey.byForm[likelyForm(survey)].lossy
  if (count === 0 || profile.numbers + lossy <= profile.wideWholes) return undefined
  const texts = survey.longPlaces.map((place) => profile.locatedText(pool, place))
  const examples = [...profile.wideExamples(), ...texts].slice(0, 5)
  return { code: 'longNumbers', column: name, count, examples }
}

function keptAsText(column: Column): TypeDecision {
  const { name } = column
  const warning = longNumbers(column) ??
    lostDigits(column) ?? { code: 'textIdentifier' as const, column: name }
  const warnings = [warning, ...marks(column)]
  return { ...plain, type: 'text', role: 'identifier', warnings }
}

const plus = 0x2b

function lostDigits({ name, profile, pool }: Column): DatasetWarning | undefined {
  const texts = profile.exampleTexts(pool, isRounded, plus)
  const examples = texts.length === 0 && profile.inexactWholes > 0 ? profile.wideExamples() : texts
  return examples.length === 0 ? undefined : { code: 'lostDigits', column: name, examples }
}

function asText(column: Column): TypeDecision {
  const { name, profile, survey } = column
  const digitNames = survey.digitNames > 0 && survey.allDigits && profile.decimals <= 0
  const isName = digitNames || namesIdentifier(name)
  const long = survey.oddCount === 0 ? longNumbers(column) : undefined
  const lost = isName ? lostDigits(column) : undefined
  const named = lost === undefined ? [] : [lost]
  const others = isName ? named : (timesAsText(column) ?? [...openOrder(column), ...mixed(column)])
  const said = long === undefined ? others : [long]
  // Nothing but marks kept them from being what the others are.
  const marked = marks(column)
  const warnings =
    marked.length > 0 ? [...said.filter(({ code }) => code !== 'mixedColumn'), ...marked] : said
  return { ...plain, type: 'text', role: isName ? 'identifier' : 'dimension', warnings }
}

/** Counted only where the look at the texts met one. */
function marks({ name, profile, survey, pool }: Column): DatasetWarning[] {
  return survey.anyMarks ? markedTexts(name, profile, pool) : []
}

/** Times that stayed text although nothing else stands among them. */
function timesAsText({ name, profile, survey, pool }: Column): DatasetWarning[] | undefined {
  const clocks = profile.count(cellKind.clock)
  const texts = profile.count(cellKind.text)
  const days = profile.days
  const examples = profile.exampleTexts(pool, () => true).slice(0, 3)
  if (clocks + texts === profile.filled && (texts === 0 || survey.allClocks || survey.allElapsed)) {
    return survey.allElapsed
      ? [{ code: 'elapsedAsText', column: name, examples }]
      : [{ code: 'clocksAsText', column: name }]
  }
  const { zones, dates } = survey.times
  if (zones.length === 0 || dates !== survey.texts || days + texts !== profile.filled) {
    return undefined
  }
  return [{ code: 'someZones', column: name, examples: [zoneName(zones[0] ?? 0)] }]
}
