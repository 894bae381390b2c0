import type { FormulaReasons } from '../../expression/formula-error.ts'
import type { AggregateFunction, CellFunction } from '../../expression/functions/function-id.ts'

type MeasureFunction = AggregateFunction | CellFunction
type Keys =
  | `error.expression/kindMismatch.${FormulaReasons['expression/kindMismatch']}`
  | `formula.about.${MeasureFunction}`
  | `formula.says.${MeasureFunction}`

/** Formulas over aggregates and over shown cells. */
export const measureFormulas = {
  'error.expression/kindMismatch.aggregateInRow':
    '{name} counts many rows and cannot stand in a formula for single rows. Use it in a formula over aggregates.',
  'error.expression/kindMismatch.cellsInRow':
    '{name} reads shown cells and cannot stand in a formula for single rows.',
  'error.expression/kindMismatch.fieldInAggregate':
    '“{name}” has a value in every row; beside aggregates it has to be aggregated as well.',
  'error.expression/kindMismatch.measureInAggregate':
    '“{name}” is a measure of this block. Measures stand in formulas over shown cells only.',
  'error.expression/kindMismatch.cellsNamedInAggregate':
    '“{name}” is computed from shown cells, which are known only after formulas over aggregates. Switch to “Cells of the block”, or name another measure.',
  'error.expression/kindMismatch.cellsInAggregate':
    '{name} reads shown cells and cannot stand in a formula over aggregates.',
  'error.expression/kindMismatch.aggregateInAggregate':
    '{name} cannot stand inside another aggregate. FIXED says per which field it is computed first.',
  'error.expression/kindMismatch.fieldInCells':
    '“{name}” is a field. A formula over shown cells names the measures of its block.',
  'error.expression/kindMismatch.aggregateInCells':
    '{name} counts rows and cannot stand in a formula over shown cells. Make it a measure and name that.',
  'error.expression/kindMismatch.fixedAlone':
    'FIXED gives many values, one for each combination. An aggregate around it makes them one.',
  'error.expression/kindMismatch.fixedInFixed': 'FIXED cannot stand inside FIXED.',
  'error.expression/kindMismatch.fixedOfNoAggregate':
    'The first argument of FIXED has to be made of aggregates, such as SUM([amount]).',
  'error.expression/kindMismatch.fixedFieldNeeded':
    'Here the name of a field has to stand, such as [customer].',
  'error.expression/kindMismatch.fixedFieldsDiffer':
    'All FIXED within one aggregate have to name the same fields.',
  'error.expression/kindMismatch.fieldNotFixed':
    '“{name}” has a value in every row; beside FIXED it has to be aggregated inside FIXED.',
  'error.expression/kindMismatch.tooManyAggregates':
    'The formula has more than {limit} aggregates. Split it into several measures.',
  'error.expression/kindMismatch.cellsInCircle':
    '“{name}” is computed from itself, by way of other formulas.',

  'error.expression/unknownField.parameter': 'There is no parameter “{name}”.',
  'error.expression/unknownField.measure': 'There is no measure “{name}” in this block.',
  'error.expression/typeMismatch.badAxis':
    '“{found}” is no direction. "rows" goes from row to row, "columns" from column to column.',
  'error.expression/typeMismatch.badDirection':
    '“{found}” is no order. It is "ascending" or "descending".',
  'error.expression/typeMismatch.badShare':
    'Here a share from 0 to 1 has to be written out, such as 0.9 or 90%.',
  'error.expression/typeMismatch.badWindow':
    'Here a whole number from {least} to {most} has to be written out.',
  'error.expression/typeMismatch.badParameter':
    'The value of the parameter “{name}” does not suit its type: {value}.',
  'error.expression/typeMismatch.ofNumbersOrDates':
    'The smallest and the greatest are found among numbers and dates only.',

  'formula.group.aggregate': 'Aggregates',
  'formula.group.cells': 'Shown cells',

  'formula.arg.weight': 'weight',
  'formula.arg.share': 'share',
  'formula.arg.aggregate': 'aggregate',
  'formula.arg.axis': 'axis',
  'formula.arg.direction': 'order',
  'formula.arg.window': 'how many',

  'formula.about.sum': 'The sum over the rows; blank without a value',
  'formula.about.count': 'How many rows have a value',
  'formula.about.countRows': 'How many rows there are',
  'formula.about.distinctCount': 'How many different values there are, blanks left out',
  'formula.about.average': 'The mean of the values, blanks left out',
  'formula.about.minimum': 'With one argument: the smallest value over the rows',
  'formula.about.maximum': 'With one argument: the greatest value over the rows',
  'formula.about.median': 'The value in the middle',
  'formula.about.percentile':
    'The value below which a share of the values lies: 0.9 or 90%, as PERCENTILE.INC',
  'formula.about.weightedAverage': 'The mean of the values by their weights',
  'formula.about.sumIfs': 'The sum over the rows in which all conditions are true',
  'formula.about.countIfs': 'How many rows there are in which all conditions are true',
  'formula.about.averageIfs': 'The mean over the rows in which all conditions are true',
  'formula.about.distinctCountIfs':
    'How many different values there are in the rows in which all conditions are true',
  'formula.about.fixed':
    'An aggregate computed for each combination of the fields, to be aggregated once more: AVERAGE(FIXED(SUM([amount]), [customer]))',
  'formula.about.previous': 'The value in the cell before, among siblings in the shown order',
  'formula.about.next': 'The value in the cell after, among siblings in the shown order',
  'formula.about.first': 'The value in the first of the siblings',
  'formula.about.last': 'The value in the last of the siblings',
  'formula.about.rowTotal': 'The value in the total of the row',
  'formula.about.columnTotal': 'The value in the total of the column',
  'formula.about.grandTotal': 'The value in the grand total',
  'formula.about.parent': 'The value in the subtotal above; the grand total is its own',
  'formula.about.runningSum': 'The sum from the first of the siblings to this one',
  'formula.about.movingAverage': 'The mean of the last so many siblings, this one included',
  'formula.about.rank': 'The place among the siblings, from 1, the greatest first',

  'formula.says.parameter': 'the parameter “{a}”',
  'formula.says.sum': 'the sum of {a}',
  'formula.says.count': 'the number of values of {a}',
  'formula.says.countRows': 'the number of rows',
  'formula.says.distinctCount': 'the number of different values of {a}',
  'formula.says.average': 'the mean of {a}',
  'formula.says.minimum': 'the smallest {a}',
  'formula.says.maximum': 'the greatest {a}',
  'formula.says.median': 'the median of {a}',
  'formula.says.percentile': 'the value below which {b} of {a} lies',
  'formula.says.weightedAverage': 'the mean of {a} weighted by {b}',
  'formula.says.sumIfs': 'the sum of {a} where {conditions}',
  'formula.says.countIfs': 'the number of rows where {conditions}',
  'formula.says.averageIfs': 'the mean of {a} where {conditions}',
  'formula.says.distinctCountIfs': 'the number of different values of {a} where {conditions}',
  'formula.says.fixed': '{a} for each {rest}',
  'formula.says.previous': '{a} in the cell before',
  'formula.says.previous.2': '{a} in the cell before, along {b}',
  'formula.says.next': '{a} in the cell after',
  'formula.says.next.2': '{a} in the cell after, along {b}',
  'formula.says.first': '{a} in the first of the siblings',
  'formula.says.first.2': '{a} in the first of the siblings along {b}',
  'formula.says.last': '{a} in the last of the siblings',
  'formula.says.last.2': '{a} in the last of the siblings along {b}',
  'formula.says.rowTotal': '{a} in the total of the row',
  'formula.says.columnTotal': '{a} in the total of the column',
  'formula.says.grandTotal': '{a} in the grand total',
  'formula.says.parent': '{a} in the subtotal above',
  'formula.says.parent.2': '{a} in the subtotal above, along {b}',
  'formula.says.runningSum': 'the running sum of {a}',
  'formula.says.runningSum.2': 'the running sum of {a} along {b}',
  'formula.says.movingAverage': 'the mean of the last {b} of {a}',
  'formula.says.movingAverage.3': 'the mean of the last {b} of {a} along {c}',
  'formula.says.rank': 'the rank by {a}',
  'formula.says.rank.3': 'the rank by {a} along {b}, {c}',
  'formula.says.rank.2': 'the rank by {a} along {b}',
} as const satisfies Record<Keys, string> & Record<string, string>
