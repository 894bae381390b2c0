/** A parameter as it is being made: what is typed, and the parameter it stands for or why there is none. Pure. */
import type { ParameterType, ParameterValue } from '../../shared/report/formula.ts'
import { allows, ParameterName, ReportParameter } from '../../shared/report/formula.ts'
import { emptyValues } from '../../shared/report/drop-formulas.ts'
import { parametersOf } from '../../shared/report/report-formulas.ts'
import type { Report } from '../../shared/report/report.ts'

export interface ParameterDraft {
  readonly id: string
  readonly name: string
  readonly type: ParameterType
  readonly value: ParameterValue
  readonly choice: 'free' | 'range' | 'list'
  readonly min: number | null
  readonly max: number | null
  readonly step: number | null
  /** One a line. */
  readonly entries: string
}

export type ParameterFault = 'name.wrong' | 'name.taken' | 'entries.wrong' | 'range.wrong' | 'value.wrong' // prettier-ignore

export const parameterTypes: readonly ParameterType[] = ['number', 'text', 'date', 'boolean']

export function newParameterDraft(id: string): ParameterDraft {
  return {
    ...{ id, name: '', type: 'number', value: 0, choice: 'range' },
    ...{ min: 0, max: 100, step: 1, entries: '' },
  }
}

export function draftOfParameter(parameter: ReportParameter): ParameterDraft {
  const { id, name, type, value } = parameter
  const range = parameter.type === 'number' ? parameter.range : undefined
  const list = parameter.type === 'boolean' ? undefined : parameter.list
  return {
    ...{ id, name, type, value },
    choice: list ? 'list' : range ? 'range' : 'free',
    min: range?.min ?? null,
    max: range?.max ?? null,
    step: range?.step ?? null,
    entries: list?.join('\n') ?? '',
  }
}

/** Another type has another value, and ranges are of numbers. */
export function retyped(draft: ParameterDraft, type: ParameterType): ParameterDraft {
  return { ...draft, type, value: emptyValues[type], choice: type === 'number' ? 'range' : 'free', entries: '' } // prettier-ignore
}

export function parameterOf(
  draft: ParameterDraft,
  report: Report,
): { readonly parameter: ReportParameter } | { readonly fault: ParameterFault } {
  const { id, type, value, choice } = draft
  const name = draft.name.trim()
  if (!ParameterName.safeParse(name).success) return { fault: 'name.wrong' }
  if (parametersOf(report).some((one) => one.name === name && one.id !== id))
    return { fault: 'name.taken' }
  const list = choice === 'list' && type !== 'boolean' ? entriesOf(draft) : undefined
  if (list === null) return { fault: 'entries.wrong' }
  const range = choice === 'range' && type === 'number' ? rangeOf(draft) : undefined
  if (range === null) return { fault: 'range.wrong' }
  const parsed = ReportParameter.safeParse({
    ...{ id, name, type, value },
    ...(list ? { list } : {}),
    ...(range ? { range } : {}),
  })
  if (!parsed.success) return { fault: list ? 'entries.wrong' : 'value.wrong' }
  return allows(parsed.data) ? { parameter: parsed.data } : { fault: 'value.wrong' }
}

function rangeOf({ min, max, step }: ParameterDraft) {
  if (min === null || max === null || step === null) return null
  return min < max && step > 0 ? { min, max, step } : null
}

function entriesOf({ entries, type }: ParameterDraft): (string | number)[] | null {
  const lines = entries.split('\n').map((line) => line.trim()).filter((line) => line !== '') // prettier-ignore
  if (lines.length === 0) return null
  if (type !== 'number') return [...new Set(lines)]
  const numbers = lines.map(Number)
  return numbers.every(Number.isFinite) ? [...new Set(numbers)] : null
}

/** The first of a list stands in where the value is none of it. */
export function withFirstEntry(draft: ParameterDraft): ParameterDraft {
  const list = draft.choice === 'list' ? entriesOf(draft) : null
  const [first] = list ?? []
  return first === undefined || list?.includes(draft.value as never) === true ? draft : { ...draft, value: first } // prettier-ignore
}
