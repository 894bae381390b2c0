/** Reads a small table of holidays out of any file an import reads, in a job process with the same limits. */
import { holidaysOf } from '../../../../shared/calendar/holiday-table.ts'
import type { ReadHolidays } from '../../../../shared/calendar/calendar-words.ts'
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { refusal, sourceLimits } from '../../sources/source-limits.ts'
import { readSamples } from './inspect-sample.ts'
import { openFile } from './part-reader.ts'

export interface ReadHolidaysOrder {
  readonly path: string
  readonly tempFolder: string
}

/** More than these are no holidays of any chain. */
const mostRows = 2000

export async function readHolidays({ path, tempFolder }: ReadHolidaysOrder): Promise<ReadHolidays> {
  const opened = await openFile({ path }, sourceLimits, tempFolder)
  try {
    const reader = opened.reader(undefined, undefined)
    if (!reader) throw refusal('dataset/empty')
    for (const { columns, rows } of await readSamples(
      reader,
      { keepTotals: true },
      { shown: mostRows },
    )) {
      const found = holidaysOf(
        columns.map(({ name }) => name),
        rows,
      )
      if (found) return found
    }
    throw new AppErrorException(appError('calendar/noHolidays'))
  } finally {
    await opened.close()
  }
}
