import type { ChartWords } from '../../shared/chart/chart-model.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { memberCaption, pillCaption } from '../../shared/report/captions.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { Text } from '../../shared/text/messages.ts'

function pillOf(block: Block, pill: string): FieldUse | undefined {
  return allPills(block).find(({ use }) => use.id === pill)?.use
}

export function chartWords(block: Block, text: Text): ChartWords {
  return {
    blank: text('value.blank'),
    yes: text('value.yes'),
    no: text('value.no'),
    caption: (pill) => {
      const use = pillOf(block, pill)
      return use ? pillCaption(use, text) : pill
    },
    member: (_pill, member) => memberCaption(member, text),
  }
}
