import type { DatasetInfo } from '../../shared/data/dataset.ts'
import type { Field } from '../../shared/data/field.ts'
import type {
  ColumnOverride,
  ImportOrder,
  ImportPart,
  OverlapChoice,
  RememberedChoices,
  SourcePart,
} from '../../shared/data/import-words.ts'
import { freeName } from '../../shared/data/dataset-name.ts'
import { isPlainSheetName } from '../../shared/data/sheet-names.ts'
import { hasSheets } from '../../shared/data/source-kind.ts'
import { roleFound } from './planned-preview.ts'

/** By file, for as long as the dialog is open. */
export type Passwords = Readonly<Record<string, string>>

/** What happens to a dataset of the same name; `null` until the user has said so. */
export type NameChoice = 'replace' | 'append' | null

/** One dataset to be: from one part, or from several of one shape. */
export interface PlannedDataset {
  readonly key: string
  readonly name: string
  readonly parts: readonly SourcePart[]
  readonly included: boolean
  /** Ask the SQLite file itself instead of reading it in. */
  readonly live: boolean
  readonly choice: NameChoice
  /** New files of the folder its files lie in join it at every refresh. */
  readonly growing: boolean
  readonly overrides: Readonly<Record<string, Omit<ColumnOverride, 'column'>>>
  /** What its user chose of name, encoding and layout; the rest is as found. */
  readonly chosen: Choices
  /** As the files were understood before anything was chosen. */
  readonly found: readonly SourcePart[]
  readonly foundName: string
  /** Whether what was chosen the last time is taken again; null where nothing was. */
  readonly lastTime: 'taken' | 'left' | null
}

export type Choices = Pick<RememberedChoices, 'encoding' | 'layout'>
export const noChoices: Choices = {}

export type ImportPlan = readonly PlannedDataset[]

/** Why a dataset of the plan cannot be made yet. */
export type PlanFault = 'noName' | 'nameTwice' | 'nameTaken' | 'nameBeingMade'

/** A dataset another import is making or changing now, and the files it reads for it. */
export interface Beside {
  readonly name: string
  readonly files: readonly string[]
}

const stemOf = (fileName: string): string => fileName.replace(/\.[^.]+$/, '')

function commonStart(texts: readonly string[]): string {
  const [first = '', ...rest] = texts
  let length = first.length
  for (const text of rest) while (!text.startsWith(first.slice(0, length))) length -= 1
  return first.slice(0, length).replace(/[\s\d_\-–.（(]+$/u, '')
}

/** The words people would use: the sheet or table, the file when that says more, what all files have in common. */
export function nameOf(parts: readonly SourcePart[], all: readonly SourcePart[]): string {
  const [first] = parts
  if (!first) return ''
  const stem = stemOf(first.fileName)
  if (parts.length === 1) {
    if (first.title !== undefined) return first.title
    const alone = all.filter(({ file }) => file === first.file).length === 1
    const saysNothing = first.part === undefined || isPlainSheetName(first.part)
    if (saysNothing || (alone && hasSheets(first.kind))) return stem
    return first.part ?? stem
  }
  const files = new Set(parts.map(({ file }) => file))
  if (files.size === 1) return stem
  const common = commonStart([...new Set(parts.map(({ fileName }) => stemOf(fileName)))])
  return common.length >= 2 ? common : stem
}

export const keyOf = ({ file, part, layout }: SourcePart): string =>
  JSON.stringify([file, part ?? null, layout.range ?? null])

/** Sheets a workbook hides are offered, but come in only when someone ticks them. */
export const isHidden = ({ hidden }: SourcePart): boolean => hidden === true

/** A sheet of notes is no table, and comes in only when someone ticks it. */
export const isNote = ({ note }: SourcePart): boolean => note !== undefined

const isAside = (part: SourcePart): boolean => isHidden(part) || isNote(part)

function planned(
  parts: readonly SourcePart[],
  all: readonly SourcePart[],
  used: readonly string[],
): PlannedDataset {
  const name = freeName(nameOf(parts, all), used)
  return {
    key: parts.map(keyOf).join(),
    name,
    parts,
    ...{ found: parts, foundName: name, chosen: noChoices, lastTime: null },
    included: !parts.every(isAside),
    live: false,
    choice: null,
    growing: false,
    overrides: {},
  }
}

/** Parts of one shape become one dataset, in the order they were chosen; names are unique within the plan. */
export function planImport(parts: readonly SourcePart[]): ImportPlan {
  const groups = Map.groupBy(parts, (part) => `${part.fingerprint} ${isAside(part)}`)
  const shown = parts.filter((part) => !isAside(part))
  const plan: PlannedDataset[] = []
  for (const group of groups.values()) {
    const used = plan.map(({ name }) => name)
    plan.push(planned(group, group.every(isAside) ? parts : shown, used))
  }
  return plan
}

/** Keeps the parts of a dataset apart: one dataset each, in its place. */
export function splitDataset(plan: ImportPlan, key: string): ImportPlan {
  const all = plan.flatMap(({ parts }) => parts)
  const used = plan.filter((one) => one.key !== key).map(({ name }) => name)
  return plan.flatMap((one) => {
    if (one.key !== key) return [one]
    return one.parts.map((part) => {
      const single = planned([part], all, used)
      used.push(single.name)
      return { ...single, overrides: one.overrides }
    })
  })
}

/** Puts all parts of one shape together again, where the first of them stands. */
export function joinDatasets(plan: ImportPlan, fingerprint: string): ImportPlan {
  const fits = (one: PlannedDataset): boolean => one.parts[0]?.fingerprint === fingerprint
  const members = plan.filter(fits)
  const [first] = members
  if (!first || members.length < 2) return plan
  const all = plan.flatMap(({ parts }) => parts)
  const used = plan.filter((one) => !fits(one)).map(({ name }) => name)
  const parts = members.flatMap((one) => one.parts)
  const joined = { ...planned(parts, all, used), overrides: first.overrides }
  return plan.flatMap((one) => (one === first ? [joined] : fits(one) ? [] : [one]))
}

/** Whether other datasets of the plan have the same shape as this one. */
export function hasTwins(plan: ImportPlan, dataset: PlannedDataset): boolean {
  const fingerprint = dataset.parts[0]?.fingerprint
  return plan.some((one) => one !== dataset && one.parts[0]?.fingerprint === fingerprint)
}

export const canBeLive = ({ parts }: PlannedDataset): boolean =>
  parts.length === 1 && parts[0]?.kind === 'sqlite'

/** Columns whose texts bear marks that can be taken off. */
export const markedColumns = ({ parts }: PlannedDataset): ReadonlySet<string> =>
  new Set(
    parts.flatMap(({ remarks = [] }) =>
      remarks.flatMap(({ code, column }) => (code === 'textMarks' && column ? [column] : [])),
    ),
  )

export const mergedColumns = ({ parts }: PlannedDataset): ReadonlySet<string> =>
  new Set(
    parts.flatMap(({ columns, merged = [] }) =>
      merged.flatMap(({ column }) => columns[column]?.name ?? []),
    ),
  )

/** Keeps only what differs from what was found. */
export function overrideColumn(
  dataset: PlannedDataset,
  column: string,
  part: Omit<ColumnOverride, 'column'>,
): PlannedDataset {
  const found = dataset.parts[0]?.columns.find(({ name }) => name === column)
  const next = { ...dataset.overrides[column], ...part }
  const { [column]: _, ...others } = dataset.overrides
  const kept = {
    ...(next.type === undefined || next.type === found?.type ? {} : { type: next.type }),
    ...(next.role === undefined || (found && next.role === roleFound(found, next.type))
      ? {}
      : { role: next.role }),
    ...(next.dateOrder === undefined ? {} : { dateOrder: next.dateOrder }),
    ...(next.fillMerged === undefined ? {} : { fillMerged: next.fillMerged }),
    ...(next.trimMarks === undefined ? {} : { trimMarks: next.trimMarks }),
    // It makes another type of the column: with the type found it goes as well.
    ...(next.decimalMark === undefined || next.type === found?.type
      ? {}
      : { decimalMark: next.decimalMark }),
    ...tagsBeside(next, found),
  }
  const overrides = Object.keys(kept).length === 0 ? others : { ...others, [column]: kept }
  return { ...dataset, overrides }
}

/** The whole file may propose what its first rows did not: a word of the user's holds only where it says otherwise. */
function tagsBeside(
  { meaning, personal }: Omit<ColumnOverride, 'column'>,
  found: Field | undefined,
): Pick<ColumnOverride, 'meaning' | 'personal'> {
  return {
    ...(meaning === undefined || meaning === (found?.meaning ?? null) ? {} : { meaning }),
    ...(personal === undefined || personal === (found?.personal ?? null) ? {} : { personal }),
  }
}

/** A rule chosen once the whole file was read: what was found in its first rows no longer matters. */
export function withRule(
  dataset: PlannedDataset,
  column: string,
  rule: Omit<ColumnOverride, 'column'>,
): PlannedDataset {
  const overrides = { ...dataset.overrides, [column]: { ...dataset.overrides[column], ...rule } }
  return { ...dataset, overrides, choice: 'replace' }
}

export function existingDataset(
  name: string,
  datasets: readonly DatasetInfo[],
): DatasetInfo | undefined {
  const wanted = name.trim().toLowerCase()
  return datasets.find((dataset) => dataset.name.toLowerCase() === wanted)
}

/** What another import does with the dataset of this name. */
export function besideOf(name: string, beside: readonly Beside[]): Beside | undefined {
  const wanted = name.trim().toLowerCase()
  return beside.find((one) => one.name.toLowerCase() === wanted)
}

/** The names under which other imports read a file of this one, or one called alike. */
export function alsoReadAs({ parts }: PlannedDataset, beside: readonly Beside[]): string[] {
  const own = new Set(parts.map(({ fileName }) => fileName))
  return beside.filter(({ files }) => files.some((file) => own.has(file))).map(({ name }) => name)
}

export function planFault(
  plan: ImportPlan,
  dataset: PlannedDataset,
  datasets: readonly DatasetInfo[],
  beside: readonly Beside[] = [],
): PlanFault | null {
  if (!dataset.included) return null
  const name = dataset.name.trim().toLowerCase()
  if (name === '') return 'noName'
  const same = plan.filter((one) => one.included && one.name.trim().toLowerCase() === name)
  if (same.length > 1) return 'nameTwice'
  const taken = existingDataset(dataset.name, datasets) !== undefined
  // One that is there is changed after the other import, in turn; a new one cannot be made twice.
  if (!taken && besideOf(dataset.name, beside)) return 'nameBeingMade'
  return taken && (dataset.choice === null || dataset.live) ? 'nameTaken' : null
}

export function planIsReady(
  plan: ImportPlan,
  datasets: readonly DatasetInfo[],
  beside: readonly Beside[] = [],
): boolean {
  const wanted = plan.filter(({ included }) => included)
  return wanted.length > 0 && wanted.every((one) => planFault(plan, one, datasets, beside) === null)
}

/** A part as it was understood, so that it is read as it was shown. */
export function askedPart(
  { file, part, encoding, layout }: SourcePart,
  passwords: Passwords,
): ImportPart {
  const password = passwords[file]
  return {
    file,
    ...(password === undefined ? {} : { password }),
    ...(part === undefined ? {} : { part }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(Object.keys(layout).length === 0 ? {} : { layout }),
  }
}

function orderOf(
  dataset: PlannedDataset,
  datasets: readonly DatasetInfo[],
  passwords: Passwords,
  overlap: OverlapChoice,
  untaken: readonly string[],
): ImportOrder {
  const taken = existingDataset(dataset.name, datasets) !== undefined
  return {
    name: dataset.name.trim(),
    parts: dataset.parts.map((part) => askedPart(part, passwords)),
    mode: taken ? (dataset.choice ?? 'fail') : 'fail',
    ...(dataset.growing ? { growing: true } : {}),
    ...(dataset.growing && untaken.length > 0 ? { leaveOut: [...untaken] } : {}),
    ...(overlap === 'ask' ? {} : { overlap }),
    overrides: Object.entries(dataset.overrides).map(([column, part]) => ({ column, ...part })),
    ...rememberedAs(dataset),
  }
}

/** For the next file of these columns. A name that was only proposed is proposed anew. */
function rememberedAs({
  found: [first],
  foundName,
  name,
  chosen,
}: PlannedDataset): Pick<ImportOrder, 'remember'> {
  if (first === undefined) return {}
  const own = name.trim() === foundName ? {} : { name: name.trim() }
  return { remember: { shape: first.fingerprint, ...own, ...chosen } }
}

/** What the engine is asked to do: read in, and connect. */
export function planOrders(
  plan: ImportPlan,
  datasets: readonly DatasetInfo[],
  passwords: Passwords = {},
  overlap: OverlapChoice = 'ask',
): { readonly orders: ImportOrder[]; readonly live: PlannedDataset[] } {
  const wanted = plan.filter(({ included }) => included)
  const taken = new Set(wanted.flatMap(({ parts }) => parts.map(({ file }) => file)))
  const seen = new Set(plan.flatMap(({ parts }) => parts.map(({ file }) => file)))
  const untaken = [...seen].filter((file) => !taken.has(file))
  return {
    orders: wanted
      .filter(({ live }) => !live)
      .map((one) => orderOf(one, datasets, passwords, overlap, untaken)),
    live: wanted.filter(({ live }) => live),
  }
}
