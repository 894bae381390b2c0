import type { NumberStyle } from '../../shared/data/number-format.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { fieldOf, pillCaption } from '../../shared/report/captions.ts'
import { pillFormat } from '../../shared/report/pill-format.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import type { ResultMeasure } from '../../shared/query/query-result.ts'
import type { Text } from '../../shared/text/messages.ts'
import type { Report } from '../../shared/report/report.ts'
import { allPills } from '../../shared/report/shelves.ts'

/** How a detail table writes a column's numbers; a field the report does not describe is written as its values are. */
export function listedFormats(
  report: Report,
  uses: readonly FieldUse[],
): (NumberStyle | undefined)[] {
  return uses.map((use) => {
    const field = fieldOf(report, use.field)
    return use.format ?? (field && pillFormat(use, field))
  })
}

/** A measure of an answer as its pill says it, whichever block that is in; without one by its function and field. */
export function measureLook(
  report: Report,
  { name, field = '', aggregate, show }: ResultMeasure,
  text: Text,
): { readonly caption: string; readonly format: NumberStyle | undefined } {
  const blocks = Object.values(report.pages).flatMap((page) => Object.values(page.blocks))
  const pill = blocks.flatMap(allPills).find((candidate) => candidate.use.id === name)?.use
  // Over listed rows a measure is itself, whatever its block shows it as.
  const use = pill && show === undefined ? itself(pill) : pill
  return use
    ? { caption: pillCaption(use, text), format: pillFormat(use, fieldOf(report, use.field)) }
    : { caption: unseatedCaption(name, field, aggregate, text), format: undefined }
}

/** A formula without a pill is called as it was asked. */
function unseatedCaption(
  name: string,
  field: string,
  aggregate: ResultMeasure['aggregate'],
  text: Text,
): string {
  return aggregate === 'formula' || aggregate === 'cells'
    ? name
    : pillCaption({ id: name, field, aggregate }, text)
}

function itself(use: FieldUse): FieldUse {
  const { show, format, ...measured } = use
  return show === undefined ? use : measured
}

const plain: NumberStyle = { kind: 'number', decimals: 2, grouping: true, unit: 'none' }

/** How each pill's numbers are written; a pill that is gone has the plain way. */
export function pillFormats(report: Report, block: Block): (pill: string) => NumberStyle {
  return (pill) => {
    const use = allPills(block).find((candidate) => candidate.use.id === pill)?.use
    return use ? pillFormat(use, fieldOf(report, use.field)) : plain
  }
}
