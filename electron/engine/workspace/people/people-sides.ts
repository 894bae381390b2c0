/** Which columns of a member list are compared: proposed from what columns stand for, and found again by name. */
import { AppErrorException, appError } from '../../../../shared/errors.ts'
import { isTemporal } from '../../../../shared/data/field.ts'
import type {
  PeopleSettings,
  PeopleSource,
  TraitFields,
} from '../../../../shared/people/settings.ts'
import { comparable, traits } from '../../../../shared/people/settings.ts'
import type { ColumnAt, PeopleSide } from '../../runner/people/people-order.ts'
import type { StoredDataset, StoredField } from '../store/catalogue.ts'
import type { Workspace } from '../workspace.ts'

const genderNames = /^(性别|gender|sex)$/i

/** Member lists of the workspace, the asked one first; a list without a key of its own is proposed only when it is asked. */
export function proposedSources(workspace: Workspace, asked: string): PeopleSource[] {
  const datasets = workspace.catalogue.datasets().filter(({ file }) => file !== null)
  return datasets
    .map((dataset) => proposedSource(dataset))
    .filter(({ dataset, key, fields }) => dataset === asked || (key !== null && comparable(fields)))
    .toSorted((a, b) => Number(b.dataset === asked) - Number(a.dataset === asked))
}

function proposedSource(dataset: StoredDataset): PeopleSource {
  const { fields } = dataset
  const customers = fields.filter(({ meaning }) => meaning === 'customer')
  const times = fields.filter(({ type, personal }) => isTemporal(type) && personal !== 'birthday')
  const newest = times.find(({ meaning }) => meaning === 'time') ?? times[0]
  return {
    dataset: dataset.id,
    key: customers.find((field) => isKey(dataset, field))?.name ?? null,
    fields: proposedFields(fields),
    newest: newest?.name ?? null,
  }
}

/** A long list's keys are not counted; that they stand for customers has to do. */
function isKey({ rows }: StoredDataset, { type, distinct, blanks }: StoredField): boolean {
  const isUncounted = distinct < 0 && type === 'text'
  return isUncounted || (distinct > 0 && distinct + blanks === rows) || type === 'integer'
}

function proposedFields(fields: readonly StoredField[]): TraitFields {
  const found = traits.flatMap((trait) => {
    const field =
      trait === 'gender'
        ? fields.find(({ name }) => genderNames.test(name.trim()))
        : fields.find(({ personal }) => personal === trait)
    return field === undefined ? [] : [[trait, field.name] as const]
  })
  return Object.fromEntries(found)
}

/** Throws AppErrorException: `people/nothingToCompare`, `dataset/notFound`, `dataset/fieldMissing`. */
export function sidesOf(workspace: Workspace, settings: PeopleSettings): PeopleSide[] {
  const sides = settings.sources.map((source) => sideOf(workspace, source))
  if (!settings.sources.some(({ fields }) => comparable(fields))) {
    throw new AppErrorException(appError('people/nothingToCompare'))
  }
  return sides
}

function sideOf(
  workspace: Workspace,
  { dataset: id, key, fields, newest }: PeopleSource,
): PeopleSide {
  const dataset = workspace.catalogue.dataset(id)
  if (dataset?.file == null) throw new AppErrorException(appError('dataset/notFound', { dataset: id })) // prettier-ignore
  const at = (name: string): ColumnAt => {
    const index = dataset.fields.findIndex((field) => field.name === name)
    const field = dataset.fields[index]
    if (field === undefined) {
      throw new AppErrorException(
        appError('dataset/fieldMissing', { field: name, dataset: dataset.name }),
      )
    }
    return { index, type: field.type, coded: field.coded }
  }
  const compared = traits.flatMap((trait) => {
    const name = fields[trait]
    return name === undefined ? [] : [[trait, at(name)] as const]
  })
  return {
    ...{ dataset: id, path: workspace.extractPath(dataset.file), rows: dataset.rows },
    key: key === null ? null : at(key),
    fields: Object.fromEntries(compared),
    newest: newest === null ? null : at(newest),
  }
}

/** Person fields must not hide fields of any list; all lists call them the same. */
export function freeWords(workspace: Workspace, settings: PeopleSettings): PeopleSettings {
  const { words, sources } = settings
  const ids = new Set(sources.map(({ dataset }) => dataset))
  const datasets = workspace.catalogue.datasets().filter(({ id }) => ids.has(id))
  const taken = new Set(datasets.flatMap(({ fields }) => fields.map(({ name }) => name)))
  const free = (name: string): string => {
    let made = name
    for (let number = 2; taken.has(made); number++) made = `${name} ${number}`
    taken.add(made)
    return made
  }
  const person = free(words.person)
  const accounts = free(words.accounts)
  const { name, phone, birthday, email, idNumber, address } = words.shown
  const shown = {
    ...{ name: free(name), phone: free(phone), birthday: free(birthday) },
    ...{ email: free(email), idNumber: free(idNumber), address: free(address) },
  }
  return { ...settings, words: { person, accounts, shown } }
}
