/** What was chosen for files of the same columns the last time: taken again and kept for the next, as the page does. */
import type {
  ColumnOverride,
  ImportOrder,
  RememberedChoices,
  SourcePart,
} from '../../../shared/data/import-words.ts'
import type { SheetLayout } from '../../../shared/data/sheet-layout.ts'
import type { Text } from '../../../shared/text/messages.ts'

/** What the command line itself says of how files are read. */
export interface SaidChoices {
  readonly into: string | undefined
  readonly encoding: string | undefined
  readonly layout: SheetLayout
  readonly tags: readonly ColumnOverride[]
}

/** What the order of one dataset takes from the last time and from the command line, which goes before it. */
export interface JoinedChoices {
  readonly encoding: string | undefined
  readonly layout: SheetLayout
  readonly overrides: ColumnOverride[]
  readonly remember: NonNullable<ImportOrder['remember']>
}

export function joinChoices(
  first: SourcePart,
  before: RememberedChoices | undefined,
  { into, encoding: said, layout: laidOut, tags }: SaidChoices,
): JoinedChoices {
  const encoding = said ?? before?.encoding
  const layout = { ...before?.layout, ...laidOut }
  const name = into ?? before?.name
  const known = new Set(first.columns.map((column) => column.name))
  const kept = (before?.overrides ?? []).filter(({ column }) => known.has(column))
  const overrides = new Map([...kept, ...tags].map((one) => [one.column, one]))
  for (const one of kept) {
    overrides.set(one.column, { ...one, ...tags.find(({ column }) => column === one.column) })
  }
  return {
    encoding,
    layout,
    overrides: [...overrides.values()],
    remember: {
      shape: first.fingerprint,
      ...(name === undefined ? {} : { name }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(Object.keys(layout).length === 0 ? {} : { layout }),
    },
  }
}

/** Undefined where nothing was taken that would be read otherwise; names are those of the files. */
export function takenSentence(before: RememberedChoices, text: Text): string | undefined {
  const parts = [
    ...(before.encoding === undefined ? [] : [text('lastTime.encoding')]),
    ...(before.layout === undefined ? [] : [text('lastTime.layout')]),
    ...(before.overrides.length === 0
      ? []
      : [text('lastTime.columns', { count: before.overrides.length })]),
  ]
  if (parts.length === 0) return undefined
  return text('lastTime.taken', { parts: parts.join(text('list.separator')) })
}
