/** A formula over shown cells: the measures it names, what is read beside each cell, and a formula over both. */
import type { FormulaError, FormulaOutcome } from '../formula-error.ts'
import { formulaError } from '../formula-error.ts'
import { functions } from '../functions/catalogue.ts'
import type { CellAxis, CellDirection } from '../functions/cell-words.ts'
import { axisNamed, axisWords, directionNamed, directionWords } from '../functions/cell-words.ts'
import { argumentPlaces } from '../functions/function-entry.ts'
import type { CellFunction } from '../functions/function-id.ts'
import { isCellFunction } from '../functions/function-id.ts'
import { nearestName } from '../nearest-name.ts'
import { findField, writeField } from '../scope.ts'
import type { MeasureScope } from '../scope.ts'
import type { Tree } from '../tree.ts'
import type { Typed } from '../typed.ts'
import type { ValueType } from '../value-type.ts'
import type { CallTree, CheckContext, FieldTree } from './check-context.ts'
import { checkIn, kindError } from './check-formula.ts'
import { inputMark } from './leaf-marks.ts'
import { namedPart } from './named-part.ts'
import { suited } from './suit.ts'

/** What the formula reads, under a name no measure can have; what an input is computed from comes before it. */
export type CellInput = { readonly name: string; readonly type: ValueType } & (
  | { readonly kind: 'measure'; readonly measure: string }
  | {
      readonly kind: 'stage'
      readonly fn: CellFunction
      /** Over earlier inputs. */
      readonly argument: Typed
      /** Undefined: along the rows, or the columns of a block without rows. */
      readonly axis: CellAxis | undefined
      readonly direction: CellDirection
      readonly window: number
    }
)

export interface CellsFormula {
  readonly kind: 'cells'
  readonly tree: Tree
  /** Over the inputs, which it names as fields. */
  readonly value: Typed
  readonly inputs: readonly CellInput[]
}

export function checkCellsFormula(tree: Tree, scope: MeasureScope): FormulaOutcome<CellsFormula> {
  const inputs: CellInput[] = []
  const checked = checkIn(tree, scope, {
    field: (field, context) => measureNamed(field, scope, inputs, context),
    other: (call, context) => {
      const { fn } = call
      if (!isCellFunction(fn)) return context.refuse(kindError('aggregateInCells', call))
      return stageValue(fn, call, inputs, context)
    },
  })
  if (!checked.ok) return checked
  return { ok: true, value: { kind: 'cells', tree, value: checked.value, inputs } }
}

const nextName = (inputs: readonly CellInput[]): string => `${inputMark}${inputs.length}`

function measureNamed(
  { name, span }: FieldTree,
  scope: MeasureScope,
  inputs: CellInput[],
  context: CheckContext,
): Typed {
  const { measures = [] } = scope
  const found = measures.find((measure) => measure.name === name)
  if (!found) return context.refuse(unknownMeasure({ name, span, kind: 'field' }, scope))
  const known = inputs.find((input) => input.kind === 'measure' && input.measure === name)
  const input = known ?? {
    ...{ kind: 'measure', name: nextName(inputs), measure: name, type: found.type },
  }
  if (!known) inputs.push(input)
  return namedPart(input.name, input.type, span)
}

function unknownMeasure({ name, span }: FieldTree, scope: MeasureScope): FormulaError {
  const names = (scope.measures ?? []).map((measure) => measure.name)
  if (!('code' in findField(name, span, scope))) {
    return formulaError('expression/kindMismatch', 'fieldInCells', span, { name })
  }
  const near = nearestName(name, names)
  const suggestion = near === undefined ? undefined : writeField(near)
  return formulaError('expression/unknownField', 'measure', span, { name }, suggestion)
}

function stageValue(
  fn: CellFunction,
  call: CallTree,
  inputs: CellInput[],
  context: CheckContext,
): Typed {
  const places = argumentPlaces(functions[fn], call.args.length)
  if (typeof places === 'string') throw new Error('the parser counts arguments')
  const at = (takes: string): Tree | undefined =>
    call.args[places.findIndex((place) => place.takes === takes)]
  const [of] = call.args
  if (of === undefined) throw new Error('the parser counts arguments')
  const argument = suited.number(context.check(of), context)
  const type = functions[fn].gives([{ type: argument.type }])
  const axis = wordOf(at('axis'), axisNamed, axisWords, 'badAxis', context)
  const direction = wordOf(at('direction'), directionNamed, directionWords, 'badDirection', context)
  const window = windowOf(at('digits'), context)
  const name = nextName(inputs)
  inputs.push({
    ...{ kind: 'stage', name, type, fn, argument, axis, window },
    direction: direction ?? 'descending',
  })
  return namedPart(name, type, call.span)
}

/** A word in quotes, written out; undefined when it is left out. */
function wordOf<T>(
  tree: Tree | undefined,
  named: (word: string) => T | undefined,
  words: readonly string[],
  reason: 'badAxis' | 'badDirection',
  context: CheckContext,
): T | undefined {
  if (tree === undefined) return undefined
  const written = tree.kind === 'text' ? tree.text : ''
  const found = named(written)
  if (found !== undefined) return found
  const near = nearestName(written, words) ?? words[0] ?? ''
  const details = { found: written }
  context.refuse(formulaError('expression/typeMismatch', reason, tree.span, details, `"${near}"`))
  return undefined
}

const mostWindow = 1000

function windowOf(tree: Tree | undefined, context: CheckContext): number {
  if (tree === undefined) return 0
  const part = context.check(tree)
  const count = part.kind === 'constant' && part.type.kind === 'integer' ? Number(part.value) : NaN
  if (count >= 2 && count <= mostWindow) return count
  const details = { least: 2, most: mostWindow }
  context.refuse(formulaError('expression/typeMismatch', 'badWindow', tree.span, details))
  return 0
}
