/**
 * How alike two accounts are, as a sum of weights (Fellegi and Sunter, "A Theory for Record Linkage", JASA 64, 1969; weights
 * of agreement by how rare the value is after Winkler, 1989). A weight is log2 of how much likelier such an agreement is
 * between two accounts of one person than between two of different people; all are tenths of a bit, hence whole numbers.
 */
import type { Trait } from './settings.ts'

/** How two accounts compare in one trait; `blank` when either says nothing. */
export const levels = {
  phone: ['blank', 'same', 'near', 'different'],
  name: ['blank', 'same', 'near', 'nearShort', 'part', 'surname', 'different'],
  birthday: ['blank', 'same', 'swapped', 'near', 'different'],
  email: ['blank', 'same', 'near', 'different'],
  idNumber: ['blank', 'same', 'near', 'different'],
  address: ['blank', 'same', 'near', 'different'],
  gender: ['blank', 'same', 'different'],
} as const satisfies Record<Trait, readonly string[]>
export type LevelOf<T extends Trait> = (typeof levels)[T][number]

/** In the order of `Comparison` as text: one digit a trait. */
export const comparedOrder = ['phone', 'name', 'birthday', 'email', 'idNumber', 'address', 'gender'] as const // prettier-ignore

export type Comparison = { readonly [T in Trait]: LevelOf<T> }

/** `same` of a trait in `byRarity` is the most an agreement counts. */
export const weights: { readonly [T in Trait]: Readonly<Record<LevelOf<T>, number>> } = {
  phone: { blank: 0, same: 180, near: 70, different: -25 },
  name: { blank: 0, same: 130, near: 45, nearShort: 10, part: 40, surname: 15, different: -50 },
  birthday: { blank: 0, same: 140, swapped: 90, near: 40, different: -80 },
  email: { blank: 0, same: 170, near: 60, different: -10 },
  idNumber: { blank: 0, same: 230, near: 90, different: -100 },
  address: { blank: 0, same: 80, near: 50, different: -15 },
  gender: { blank: 0, same: 10, different: -40 },
}

interface Rarity {
  readonly least: number
  /** So many bearers of a value tell nothing of its rarity: they may be accounts of one person. */
  readonly free: number
}

/** Agreement on a value many accounts have says less. */
export const byRarity = {
  phone: { least: 0, free: 3 },
  name: { least: 30, free: 1 },
  birthday: { least: 40, free: 1 },
  email: { least: 0, free: 3 },
  idNumber: { least: 0, free: 3 },
  address: { least: 0, free: 3 },
} as const satisfies Partial<Record<Trait, Rarity>>

/** Below so many accounts shares are too rough to tell how rare a value is. */
export const leastPopulation = 2000

/** Tenths of a bit an agreement on a value counts that `bearers` of `accounts` have. */
export function sameWeight(
  trait: keyof typeof byRarity,
  bearers: number,
  accounts: number,
): number {
  const { least, free } = byRarity[trait]
  const most = weights[trait].same
  if (bearers <= free) return most
  const share = (bearers - (free === 1 ? 1 : 0)) / Math.max(accounts, leastPopulation)
  return Math.min(most, Math.max(least, Math.round(10 * Math.log2(0.9 / share))))
}

/** Before anything is compared: one account in five is taken to have another one. */
export function priorWeight(accounts: number): number {
  return -Math.round(10 * Math.log2(10 * Math.max(accounts, 100)))
}

/** Chance in percent, to one digit, that a pair of this total (prior included) is one person. */
export function percentOf(total: number): number {
  return Math.min(99.9, Math.floor(1000 / (1 + 2 ** (-total / 10))) / 10)
}

/** The least total that is shown as so many percent; `percentOf` of the one below is less. */
export function totalOf(percent: number): number {
  let total = Math.floor(10 * Math.log2(percent / (100 - percent))) - 2
  while (percentOf(total) < percent) total++
  return total
}

/** Below this chance a pair is not worth a look. */
export const leastPercent = 20

export function comparisonText(comparison: Comparison): string {
  return comparedOrder
    .map((trait) => (levels[trait] as readonly string[]).indexOf(comparison[trait]))
    .join('')
}

/** Digits beyond what a trait has are read as blank: the text is our own. */
export function comparisonOf(text: string): Comparison {
  const level = <T extends Trait>(trait: T): LevelOf<T> => {
    const place = (comparedOrder as readonly Trait[]).indexOf(trait)
    const list: readonly LevelOf<T>[] = levels[trait]
    return list[Number(text[place] ?? 0)] ?? (list[0] as LevelOf<T>)
  }
  return {
    ...{ phone: level('phone'), name: level('name'), birthday: level('birthday') },
    ...{ email: level('email'), idNumber: level('idNumber'), address: level('address') },
    gender: level('gender'),
  }
}

/** What speaks for one person, and what against; blanks say nothing. */
export interface Reason {
  readonly trait: Trait
  readonly level: string
  readonly speaks: 'for' | 'against'
}

export function reasonsOf(comparison: Comparison): Reason[] {
  const found = comparedOrder.flatMap((trait) => {
    const level = comparison[trait]
    const weight = (weights[trait] as Readonly<Record<string, number>>)[level] ?? 0
    return level === 'blank' ? [] : [{ trait, level, weight }]
  })
  return found
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ trait, level, weight }) => ({ trait, level, speaks: weight > 0 ? 'for' : 'against' }))
}

/** Two accounts of which such a thing is true are no one person, whatever else they share. */
export const contradicts = ({ birthday, idNumber, gender }: Comparison): boolean =>
  birthday === 'different' || idNumber === 'different' || gender === 'different'
