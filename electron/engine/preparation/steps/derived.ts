/** Fields by a formula or by rules. */
import { asAppError } from '../../../../shared/expression/formula-error.ts'
import type { FormulaError, FormulaOutcome } from '../../../../shared/expression/formula-error.ts'
import { checkFormula } from '../../../../shared/expression/check/check-formula.ts'
import { parseFormula } from '../../../../shared/expression/parser.ts'
import type { FieldPlace } from '../../../../shared/expression/scope.ts'
import type { Typed } from '../../../../shared/expression/typed.ts'
import type { ValueType } from '../../../../shared/expression/value-type.ts'
import { isNumeric } from '../../../../shared/data/field.ts'
import type { Classes, Condition, StepOf } from '../../../../shared/preparation/recipe.ts'
import { compileFormula } from '../../query/expression/compile-formula.ts'
import type { Expr, Join } from '../../sql/nodes.ts'
import { param } from '../../sql/nodes.ts'
import { prepare } from '../../sql/prepare-functions.ts'
import { row } from '../../sql/row-functions.ts'
import { datasetsRead, lookup, lookupScope, ownKeys } from '../lookups.ts'
import { conditionExpr, fieldsIn } from '../condition-sql.ts'
import type { LookupDataset } from '../lookups.ts'
import type { Cell, Stage, StageColumn } from '../stage.ts'
import { carried, decoded, freshId, nextStage, own } from '../stage.ts'
import type { CompiledStep, RecipeContext } from '../step-context.ts'
import { columnsNamed, newText, personalOf, StepFault } from '../step-context.ts'

/** More digits would not fit a stored decimal. */
const longestScale = 6

export function formula(
  step: StepOf<'formula'>,
  before: Stage,
  { lastDay, lookups }: RecipeContext,
): CompiledStep {
  const scope = { fields: before.columns, datasets: lookupScope(lookups) }
  const tree = usable(parseFormula(step.formula))
  const typed = usable(checkFormula(tree, scope))
  const places = placesIn(typed)
  const named = places.filter(({ dataset }) => dataset === undefined)
  const used = columnsNamed(before, namesOf(named))
  const plain = decoded(before, [...used, ...ownKeys(before, places, lookups)])
  const { stage, joins, columnOf } = lookup(plain, places, lookups)
  const value = usable(compileFormula(typed, { lastDay, columnOf }))
  const made = stored(value, typed.type)
  const fresh = {
    ...newText(freshId(stage), step.into),
    ...personalOf([...used, ...lookedUpFields(places, lookups)]),
  }
  const shape: StageColumn = { ...fresh, ...made.shape }
  const role = step.role ?? (isNumeric(shape.type) ? 'measure' : 'dimension')
  const compiled = withField(stage, { column: { ...shape, role }, expr: made.expr }, joins)
  return { ...compiled, lookedUp: datasetsRead(places, lookups) }
}

function usable<T>(outcome: FormulaOutcome<T>): T {
  if (outcome.ok) return outcome.value
  const missing = outcome.errors.find(({ code }) => code === 'expression/unknownField')
  const error: FormulaError | undefined = missing ?? outcome.errors[0]
  const name = missing?.details['name']
  const gone = missing?.reason === 'notRelated' ? 'notRelated' : 'missingField'
  throw new StepFault(
    missing === undefined ? 'formula' : gone,
    name === undefined ? [] : [String(name)],
    error && asAppError(error),
  )
}

function placesIn(part: Typed): FieldPlace[] {
  switch (part.kind) {
    case 'constant':
      return []
    case 'field':
      return [part.place]
    case 'apply':
      return part.args.flatMap(placesIn)
    case 'convert':
      return placesIn(part.of)
  }
}

const namesOf = (places: readonly FieldPlace[]): string[] => places.map(({ field }) => field.name)

function lookedUpFields(places: readonly FieldPlace[], lookups: readonly LookupDataset[]) {
  return places.flatMap(({ dataset, field }) => {
    const fields = lookups.find(({ name }) => name === dataset)?.fields ?? []
    return fields.filter(({ name }) => name === field.name)
  })
}

type Shape = Pick<StageColumn, 'type' | 'scale' | 'wide'>

/** What formulas compute as extracts keep it. */
function stored(value: Expr, type: ValueType): { readonly expr: Expr; readonly shape: Shape } {
  switch (type.kind) {
    case 'integer':
      // Beyond what a double holds the column becomes a decimal without places when it is written.
      return {
        expr: prepare('rounded', [value]),
        shape: { type: 'integer', scale: 0, wide: true },
      }
    case 'decimal': {
      const scale = Math.min(type.scale, longestScale)
      const expr = scale === type.scale ? value : prepare('rounded', [value], scale)
      return { expr, shape: { type: 'decimal', scale, wide: true } }
    }
    case 'blank':
      return { expr: value, shape: { type: 'text', scale: 0, wide: false } }
    case 'text':
    case 'double':
    case 'date':
    case 'timestamp':
    case 'boolean':
      return { expr: value, shape: { type: type.kind, scale: 0, wide: false } }
  }
}

export function classify(
  step: StepOf<'classify'>,
  before: Stage,
  context: RecipeContext,
): CompiledStep {
  const { rules, otherwise } = classesOf(step, context)
  const names = [...new Set(rules.flatMap(({ when }) => fieldsIn(when)))]
  const stage = decoded(before, columnsNamed(before, names))
  const name = (text: string | null): Expr => row('typedText', [param(text === '' ? null : text)])
  const cases = rules.flatMap((rule) => [conditionExpr(rule.when, stage), name(rule.name)])
  const expr = row('cases', [...cases, name(otherwise)])
  return withField(stage, { column: newText(freshId(stage), step.into), expr })
}

function classesOf({ classes }: StepOf<'classify'>, { classSet }: RecipeContext): Classes {
  if (!('set' in classes)) return classes
  const found = classSet(classes.set, classes.version)
  if (found === undefined) throw new StepFault('classSetGone', [])
  const own = (when: Condition): Condition => ({
    ...when,
    filters: when.filters.map((filter) => {
      const { fields } = classes
      const mapped = Object.hasOwn(fields, filter.field) ? fields[filter.field] : undefined
      return mapped === undefined ? filter : { ...filter, field: mapped }
    }),
  })
  return { ...found, rules: found.rules.map((rule) => ({ ...rule, when: own(rule.when) })) }
}

/** In the place of a field of that name, else behind all others. */
function withField(stage: Stage, made: Cell, joins: readonly Join[] = []): CompiledStep {
  const place = stage.columns.findIndex(({ name }) => name === made.column.name)
  const clash = stage.columns.find(
    ({ name }) =>
      name !== made.column.name && name.toLowerCase() === made.column.name.toLowerCase(),
  )
  if (clash !== undefined) throw new StepFault('nameTaken', [made.column.name])
  const replaced = place < 0 ? undefined : stage.columns[place]
  const cells = stage.columns.map((one) => (one === replaced ? made : carried(one)))
  const isSame = replaced !== undefined && replaced.type === made.column.type
  return {
    stage: nextStage(stage, replaced === undefined ? [...cells, made] : cells, { joins }),
    changes: [{ before: isSame && !replaced.dictionary ? own(replaced) : null, after: made.expr }],
  }
}
