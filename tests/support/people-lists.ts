/** Member lists with planted second accounts: some plain, some with the slips people make. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Random } from '../../scripts/sample/rng.ts'
import type { NaiveMember } from './naive-people.ts'

const families = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗')
const givens = Array.from('伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华文辉玉梅建')
const first = [
  'John',
  'Mary',
  'Peter',
  'Susan',
  'James',
  'Linda',
  'Robert',
  'Karen',
  'Thomas',
  'Nancy',
]
const last = ['Smith', 'Johnson', 'Brown', 'Miller', 'Davis', 'Wilson', 'Anderson', 'Taylor'] // prettier-ignore
const cities = ['上海市浦东新区世纪大道', '广州市天河区体育东路', '北京市朝阳区建国路', '成都市锦江区红星路'] // prettier-ignore

export interface PlantedMember extends NaiveMember {
  /** Whose account it is. */
  readonly person: number
}

interface Shape {
  /** Share of people with a second account. */
  readonly twice: number
  /** Share of people with a sister or brother of the same day, who left the same phone. */
  readonly twins?: number
  readonly lists: number
}

export function plantedMembers(
  seed: string,
  people: number,
  { twice, lists, twins = 0 }: Shape,
): PlantedMember[] {
  const random = new Random(seed)
  const members: PlantedMember[] = []
  for (let person = 0; person < people; person++) {
    const own = member(random, person, random.below(lists))
    members.push(own)
    if (twins > 0 && random.chance(twins))
      members.push({ ...own, ...twin(random, own), person: people + person })
    if (random.chance(twice)) members.push(secondAccount(random, own, random.below(lists)))
  }
  return random.shuffle(members).map((one, place) => ({ ...one, key: String(100_000 + place) }))
}

function member(random: Random, person: number, list: number): PlantedMember {
  const western = random.chance(0.1)
  const name = western
    ? `${random.pick(first)} ${random.pick(last)}`
    : random.pick(families) + random.pick(givens) + (random.chance(0.75) ? random.pick(givens) : '')
  return {
    ...{ person, list, key: '', name },
    phone: random.chance(0.03) ? '' : `1${random.pick(['38', '39', '59', '86', '77'])}${String(random.below(100_000_000)).padStart(8, '0')}`,
    birthday: random.chance(0.2) ? '' : isoDay(random),
    email: random.chance(0.7) ? '' : `u${random.below(90_000_000) + 10_000_000}@example.com`,
    idNumber: '',
    address: random.chance(0.5) ? '' : `${random.pick(cities)}${random.below(2000)}号${random.below(30)}室`,
    gender: random.pick(['男', '女', '']),
  } // prettier-ignore
}

function isoDay(random: Random): string {
  const year = 1950 + random.below(58)
  return `${year}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}` // prettier-ignore
}

function twin(random: Random, { name, phone }: PlantedMember): Partial<PlantedMember> {
  const family = name.includes(' ') ? `${random.pick(first)} ${name.split(' ').at(-1) ?? ''}` : (name[0] ?? '') + random.pick(givens) + random.pick(givens)
  return { name: family, phone: random.chance(0.5) ? phone : '' }
} // prettier-ignore

/** The same person once more; what differs is what differs in real lists. */
function secondAccount(random: Random, own: PlantedMember, list: number): PlantedMember {
  const again = { ...own, list }
  const { phone, name, birthday } = own
  if (phone !== '') {
    again.phone = random.pick([phone, phone, `+86 ${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`, `86-${phone}`])
    if (random.chance(0.12)) again.phone = slip(random, phone)
    else if (random.chance(0.08)) again.phone = `1${String(random.below(10_000_000_000)).padStart(10, '3')}`
    else if (random.chance(0.05)) again.phone = ''
  }
  if (random.chance(0.1) && name.length >= 3 && !name.includes(' ')) again.name = name.slice(0, -1) + random.pick(givens)
  else if (name.includes(' ') && random.chance(0.3)) again.name = name.split(' ').toReversed().join(', ')
  else if (random.chance(0.1)) again.name = name.replace('张', '張').replace('陈', '陳')
  if (birthday !== '' && random.chance(0.4)) again.birthday = ''
  else if (birthday !== '' && random.chance(0.1)) {
    const [year = '', month = '', day = ''] = birthday.split('-')
    if (Number(day) <= 12) again.birthday = `${year}-${day}-${month}`
  }
  return again
} // prettier-ignore

function slip(random: Random, phone: string): string {
  const at = 3 + random.below(8)
  return phone.slice(0, at) + String((Number(phone[at]) + 1) % 10) + phone.slice(at + 1)
}

export const memberColumns = '会员号,姓名,手机号,生日,邮箱,地址,性别,注册日期'

export function memberLine(one: PlantedMember): string {
  const { key, name, phone, birthday, email, address, gender } = one
  const joined = `202${Number(key) % 5}-0${1 + (Number(key) % 9)}-15`
  const quoted = name.includes(',') ? `"${name}"` : name
  return [`M${key}`, quoted, phone, birthday, email, address, gender, joined].join(',')
}

/** One file for each list; resolves with their paths in order. */
export function writeLists(folder: string, members: readonly PlantedMember[], lists: number): string[] {
  return Array.from({ length: lists }, (_, list) => {
    const path = join(folder, `members-${list}.csv`)
    const own = members.filter((one) => one.list === list)
    writeFileSync(path, `${[memberColumns, ...own.map(memberLine)].join('\n')}\n`)
    return path
  })
} // prettier-ignore

/** Pairs of accounts that are one person, as `list/key`. */
export function truePairs(members: readonly PlantedMember[]): Set<string> {
  const byPerson = Map.groupBy(members, ({ person }) => person)
  return new Set(
    [...byPerson.values()].flatMap((own) =>
      own.flatMap((a, place) => own.slice(place + 1).map((b) => pairName(accountOf(a), accountOf(b)))),
    ),
  ) // prettier-ignore
}

export const accountOf = ({ list, key }: NaiveMember): string => `${list}/M${key}`
export const pairName = (a: string, b: string): string => [a, b].toSorted().join(' = ')
