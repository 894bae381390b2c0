/** Formulas over aggregates computed the plain way: every aggregate over a list of rows, by code of its own. */
import { checkFormula } from '../../shared/expression/check/check-formula.ts'
import { evaluateFormula } from '../../shared/expression/evaluate/evaluate.ts'
import { functions } from '../../shared/expression/functions/catalogue.ts'
import { parseFormula } from '../../shared/expression/parser.ts'
import type { FormulaScope, ScopeField } from '../../shared/expression/scope.ts'
import type { Tree } from '../../shared/expression/tree.ts'
import type { Typed } from '../../shared/expression/typed.ts'
import type { Value } from '../../shared/expression/value.ts'
import { exactType, fieldValueType, scaleOf } from '../../shared/expression/value-type.ts'
import type { ValueType } from '../../shared/expression/value-type.ts'
import { parseIsoDay } from '../../shared/data/calendar-day.ts'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { Field } from '../../shared/data/field.ts'
import type { Row } from './reference-pivot.ts'

type Call = Extract<Tree, { kind: 'call' }>
interface Answer {
  readonly value: Value
  readonly type: ValueType
}

export class NaiveFormula {
  readonly #fields: readonly ScopeField[]
  readonly #tree: Tree

  constructor(text: string, fields: readonly Field[]) {
    const parsed = parseFormula(text)
    if (!parsed.ok) throw new Error(`${text}: ${parsed.errors[0]?.reason ?? ''}`)
    this.#tree = parsed.value
    this.#fields = fields.map(({ name, type, scale }) => ({ name, type, scale }))
  }

  /** A number as plain decimals are compared: a double, or null. */
  over(rows: readonly Row[]): number | string | boolean | null {
    if (rows.length === 0) return null
    const { value, type } = this.#outer(this.#tree, rows)
    if (typeof value !== 'bigint') return value
    return Number(value) / 10 ** scaleOf(type)
  }

  #outer(tree: Tree, rows: readonly Row[]): Answer {
    const answers: Answer[] = []
    const name = (index: number): string => `v${index}`
    const replaced = replaceCalls(tree, (call) => {
      answers.push(this.#aggregate(call, rows))
      return { kind: 'field', name: name(answers.length - 1), span: call.span }
    })
    const fields = answers.map(({ type }, index): ScopeField => {
      const kind = type.kind === 'blank' ? 'text' : type.kind
      return { name: name(index), type: kind, scale: scaleOf(type) }
    })
    const part = typedOf(replaced, { fields, datasets: [] })
    const reader = {
      valueOf: (_dataset: string | undefined, field: string): Value =>
        answers[Number(field.slice(1))]?.value ?? null,
      lastDay: null,
    }
    return { value: evaluateFormula(part, reader), type: part.type }
  }

  #aggregate({ fn, args }: Call, rows: readonly Row[]): Answer {
    const conditional = fn.endsWith('Ifs')
    const from = fn === 'countIfs' ? 0 : 1
    const kept = conditional
      ? rows.filter((row) => args.slice(from).every((test) => this.#row(test, row).value === true))
      : rows
    const whole = (count: number): Answer => ({ value: BigInt(count), type: exactType(0) })
    if (fn === 'countRows' || fn === 'countIfs') return whole(kept.length)
    const [operand] = args
    if (!operand) throw new Error(`${fn} needs an operand`)
    const type = this.#row(operand, rows[0] ?? {}).type
    const values = kept.map((row) => this.#row(operand, row).value).filter((one) => one !== null)
    switch (fn) {
      case 'count':
        return whole(values.length)
      case 'distinctCount':
      case 'distinctCountIfs':
        return whole(new Set(values).size)
      case 'sum':
      case 'sumIfs':
        return { value: values.length === 0 ? null : total(values), type }
      case 'average':
      case 'averageIfs': {
        if (values.length === 0) return { value: null, type: exactType(12) }
        const digits = 10n ** BigInt(12 - scaleOf(type))
        const scaled = total(values) * digits * 10n
        const count = BigInt(values.length)
        const cut = scaled / count
        const rounded = (cut + (cut < 0n ? -5n : 5n)) / 10n
        return { value: rounded, type: exactType(12) }
      }
      case 'minimum':
      case 'maximum': {
        const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
        return { value: (fn === 'minimum' ? sorted[0] : sorted.at(-1)) ?? null, type }
      }
      default:
        throw new Error(`the naive answer has no ${fn}`)
    }
  }

  #row(tree: Tree, row: Row): Answer {
    const part = typedOf(tree, { fields: this.#fields, datasets: [] })
    const reader = {
      valueOf: (_dataset: string | undefined, name: string): Value => {
        const field = this.#fields.find((one) => one.name === name)
        return field ? valueOf(row[name] ?? null, field) : null
      },
      lastDay: null,
    }
    return { value: evaluateFormula(part, reader), type: part.type }
  }
}

function total(values: readonly Value[]): bigint {
  return values.reduce<bigint>((sum, value) => sum + (value as bigint), 0n)
}

function typedOf(tree: Tree, scope: FormulaScope): Typed {
  const checked = checkFormula(tree, scope)
  if (!checked.ok) throw new Error(checked.errors[0]?.reason)
  return checked.value
}

function valueOf(value: CellValue, field: ScopeField): Value {
  if (value === null || typeof value === 'boolean') return value
  const type = fieldValueType(field)
  if (type.kind === 'date') return parseIsoDay(String(value)) ?? null
  if (type.kind === 'text') return String(value)
  return BigInt(Math.round(Number(value) * 10 ** scaleOf(type)))
}

function replaceCalls(tree: Tree, replace: (call: Call) => Tree): Tree {
  switch (tree.kind) {
    case 'negate':
    case 'percent':
      return { ...tree, of: replaceCalls(tree.of, replace) }
    case 'binary':
      return {
        ...tree,
        left: replaceCalls(tree.left, replace),
        right: replaceCalls(tree.right, replace),
      }
    case 'call':
      if (functions[tree.fn].kind === 'aggregate') return replace(tree)
      return { ...tree, args: tree.args.map((arg) => replaceCalls(arg, replace)) }
    default:
      return tree
  }
}
