import type { FieldRole, FieldType } from '../../data/field.ts'
import type { Grain } from '../../data/grain.ts'
import type { Aggregate } from '../../query/report-query.ts'
import type { BlockKind } from '../../report/blocks/block.ts'
import type { ShelfName } from '../../report/shelves.ts'

/** The product's vocabulary: one word a thing, the same everywhere. */
export const words = {
  'type.text': 'Text',
  'type.integer': 'Whole number',
  'type.decimal': 'Decimal number',
  'type.double': 'Number',
  'type.date': 'Date',
  'type.timestamp': 'Date and time',
  'type.boolean': 'Yes/no',
  'role.dimension': 'Dimension',
  'role.measure': 'Measure',
  'role.identifier': 'Identifier',
  'grain.year': 'Year',
  'grain.quarter': 'Quarter',
  'grain.month': 'Month',
  'grain.week': 'Week',
  'grain.day': 'Day',
  'grain.hour': 'Hour',
  'grain.quarterOfYear': 'Quarter of year',
  'grain.monthOfYear': 'Month of year',
  'grain.dayOfMonth': 'Day of month',
  'grain.dayOfWeek': 'Day of week',
  'grain.hourOfDay': 'Hour of day',
  'aggregate.sum': 'Sum',
  'aggregate.count': 'Count',
  'aggregate.countDistinct': 'Distinct count',
  'aggregate.countDistinctWithBlank': 'Distinct count with blank',
  'aggregate.average': 'Average',
  'aggregate.min': 'Minimum',
  'aggregate.max': 'Maximum',
  'aggregate.median': 'Median',
  'kind.chart': 'Chart',
  'kind.crosstab': 'Crosstab',
  'kind.table': 'Detail table',
  'kind.metric': 'KPI card',
  'kind.text': 'Text',
  'kind.image': 'Image',
  'kind.filter': 'Filter',
  'mark.column': 'Column chart',
  'mark.bar': 'Bar chart',
  'mark.line': 'Line chart',
  'mark.pie': 'Pie chart',
  'mark.donut': 'Donut chart',
  'mark.scatter': 'Scatter chart',
  'shelf.columns': 'Columns',
  'shelf.rows': 'Rows',
  'shelf.color': 'Color',
  'shelf.size': 'Size',
  'shelf.label': 'Label',
  'shelf.detail': 'Detail',
  'shelf.tooltip': 'Tooltip',
  'shelf.values': 'Values',
  'shelf.field': 'Field',
  'shelf.axis': 'Axis',
  'shelf.x': 'Horizontal axis',
  'shelf.y': 'Vertical axis',
  'shelf.slices': 'Slices',
  'pill.caption.aggregate': '{aggregate} of {field}',
  'pill.caption.grain': '{field} ({grain})',
  'pill.caption.count': 'Number of rows',
  'value.blank': '(blank)',
  'value.yes': 'Yes',
  'value.no': 'No',
  'value.total': 'Total',
} as const satisfies Record<
  | `type.${FieldType}`
  | `role.${FieldRole}`
  | `grain.${Grain}`
  | `aggregate.${Aggregate}`
  | `kind.${BlockKind}`
  | `shelf.${ShelfName}`,
  string
> &
  Record<string, string>
