import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type ExcelJS from 'exceljs'
import { isoDay, isoSecond } from '../../../../shared/data/calendar-day.ts'
import { tintPercent } from '../../../../shared/report/crosstab-tint.ts'
import { hasSerial } from '../xlsx-stream/number-bytes.ts'
import { isCut, shownText } from './shown-text.ts'
import type { CellLook, ModelCell, SheetModel, WorkbookModel } from './workbook-model.ts'

const secondsPerDay = 86_400
/** Days from Excel's day 0 (1899-12-30) to 1970-01-01. */
const epochSerial = 25_569

const fonts: Record<CellLook, Partial<ExcelJS.Font>> = {
  title: { bold: true, size: 14 },
  note: { color: { argb: 'FF566074' }, size: 10 },
  head: { bold: true },
  rowHead: {},
  value: {},
  subtotal: { bold: true },
  total: { bold: true },
  text: {},
  listed: {},
}

const fills: Partial<Record<CellLook, string>> = {
  head: 'FFE9EEF7',
  subtotal: 'FFF4F6FA',
  total: 'FFE3E9F4',
}

const thin: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FFD5DAE3' } }
const framed: ReadonlySet<CellLook> = new Set(['head', 'rowHead', 'value', 'subtotal', 'total'])

/** What a workbook job is told: the model, and the path of an empty file. */
export interface WorkbookOrder {
  readonly model: WorkbookModel
  readonly path: string
}

export interface WorkbookOutcome {
  readonly bytes: number
  /** Texts cut at the characters a cell can hold. */
  readonly cutTexts: number
}

/** Writes a workbook in the job process. */
export async function writeWorkbook({ model, path }: WorkbookOrder): Promise<WorkbookOutcome> {
  // Loading takes half a second: only an export pays for it.
  const { default: Excel } = await import('exceljs')
  const workbook = new Excel.Workbook()
  workbook.title = model.title
  for (const sheet of model.sheets) addSheet(workbook, sheet)
  await fill(path, workbook)
  return { bytes: (await stat(path)).size, cutTexts: model.sheets.reduce(cutTextsOf, 0) }
}

/** Makes no file, see replaceFile. */
async function fill(path: string, workbook: ExcelJS.Workbook): Promise<void> {
  const file = createWriteStream(path, { flags: 'r+' })
  const written = finished(file)
  try {
    // A disk that fails ends the stream, which the workbook's own promise does not hear of.
    await Promise.race([written, workbook.xlsx.write(file)])
    file.end()
    await written
  } catch (error) {
    file.destroy()
    throw error
  }
}

function addSheet(workbook: ExcelJS.Workbook, model: SheetModel): void {
  const { rows, columns } = model.frozen
  const sheet = workbook.addWorksheet(model.name, {
    views:
      rows > 0 || columns > 0
        ? [{ state: 'frozen', xSplit: columns, ySplit: rows }]
        : [{ state: 'normal' }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  // Heads are printed again on every page of a long sheet.
  if (rows > 0) sheet.pageSetup.printTitlesRow = `1:${rows}`
  model.widths.forEach((width, index) => (sheet.getColumn(index + 1).width = width))
  model.rows.forEach((line, row) => {
    line.forEach((cell, column) => {
      if (cell) fillCell(sheet.getCell(row + 1, column + 1), cell)
    })
  })
  for (const { top, left, bottom, right } of model.merges) {
    sheet.mergeCells(top + 1, left + 1, bottom + 1, right + 1)
  }
  for (const picture of model.pictures) {
    // exceljs takes a Node buffer, typed by an older version of Node's own typings.
    const buffer = Buffer.from(picture.png) as unknown as ExcelJS.Buffer
    const image = workbook.addImage({ buffer, extension: 'png' })
    sheet.addImage(image, {
      tl: { col: picture.column, row: picture.row },
      ext: { width: picture.widthPx, height: picture.heightPx },
    })
  }
}

function fillCell(target: ExcelJS.Cell, cell: ModelCell): void {
  target.value = excelValue(cell.value)
  const format =
    typeof cell.value === 'object' && cell.value !== null ? dateFormat(cell.value) : cell.format
  if (format !== undefined) target.numFmt = format
  target.font = fonts[cell.look]
  const fill = cell.tint === undefined ? fills[cell.look] : tintColor(cell.tint)
  if (fill !== undefined)
    target.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: fill } }
  if (framed.has(cell.look)) target.border = { top: thin, left: thin, bottom: thin, right: thin }
  const wrap = cell.look === 'text' || cell.look === 'note'
  target.alignment = {
    vertical: cell.look === 'rowHead' || cell.look === 'head' ? 'top' : 'middle',
    ...(cell.align ? { horizontal: cell.align } : {}),
    ...(wrap ? { wrapText: cell.look === 'text' } : {}),
  }
}

/** The screen's accent over white, as strong as there. */
function tintColor(strength: number): string {
  const share = tintPercent(strength) / 100
  const mixed = [0x2b, 0x6c, 0xd4].map((part) => Math.round(255 - (255 - part) * share))
  return `FF${mixed.map((part) => part.toString(16).padStart(2, '0').toUpperCase()).join('')}`
}

function cutTextsOf(sum: number, { rows }: SheetModel): number {
  const cells = rows.flat()
  return sum + cells.filter((cell) => typeof cell?.value === 'string' && isCut(cell.value)).length
}

/** Text is always written as text: a value beginning with = is no formula. Dates are serials, free of any zone. */
function excelValue(value: ModelCell['value']): ExcelJS.CellValue {
  if (typeof value === 'string') return shownText(value)
  if (value === null || typeof value !== 'object') return value
  const day = 'day' in value ? value.day : value.second / secondsPerDay
  // As in the sheets that are written row by row: a day Excel's calendar gets wrong is text.
  if (!hasSerial(day)) {
    return 'day' in value ? isoDay(value.day) : isoSecond(value.second).replace('T', ' ')
  }
  return day + epochSerial
}

function dateFormat(value: { day: number } | { second: number }): string {
  return 'day' in value ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss'
}
