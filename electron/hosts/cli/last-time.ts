/** What was chosen for files of the same columns the last time: taken again and kept for the next, as the page does. */
import type { ColumnOverride, RememberedChoices } from '../../../shared/data/import-words.ts'
import type { SheetLayout } from '../../../shared/data/sheet-layout.ts'
import type { Text } from '../../../shared/text/messages.ts'

/** In which encoding and layout the files of one dataset are read. */
export interface ChosenReading {
  readonly encoding: string | undefined
  readonly layout: SheetLayout
}

/** What the command line says goes before what was chosen; said to be undefined, it is as found. */
export function chosenReading(
  before: RememberedChoices | undefined,
  said: { readonly encoding: string | undefined; readonly layout: Partial<SheetLayout> },
): ChosenReading {
  const layout = Object.entries({ ...before?.layout, ...said.layout })
  return {
    encoding: said.encoding ?? before?.encoding,
    layout: Object.fromEntries(layout.filter(([, value]) => value !== undefined)),
  }
}

/** Settings of columns it does not have are left behind. */
export function chosenOverrides(
  columns: readonly string[],
  before: RememberedChoices | undefined,
  said: readonly ColumnOverride[],
): ColumnOverride[] {
  const known = new Set(columns)
  const kept = (before?.overrides ?? []).filter(({ column }) => known.has(column))
  const overrides = new Map([...kept, ...said].map((one) => [one.column, one]))
  for (const one of kept) {
    const own = said.find(({ column }) => column === one.column)
    if (own !== undefined) overrides.set(one.column, { ...withoutType(one, own), ...own })
  }
  return [...overrides.values()]
}

/** A type that is said is a new one: how the former was read goes with it. */
function withoutType(before: ColumnOverride, said: ColumnOverride): ColumnOverride {
  if (said.type === undefined) return before
  const { type: _t, role: _r, dateOrder: _o, decimalMark: _m, ...rest } = before
  return rest
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
