/** What stands behind the numbers of a report, dataset by dataset: where the rows came from and what was done to them. */
import { z } from 'zod'
import type { DatasetInfo, DatasetWarning } from '../data/dataset.ts'
import { localMoment } from '../data/local-moment.ts'
import type { PersonalKind } from '../data/personal.ts'
import { maskText, maskValue } from '../data/personal.ts'
import { countWords } from './count-words.ts'
import type { RecipeStep } from '../preparation/recipe.ts'
import type { StepReport } from '../preparation/recipe-words.ts'
import { problemWords, stepWords } from './step-words.ts'
import { groupedCount } from '../text/grouped-count.ts'
import type { Language } from '../text/language.ts'
import type { Text } from '../text/messages.ts'
import { warningSentence } from '../text/warning-sentence.ts'

/** One line of the appendix: a dataset's name, or something said about it. */
export const QualityLine = z.strictObject({
  kind: z.enum(['dataset', 'fact', 'remark', 'step']),
  label: z.string(),
  value: z.string(),
})
export type QualityLine = z.infer<typeof QualityLine>

export interface DatasetQuality {
  readonly dataset: DatasetInfo
  /** The recipe in order, each step with what became of it in the version the report reads. */
  readonly steps: readonly { readonly step: RecipeStep; readonly report: StepReport | undefined }[]
}

export interface QualityWords {
  readonly text: Text
  readonly language: Language
  /** What tells of people in remarks and steps is masked as in the rest of an export. */
  readonly masked: boolean
}

export function qualityLines(all: readonly DatasetQuality[], words: QualityWords): QualityLine[] {
  return all.flatMap((one) => [
    { kind: 'dataset' as const, label: one.dataset.name, value: '' },
    ...facts(one.dataset, words),
    ...one.dataset.warnings.map((warning) => remark(warning, one.dataset, words)),
    ...one.steps.map(({ step, report }, index) => stepLine(step, report, index, one, words)),
  ])
}

function facts(dataset: DatasetInfo, { text, language }: QualityWords): QualityLine[] {
  const fact = (label: string, value: string): QualityLine => ({ kind: 'fact', label, value })
  const count = (value: number): string => groupedCount(value, language)
  return [
    fact(text('quality.asOf'), localMoment(dataset.dataAsOf)),
    fact(text('quality.rows'), count(dataset.rows)),
    fact(text('quality.rejected'), count(dataset.rejected)),
    ...dataset.sources.map(({ name, part, rows, rejected }) =>
      fact(
        part === undefined ? name : `${name} · ${part}`,
        text('quality.source', { rows: count(rows), rejected: count(rejected) }),
      ),
    ),
  ]
}

function remark(
  warning: DatasetWarning,
  dataset: DatasetInfo,
  { text, masked }: QualityWords,
): QualityLine {
  const kind = dataset.fields.find(({ name }) => name === warning.column)?.personal
  const { examples } = warning
  const hidden = masked && examples ? { examples: examples.map((one) => masking(kind, one)) } : {}
  return {
    kind: 'remark',
    label: text('quality.remark'),
    value: warningSentence({ ...warning, ...hidden }, text),
  }
}

const masking = (kind: PersonalKind | undefined, value: string): string =>
  kind === undefined ? maskText(value) : maskValue(kind, value)

function stepLine(
  step: RecipeStep,
  report: StepReport | undefined,
  index: number,
  { dataset }: DatasetQuality,
  { text, language, masked }: QualityWords,
): QualityLine {
  const label = text('quality.step', { number: index + 1 })
  const said = masked && namesPeople(step, dataset) ? kindWords(step, text) : stepWords(step, text)
  return { kind: 'step', label, value: `${said} — ${became(report, text, language)}` }
}

function became(report: StepReport | undefined, text: Text, language: Language): string {
  if (report === undefined || report.state === 'off') return text('quality.step.off')
  if (report.problem !== undefined) return problemWords(report.problem, text)
  return report.counts ? countWords(report.counts, text, language) : text('quality.step.on')
}

const kindsWithValues: readonly RecipeStep['kind'][] = [
  'replace',
  'map',
  'fill',
  'filter',
  'formula',
  'classify',
]

/** A step over a personal column may hold values of people in its pairs, filters and rules. */
function namesPeople(step: RecipeStep, { fields }: DatasetInfo): boolean {
  if (!kindsWithValues.includes(step.kind)) return false
  const words = JSON.stringify(step)
  return fields.some(
    ({ name, personal }) => personal !== undefined && words.includes(JSON.stringify(name)),
  )
}

const kindWords = (step: RecipeStep, text: Text): string => text(`recipe.kind.${step.kind}`)
