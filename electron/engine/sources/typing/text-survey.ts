/** Looks at the different texts of a column once: are they all numbers, all dates of one form, all true or false? */
import { cellKind } from '../cell-kinds.ts'
import { powerOfTen } from '../exact-number.ts'
import type { TextPool } from '../text-pool.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { DateForm } from './text-forms.ts'
import {
  dateForms,
  isDigitName,
  isDigits,
  readBoolean,
  readDate,
  readNumber,
} from './text-forms.ts'

export interface TextSurvey {
  readonly allNumbers: boolean
  /** Most decimals among the texts; -1 when none is an exact number. */
  readonly decimals: number
  readonly doubles: number
  /** Largest magnitude. */
  readonly largest: number
  readonly allBooleans: boolean
  readonly allDigits: boolean
  readonly digitNames: number
  /** Forms that together read every text; empty when some text is no date or two readings differ. */
  readonly dateForms: readonly DateForm[]
  readonly anyClock: boolean
  /** Up to five texts that are neither number nor date. */
  readonly odd: readonly string[]
}

interface Tally {
  texts: number
  numbers: number
  decimals: number
  doubles: number
  largest: number
  booleans: number
  digits: number
  digitNames: number
  clocks: number
  sureDates: number
  dayFirst: number
  monthFirst: number
  readonly forms: Set<DateForm>
  readonly odd: string[]
}

const keptOdd = 5

export function surveyTexts(
  profile: ColumnProfile,
  pool: TextPool,
  nameSaysDate: boolean,
): TextSurvey {
  const tally: Tally = {
    texts: 0, numbers: 0, decimals: -1, doubles: 0, largest: 0, booleans: 0, digits: 0,
    digitNames: 0, clocks: 0, sureDates: 0, dayFirst: 0, monthFirst: 0, forms: new Set(), odd: [],
  } // prettier-ignore
  if (profile.count(cellKind.text) > 0) {
    for (const place of profile.textPlaces()) {
      surveyText(tally, pool.textAt(place), nameSaysDate)
      if (hopeless(tally)) break
    }
  }
  const forms = agreedForms(tally)
  return {
    allNumbers: tally.numbers === tally.texts,
    decimals: tally.decimals,
    doubles: tally.doubles,
    largest: tally.largest,
    allBooleans: tally.booleans === tally.texts,
    allDigits: tally.digits === tally.texts,
    digitNames: tally.digitNames,
    dateForms: forms,
    anyClock: tally.clocks > 0,
    odd: tally.odd,
  }
}

/** Nothing but text is left, and enough examples are kept. */
function hopeless(tally: Tally): boolean {
  return tally.odd.length === keptOdd
}

function surveyText(tally: Tally, text: string, nameSaysDate: boolean): void {
  tally.texts++
  const number = surveyNumber(tally, text)
  const date = surveyDate(tally, text, nameSaysDate)
  if (isDigits(text)) tally.digits++
  if (isDigitName(text)) tally.digitNames++
  else if (readBoolean(text) !== undefined) tally.booleans++
  else if (!number && !date) tally.odd.push(text.slice(0, 60))
}

function surveyNumber(tally: Tally, text: string): boolean {
  const number = readNumber(text)
  if (number === undefined) return false
  tally.numbers++
  if (number.kind === cellKind.double) {
    tally.doubles++
    return true
  }
  const decimals = number.kind - cellKind.scaled
  tally.decimals = Math.max(tally.decimals, decimals)
  tally.largest = Math.max(tally.largest, Math.abs(number.value) / powerOfTen(decimals))
  return true
}

function surveyDate(tally: Tally, text: string, nameSaysDate: boolean): boolean {
  const sure = dateForms.find(
    (form) =>
      form !== 'dayFirst' &&
      form !== 'monthFirst' &&
      (form !== 'compact' || nameSaysDate) &&
      readDate(text, form) !== undefined,
  )
  if (sure !== undefined) {
    tally.sureDates++
    tally.forms.add(sure)
    if (readDate(text, sure)?.clock !== undefined) tally.clocks++
    return true
  }
  const dayFirst = readDate(text, 'dayFirst')
  const monthFirst = readDate(text, 'monthFirst')
  if (dayFirst) tally.dayFirst++
  if (monthFirst) tally.monthFirst++
  if ((dayFirst ?? monthFirst)?.clock !== undefined) tally.clocks++
  return dayFirst !== undefined || monthFirst !== undefined
}

/** 05/03/2024 is read only when the column as a whole leaves one reading: some day above 12 on one side. */
function agreedForms(tally: Tally): DateForm[] {
  const open = tally.texts - tally.sureDates
  const forms = [...tally.forms]
  if (open === 0) return forms
  const dayFirst = tally.dayFirst === open
  const monthFirst = tally.monthFirst === open
  if (dayFirst === monthFirst) return []
  return [...forms, dayFirst ? 'dayFirst' : 'monthFirst']
}
