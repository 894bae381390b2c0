/** How the people behind member accounts are looked for: which datasets, which columns, and what a person then shows. */
import { z } from 'zod'
import { DatasetId } from '../data/dataset.ts'
import { FieldName } from '../data/field.ts'

/** What two accounts are compared by, in the order they are shown. */
export const traits = [
  'phone',
  'name',
  'birthday',
  'email',
  'idNumber',
  'address',
  'gender',
] as const
export const Trait = z.enum(traits)
export type Trait = z.infer<typeof Trait>

/** Everything but the gender, which tells nobody apart, is shown of a person. */
export const shownTraits = ['name', 'phone', 'birthday', 'email', 'idNumber', 'address'] as const
export type ShownTrait = (typeof shownTraits)[number]

export const TraitFields = z.partialRecord(Trait, FieldName)
export type TraitFields = z.infer<typeof TraitFields>

export const PeopleSource = z.strictObject({
  dataset: DatasetId,
  /** Names an account for good; without one it is known by the values compared. */
  key: FieldName.nullable(),
  fields: TraitFields,
  /** The later, the newer what the account says. */
  newest: FieldName.nullable(),
})
export type PeopleSource = z.infer<typeof PeopleSource>

/** Whose value a person takes: the newest, the longest, the one most accounts have, or that of the first source. */
export const survivorRules = ['newest', 'complete', 'frequent', 'source'] as const
export const SurvivorRule = z.enum(survivorRules)
export type SurvivorRule = z.infer<typeof SurvivorRule>

export const Survivors = z.record(z.enum(shownTraits), SurvivorRule)
export type Survivors = z.infer<typeof Survivors>

export const usualSurvivors: Survivors = {
  name: 'frequent',
  phone: 'newest',
  birthday: 'frequent',
  email: 'newest',
  idNumber: 'frequent',
  address: 'complete',
}

/** Words of the fields every source gets; they are data, hence in the language of whoever sets this up. */
export const PersonWords = z.strictObject({
  person: FieldName,
  accounts: FieldName,
  shown: z.record(z.enum(shownTraits), FieldName),
})
export type PersonWords = z.infer<typeof PersonWords>

/** A pair scoring so much is taken for one person without being asked about. */
export const Percent = z.number().min(50).max(99.9)

export const PeopleSettings = z.strictObject({
  /** In the order a person takes values from where the rule is `source`. */
  sources: z.array(PeopleSource).min(1).max(20),
  survivors: Survivors,
  words: PersonWords,
})
export type PeopleSettings = z.infer<typeof PeopleSettings>

export const usualAutoAccept = 99

/** Traits one dataset at least has a column for; nobody is told by gender or address alone. */
export function comparable(fields: TraitFields): boolean {
  return traits.some((trait) => telling.has(trait) && fields[trait] !== undefined)
}
const telling: ReadonlySet<Trait> = new Set(['phone', 'name', 'birthday', 'email', 'idNumber'])
