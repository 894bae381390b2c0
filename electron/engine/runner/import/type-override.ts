/** A type or role the user chose instead of the decided one. Values the type cannot hold become blank and are counted. */
import type { FieldRole, FieldType } from '../../../../shared/data/field.ts'
import { isNumeric } from '../../../../shared/data/field.ts'
import type { ColumnProfile } from '../../sources/typing/column-profile.ts'
import type { TypeDecision } from '../../sources/typing/type-decision.ts'
import { dateForms } from '../../sources/typing/text-forms.ts'
import { surveyTexts } from '../../sources/typing/text-survey.ts'
import type { TextPool } from '../../sources/text-pool.ts'
import type { JobOverride } from './import-order.ts'

const maxScale = 6

export function applyOverride(
  decided: TypeDecision,
  override: JobOverride,
  profile: ColumnProfile,
  pool: TextPool,
): TypeDecision {
  const type = override.type ?? decided.type
  const role = override.role ?? (override.type === undefined ? decided.role : roleOf(type))
  if (type === decided.type) return { ...decided, role }
  return { ...shapeOf(type, profile, pool), type, role, warnings: [] }
}

function roleOf(type: FieldType): FieldRole {
  return isNumeric(type) ? 'measure' : 'dimension'
}

function shapeOf(
  type: FieldType,
  profile: ColumnProfile,
  pool: TextPool,
): Omit<TypeDecision, 'type' | 'role' | 'warnings'> {
  const survey = surveyTexts(profile, pool, true)
  const scale =
    type === 'decimal' ? Math.min(maxScale, Math.max(profile.decimals, survey.decimals, 2)) : 0
  const largest = Math.max(profile.largestScaled(scale), survey.largest * 10 ** scale)
  const agreed = survey.dateForms.length > 0 ? survey.dateForms : dateForms
  return {
    scale,
    wide: type === 'integer' ? largest > 2_147_483_647 : largest > Number.MAX_SAFE_INTEGER,
    dateForms: agreed,
    serials: profile.serialDays > profile.compactDays,
  }
}
