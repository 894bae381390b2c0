import type { Member } from '../../../../shared/data/cell-value.ts'
import type { NumberStyle } from '../../../../shared/data/number-format.ts'
import { excelFormat } from '../../../../shared/data/number-format.ts'
import { numberAt } from '../../../../shared/query/cell-reading.ts'
import type { QueryResult } from '../../../../shared/query/query-result.ts'
import type { RowsPage } from '../../../../shared/query/row-list.ts'
import type { FieldUse } from '../../../../shared/report/field-use.ts'
import { fieldNameOf, slotOf } from '../../../../shared/report/field-use.ts'
import { pillFormat } from '../../../../shared/report/pill-format.ts'
import type { ViewState } from '../../../../shared/report/report-words.ts'
import type { Report } from '../../../../shared/report/report.ts'
import { allPills } from '../../../../shared/report/shelves.ts'
import type { AskedBlock, AskedPage } from '../ask-blocks.ts'
import type { ExportWords } from '../export-words.ts'
import { cellValue, crosstabSheet } from './crosstab-sheet.ts'
import { rowsSheet } from './rows-sheet.ts'
import type { ModelCell, ModelPicture, SheetModel, WorkbookModel } from './workbook-model.ts'
import { sheetName } from './workbook-model.ts'

type Asked<K extends AskedBlock['kind']> = Extract<AskedBlock, { kind: K }>

export interface WorkbookNeeds {
  readonly report: Report
  readonly view: ViewState
  readonly words: ExportWords
  readonly rowsWindow: (key: string, offset: number, limit: number) => Promise<RowsPage>
  /** The picture of a chart, or nothing when pictures cannot be made here. */
  readonly picture: (
    asked: Asked<'result'>,
  ) => Promise<Omit<ModelPicture, 'row' | 'column'> | undefined>
}

/** The board as a workbook: an overview of cards and filters, then a sheet for each chart, crosstab and table. */
export async function buildWorkbook(
  pages: readonly AskedPage[],
  needs: WorkbookNeeds,
): Promise<WorkbookModel> {
  const sheets: SheetModel[] = []
  const names = new Set<string>()
  const nameFor = (wanted: string): string => {
    const name = sheetName(wanted, names)
    names.add(name)
    return name
  }
  const overview = overviewSheet(pages, needs, nameFor(needs.words.overview))
  if (overview) sheets.push(overview)
  else names.clear()
  for (const asked of pages.flatMap(({ blocks }) => blocks)) {
    if (asked.kind === 'rows') sheets.push(await tableSheet(asked, needs, nameFor))
    if (asked.kind === 'result' && asked.block.kind !== 'metric') {
      sheets.push(await resultSheet(asked, needs, nameFor))
    }
  }
  if (sheets.length === 0) sheets.push(emptySheet(nameFor(needs.words.overview), needs))
  return { title: needs.report.title, sheets }
}

function fieldOf(report: Report, use: FieldUse) {
  return report.datasets[slotOf(use.field)]?.fields.find(
    ({ name }) => name === fieldNameOf(use.field),
  )
}

function formatOf(report: Report, use: FieldUse): NumberStyle {
  return pillFormat(use, fieldOf(report, use))
}

/** Filters of the block in words, and how fresh the data is: printed over every sheet. */
function notesOf(
  asked: Asked<'result' | 'rows'>,
  needs: WorkbookNeeds,
  dataAsOf: string | undefined,
): string[] {
  const { words, view } = needs
  const filters = [...asked.block.filters, ...(view.filters[asked.block.id] ?? [])].map(
    words.filter,
  )
  return [
    ...(filters.length > 0 ? [`${words.filters}: ${filters.join('; ')}`] : []),
    ...(dataAsOf === undefined
      ? []
      : [`${words.dataAsOf} ${dataAsOf.slice(0, 19).replace('T', ' ')}`]),
  ]
}

export function memberText(
  member: Member,
  words: Pick<ExportWords, 'blank' | 'yes' | 'no'>,
): string {
  if (member === null) return words.blank
  if (typeof member === 'boolean') return member ? words.yes : words.no
  return String(member).replace('T', ' ')
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
  const rowUses = dimensions.slice(0, result.rows.fields.length)
  const sheet = crosstabSheet(nameFor(title), result, {
    title,
    notes: notesOf(asked, needs, result.dataAsOf),
    rowCaptions: rowUses.map(words.caption),
    measures: measuresOf(result, uses, report, words),
    total: words.total,
    grandTotal: words.grandTotal,
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

function tableSheet(
  asked: Asked<'rows'>,
  needs: WorkbookNeeds,
  nameFor: (wanted: string) => string,
): Promise<SheetModel> {
  const { words, report } = needs
  const title = words.title(asked.block)
  const uses = asked.block.shelves.columns
  return rowsSheet(
    nameFor(title),
    asked.list,
    (offset, limit) => needs.rowsWindow(asked.list.key, offset, limit),
    {
      title,
      notes: notesOf(asked, needs, undefined),
      captions: uses.map(words.caption),
      formats: uses.map((use) => formatOf(report, use)),
      locale: words.locale,
      yes: words.yes,
      no: words.no,
    },
  )
}

/** Cards with their values, and the text blocks, page by page. Nothing when the export has neither. */
function overviewSheet(
  pages: readonly AskedPage[],
  needs: WorkbookNeeds,
  name: string,
): SheetModel | undefined {
  const { words, report } = needs
  const rows: (ModelCell | null)[][] = [[{ value: report.title, look: 'title' }], []]
  let cards = 0
  for (const { page, blocks } of pages) {
    const lines = blocks.flatMap((asked): (ModelCell | null)[][] => {
      if (asked.kind === 'still' && asked.block.kind === 'text' && asked.block.text !== '') {
        return [[{ value: asked.block.text, look: 'text' }]]
      }
      if (asked.kind !== 'result' || asked.block.kind !== 'metric') return []
      const use = asked.block.shelves.values[0]
      cards++
      return [
        [
          { value: words.title(asked.block), look: 'rowHead' },
          {
            value: cellValue(asked.result.cells[0], 0),
            look: 'value',
            align: 'right',
            ...(use && numberAt(asked.result.cells[0], 0) !== null
              ? { format: excelFormat(formatOf(report, use)) }
              : {}),
          },
          { value: notesOf(asked, needs, asked.result.dataAsOf).join('   '), look: 'note' },
        ],
      ]
    })
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
  if (cards === 0) return undefined
  return {
    name,
    rows,
    merges: [],
    frozen: { rows: 0, columns: 0 },
    widths: [36, 20, 60],
    pictures: [],
  }
}

function emptySheet(name: string, { report, words }: WorkbookNeeds): SheetModel {
  return {
    name,
    rows: [[{ value: report.title, look: 'title' }], [{ value: words.noData, look: 'note' }]],
    merges: [],
    frozen: { rows: 0, columns: 0 },
    widths: [40],
    pictures: [],
  }
}
