/** Decides a column's type and role from its profile: a type is taken only if every value survives it. */
import type { DatasetWarning } from '../../../../shared/data/dataset.ts'
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { cellKind } from '../cell-kinds.ts'
import type { TextPool } from '../text-pool.ts'
import type { ColumnProfile } from './column-profile.ts'
import { namesCalendarPart, namesDate, namesIdentifier } from './identifier-names.ts'
import type { TextSurvey } from './text-survey.ts'
import { surveyTexts } from './text-survey.ts'
import type { DateForm } from './text-forms.ts'

export interface ColumnType {
  readonly type: FieldType
  readonly role: FieldRole
  readonly scale: number
  /** More than 32 bits for whole numbers, more than 2^53 for scaled decimals. */
  readonly wide: boolean
  /** How texts of this column are read as dates. */
  readonly dateForms: readonly DateForm[]
  /** Whole numbers in a date column are workbook serials rather than `20240305`. */
  readonly serials: boolean
}

export interface TypeDecision extends ColumnType {
  readonly warnings: readonly DatasetWarning[]
}

const plain = { scale: 0, wide: false, dateForms: [], serials: false }
const maxScale = 6
const exactLimit = Number.MAX_SAFE_INTEGER

export function decideType(name: string, profile: ColumnProfile, pool: TextPool): TypeDecision {
  const survey = surveyTexts(profile, pool, namesDate(name))
  const column = { name, profile, survey, pool }
  return (
    asNothing(column) ?? asBoolean(column) ?? asDate(column) ?? asNumber(column) ?? asText(column)
  )
}

interface Column {
  readonly name: string
  readonly profile: ColumnProfile
  readonly survey: TextSurvey
  readonly pool: TextPool
}

function asNothing({ profile }: Column): TypeDecision | undefined {
  if (profile.filled > 0) return undefined
  return { ...plain, type: 'text', role: 'dimension', warnings: [] }
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
  const serials = numbers > 0 && profile.serialDays === numbers
  if (numbers > 0) {
    const compact = profile.compactDays === numbers
    const besideDates = days + seconds + texts > 0
    if (!namesDate(name) || !(compact || (serials && besideDates))) return undefined
  } else if (days + seconds + texts === 0) return undefined
  const type = seconds > 0 || survey.anyClock ? 'timestamp' : 'date'
  return { ...plain, type, role: 'dimension', dateForms: survey.dateForms, serials, warnings: [] }
}

function asNumber(column: Column): TypeDecision | undefined {
  const { name, profile, survey } = column
  const texts = profile.count(cellKind.text)
  if (profile.numbers + texts !== profile.filled) return undefined
  if (texts > 0 && !survey.allNumbers) return undefined
  const wholeOnly = survey.decimals <= 0 && profile.decimals <= 0
  const doubles = profile.count(cellKind.double) + survey.doubles
  const names = profile.wideWholes > 0 && profile.wideWholes === doubles
  if (wholeOnly && (names || (namesIdentifier(name) && doubles === 0))) {
    return keptAsText(column)
  }
  if (doubles > 0) return { ...plain, type: 'double', role: 'measure', warnings: [] }
  return exactType(column)
}

function exactType({ name, profile, survey }: Column): TypeDecision {
  const scale = Math.max(profile.decimals, survey.decimals, 0)
  if (scale > maxScale) return { ...plain, type: 'double', role: 'measure', warnings: [] }
  const largest = Math.max(profile.largestScaled(scale), survey.largest * 10 ** scale)
  if (scale > 0) {
    const wide = largest > exactLimit
    return { ...plain, type: 'decimal', role: 'measure', scale, wide, warnings: [] }
  }
  const role = namesCalendarPart(name) ? 'dimension' : 'measure'
  return { ...plain, type: 'integer', role, wide: largest > 2_147_483_647, warnings: [] }
}

function keptAsText({ name }: Column): TypeDecision {
  const warning: DatasetWarning = { code: 'textIdentifier', column: name }
  return { ...plain, type: 'text', role: 'identifier', warnings: [warning] }
}

function asText(column: Column): TypeDecision {
  const { name, profile, survey } = column
  const texts = profile.count(cellKind.text)
  const digitNames = survey.digitNames > 0 && survey.allDigits && profile.decimals <= 0
  const otherKinds = profile.filled - texts
  const mixed = otherKinds > 0 && !digitNames && !namesIdentifier(name)
  const role = digitNames || namesIdentifier(name) ? 'identifier' : 'dimension'
  return { ...plain, type: 'text', role, warnings: mixed ? [mixedWarning(column)] : [] }
}

/** Names the values that kept the column from being what most of its cells are. */
function mixedWarning({ name, profile, survey }: Column): DatasetWarning {
  return {
    code: 'mixedColumn',
    column: name,
    count: profile.count(cellKind.text),
    examples: [...survey.odd],
  }
}
