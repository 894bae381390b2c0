/** How two accounts `a` and `b` compare, trait by trait, and what that weighs: `shared/people/weights.ts` in SQL. */
import type { Trait } from '../../../../shared/people/settings.ts'
import {
  byRarity,
  comparedOrder,
  leastPopulation,
  levels,
  priorWeight,
  weights,
} from '../../../../shared/people/weights.ts'

const column: Readonly<Record<Trait, string>> = {
  ...{ phone: 'phone', name: 'name', birthday: 'birthday', email: 'email' },
  ...{ idNumber: 'id_number', address: 'address', gender: 'gender' },
}

/** The engine counts bytes, so a sign of Chinese would be three apart: such names are compared sign by sign. */
const signsApart = Array.from({ length: 6 }, (_, i) => `(substring(a.name, ${i + 1}, 1) <> substring(b.name, ${i + 1}, 1))::integer`).join(' + ') // prettier-ignore
const swappedSigns = Array.from({ length: 5 }, (_, i) => `(length(a.name) > ${i + 1} and substring(a.name, ${i + 1}, 1) = substring(b.name, ${i + 2}, 1) and substring(a.name, ${i + 2}, 1) = substring(b.name, ${i + 1}, 1))`).join(' or ') // prettier-ignore
const without = (long: string): string =>
  Array.from({ length: 6 }, (_, i) => `left(${long}, ${i}) || substring(${long}, ${i + 2})`).join(', ') // prettier-ignore
const oneSignApart = `(case when length(a.name) > 6 or length(b.name) > 6 then false
  when length(a.name) = length(b.name) then (${signsApart}) = 1 or ((${signsApart}) = 2 and (${swappedSigns}))
  when length(a.name) = length(b.name) + 1 then b.name in (${without('a.name')})
  when length(b.name) = length(a.name) + 1 then a.name in (${without('b.name')}) else false end)`

const sameFamily = 'left(a.name, 1) = left(b.name, 1)'
const both = (trait: Trait): string =>
  `a.${column[trait]} is not null and b.${column[trait]} is not null`
const equal = (trait: Trait): string => `a.${column[trait]} = b.${column[trait]}`
const apart = (trait: Trait): string =>
  `damerau_levenshtein(a.${column[trait]}, b.${column[trait]})`
const words = (side: 'a' | 'b'): string => `string_split(${side}.name, ' ')`
const holds = (side: 'a' | 'b', other: 'a' | 'b'): string =>
  `(len(${words(other)}) >= 2 and list_has_all(${words(side)}, ${words(other)}))`

/** Conditions in turn, the first that holds; what is left is the last level. */
const conditions: Readonly<Record<Trait, readonly (readonly [when: string, level: string])[]>> = {
  phone: [
    [equal('phone'), 'same'],
    [`least(length(a.phone), length(b.phone)) >= 7 and ${apart('phone')} = 1`, 'near'],
  ],
  name: [
    // In another script the name may be the same: it says nothing.
    ['a.han <> b.han', 'blank'],
    [`(a.titled or b.titled) and ${sameFamily}`, 'surname'],
    ['a.titled or b.titled', 'different'],
    [equal('name'), 'same'],
    [`a.han and least(length(a.name), length(b.name)) >= 3 and ${oneSignApart}`, 'near'],
    [`a.han and ${sameFamily} and ${oneSignApart}`, 'nearShort'],
    ['a.han', 'different'],
    [`least(length(a.name), length(b.name)) >= 4 and ${apart('name')} <= (case when least(length(a.name), length(b.name)) >= 8 then 2 else 1 end)`, 'near'],
    [`${holds('a', 'b')} or ${holds('b', 'a')}`, 'part'],
  ],
  birthday: [
    [equal('birthday'), 'same'],
    ['year(a.birthday) = year(b.birthday) and month(a.birthday) = day(b.birthday) and day(a.birthday) = month(b.birthday)', 'swapped'],
    [`damerau_levenshtein(strftime(a.birthday, '%Y%m%d'), strftime(b.birthday, '%Y%m%d')) = 1`, 'near'],
  ],
  email: [
    [equal('email'), 'same'],
    [`${apart('email')} = 1 or (length(split_part(a.email, '@', 1)) >= 6 and split_part(a.email, '@', 1) = split_part(b.email, '@', 1))`, 'near'],
  ],
  idNumber: [
    [equal('idNumber'), 'same'],
    [`length(a.id_number) = length(b.id_number) and ${apart('idNumber')} = 1`, 'near'],
  ],
  address: [
    [equal('address'), 'same'],
    ['least(length(a.address), length(b.address)) >= 6 and (contains(a.address, b.address) or contains(b.address, a.address))', 'near'],
    ['least(length(a.address), length(b.address)) >= 8 and right(a.address, 8) = right(b.address, 8)', 'near'],
  ],
  gender: [[equal('gender'), 'same']],
} // prettier-ignore

const numberOf = (trait: Trait, level: string): number =>
  (levels[trait] as readonly string[]).indexOf(level)

function levelOf(trait: Trait): string {
  const cases = conditions[trait].map(
    ([when, level]) => `when ${when} then ${numberOf(trait, level)}`,
  )
  const last = levels[trait].length - 1
  return `(case when not (${both(trait)}) then 0 ${cases.join(' ')} else ${last} end)`
}

const isRare = (trait: Trait): trait is keyof typeof byRarity => Object.hasOwn(byRarity, trait)
const rareTraits = comparedOrder.filter(isRare)

/** What an agreement on a record's own value counts, as columns `s_…` of `rec`. */
export function weighStatement(accounts: number): string {
  const population = Math.max(accounts, leastPopulation)
  const columns = rareTraits.map((trait) => {
    const { least, free } = byRarity[trait]
    const most = weights[trait].same
    const bearers = free === 1 ? `(f_${trait}.c - 1)` : `f_${trait}.c`
    const rarity = `round(10 * log2(0.9 * ${population} / ${bearers}))`
    return `cast(case when f_${trait}.c is null then ${most} else least(${most}, greatest(${least}, ${rarity})) end as smallint) as s_${trait}`
  })
  const joins = rareTraits.map((trait) => {
    const own = column[trait]
    return `left join (select ${own} as v, count(*) as c from raw where ${own} is not null group by ${own}
      having count(*) > ${byRarity[trait].free}) f_${trait} on f_${trait}.v = r.${own}`
  })
  return `create temp table rec as select r.*, ${columns.join(', ')} from raw r ${joins.join(' ')}`
}

function weightOf(trait: Trait): string {
  const own: Readonly<Record<string, number>> = weights[trait]
  const cases = levels[trait].map((level, number) => {
    const isOwn = level === 'same' && isRare(trait)
    return `when ${number} then ${isOwn ? `s_${trait}` : (own[level] ?? 0)}`
  })
  return `(case l_${trait} ${cases.join(' ')} end)`
}

/** Of the pairs (a, b): both records' n, the total and the levels as text; only what reaches `least`. */
export function scoredSelect(pairs: string, accounts: number, least: number): string {
  const compared = comparedOrder.map((trait) => `${levelOf(trait)} as l_${trait}`)
  const own = rareTraits.map((trait) => `a.s_${trait}`)
  const levelled = `select p.a, p.b, ${[...compared, ...own].join(', ')} from (${pairs}) p
    join rec a on a.n = p.a join rec b on b.n = p.b where a.side <> b.side or a.key <> b.key`
  const total = comparedOrder.map(weightOf).join(' + ')
  const text = comparedOrder.map((trait) => `l_${trait}`).join(', ')
  return `select a, b, total, levels from (select a, b, ${total} + (${priorWeight(accounts)}) as total, concat(${text}) as levels
    from (${levelled})) where total >= ${least}`
}
