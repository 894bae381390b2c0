/** What a step does, in one line. Pure. */
import type { CellValue } from '../data/cell-value.ts'
import type { Condition, RecipeStep, RowFilter, StepOf } from '../preparation/recipe.ts'
import type { StepProblem } from '../preparation/recipe-words.ts'
import type { MessageKey, Text } from '../text/messages.ts'
import { memberCaption } from '../report/captions.ts'

const listed = 3

/** The first few, and how many more. */
export function wordList(words: readonly string[], text: Text): string {
  const shown = words.slice(0, listed).join(text('list.separator'))
  const count = words.length - listed
  return count > 0 ? text('recipe.says.more', { shown, count }) : shown
}

export function stepWords(step: RecipeStep, text: Text): string {
  const list = (words: readonly string[]): string => wordList(words, text)
  const pair = (from: string, to: string): string => text('recipe.says.pair', { from, to })
  switch (step.kind) {
    case 'rename':
      return text('recipe.says.rename', {
        pairs: list(step.names.map(({ field, to }) => pair(field, to))),
      })
    case 'remove':
      return text('recipe.says.remove', { fields: list(step.fields) })
    case 'type':
      return text('recipe.says.type', { field: step.field, type: text(`type.${step.to}`) })
    case 'normalise': {
      const what = list(cleaning(step).map((key) => text(key)))
      return text('recipe.says.normalise', { fields: list(step.fields), what })
    }
    case 'replace': {
      const pairs = step.pairs.map((one) => pair(value(one.find, text), value(one.with, text)))
      return text('recipe.says.replace', { field: step.field, pairs: list(pairs) })
    }
    case 'map': {
      const { field, into } = step
      const count = step.entries.length
      if (into === undefined) return text('recipe.says.map', { field, count })
      return text('recipe.says.mapInto', { field, into, count })
    }
    case 'fill': {
      const fields = list(step.fields)
      if (step.with.kind === 'above') return text('recipe.says.fillAbove', { fields })
      return text('recipe.says.fillValue', { fields, value: value(step.with.value, text) })
    }
    case 'split':
      return text('recipe.says.split', { field: step.field, fields: list(step.into) })
    case 'merge':
      return text('recipe.says.merge', { fields: list(step.fields), into: step.into })
    case 'filter': {
      const when = conditionWords(step.when, text)
      return text(step.rows === 'keep' ? 'recipe.says.keepRows' : 'recipe.says.dropRows', { when })
    }
    case 'dedupe': {
      const fields = list(step.keys)
      const first = step.keep === 'first'
      if (step.by === undefined)
        return text(first ? 'recipe.says.dedupeFirst' : 'recipe.says.dedupeLast', { fields })
      const key = first ? 'recipe.says.dedupeFirstBy' : 'recipe.says.dedupeLastBy'
      return text(key, { fields, by: step.by })
    }
    case 'unpivot': {
      const [name, into] = [step.nameInto, step.valueInto]
      return text('recipe.says.unpivot', { count: step.fields.length, name, value: into })
    }
    case 'formula':
      return text('recipe.says.formula', { into: step.into, formula: step.formula })
    case 'classify': {
      const { into, classes } = step
      if ('set' in classes) return text('recipe.says.classifySet', { into })
      return text('recipe.says.classify', { into, count: classes.rules.length })
    }
  }
}

const value = (cell: CellValue, text: Text): string =>
  cell === null || cell === '' ? text('recipe.blank') : memberCaption(cell, text)

function cleaning({ width, space, form, case: letters }: StepOf<'normalise'>): MessageKey[] {
  const keys: MessageKey[] = []
  if (width) keys.push('recipe.says.width')
  if (space) keys.push(space === 'none' ? 'recipe.says.noSpace' : `recipe.says.${space}`)
  if (form) keys.push(`recipe.says.${form}`)
  if (letters) keys.push(`recipe.says.${letters}`)
  return keys
}

export function conditionWords({ match, filters }: Condition, text: Text): string {
  const words = filters.map((filter) => filterWords(filter, text))
  return words.join(text(match === 'all' ? 'recipe.says.and' : 'recipe.says.or'))
}

function filterWords(filter: RowFilter, text: Text): string {
  const op = text(`filters.op.${filter.op}`)
  const said = text('recipe.says.filter', { field: filter.field, op, value: asked(filter, text) })
  return said.trim()
}

function asked(filter: RowFilter, text: Text): string {
  switch (filter.op) {
    case 'in':
    case 'notIn':
      return wordList(
        filter.values.map((one) => value(one, text)),
        text,
      )
    case 'range':
      return `${filter.from ?? '…'} – ${filter.to ?? '…'}`
    case 'contains':
    case 'notContains':
    case 'startsWith':
      return filter.text
    case 'blank':
    case 'notBlank':
      return ''
  }
}

/** Why a step cannot run and what to do about it. */
export function problemWords({ reason, fields }: StepProblem, text: Text): string {
  const names = fields.map((field) => `“${field}”`)
  return text(`recipe.problem.${reason}`, { fields: wordList(names, text) })
}
