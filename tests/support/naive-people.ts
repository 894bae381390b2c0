/** Every account compared with every other, sign by sign, in plain loops: what the engine's blocks and SQL are held to. */
import type { Comparison } from '../../shared/people/weights.ts'
import {
  comparisonText,
  leastPercent,
  priorWeight,
  sameWeight,
  totalOf,
  weights,
} from '../../shared/people/weights.ts'

export interface NaiveMember {
  readonly list: number
  readonly key: string
  readonly phone: string
  readonly name: string
  /** ISO day, or empty. */
  readonly birthday: string
  readonly email: string
  readonly idNumber: string
  readonly address: string
  readonly gender: string
}

interface Form {
  phone: string
  name: string
  titled: boolean
  han: boolean
  birthday: string
  email: string
  idNumber: string
  address: string
  gender: string
}

export interface NaivePair {
  readonly a: string
  readonly b: string
  readonly total: number
  readonly levels: string
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

export function formOf(member: NaiveMember): Form {
  const half = (text: string): string => text.normalize('NFKC')
  const bare = half(member.phone).replaceAll(/[\s\-().·_/]/g, '')
  const digits = bare.replace(/^(?:\+|00)?86(1\d{10})$/, '$1')
  const isPhone = /^\+?\d{5,20}$/.test(digits) && new Set(digits.replace('+', '')).size > 1
  const wide = half(member.name).toLowerCase().replaceAll('張', '张').replaceAll('陳', '陈').replaceAll('麗', '丽') // prettier-ignore
  const han = isHan(wide)
  const plain = han
    ? wide.replaceAll(/[^\p{L}\p{N}]/gu, '')
    : wide.replaceAll(/['.]/g, '').split(/[^a-z0-9]+/).filter((word) => word !== '' && !['mr', 'mrs', 'ms', 'dr'].includes(word)).toSorted().join(' ') // prettier-ignore
  const titled = /(先生|女士|小姐)$/.test(plain)
  const isName = plain !== '' && plain !== '匿名' && plain !== '散客'
  const name = titled ? plain.replace(/(先生|女士|小姐)$/, '') : plain
  const address = half(member.address)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll(/自治区|新区|[省市区县]/g, '')
  const idNumber = half(member.idNumber).replaceAll(/\s/g, '').toUpperCase()
  return {
    phone: isPhone ? digits : '',
    name: isName ? name : '',
    ...{ titled, han, birthday: member.birthday },
    email: half(member.email).replaceAll(/\s/g, '').toLowerCase(),
    idNumber: idNumber.length >= 6 ? idNumber : '',
    address: address.length >= 4 ? address : '',
    gender: ({ 男: 'm', 女: 'f', M: 'm', F: 'f' } as Record<string, string>)[member.gender] ?? '',
  }
}

/** Insertions, deletions, substitutions and swaps of neighbours, counted by the textbook. */
export function editDistance(a: string, b: string): number {
  const most = a.length + b.length
  const d = Array.from({ length: a.length + 2 }, () => new Array<number>(b.length + 2).fill(0))
  const at = (i: number, j: number): number => d[i]?.[j] ?? 0
  const put = (i: number, j: number, value: number): void => {
    const row = d[i]
    if (row) row[j] = value
  }
  const lastRow = new Map<string, number>()
  put(0, 0, most)
  for (let i = 0; i <= a.length; i++) { put(i + 1, 0, most); put(i + 1, 1, i) } // prettier-ignore
  for (let j = 0; j <= b.length; j++) { put(0, j + 1, most); put(1, j + 1, j) } // prettier-ignore
  for (let i = 1; i <= a.length; i++) {
    let lastMatch = 0
    for (let j = 1; j <= b.length; j++) {
      const k = lastRow.get(b[j - 1] ?? '') ?? 0
      const l = lastMatch
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      if (cost === 0) lastMatch = j
      const best = Math.min(at(i, j) + cost, at(i + 1, j) + 1, at(i, j + 1) + 1, at(k, l) + (i - k - 1) + 1 + (j - l - 1)) // prettier-ignore
      put(i + 1, j + 1, best)
    }
    lastRow.set(a[i - 1] ?? '', i)
  }
  return at(a.length + 1, b.length + 1)
}

function nameLevel(a: Form, b: Form): Comparison['name'] {
  if (a.name === '' || b.name === '' || a.han !== b.han) return 'blank'
  const family = a.name[0] === b.name[0]
  if (a.titled || b.titled) return family ? 'surname' : 'different'
  if (a.name === b.name) return 'same'
  const shorter = Math.min(a.name.length, b.name.length)
  const apart = editDistance(a.name, b.name)
  if (a.han) {
    if (apart !== 1) return 'different'
    return shorter >= 3 ? 'near' : family ? 'nearShort' : 'different'
  }
  if (shorter >= 4 && apart <= (shorter >= 8 ? 2 : 1)) return 'near'
  const [one, other] = [a.name.split(' '), b.name.split(' ')]
  const inside = (small: string[], large: string[]): boolean => small.length >= 2 && small.every((word) => large.includes(word)) // prettier-ignore
  return inside(one, other) || inside(other, one) ? 'part' : 'different'
}

function birthdayLevel(a: string, b: string): Comparison['birthday'] {
  if (a === '' || b === '') return 'blank'
  if (a === b) return 'same'
  const [year = '', month = '', day = ''] = a.split('-')
  if (`${year}-${day}-${month}` === b) return 'swapped'
  return editDistance(a.replaceAll('-', ''), b.replaceAll('-', '')) === 1 ? 'near' : 'different'
}

function plainLevel(
  a: string,
  b: string,
  isNear: boolean,
): 'blank' | 'same' | 'near' | 'different' {
  if (a === '' || b === '') return 'blank'
  return a === b ? 'same' : isNear ? 'near' : 'different'
}

function addressNear(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length)
  if (shorter >= 6 && (a.includes(b) || b.includes(a))) return true
  return shorter >= 8 && a.slice(-8) === b.slice(-8)
}

export function compareForms(a: Form, b: Form): Comparison {
  const local = (email: string): string => email.split('@')[0] ?? ''
  return {
    phone: plainLevel(a.phone, b.phone, Math.min(a.phone.length, b.phone.length) >= 7 && editDistance(a.phone, b.phone) === 1),
    name: nameLevel(a, b),
    birthday: birthdayLevel(a.birthday, b.birthday),
    email: plainLevel(a.email, b.email, editDistance(a.email, b.email) === 1 || (local(a.email).length >= 6 && local(a.email) === local(b.email))),
    idNumber: plainLevel(a.idNumber, b.idNumber, a.idNumber.length === b.idNumber.length && editDistance(a.idNumber, b.idNumber) === 1),
    address: plainLevel(a.address, b.address, addressNear(a.address, b.address)),
    gender: a.gender === '' || b.gender === '' ? 'blank' : a.gender === b.gender ? 'same' : 'different',
  } // prettier-ignore
}

const rare = ['phone', 'name', 'birthday', 'email', 'idNumber', 'address'] as const

/** All pairs worth a look, whatever block would bring them together. */
export function naivePairs(members: readonly NaiveMember[]): NaivePair[] {
  const forms = members.map(formOf)
  const found: NaivePair[] = []
  const bearers = (trait: (typeof rare)[number], value: string): number => forms.filter((form) => form[trait] === value).length // prettier-ignore
  for (const [i, a] of forms.entries()) {
    for (const [j, b] of forms.entries()) {
      const [one, other] = [members[i], members[j]]
      if (j <= i || !one || !other || (one.list === other.list && one.key === other.key)) continue
      const comparison = compareForms(a, b)
      let total = priorWeight(members.length) + weights.gender[comparison.gender]
      for (const trait of rare) {
        const level = comparison[trait]
        total += level === 'same' ? sameWeight(trait, bearers(trait, a[trait]), members.length) : (weights[trait] as Record<string, number>)[level] ?? 0 // prettier-ignore
      }
      if (total < totalOf(leastPercent)) continue
      found.push({ ...{ a: `${one.list}/${one.key}`, b: `${other.list}/${other.key}` }, total, levels: comparisonText(comparison) }) // prettier-ignore
    }
  }
  return found
}

/** What the two would have to share for any block to hold both: written down a second time, from the documentation. */
export function shareBlock(one: NaiveMember, other: NaiveMember): boolean {
  const keys = (form: Form): Set<string> => {
    const { phone, name, birthday, email, idNumber, address } = form
    const [year = '', month = '', day = ''] = birthday.split('-')
    const days = birthday === '' ? '' : [year, ...[month, day].toSorted()].join('-')
    const all = [
      ['phone', phone], ['email', email], ['id', idNumber], ['name+day', name, days], ['family+day', name[0], days],
      ['phone4+day', phone.slice(-4), days], ['phone7+day', phone.slice(0, 7), days], ['name+phone4', name, phone.slice(-4)], ['name+phone7', name, phone.slice(0, 7)],
      ['family+phone7+2', name[0], phone.slice(0, 7), phone.slice(-2)], ['name+street', name, address.slice(0, 12)],
      ['name+door', name, address.slice(-6)], ['family+mail', name[0], email.split('@')[0]],
    ] // prettier-ignore
    return new Set(all.filter((parts) => parts.every((part) => (part ?? '') !== '')).map((parts) => parts.join('|'))) // prettier-ignore
  }
  const own = keys(formOf(one))
  return [...keys(formOf(other))].some((key) => own.has(key))
}
