/** What a name that is not there was probably meant to be. */
import type { ErrorDetails } from '../../../shared/errors.ts'
import { nearestName } from '../../../shared/expression/nearest-name.ts'
import type { QueryCatalog, QueryDataset } from './query-catalog.ts'
import { ownFields } from './query-catalog.ts'

export function nearDataset(name: string, { datasets }: QueryCatalog): ErrorDetails {
  return near(nearestName(name, datasets.map((one) => one.name))) // prettier-ignore
}

/** Among the fields of the question's dataset, and written with their dataset those of all others. */
export function nearField(
  ref: string,
  home: QueryDataset,
  { datasets }: QueryCatalog,
): ErrorDetails {
  const own = ownFields(home).map(({ name }) => name)
  const others = datasets.flatMap((one) => ownFields(one).map(({ name }) => `${one.name}.${name}`))
  return near(nearestName(ref, own) ?? nearestName(ref, others))
}

const near = (name: string | undefined): ErrorDetails => (name === undefined ? {} : { near: name })
