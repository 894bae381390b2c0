import { crosstabTint } from '../../../../shared/report/crosstab-tint.ts'
import { withoutTimeMark } from '../../../../shared/data/calendar-day.ts'
import { localMoment } from '../../../../shared/data/local-moment.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import type { NumberStyle } from '../../../../shared/data/number-format.ts'
import { excelFormat } from '../../../../shared/data/number-format.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'
import type { QualityLine } from '../../../../shared/quality/data-quality.ts'
import type { FieldUse } from '../../../../shared/report/field-use.ts'
import { fieldOf } from '../../../../shared/report/captions.ts'
import { stepsTaken } from '../../../../shared/report/drill.ts'
import { parametersBehind } from '../../../../shared/report/report-formulas.ts'
import { pillFormat } from '../../../../shared/report/pill-format.ts'
import type { ViewState } from '../../../../shared/report/report-words.ts'
import type { Report } from '../../../../shared/report/report.ts'
import { allPills } from '../../../../shared/report/shelves.ts'
import type { AskedBlock, AskedPage } from '../ask-blocks.ts'
import type { ExportWords } from '../export-words.ts'
import { cellValue, crosstabSheet } from './crosstab-sheet.ts'
import { freeSheetName } from '../xlsx-stream/sheet-name.ts'
import type { TableFill } from './fill-tables.ts'
import type { ListedRows } from './listed-rows.ts'
import { qualitySheet } from './quality-sheet.ts'
import { rowsSheet } from './rows-sheet.ts'
import type { ModelCell, ModelPicture, SheetModel, WorkbookModel } from './workbook-model.ts'

type Asked<K extends AskedBlock['kind']> = Extract<AskedBlock, { kind: K }>

export interface WorkbookNeeds {
  readonly report: Report
  readonly view: ViewState
  readonly words: ExportWords
  /** What is behind the numbers, on a sheet after all others. */
  readonly quality?: readonly QualityLine[]
  readonly rowsWindow: (asked: Asked<'rows'>) => TableFill['window']
  /** The picture of a chart, or nothing when pictures cannot be made here. */
  readonly picture: (
    asked: Asked<'result'>,
  ) => Promise<Omit<ModelPicture, 'row' | 'column'> | undefined>
}

export interface BuiltWorkbook {
  readonly model: WorkbookModel
  /** Detail tables, whose rows are written into their sheets afterwards. */
  readonly fills: readonly TableFill[]
}

/** The board as a workbook: an overview of cards and filters, then a sheet for each chart, crosstab and table. */
export async function buildWorkbook(
  pages: readonly AskedPage[],
  needs: WorkbookNeeds,
): Promise<BuiltWorkbook> {
  const sheets: SheetModel[] = []
  const names = new Set<string>()
  const nameFor = (wanted: string): string => {
    const name = freeSheetName(wanted, names)
    names.add(name.toLowerCase())
    return name
  }
  const fills: TableFill[] = []
  const overview = overviewSheet(pages, needs, nameFor(needs.words.overview))
  if (overview) sheets.push(overview)
  else names.clear()
  for (const asked of pages.flatMap(({ blocks }) => blocks)) {
    if (asked.kind === 'rows') {
      const fill = { ...listedRows(asked, needs), sheet: sheets.length }
      fills.push(fill)
      sheets.push(tableSheet(asked, fill, needs, nameFor))
    }
    if (asked.kind === 'result' && asked.block.kind !== 'metric') {
      sheets.push(await resultSheet(asked, needs, nameFor))
    }
    if (asked.kind === 'failed' && asked.block.kind !== 'metric') {
      const title = needs.words.title(asked.block)
      sheets.push(noteSheet(nameFor(title), title, needs.words.failed(asked.block, asked.error)))
    }
  }
  if (sheets.length === 0) {
    const { words, report } = needs
    sheets.push(noteSheet(nameFor(words.overview), report.title, words.noData))
  }
  if (needs.quality) {
    const title = needs.words.quality
    sheets.push(qualitySheet(nameFor(title), title, needs.quality))
  }
  return { model: { title: needs.report.title, sheets }, fills }
}

function formatOf(report: Report, use: FieldUse): NumberStyle {
  return pillFormat(use, fieldOf(report, use.field))
}

/** Filters of the block in words, drill steps among them, and how fresh the data is: printed over every sheet. */
function notesOf(
  asked: Asked<'result' | 'rows'>,
  needs: WorkbookNeeds,
  dataAsOf: string | undefined,
): string[] {
  const { words, view, report } = needs
  const { id } = asked.block
  const filtered = [
    ...asked.block.filters,
    ...(view.filters[id] ?? []),
    ...stepsTaken(report, id, view.drill),
  ]
  const filters = filtered.map(words.filter)
  const fields = [...allPills(asked.block).map(({ use }) => use.field), ...filtered.map(({ field }) => field)] // prettier-ignore
  const parameters = parametersBehind(report, fields).map(words.parameter)
  return [
    ...(parameters.length > 0 ? [parameters.join('; ')] : []),
    ...(filters.length > 0 ? [`${words.filters}: ${filters.join('; ')}`] : []),
    ...(dataAsOf === undefined ? [] : [`${words.dataAsOf} ${localMoment(dataAsOf)}`]),
  ]
}

export function memberText(
  member: Member,
  words: Pick<ExportWords, 'blank' | 'others' | 'yes' | 'no'>,
): string {
  if (member === null) return words.blank
  if (member === othersMember) return words.others
  if (typeof member === 'boolean') return member ? words.yes : words.no
  return withoutTimeMark(String(member))
}

async function resultSheet(
  asked: Asked<'result'>,
  needs: WorkbookNeeds,
  nameFor: (wanted: string) => string,
): Promise<SheetModel> {
  const { words, report } = needs
  const { block, result } = asked
  const title = words.title(block)
  const uses = allPills(block).map(({ use }) => use)
  const dimensions = uses.filter((use) => use.aggregate === undefined)
  const across = result.rows.fields.length
  const measure = words.measure(block)
  const sheet = crosstabSheet(nameFor(title), result, {
    title,
    notes: [
      ...(measure ? [measure] : []),
      ...words.notes(result),
      ...notesOf(asked, needs, result.dataAsOf),
    ],
    rowCaptions: words.corner(
      block,
      dimensions.slice(0, across).map(words.caption),
      dimensions.slice(across).map(words.caption),
    ),
    measures: measuresOf(result, uses, report, words),
    total: (axis) => words.total(result, axis),
    ...(block.kind === 'crosstab' ? { arranged: block, tintOf: crosstabTint(block, result) } : {}),
    member: (_dimension, _axis, member) => memberText(member, words),
    locale: words.locale,
  })
  const picture = block.kind === 'chart' ? await needs.picture(asked) : undefined
  if (!picture) return sheet
  const column = (sheet.rows[sheet.frozen.rows]?.length ?? 1) + 1
  return { ...sheet, pictures: [{ ...picture, row: 1, column }] }
}

function measuresOf(
  result: QueryResult,
  uses: readonly FieldUse[],
  report: Report,
  words: ExportWords,
) {
  return result.measures.map(({ name }) => {
    const use = uses.find((candidate) => candidate.id === name)
    const plain: NumberStyle = { kind: 'number', decimals: 2, grouping: true, unit: 'none' }
    return use
      ? { caption: words.caption(use), format: formatOf(report, use) }
      : { caption: name, format: plain }
  })
}

function listedRows(asked: Asked<'rows'>, needs: WorkbookNeeds): ListedRows {
  const { words, report } = needs
  const uses = asked.block.shelves.columns
  return {
    list: asked.list,
    window: needs.rowsWindow(asked),
    captions: uses.map(words.caption),
    formats: uses.map((use) => formatOf(report, use)),
    booleans: { yes: words.yes, no: words.no },
  }
}

function tableSheet(
  asked: Asked<'rows'>,
  rows: ListedRows,
  needs: WorkbookNeeds,
  nameFor: (wanted: string) => string,
): SheetModel {
  const title = needs.words.title(asked.block)
  return rowsSheet(nameFor(title), rows, {
    title,
    notes: [
      ...notesOf(asked, needs, undefined),
      ...(asked.list.whole === undefined
        ? []
        : [needs.words.cutRows(asked.block, asked.list.count, asked.list.whole)]),
    ],
    locale: needs.words.locale,
  })
}

/** Cards with their values, and the text blocks, page by page. Nothing when the export has neither. */
function overviewSheet(
  pages: readonly AskedPage[],
  needs: WorkbookNeeds,
  name: string,
): SheetModel | undefined {
  const { report } = needs
  const rows: (ModelCell | null)[][] = [[{ value: report.title, look: 'title' }], []]
  for (const { page, blocks } of pages) {
    const lines = blocks.flatMap((asked) => overviewLine(asked, needs))
    if (lines.length > 0)
      rows.push(
        [
          { value: page.title, look: 'head' },
          { value: null, look: 'head' },
        ],
        ...lines,
        [],
      )
  }
  if (rows.length === 2) return undefined
  return {
    name,
    rows,
    merges: [],
    frozen: { rows: 0, columns: 0 },
    widths: [36, 20, 60],
    pictures: [],
  }
}

/** A card with its value or why it has none, or a text; nothing for blocks that have a sheet of their own. */
function overviewLine(asked: AskedBlock, needs: WorkbookNeeds): ModelCell[][] {
  const { words, report } = needs
  if (asked.kind === 'still' && asked.block.kind === 'text' && asked.block.text !== '') {
    return [[{ value: asked.block.text, look: 'text' }]]
  }
  if (asked.block.kind !== 'metric') return []
  const title: ModelCell = { value: words.title(asked.block), look: 'rowHead' }
  if (asked.kind === 'failed') {
    const reason = words.failed(asked.block, asked.error)
    return [[title, { value: null, look: 'value' }, { value: reason, look: 'note' }]]
  }
  if (asked.kind !== 'result') return []
  const use = asked.block.shelves.values[0]
  const value = cellValue(asked.result.cells[0], 0)
  const format = use && typeof value === 'number' ? excelFormat(formatOf(report, use)) : undefined
  return [
    [
      title,
      { value, look: 'value', align: 'right', ...(format === undefined ? {} : { format }) },
      { value: notesOf(asked, needs, asked.result.dataAsOf).join('   '), look: 'note' },
    ],
  ]
}

function noteSheet(name: string, title: string, note: string): SheetModel {
  return {
    name,
    rows: [[{ value: title, look: 'title' }], [{ value: note, look: 'note' }]],
    merges: [],
    frozen: { rows: 0, columns: 0 },
    widths: [40],
    pictures: [],
  }
}
