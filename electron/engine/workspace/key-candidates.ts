/** Columns that may be keys of one another, by their names and what they stand for; values decide afterwards. */
import type { RelationshipReason } from '../../../shared/data/import-words.ts'
import type { Meaning } from '../../../shared/data/meaning.ts'
import type { StoredDataset, StoredField } from './store/catalogue.ts'

export interface KeyCandidate {
  readonly from: { readonly dataset: string; readonly fields: readonly string[] }
  readonly to: { readonly dataset: string; readonly fields: readonly string[] }
  readonly reasons: readonly RelationshipReason[]
}

/** Fewer different values meet by chance. */
const fewestValues = 5
/** Looking through more would take longer than anybody waits for a proposal. */
const mostPairs = 300
const mostComposites = 24
/** Rows above which nothing is counted anew: what is known of the columns has to do. */
const mostRowsCounted = 3_000_000

const naming: ReadonlySet<Meaning | null | undefined> = new Set<Meaning>([
  'customer', 'order', 'product', 'shop', 'campaign',
]) // prettier-ignore

/** One field each, those whose names speak for it first. */
export function singleCandidates(datasets: readonly StoredDataset[]): KeyCandidate[] {
  const found = pairsOf(datasets).flatMap(([from, to]) =>
    to.fields
      .filter((key) => maybeUnique(key, to))
      .flatMap((key) =>
        from.fields.flatMap((field) => {
          if (!keyTypes.has(field.type) || isLoneSide(field, from, to)) return []
          const reasons = likeness(field, from, key, to)
          const byValues = reasons.length === 0 && worthComparing(field, key)
          return reasons.length > 0 || byValues
            ? [candidate(from, [field], to, [key], reasons)]
            : []
        }),
      ),
  )
  return found
    .toSorted((one, other) => Number(other.reasons.length > 0) - Number(one.reasons.length > 0))
    .slice(0, mostPairs)
}

/** Two or three fields together, for pairs of datasets in which no single one will do. */
export function compositeCandidates(
  datasets: readonly StoredDataset[],
  isPaired: (from: string, to: string) => boolean,
): KeyCandidate[] {
  return pairsOf(datasets)
    .filter(
      ([from, to]) =>
        !isPaired(from.id, to.id) && to.rows <= mostRowsCounted && from.rows >= to.rows,
    )
    .flatMap(([from, to]) => {
      const shared = sharedFields(from, to)
      return combinations(shared).map((chosen) =>
        candidate(
          from,
          chosen.map(([own]) => own),
          to,
          chosen.map(([, other]) => other),
          [
            { code: 'composite' },
            ...(chosen.every(([own, other]) => fold(own.name) === fold(other.name))
              ? [{ code: 'sameName' as const }]
              : []),
          ],
        ),
      )
    })
    .slice(0, mostComposites)
}

const keyTypes: ReadonlySet<string> = new Set(['text', 'integer'])

function pairsOf(datasets: readonly StoredDataset[]): (readonly [StoredDataset, StoredDataset])[] {
  return datasets.flatMap((from) =>
    datasets.flatMap((to) => (from.id === to.id ? [] : [[from, to] as const])),
  )
}

function candidate(
  from: StoredDataset,
  fields: readonly StoredField[],
  to: StoredDataset,
  keys: readonly StoredField[],
  reasons: readonly RelationshipReason[],
): KeyCandidate {
  return {
    from: { dataset: from.id, fields: fields.map(({ name }) => name) },
    to: { dataset: to.id, fields: keys.map(({ name }) => name) },
    reasons,
  }
}

/** Known to be unique, or not counted: then the values tell. Numbers that are measured are no keys. */
function maybeUnique(field: StoredField, { rows }: StoredDataset): boolean {
  if (!keyTypes.has(field.type) || field.role === 'measure' || rows === 0) return false
  if (field.distinct < 0) return field.blanks < rows && rows <= mostRowsCounted
  return field.distinct > 0 && field.distinct + field.blanks === rows
}

/** Of two unique sides the longer one counts as many, or they would be proposed both ways. */
function isLoneSide(field: StoredField, from: StoredDataset, to: StoredDataset): boolean {
  const unique = field.distinct > 0 && field.distinct + field.blanks === from.rows
  return field.role === 'measure' || (unique && from.rows <= to.rows)
}

function likeness(
  field: StoredField,
  from: StoredDataset,
  key: StoredField,
  to: StoredDataset,
): RelationshipReason[] {
  const reasons: RelationshipReason[] = []
  if (fold(field.name) === fold(key.name)) reasons.push({ code: 'sameName' })
  else if (isLike(stem(field.name, from.name), stem(key.name, to.name))) {
    reasons.push({ code: 'likeName' })
  }
  if (field.meaning != null && field.meaning === key.meaning && naming.has(field.meaning)) {
    reasons.push({ code: 'sameMeaning' })
  }
  return reasons
}

/** Texts with enough values, whatever they are called; whole numbers meet by chance. */
function worthComparing(field: StoredField, key: StoredField): boolean {
  return [field, key].every(
    ({ type, distinct, coded }) => type === 'text' && coded && distinct >= fewestValues,
  )
}

const fold = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

const endings = /(编码|编号|代码|号码|号|名称|[_\s-]?(id|code|no|nr|num|number|key|ref))$/

/** What a key names: `shop` of `shop_id`, `门店` of `门店编码`; a bare `id` names its dataset. */
function stem(name: string, dataset: string): string {
  const folded = fold(name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2'))
  const bare = folded.replace(endings, '')
  return (bare === '' ? fold(dataset) : bare).replace(/s$/, '')
}

/** `home_shop` and `shop`, `注册门店` and `门店`. */
function isLike(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length < 2 || !long.endsWith(short)) return false
  const before = long.charAt(long.length - short.length - 1)
  return before === '' || !/[a-z\d]/.test(before) || !/^[a-z\d]/.test(short)
}

type SharedField = readonly [StoredField, StoredField]

function sharedFields(from: StoredDataset, to: StoredDataset): SharedField[] {
  return to.fields
    .flatMap((key): SharedField[] => {
      if (!isPart(key)) return []
      const same = from.fields.find((field) => fold(field.name) === fold(key.name))
      const like = from.fields.find(
        (field) =>
          field.meaning != null && field.meaning === key.meaning && naming.has(key.meaning),
      )
      const partner = same ?? like
      return partner && isPart(partner) && suits(partner, key) ? [[partner, key]] : []
    })
    .slice(0, 4)
}

const isPart = ({ type, role }: StoredField): boolean =>
  role !== 'measure' && (type === 'text' || type === 'integer' || type === 'date')

const suits = (one: StoredField, other: StoredField): boolean =>
  (one.type === 'date') === (other.type === 'date')

function combinations(shared: readonly SharedField[]): SharedField[][] {
  const pairs = shared.flatMap((one, at) => shared.slice(at + 1).map((other) => [one, other]))
  const threes = shared.flatMap((one, at) =>
    shared
      .slice(at + 1)
      .flatMap((two, next) => shared.slice(at + next + 2).map((three) => [one, two, three])),
  )
  return [...pairs, ...threes]
}
