/** One row for each row of a member list, with what it is compared by brought into one form. */
import type { Trait } from '../../../../shared/people/settings.ts'
import { columnName, dictionaryTable } from '../../extracts/extract-columns.ts'
import { duckdbPrepare } from '../../sql/dialects/duckdb-prepare.ts'
import type { PrepareFunction } from '../../sql/prepare-functions.ts'
import { quoteText } from '../duckdb/locked-duckdb.ts'
import type { ColumnAt, PeopleSide } from './people-order.ts'
import { simplified, traditional } from './simplified.ts'

/** As a recipe brings the same values into form. */
const prepared = (fn: PrepareFunction, x: string, digits = 0): string =>
  duckdbPrepare[fn]([x], digits)

export const sideAlias = (place: number): string => `side${place}`

/** Given in place of a name, a phone or a birthday nobody told. */
const noNames = [
  ...['匿名', '未知', '无', '无名', '散客', '顾客', '会员', '客户', '测试', '先生', '女士', '小姐'],
  ...['test', 'unknown', 'none', 'na', 'null', 'guest', 'anonymous', 'customer', 'member'],
]
const noBirthday = '1900-01-01'

/** The value as text, or null when it is blank; dictionaries are joined by `joins`. */
function textOf(at: ColumnAt): string {
  if (at.type === 'text') return at.coded ? `d${at.index}.value` : `r.${columnName(at.index)}`
  const own = `r.${columnName(at.index)}`
  return at.type === 'double' ? prepared('textOfDouble', own) : `cast(${own} as varchar)`
}

function dayOf(at: ColumnAt): string {
  const own = `r.${columnName(at.index)}`
  switch (at.type) {
    case 'date':
      return own
    case 'timestamp':
      return `cast(${own} as date)`
    case 'integer':
      return prepared('dayOfWhole', own)
    case 'text':
      return prepared('dayOfText', textOf(at), 1)
    default:
      return 'cast(null as date)'
  }
}

/** The engine builds the whole table for every row it translates: most rows need it not. */
const simple = (x: string): string =>
  `(case when regexp_matches(${x}, '[${traditional}]') then translate(${x}, '${traditional}', '${simplified}') else ${x} end)`
const lettersOnly = (x: string): string => String.raw`regexp_replace(${x}, '[^\p{L}\p{N}]+', '', 'g')` // prettier-ignore
/** 上海市徐汇区… is 上海徐汇…: the words for a province, a city, a county and a district may be left out. */
const withoutLevels = (x: string): string =>
  `regexp_replace(${x}, '自治区|新区|[省市区县]', '', 'g')`
/** Words in the order of the alphabet, so that "Smith, John" is "John Smith". */
const sortedWords = (x: string): string =>
  String.raw`trim(array_to_string(list_sort(string_split_regex(regexp_replace(regexp_replace(${x}, '[''’.]', '', 'g'), '\b(mr|mrs|ms|miss|dr|prof)\b', ' ', 'g'), '[^\p{L}\p{N}]+')), ' '))`
const honorific = '(先生|女士|小姐|太太|夫人)$'
const list = (texts: readonly string[]): string => texts.map(quoteText).join(', ')

/** From the columns `w_…` of the stage before, which are as wide as ASCII. */
const normalised: { readonly [T in Exclude<Trait, 'birthday'>]: string } = {
  phone: `(case when regexp_matches(ph, '^[+]?[0-9]{5,20}$')
    and replace(ltrim(ph, '+'), left(ltrim(ph, '+'), 1), '') <> '' then ph end)`,
  name: `(case when nm in (${list(noNames)}) or nm = '' then null when titled then regexp_replace(nm, '${honorific}', '') else nm end)`,
  email: `(case when regexp_matches(em, '^[^@]+@[^@]+[.][^@]+$') then em end)`,
  idNumber: `(case when length(idn) >= 6 and regexp_matches(idn, '[0-9]') then idn end)`,
  address: `(case when length(ad) >= 4 then ad end)`,
  gender: `(case when ge in ('男', '男性', '先生', 'm', 'male', 'man') then 'm' when ge in ('女', '女性', '女士', 'f', 'female', 'woman') then 'f' end)`,
}

const wide = (at: ColumnAt | undefined): string =>
  at === undefined ? 'cast(null as varchar)' : prepared('halfWidth', textOf(at))

/** Columns: n, side, row_id, key, the traits, `han`, `titled`, and with `raw` the values as people read them and `newest`. */
export function recordSelect(side: PeopleSide, place: number, first: number, raw = false): string {
  const { fields } = side
  const from = sideAlias(place)
  const texts = [side.key, ...Object.values(fields)].filter((at) => at?.coded === true)
  const joined = [...new Map(texts.flatMap((at) => (at ? [[at.index, at]] : []))).values()]
  const joins = joined.map(
    ({ index }) =>
      `left join ${from}.${dictionaryTable(index)} d${index} on d${index}.code = r.${columnName(index)}`,
  )
  const wides = `select r.row_id, ${side.key ? `trim(${textOf(side.key)})` : 'cast(null as varchar)'} as k,
    ${wide(fields.phone)} as w_phone, lower(strip_accents(${wide(fields.name)})) as w_name, ${wide(fields.email)} as w_email,
    ${wide(fields.idNumber)} as w_id, ${wide(fields.address)} as w_address, ${wide(fields.gender)} as w_gender,
    ${fields.birthday ? dayOf(fields.birthday) : 'cast(null as date)'} as w_day
    ${raw ? `, ${rawColumns(side)}` : ''} from ${from}.rows r ${joins.join(' ')}`
  const forms = String.raw`select *, ${prepared('phone', 'w_phone')} as ph, regexp_matches(w_name, '\p{Han}') as is_han,
    (case when regexp_matches(w_name, '\p{Han}') then ${lettersOnly(simple('w_name'))} else ${sortedWords('w_name')} end) as nm,
    lower(${prepared('spaceNone', 'w_email')}) as em, ${prepared('identity', 'w_id')} as idn,
    ${withoutLevels(`lower(${lettersOnly(simple('w_address'))})`)} as ad, lower(${prepared('spaceNone', 'w_gender')}) as ge from (${wides})`
  const made = `select *, ${normalised.phone} as phone, ${normalised.name} as name,
    (case when w_day > date '${noBirthday}' then w_day end) as birthday, ${normalised.email} as email,
    ${normalised.idNumber} as id_number, ${normalised.address} as address, ${normalised.gender} as gender
    from (select *, coalesce(is_han and regexp_matches(nm, '${honorific}'), false) as titled from (${forms}))`
  // Without a key an account is what it says; one that says nothing is nobody else's.
  const values = `concat_ws('|', phone, name, birthday, email, id_number, address, gender)`
  return `select cast(row_id + ${first} as integer) as n, cast(${place} as integer) as side, row_id,
    coalesce(nullif(k, ''), '~' || md5(case when ${values} = '' then 'row ' || row_id else ${values} end)) as key,
    phone, name, birthday, email, id_number, address, gender, coalesce(is_han, false) as han, titled
    ${raw ? ', v_name, v_phone, v_email, v_id_number, v_address, newest' : ''} from (${made})`
}

/** A phone that is one stands as it is dialled; everything else as it was written. */
function rawColumns({ fields, newest }: PeopleSide): string {
  const shown = (at: ColumnAt | undefined, as: string): string =>
    `${at === undefined ? 'cast(null as varchar)' : prepared('spaceEnds', textOf(at))} as v_${as}`
  return [
    shown(fields.name, 'name'),
    `${fields.phone === undefined ? 'cast(null as varchar)' : prepared('phone', textOf(fields.phone))} as v_phone`,
    shown(fields.email, 'email'),
    shown(fields.idNumber, 'id_number'),
    shown(fields.address, 'address'),
    `${newest === null ? 'cast(null as timestamp)' : `cast(${newestOf(newest)} as timestamp)`} as newest`,
  ].join(', ')
}

const newestOf = (at: ColumnAt): string =>
  at.type === 'timestamp' ? `r.${columnName(at.index)}` : dayOf(at)
