/** The datasets a command line makes of what was found in its files, and how their columns are to be read. */
import { basename, extname } from 'node:path'
import type {
  ImportPart,
  RememberedChoices,
  SourcePart,
} from '../../../shared/data/import-words.ts'
import { freeName, isLongName } from '../../../shared/data/dataset-name.ts'
import type { SheetLayout } from '../../../shared/data/sheet-layout.ts'
import { isPlainSheetName } from '../../../shared/data/sheet-names.ts'
import { turnPeriods } from '../../../shared/data/turn-periods.ts'
import { nearestName } from '../../../shared/expression/nearest-name.ts'
import { AppErrorException, appError } from '../../../shared/errors.ts'
import type { PreparedImportOrder } from '../../../shared/preparation/recipe-words.ts'
import type { Recipe } from '../../../shared/preparation/recipe.ts'
import type { ChosenReading } from './last-time.ts'
import { chosenOverrides, chosenReading, takenSentence } from './last-time.ts'
import type { CommandRun } from './command.ts'
import type { Session } from './session.ts'

/** What a command line says of how its files become datasets. */
export interface OrderAsk {
  readonly into: string | undefined
  readonly mode: PreparedImportOrder['mode']
  readonly overlap: 'refuse' | 'replace' | 'keep' | 'skip'
  readonly growing: boolean
  readonly headerRow: number | undefined
  readonly keepTotals: boolean
  readonly totalsByWord: boolean
  /** Columns of periods become rows, or stay columns although they became rows the last time. */
  readonly unpivot: 'rows' | 'columns' | undefined
  /** For every dataset the files make; a dataset that is there keeps its own without one. */
  readonly recipe: Recipe | undefined
  readonly encoding: string | undefined
  /** One sign, in text files. */
  readonly delimiter: string | undefined
  /** For every protected file among them. */
  readonly password: string | undefined
  readonly columns: PreparedImportOrder['overrides']
  /** Nothing that was chosen for files of the same columns before. */
  readonly asFound: boolean
}

/** One dataset to be: its parts, and how they are read. */
interface Plan {
  readonly name: string
  readonly first: SourcePart
  readonly before: RememberedChoices | undefined
  readonly reading: ChosenReading
  readonly parts: readonly { readonly found: SourcePart; readonly order: ImportPart }[]
}

/** One dataset a part, named after it, unless all go into one. Rejects where a column is named that is in none of them. */
export async function ordersOf(
  run: CommandRun,
  session: Session,
  ask: OrderAsk,
  chosen: readonly SourcePart[],
): Promise<PreparedImportOrder[]> {
  const parts = wholeSheets(ask, chosen)
  const [first, ...others] = parts
  if (first === undefined) return []
  const plans =
    ask.into === undefined
      ? namedParts(parts).map(({ name, part }) => planOf(ask, name, [part]))
      : [planOf(ask, ask.into, [first, ...others])]
  const orders: PreparedImportOrder[] = []
  const known = new Set<string>()
  for (const plan of plans) {
    const columns = await columnsRead(session, ask, plan)
    for (const name of columns) known.add(name)
    const taken = plan.before && takenSentence(plan.before, run.text)
    if (taken !== undefined) run.terminal.say(`${plan.name}: ${taken}`)
    orders.push(orderOf(ask, plan, columns))
  }
  refuseUnknownColumns(ask, known)
  return orders
}

function planOf(ask: OrderAsk, name: string, own: readonly [SourcePart, ...SourcePart[]]): Plan {
  const [first] = own
  const before = ask.asFound ? undefined : first.remembered
  const said = { encoding: ask.encoding, layout: saidLayout(ask, first) }
  const reading = chosenReading(before, said)
  const { encoding } = reading
  const parts = own.map((found) => ({
    found,
    order: {
      file: found.file,
      ...(found.part === undefined ? {} : { part: found.part }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(ask.password === undefined ? {} : { password: ask.password }),
      layout: layoutOf(ask, reading, found),
    },
  }))
  return { name, first, before, reading, parts }
}

function orderOf(ask: OrderAsk, plan: Plan, columns: readonly string[]): PreparedImportOrder {
  const { first, before, reading } = plan
  const name = ask.into ?? before?.name
  return {
    name: plan.name,
    mode: ask.mode,
    ...(ask.growing ? { growing: true } : {}),
    ...(ask.overlap === 'refuse' ? {} : { overlap: ask.overlap }),
    ...(ask.recipe === undefined ? {} : { recipe: ask.recipe }),
    overrides: chosenOverrides(columns, before, ask.columns),
    remember: {
      shape: first.fingerprint,
      ...(name === undefined ? {} : { name }),
      ...(reading.encoding === undefined ? {} : { encoding: reading.encoding }),
      ...(Object.keys(reading.layout).length === 0 ? {} : { layout: reading.layout }),
    },
    parts: plan.parts.map(({ order }) => order),
  }
}

/** The names of all its columns; where it is read otherwise than it was found, they may be others. */
async function columnsRead(session: Session, ask: OrderAsk, plan: Plan): Promise<string[]> {
  const names = (parts: readonly SourcePart[]): string[] =>
    parts.flatMap(({ columns }) => columns.map(({ name }) => name))
  const { before, parts } = plan
  const isSaid = ask.columns.length > 0 || (before?.overrides.length ?? 0) > 0
  const others = parts.filter(({ found, order }) => isReadOtherwise(found, order))
  if (!isSaid || others.length === 0) return names(parts.map(({ found }) => found))
  const files = [...new Set(others.map(({ order }) => order.file))]
  const passwords = Object.fromEntries(files.map((file) => [file, ask.password ?? '']))
  const again = await session.call('files.inspect', {
    files,
    parts: others.map(({ order }) => order),
    ...(ask.password === undefined ? {} : { passwords }),
  })
  const asFound = parts.filter((one) => !others.includes(one))
  return names([...asFound.map(({ found }) => found), ...again.parts])
}

const isReadOtherwise = (found: SourcePart, { layout, encoding }: ImportPart): boolean =>
  JSON.stringify(layout) !== JSON.stringify(found.layout) ||
  (encoding !== undefined && encoding !== found.encoding)

const mostKnown = 50

function refuseUnknownColumns({ columns }: OrderAsk, known: ReadonlySet<string>): void {
  const stray = columns.find(({ column }) => !known.has(column))
  if (stray === undefined) return
  const near = nearestName(stray.column, known)
  const more = near === undefined ? {} : { near }
  const names = [...known].slice(0, mostKnown)
  const details = { field: stray.column, known: names, ...more }
  throw new AppErrorException(appError('dataset/fieldMissing', details))
}

/** After the sheet or table, else the file; tables that share a sheet by what stands above them, or by their number. */
function namedParts(parts: readonly SourcePart[]): { name: string; part: SourcePart }[] {
  const taken: string[] = []
  return parts.map((part) => {
    const own = part.part === undefined || isPlainSheetName(part.part) ? undefined : part.part
    const plain = own ?? plainName(part.fileName)
    const wanted = part.layout.range === undefined ? plain : (part.title ?? plain)
    const counted = part.layout.range !== undefined || part.part !== own
    // Two files of one name are refused later, unless they were called alike here.
    const name = counted || isLongName(wanted) ? freeName(wanted, taken) : wanted
    taken.push(name)
    return { name, part }
  })
}

const plainName = (fileName: string): string => basename(fileName, extname(fileName))

/** A header row that was said goes with the whole sheet; everything else is read as it was found. */
function layoutOf(
  { headerRow, delimiter }: OrderAsk,
  { layout: chosen, encoding }: ChosenReading,
  { layout, encoding: found }: SourcePart,
): SheetLayout {
  // In other words, or cut otherwise, the names may stand elsewhere.
  const other = delimiter !== undefined || (encoding !== undefined && encoding !== found)
  return { ...(headerRow !== undefined || other ? {} : layout), ...chosen }
}

/** What the command line says of the layout. */
function saidLayout(ask: OrderAsk, { periods, columns }: SourcePart): Partial<SheetLayout> {
  const names = columns.map(({ name }) => name)
  return {
    ...(ask.headerRow === undefined ? {} : { headerRow: ask.headerRow }),
    ...(ask.delimiter === undefined ? {} : { delimiter: ask.delimiter }),
    ...(ask.keepTotals ? { keepTotals: true } : {}),
    ...(ask.totalsByWord ? { totalsByWord: true } : {}),
    ...(ask.unpivot === 'rows' && periods ? { unpivot: turnPeriods(periods, names) } : {}),
    ...(ask.unpivot === 'columns' ? { unpivot: undefined } : {}),
  }
}

/** Tables that share a sheet are one again when its header row was said. */
function wholeSheets(ask: OrderAsk, parts: readonly SourcePart[]): SourcePart[] {
  if (ask.headerRow === undefined) return [...parts]
  const first = new Map<string, SourcePart>()
  for (const one of parts) {
    const key = JSON.stringify([one.file, one.part])
    if (!first.has(key)) first.set(key, { ...one, layout: {} })
  }
  return [...first.values()]
}
