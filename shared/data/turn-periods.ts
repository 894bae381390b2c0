/** Columns of periods as rows: named in the language of the sheet, so that every way in gives fields of the same names. */
import { textIn } from '../text/messages.ts'
import { freeName } from './dataset-name.ts'
import type { Unpivot } from './sheet-layout.ts'

/** `columns` are all of the sheet, the periods among them. */
export function turnPeriods(periods: readonly string[], columns: readonly string[]): Unpivot {
  const isChinese = [...columns, ...periods].some((name) => /\p{Script=Han}/u.test(name))
  const text = textIn(isChinese ? 'zh-CN' : 'en')
  const others = columns.filter((name) => !periods.includes(name))
  const name = freeName(text('import.periodColumn'), others)
  const value = freeName(text('import.valueColumn'), [...others, name])
  return { columns: [...periods], name, value }
}
