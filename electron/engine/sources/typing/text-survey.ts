/** Looks at the different texts of a column once: are they all numbers, all dates of one form, all true or false? */
import { withoutMarks } from '../../../../shared/data/text-marks.ts'
import { cellKind } from '../cell-kinds.ts'
import { powerOfTen } from '../exact-number.ts'
import type { TextPool } from '../text-pool.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { NumberForm, WrittenNumber } from './number-text.ts'
import { numberForms, readNumber } from './number-text.ts'
import { saysNothing } from './nothing-words.ts'
import { Spelling } from './spelling.ts'
import type { DateForm } from './text-forms.ts'
import type { TextCells } from './text-cells.ts'
import { CellTally } from './text-cells.ts'
import { isDigitName, isDigits, isLongNumber, looksLikeTime, readBoolean } from './text-forms.ts'
import type { TimeSurvey } from './time-survey.ts'
import { MonthTally, TimeTally } from './time-survey.ts'

/** What the texts are as numbers, under one mark of decimals. */
export interface NumberSurvey {
  readonly form: NumberForm
  readonly numbers: number
  /** Most decimals among the texts; -1 when none is an exact number. */
  readonly decimals: number
  readonly doubles: number
  /** Doubles that do not hold all their digits; most places behind the point of those of many digits. */
  readonly lossy: number
  readonly places: number
  /** `6.22202E+18`. */
  readonly rounded: number
  /** Largest magnitude. */
  readonly largest: number
  /** The different signs met, and how many texts bear none. */
  readonly signs: ReadonlySet<string>
  readonly bare: number
  /** Texts only this form reads, or reads so that no doubt is left; those among them without three decimals. */
  readonly proofs: number
  readonly otherPlaces: number
}

export interface TextSurvey {
  readonly texts: number
  /** Cells in which a text is a date, or a number of either form. */
  readonly cells: TextCells
  readonly byForm: Readonly<Record<NumberForm, NumberSurvey>>
  readonly allBooleans: boolean
  readonly allDigits: boolean
  readonly digitNames: number
  /** Numbers of more than 15 digits among the texts, and the places of the first of them. */
  readonly longNumbers: number
  readonly longPlaces: readonly number[]
  /** Forms that together read every text; empty when some text is no date or two readings differ. */
  readonly dateForms: readonly DateForm[]
  /** What the texts are as dates. */
  readonly times: TimeSurvey
  /** How every text is written as a month without a day; undefined where some text is none. */
  readonly monthForm: DateForm | undefined
  /** Every text is a time of day, or an elapsed time, without a day. */
  readonly allClocks: boolean
  readonly allElapsed: boolean
  /** Some texts bear a mark that keeps spreadsheets from taking them for numbers. */
  readonly anyMarks: boolean
  readonly spelling: Spelling
  /** The first numbers with a point. */
  readonly firstDecimals: readonly string[]
  /** Texts such as `1,234`: with thousands under one mark of decimals, with three decimals under the other. */
  readonly grouped: number
  /** Different texts that are neither number nor date, and the first of them. */
  readonly oddCount: number
  readonly odd: readonly string[]
  /** The odd ones only say that nothing is there: `NULL`, `-`, `无`. */
  readonly onlyNothing: boolean
}

interface NumberTally {
  numbers: number
  decimals: number
  doubles: number
  lossy: number
  places: number
  rounded: number
  largest: number
  bare: number
  proofs: number
  otherPlaces: number
  readonly signs: Set<string>
}

interface Tally {
  texts: number
  readonly numbers: Record<NumberForm, NumberTally>
  booleans: number
  digits: number
  digitNames: number
  longNumbers: number
  readonly longPlaces: number[]
  readonly spelling: Spelling
  readonly firstDecimals: string[]
  grouped: number
  clocks: number
  elapsed: number
  marked: boolean
  readonly times: TimeTally
  readonly months: MonthTally
  /** Different texts that stand for nothing, among the odd ones. */
  nothing: number
  oddCount: number
  readonly odd: string[]
  readonly cells: CellTally
}

/** `6.90123E+12`: what a spreadsheet makes of a long number when it saves text. The rest of its digits is nowhere. */
export const isRounded = (text: string): boolean => /^\d(?:\.\d+)?E\+\d{2,}$/i.test(text.trim())
/** One comma with three digits behind it and nothing else that would tell. */
const thousands = /\d[,，]\d{3}(?!\d)/
const keptOdd = 20
const keptLong = 5
/** So many odd ones among so few others: the column is plain text, and the rest need not be looked at. */
const clearlyText = 50

const noNumbers = (): NumberTally => ({
  numbers: 0, decimals: -1, doubles: 0, lossy: 0, places: -1, rounded: 0, largest: 0, bare: 0, proofs: 0, otherPlaces: 0, signs: new Set(),
}) // prettier-ignore

export function surveyTexts(
  profile: ColumnProfile,
  pool: TextPool,
  nameSaysDate: boolean,
  depth: 'all' | 'untilClear' = 'untilClear',
): TextSurvey {
  const tally: Tally = {
    texts: 0, numbers: { point: noNumbers(), comma: noNumbers() }, booleans: 0, digits: 0,
    digitNames: 0, longNumbers: 0, longPlaces: [], spelling: new Spelling(), firstDecimals: [], grouped: 0, clocks: 0, elapsed: 0, marked: false,
    times: new TimeTally(nameSaysDate), months: new MonthTally(), oddCount: 0, odd: [],
    nothing: 0, cells: new CellTally(),
  } // prettier-ignore
  if (profile.count(cellKind.text) > 0) {
    // Where most cells may be of another kind than text, what is told of the rest is counted to the end.
    const toTheEnd = depth === 'all' || (profile.numbers + profile.days) * 2 > profile.filled
    for (const place of profile.textPlaces()) {
      surveyText(tally, pool.textAt(place), place, profile.cellsOf(place))
      if (toTheEnd) continue
      const words = tally.oddCount - tally.clocks - tally.elapsed
      if (words >= clearlyText && words * 2 > tally.texts) break
    }
  }
  const times = tally.times.found(profile.days)
  const { months } = tally
  const onlyMonths = months.count > 0 && months.count === tally.texts
  if (!onlyMonths) addOddMonths(tally)
  return {
    texts: tally.texts,
    byForm: {
      point: { form: 'point', ...tally.numbers.point },
      comma: { form: 'comma', ...tally.numbers.comma },
    },
    allBooleans: tally.booleans === tally.texts,
    allDigits: tally.digits === tally.texts,
    digitNames: tally.digitNames,
    longNumbers: tally.longNumbers,
    longPlaces: tally.longPlaces,
    grouped: tally.grouped,
    spelling: tally.spelling,
    firstDecimals: tally.firstDecimals,
    dateForms: times.dates === tally.texts ? times.forms : [],
    times,
    monthForm: onlyMonths ? months.form : undefined,
    allClocks: tally.texts > 0 && tally.clocks === tally.texts,
    allElapsed:
      tally.texts > 0 && tally.clocks + tally.elapsed === tally.texts && tally.elapsed > 0,
    anyMarks: tally.marked,
    oddCount: tally.oddCount,
    odd: tally.odd,
    onlyNothing: tally.nothing > 0 && tally.nothing === tally.oddCount,
    cells: tally.cells.found(profile.count(cellKind.text), times.dates),
  }
}

function surveyText(tally: Tally, text: string, place: number, cells: number | undefined): void {
  tally.texts++
  tally.marked ||= withoutMarks(text) !== undefined
  const before = { point: tally.numbers.point.numbers, comma: tally.numbers.comma.numbers }
  const number = surveyNumber(tally, text)
  const isDate = tally.times.add(text)
  const date = isDate || tally.months.add(text)
  tally.cells.add(cells, {
    dates: isDate,
    point: tally.numbers.point.numbers > before.point,
    comma: tally.numbers.comma.numbers > before.comma,
  })
  if (isDigits(text)) tally.digits++
  if (isLongNumber(text) || number === 'lossy') {
    tally.longNumbers++
    if (tally.longPlaces.length < keptLong) tally.longPlaces.push(place)
  }
  if (isDigitName(text)) tally.digitNames++
  else if (readBoolean(text) !== undefined) tally.booleans++
  else if (!number && !date) {
    tally.oddCount++
    if (saysNothing(text)) tally.nothing++
    const time = looksLikeTime(text)
    if (time === 'clock') tally.clocks++
    else if (time === 'elapsed') tally.elapsed++
    if (tally.odd.length < keptOdd) tally.odd.push(text.slice(0, 60))
  }
}

/** Beside other things a month without a day is neither date nor number. */
function addOddMonths(tally: Tally): void {
  const words = tally.months.texts.filter((text) => !isDigits(text))
  // Those that are digits were counted among the numbers.
  tally.oddCount += words.length
  tally.odd.push(...words.slice(0, keptOdd - tally.odd.length))
}

function surveyNumber(tally: Tally, text: string): boolean | 'lossy' {
  const [point, comma] = numberForms.map((form) => surveyForm(tally.numbers[form], text, form))
  if (point) spell(tally.spelling, point)
  if (point && point.kind > cellKind.scaled && tally.firstDecimals.length < keptOdd)
    tally.firstDecimals.push(text.trim().slice(0, 60))
  if (point && !comma) tally.numbers.point.proofs++
  else if (comma && !point) {
    tally.numbers.comma.proofs++
    if (comma.kind !== cellKind.scaled + 3) tally.numbers.comma.otherPlaces++
  } else if (point && thousands.test(text)) tally.grouped++
  const number = point ?? comma
  return number?.lossy ? 'lossy' : number !== undefined
}

function spell(spelling: Spelling, { kind, value, sign }: WrittenNumber): void {
  if (sign !== '' || kind > cellKind.scaledLast) spelling.isNumber = true
  else spelling.look(kind - cellKind.scaled, Float64Array.of(value), 0, 1)
}

/**
 * Which mark parts the decimals of most numbers. `1,234` reads either way and counts as thousands, so that a few odd cells
 * such as `1,2` do not make thousandths of all others; of weights with three decimals each, one (`0,125`) proves it for all.
 */
export function likelyForm({ byForm: { point, comma }, grouped }: TextSurvey): NumberForm {
  const alike = point.proofs === 0 && comma.proofs > 0 && comma.otherPlaces === 0
  return alike || comma.proofs > point.proofs + grouped ? 'comma' : 'point'
}

function surveyForm(tally: NumberTally, text: string, form: NumberForm): WrittenNumber | undefined {
  const number = readNumber(text, form)
  if (number === undefined) return undefined
  tally.numbers++
  if (number.sign === '') tally.bare++
  else tally.signs.add(number.sign)
  if (number.places !== undefined) tally.places = Math.max(tally.places, number.places)
  if (number.lossy) tally.lossy++
  if (number.places === Infinity && isRounded(text)) tally.rounded++
  if (number.kind === cellKind.double) {
    tally.doubles++
    return number
  }
  const decimals = number.kind - cellKind.scaled
  tally.decimals = Math.max(tally.decimals, decimals)
  tally.largest = Math.max(tally.largest, Math.abs(number.value) / powerOfTen(decimals))
  return number
}
