/** A type or role the user chose instead of the decided one. Values the type cannot hold become blank and are counted. */
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { isNumeric, isTemporal } from '../../../../shared/data/field.ts'
import { cellKind } from '../../sources/cell-kinds.ts'
import type { ColumnProfile } from '../../sources/typing/column-profile.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'
import { markedTexts } from '../../sources/typing/marked-texts.ts'
import { numbersAs, timeRemarks } from '../../sources/typing/type-decision.ts'
import type { DateForm } from '../../sources/typing/text-forms.ts'
import { dateForms, dateOrders, formsOfOrder } from '../../sources/typing/text-forms.ts'
import type { NumberSurvey, TextSurvey } from '../../sources/typing/text-survey.ts'
import { likelyForm, surveyTexts } from '../../sources/typing/text-survey.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import type { JobOverride } from './import-order.ts'

const maxScale = 6

export function applyOverride(
  decided: TypeDecision,
  override: JobOverride,
  profile: ColumnProfile,
  pool: TextPool,
  known?: TextSurvey,
): TypeDecision {
  const survey = (): TextSurvey => known ?? surveyTexts(profile, pool, true, 'all')
  const found = withType(decided, override, profile, survey)
  if (found.type !== 'text') return found
  const plain = override.trimMarks === true ? withoutMarks(found, override, profile, pool) : found
  return override.padTo === undefined ? plain : { ...plain, padTo: override.padTo }
}

/** Said all the same: what comes in is not what stands in the file. */
function withoutMarks(
  found: TypeDecision,
  { column }: JobOverride,
  profile: ColumnProfile,
  pool: TextPool,
): TypeDecision {
  const [marks] = markedTexts(column, profile, pool)
  const others = found.warnings.filter(({ code }) => code !== 'textMarks')
  const warnings =
    marks === undefined ? others : [...others, { ...marks, code: 'trimmedMarks' as const }]
  return { ...found, trim: true, warnings }
}

function withType(
  decided: TypeDecision,
  override: JobOverride,
  profile: ColumnProfile,
  surveyed: () => TextSurvey,
): TypeDecision {
  const type = override.type ?? decided.type
  const role = override.role ?? (override.type === undefined ? decided.role : roleOf(type))
  if (type === decided.type) return { ...decided, role }
  const survey = surveyed()
  const warnings = isTemporal(type) ? timeRemarks(override.column, survey.times) : []
  return { ...shapeOf(type, profile, survey, override), type, role, warnings }
}

function roleOf(type: FieldType): FieldRole {
  return isNumeric(type) ? 'measure' : 'dimension'
}

function shapeOf(
  type: FieldType,
  profile: ColumnProfile,
  survey: TextSurvey,
  { dateOrder: order, decimalMark, rounded }: JobOverride,
): Omit<TypeDecision, 'type' | 'role' | 'warnings'> {
  const { form, sign } = numbersAs(profile, survey, decimalMark) ?? {
    form: decimalMark ?? likelyForm(survey),
    sign: '',
  }
  const numbers = survey.byForm[form]
  const rounds = type === 'decimal' && rounded === true
  const decimals = rounds ? shortDecimals(profile, numbers) : [profile.decimals, numbers.decimals]
  const scale = type === 'decimal' ? Math.min(maxScale, Math.max(...decimals, 2)) : 0
  const largest = Math.max(profile.largestScaled(scale), numbers.largest * 10 ** scale)
  // How large a number of more than 15 digits is was not looked at.
  const unknown = rounds && profile.count(cellKind.double) + numbers.doubles > 0
  return {
    scale,
    ...(rounds ? { rounded: true as const } : {}),
    wide: unknown || (type === 'integer' ? largest > 2_147_483_647 : largest > Number.MAX_SAFE_INTEGER), // prettier-ignore
    dateForms:
      survey.dateForms.length > 0 ? survey.dateForms : formsIn(order ?? survey.times.provenOrder),
    zone: survey.times.zones[0],
    serials: profile.serialDays > 0,
    numberForm: form,
    sign: isNumeric(type) ? sign : '',
  }
}

/** Decimals of the numbers that need none cut off. */
function shortDecimals(profile: ColumnProfile, { decimals }: NumberSurvey): number[] {
  const fits = (places: number): boolean =>
    (profile.largest[places] ?? -1) >= 0 || (profile.exactLargest[places] ?? -1) >= 0
  const short = Array.from({ length: maxScale + 1 }, (_, places) => places).filter(fits)
  return decimals > maxScale ? short : [...short, decimals]
}

/** Where nothing says which part comes first, all orders stand: what reads either way is then left blank. */
function formsIn(order: JobOverride['dateOrder']): readonly DateForm[] {
  if (order === undefined) return dateForms
  const others = dateOrders.filter((other) => other !== order).flatMap((other) => formsOfOrder[other]) // prettier-ignore
  return dateForms.filter((form) => !others.includes(form))
}
