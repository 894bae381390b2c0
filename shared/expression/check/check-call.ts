import { formulaError } from '../formula-error.ts'
import { functions } from '../functions/catalogue.ts'
import { dateUnitNamed, isClockUnit, unitWords } from '../functions/date-unit.ts'
import type { Parameter, Takes } from '../functions/function-entry.ts'
import { argumentPlaces } from '../functions/function-entry.ts'
import type { RowFunctionId } from '../functions/function-id.ts'
import { readPattern } from '../functions/text-pattern.ts'
import { maxScale } from '../limits.ts'
import { nearestName } from '../nearest-name.ts'
import type { Tree } from '../tree.ts'
import type { Typed } from '../typed.ts'
import type { ValueType } from '../value-type.ts'
import { blankType, commonType, integerType, isDay, textType } from '../value-type.ts'
import type { CallTree, CheckContext } from './check-context.ts'
import { constant } from './check-context.ts'
import { mixed } from './check-operator.ts'
import { convert } from './convert.ts'
import { floating, suited, wanted } from './suit.ts'

export function checkCall(fn: RowFunctionId, tree: CallTree, context: CheckContext): Typed {
  const entry = functions[fn]
  const places = argumentPlaces(entry, tree.args.length)
  if (typeof places === 'string') throw new Error('the parser counts arguments')
  const suitedArgs = tree.args.map((arg, index) => checkArgument(arg, places[index], context))
  const args = together(suitedArgs, places, context)
  const checked = special[fn]?.(args, context) ?? args
  const type = entry.gives(
    checked.map((arg) =>
      arg.kind === 'constant' ? { type: arg.type, constant: arg.value } : { type: arg.type },
    ),
  )
  return { kind: 'apply', operation: fn, args: checked, type, span: tree.span }
}

function checkArgument(tree: Tree, place: Parameter | undefined, context: CheckContext): Typed {
  const takes = place?.takes ?? 'any'
  switch (takes) {
    case 'digits':
      return writtenDigits(tree, context)
    case 'pattern':
    case 'unit':
      return writtenText(tree, takes, context)
    case 'axis':
    case 'direction':
      throw new Error('no function of rows takes a word of cells')
    case 'related':
      return relatedField(tree, context)
    case 'same':
    case 'ordered':
    case 'result':
      return context.check(tree)
    default:
      return suited[takes](context.check(tree), context)
  }
}

/** A field the row looks up, written as such: one of the row's own needs no looking up. */
function relatedField(tree: Tree, context: CheckContext): Typed {
  const found = tree.kind === 'field' ? context.check(tree) : undefined
  if (found?.kind === 'field' && found.place.dataset !== undefined) return found
  // A field that is not known has been told already.
  if (found?.kind === 'constant') return found
  return context.refuse(formulaError('expression/typeMismatch', 'relatedField', tree.span))
}

/** Digits decide a type, so they are a number written out. */
function writtenDigits(tree: Tree, context: CheckContext): Typed {
  const written = tree.kind === 'negate' ? tree.of : tree
  const digits = written.kind === 'number' ? Number(written.digits) : NaN
  if (!Number.isInteger(digits) || digits > maxScale) {
    const details = { least: -maxScale, most: maxScale }
    return context.refuse(
      formulaError('expression/typeMismatch', 'fixedDigits', tree.span, details),
    )
  }
  return constant(BigInt(tree.kind === 'negate' ? -digits : digits), integerType, tree.span)
}

function writtenText(tree: Tree, takes: 'pattern' | 'unit', context: CheckContext): Typed {
  if (tree.kind !== 'text') {
    return context.refuse(formulaError('expression/typeMismatch', 'fixedText', tree.span))
  }
  const { text: found, span } = tree
  if (takes === 'pattern') {
    return readPattern(found) === undefined
      ? context.refuse(formulaError('expression/typeMismatch', 'badPattern', span, { found }))
      : constant(found, textType, span)
  }
  const unit = dateUnitNamed(found)
  if (unit !== undefined) return constant(unit, textType, span)
  const near = nearestName(found, unitWords) ?? 'day'
  const error = formulaError('expression/typeMismatch', 'badUnit', span, { found }, `"${near}"`)
  return context.refuse(error)
}

const groupOf: Partial<Readonly<Record<Takes, 'same' | 'result'>>> = {
  same: 'same',
  ordered: 'same',
  result: 'result',
}

/** Brings the arguments of each group to one type. */
function together(
  args: readonly Typed[],
  places: readonly Parameter[],
  context: CheckContext,
): readonly Typed[] {
  let done = args
  for (const group of ['same', 'result'] as const) {
    const members = args.flatMap((arg, index) =>
      groupOf[places[index]?.takes ?? 'any'] === group ? [{ arg, index }] : [],
    )
    const type = sharedType(
      members.map(({ arg }) => arg),
      context,
    )
    if (type === undefined) continue
    const ordered = places.some(({ takes }) => takes === 'ordered')
    const [first] = members
    if (ordered && type.kind === 'boolean' && first) {
      context.refuse(formulaError('expression/typeMismatch', 'notOrdered', first.arg.span))
    }
    const indexes = new Set(members.map(({ index }) => index))
    done = done.map((arg, index) => (indexes.has(index) ? convert(arg, type) : arg))
  }
  return done
}

function sharedType(members: readonly Typed[], context: CheckContext): ValueType | undefined {
  let type: ValueType = blankType
  // What the type comes from, for the error.
  let like = members[0]
  for (const member of members) {
    const common = commonType(type, member.type)
    if (common === undefined) {
      if (like) mixed(like, member, context)
      return undefined
    }
    if (type.kind === 'blank') like = member
    type = common
  }
  return members.length === 0 ? undefined : type
}

type Special = (args: readonly Typed[], context: CheckContext) => readonly Typed[]

const unitOf = (part: Typed | undefined) =>
  part?.kind === 'constant' && typeof part.value === 'string'
    ? dateUnitNamed(part.value)
    : undefined

/** Hours are for time stamps alone; both ends of a span are of one kind. */
const clockSuits: Special = (args, context) => {
  const unit = args[2]
  const days = args.slice(0, 2).filter(({ type }) => isDay(type))
  const found = unitOf(unit)
  if (unit && found && isClockUnit(found)) {
    const date = days.find(({ type }) => type.kind === 'date')
    if (date) {
      context.refuse(formulaError('expression/typeMismatch', 'unitNeedsTime', unit.span))
    }
  }
  const [from, to] = days
  const common = from && to && commonType(from.type, to.type)
  return common ? args.map((arg) => (isDay(arg.type) ? convert(arg, common) : arg)) : args
}

/** What is written as a text has to be of the pattern's kind. */
const patternSuits: Special = (args, context) => {
  const [value, written] = args
  const pattern =
    written?.kind === 'constant' && typeof written.value === 'string'
      ? readPattern(written.value)
      : undefined
  if (!value || !pattern) return args
  if (pattern.kind === 'number') return [suited.exact(value, context), ...args.slice(1)]
  if (pattern.clock && value.type.kind === 'date') context.refuse(wanted('timestamp', value))
  return [suited.day(value, context), ...args.slice(1)]
}

/** There is nothing to the left of the point to be left out. */
const digitsSuit: Special = (args, context) => {
  const digits = args[1]
  if (digits?.kind === 'constant' && typeof digits.value === 'bigint' && digits.value < 0n) {
    const details = { least: 0, most: maxScale }
    context.refuse(formulaError('expression/typeMismatch', 'fixedDigits', digits.span, details))
  }
  return args
}

const special: Partial<Readonly<Record<RowFunctionId, Special>>> = {
  dateAdd: clockSuits,
  dateDif: clockSuits,
  text: patternSuits,
  value: digitsSuit,
  power: (args) => args.map(floating),
}
