/** Which days a cell stands for where a top-N leaves some periods of a date, by the lines of the whole answer. */
import type { DaySpan } from '../../../../shared/calendar/comparison.ts'
import type { SpanGrain } from '../../../../shared/calendar/period-spans.ts'
import { isSpanGrain } from '../../../../shared/calendar/period-spans.ts'
import type { Member } from '../../../../shared/data/cell-value.ts'
import { othersMember } from '../../../../shared/data/cell-value.ts'
import { AppErrorException } from '../../../../shared/errors.ts'
import { intersect, spanOfMember, united } from '../../../../shared/query/member-span.ts'
import type { AxisField, ReportQuery } from '../../../../shared/query/report-query.ts'
import type { CellAddress } from '../../../../shared/query/row-list.ts'
import { calendarOf } from '../resolve.ts'
import { runQuery } from '../run-query.ts'
import { contextOf } from '../top-members.ts'
import type { Lines } from './proof-operands.ts'
import type { ScanContext } from './scan-rows.ts'

type Path = readonly Member[]

/** Undefined where no top-N cuts periods of the date, one keeps other members in each of them, or the cell is of all days. */
export async function cutDaysOf(
  query: ReportQuery,
  over: string,
  cell: CellAddress,
  lines: Lines,
  context: ScanContext,
): Promise<DaySpan[] | undefined> {
  if (!cutsPeriods(query, over)) return undefined
  const reader = new LineDays(query, over, context)
  let days: DaySpan[] | undefined
  for (const axis of ['rows', 'columns'] as const) {
    const path = axis === 'rows' ? cell.row : cell.column
    const own = await reader.under(query[axis], path, lines[axis])
    if (own) days = days === undefined ? own : intersect(days, own)
  }
  return days
}

function cutsPeriods({ rows, columns }: ReportQuery, over: string): boolean {
  const tops = [rows, columns].flatMap((uses) => {
    const from = uses.findIndex(({ field }) => field === over)
    return from < 0 ? [] : uses.slice(from).filter(({ top }) => top)
  })
  return tops.length > 0 && tops.every(({ field, grain }) => field === over && isSpanGrain(grain ?? 'day')) // prettier-ignore
}

class LineDays {
  readonly #query: ReportQuery
  readonly #over: string
  readonly #context: ScanContext

  constructor(query: ReportQuery, over: string, context: ScanContext) {
    this.#query = query
    this.#over = over
    this.#context = context
  }

  /** Of all lines under a path that name their periods in full. */
  async under(
    uses: readonly AxisField[],
    path: Path,
    lines: readonly Path[],
  ): Promise<DaySpan[] | undefined> {
    const isDate = ({ field }: AxisField): boolean => field === this.#over
    const cut = uses.findLastIndex((use) => isDate(use) && use.top && use.top.others !== true)
    const depth = Math.max(path.length, cut + 1)
    if (!uses.slice(0, depth).some(isDate)) return undefined
    const prefixes = lines
      .filter((line) => line.length >= depth && path.every((member, at) => member === line[at]))
      .map((line) => JSON.stringify(line.slice(0, depth)))
    const days: DaySpan[] = []
    for (const prefix of new Set(prefixes)) {
      days.push(...(await this.#ofLine(uses, JSON.parse(prefix) as Path, lines)))
    }
    return united(days)
  }

  async #ofLine(
    uses: readonly AxisField[],
    line: Path,
    lines: readonly Path[],
  ): Promise<DaySpan[]> {
    const { catalog } = this.#context
    const calendar = calendarOf(this.#query, catalog)
    let days: DaySpan[] | undefined
    for (const [at, member] of line.entries()) {
      const use = uses[at]
      if (use?.field !== this.#over) continue
      const grain = (use.grain ?? 'day') as SpanGrain
      const members = member === othersMember ? await this.#restOf(use, line.slice(0, at), lines) : [member] // prettier-ignore
      const own = united(members.flatMap((one) => spanOfMember(grain, one, calendar) ?? []))
      days = days === undefined ? own : intersect(days, own)
    }
    return days ?? []
  }

  /** Periods there are that have no line of their own beside Others. */
  async #restOf(
    { field, grain }: AxisField,
    parent: Path,
    lines: readonly Path[],
  ): Promise<Member[]> {
    const { catalog, tools, signal } = this.#context
    const { dataset, filters } = this.#query
    const asked: ReportQuery = {
      ...{ ...contextOf(this.#query), dataset, filters },
      ...{ rows: [{ field, ...(grain === undefined ? {} : { grain }) }], columns: [] },
      measures: [{ aggregate: 'count', as: 'rows' }],
      totals: { rows: 'none', columns: 'none' },
    }
    const answer = await runQuery(asked, catalog, tools, signal)
    if (!answer.ok) throw new AppErrorException(answer.error)
    const named = new Set(
      lines
        .filter((line) => parent.every((member, at) => member === line[at]))
        .map((line) => line[parent.length]),
    )
    return answer.value.rows.paths.flatMap(([member = null]) => (named.has(member) ? [] : [member]))
  }
}
