/**
 * Accounts are compared only within groups that share something (blocks), so that the work grows with the number of accounts
 * and not with its square. Several kinds of group catch what one misses: a slip in one column leaves the others.
 */

import { leastPercent, priorWeight, totalOf, weights } from '../../../../shared/people/weights.ts'

/** A block of more accounts than this is not compared each with each. */
export const mostInBlock = 60
/** In such a block everybody is compared with so many neighbours in the order of name, birthday and phone. */
export const neighbours = 8

const canonicalDay =
  '(year(birthday) * 10000 + least(month(birthday), day(birthday)) * 100 + greatest(month(birthday), day(birthday)))'

/** What the accounts of a block share; null leaves an account out. A swapped day and month are one. */
const blockKeys: readonly string[] = [
  'phone',
  'email',
  'id_number',
  `name || ${canonicalDay}`,
  `right(phone, 4) || ${canonicalDay}`,
  `left(phone, 7) || ${canonicalDay}`,
  // One digit of a phone is wrong: its other half is right.
  `name || right(phone, 4)`,
  `name || left(phone, 7)`,
  `left(name, 1) || left(phone, 7) || right(phone, 2)`,
  `name || left(address, 12)`,
  `name || right(address, 6)`,
  `left(name, 1) || split_part(email, '@', 1)`,
]

/**
 * A birthday and a like name alone are worth a look only among few accounts; among many this kind of group would hold ever
 * more pairs, none of which could reach the score. What else such a pair shares is a group of its own.
 */
const familyDay = `left(name, 1) || ${canonicalDay}`
const isWorthALook = (accounts: number): boolean =>
  weights.birthday.same + weights.name.near + weights.gender.same + priorWeight(accounts) >=
  totalOf(leastPercent)

/** Tables `small` (h, n) of blocks compared whole, `large` (h, n, place) of those that are not, and `crowd` counting them. */
export function blockStatements(accounts: number): string[] {
  const kinds = isWorthALook(accounts) ? [...blockKeys, familyDay] : blockKeys
  const keys = kinds.map(
    (key, kind) => `select hash(${kind}, ${key}) as h, n from rec where (${key}) is not null`,
  )
  return [
    `create temp table keys as ${keys.join(' union all ')}`,
    'create temp table blocks as select h, count(*) as c from keys group by h having count(*) > 1',
    `create temp table small as select k.h, k.n from keys k join blocks b on b.h = k.h and b.c <= ${mostInBlock}`,
    `create temp table large as select k.h, k.n, row_number() over (partition by k.h order by r.name, r.birthday, r.phone, k.n) as place
       from keys k join blocks b on b.h = k.h and b.c > ${mostInBlock} join rec r on r.n = k.n`,
    'drop table keys',
  ]
}

export const pairsInBlocks = `select coalesce(sum(case when c <= ${mostInBlock} then c * (c - 1) // 2 else c * ${neighbours} end), 0)::double from blocks`

/** Groups, rows and pairs left out of those that are too large. */
export const crowdSelect = `select count(*)::double, coalesce(sum(c), 0)::double,
  coalesce(sum(c * (c - 1) // 2 - (c * ${neighbours} - ${neighbours} * (${neighbours} + 1) // 2)), 0)::double
  from blocks where c > ${mostInBlock}`

/** Different pairs (a, b) of the blocks of one part; a pair may come in several. */
export function pairSelect(part: number, parts: number): string {
  const here = (alias: string): string => (parts === 1 ? 'true' : `${alias}.h % ${parts} = ${part}`)
  const steps = `range(1, ${neighbours + 1})`
  return `select distinct least(a, b) as a, greatest(a, b) as b from (
    select x.n as a, y.n as b from small x join small y on y.h = x.h and x.n < y.n where ${here('x')} and ${here('y')}
    union all
    select x.n, y.n from (select h, n, unnest(${steps}) + place as next from large l where ${here('l')}) x
      join large y on y.h = x.h and y.place = x.next)`
}
