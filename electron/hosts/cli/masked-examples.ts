/** What standard output and standard error show of values, without what names people: scripts keep both. */
import type { DatasetChanges, SchemaQuestion } from '../../../shared/data/refresh-words.ts'
import type { DatasetInfo, DatasetWarning } from '../../../shared/data/dataset.ts'
import { hidden, maskText, maskValue } from '../../../shared/data/personal.ts'

type Fields = DatasetInfo['fields']

export function maskedExample(fields: Fields, field: string | undefined, value: string): string {
  const kind = fields.find(({ name }) => name === field)?.personal
  return kind === undefined ? maskText(value) : maskValue(kind, value)
}

/** Of a key of several fields nothing is shown once one of them tells of a person. */
export function maskedKey(fields: Fields, names: readonly string[], value: string): string {
  const [only, second] = names
  if (second === undefined) return maskedExample(fields, only, value)
  const isPersonal = fields.some(({ name, personal }) => names.includes(name) && personal)
  return isPersonal ? hidden : maskText(value)
}

export function maskedWarnings({ fields, warnings }: DatasetInfo): DatasetWarning[] {
  return warnings.map(({ examples, ...warning }) => ({
    ...warning,
    ...(examples
      ? { examples: examples.map((value) => maskedExample(fields, warning.column, value)) }
      : {}),
  }))
}

export function maskedChanges(fields: Fields, changes: DatasetChanges): DatasetChanges {
  const isPersonal = (field: string): boolean =>
    fields.some(({ name, personal }) => name === field && personal !== undefined)
  const { rows } = changes
  const keys = (values: string[]): string[] =>
    rows?.key.some(isPersonal) === true ? values.map(() => hidden) : values.map(maskText)
  return {
    ...changes,
    rows: rows && {
      ...rows,
      vanishedKeys: keys(rows.vanishedKeys),
      restatedKeys: keys(rows.restatedKeys),
    },
    members: changes.members.map(({ field, added, vanished }) => {
      const masked = ({ count, examples }: typeof added) => ({
        count,
        examples: examples.map((value) => maskedExample(fields, field, value)),
      })
      return { field, added: masked(added), vanished: masked(vanished) }
    }),
  }
}

export function maskedQuestion(fields: Fields, question: SchemaQuestion): SchemaQuestion {
  const masked = (field: string, examples: readonly string[]): string[] =>
    examples.map((value) => maskedExample(fields, field, value))
  return {
    ...question,
    retyped: question.retyped.map(({ odd, ...retyped }) => ({
      ...retyped,
      odd: odd.map((cells) => ({ ...cells, examples: masked(retyped.field, cells.examples) })),
    })),
    unpadded: question.unpadded.map((found) => ({
      ...found,
      examples: masked(found.field, found.examples),
    })),
  }
}
