import { z } from 'zod'
import { CalendarContent } from '../../../../shared/calendar/retail-calendar.ts'
import { Recipe } from '../../../../shared/preparation/recipe.ts'
import { ReportQuery } from '../../../../shared/query/report-query.ts'
import { ReportFile } from '../../../../shared/report/report.ts'
import { templateFormat } from '../../../../shared/report/template/pack-template.ts'
import { exactlyOne, oneOf, readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { jsonText } from '../terminal.ts'

/** The schemas the product itself validates with; what may be left out in a file may be left out here. */
const schemas = {
  query: ReportQuery,
  report: ReportFile,
  template: ReportFile.extend({ format: z.literal(templateFormat) }),
  recipe: Recipe,
  calendar: CalendarContent,
} as const
const names = ['query', 'report', 'template', 'recipe', 'calendar'] as const

export const schemaCommand: Command = ({ args, terminal }) => {
  const { positionals } = readArguments(args, {})
  const name = oneOf(exactlyOne(positionals, 'NAME'), names, 'NAME')
  terminal.result(jsonText(z.toJSONSchema(schemas[name], { io: 'input' })))
  return Promise.resolve()
}
