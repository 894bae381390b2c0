/** Writes down beside each member list who every row is: a companion extract with the same rows. Runs in a job process. */
import type { PersonalKind } from '../../../../shared/data/personal.ts'
import type { ShownTrait, SurvivorRule } from '../../../../shared/people/settings.ts'
import { shownTraits } from '../../../../shared/people/settings.ts'
import type { ExtractField } from '../../extracts/extract-columns.ts'
import {
  columnName,
  dictionaryTable,
  extractFormat,
  worthCoding,
} from '../../extracts/extract-columns.ts'
import { flushFile } from '../../flush-file.ts'
import { quoteText } from '../duckdb/locked-duckdb.ts'
import { PeopleDatabase } from './people-database.ts'
import type { PeopleSide, PeopleStep, WritePersonsOrder, WrittenPersons } from './people-order.ts'

export async function writePersons(
  order: WritePersonsOrder,
  onStep: (step: PeopleStep) => void,
): Promise<WrittenPersons> {
  const { sides, targets } = order
  const database = await PeopleDatabase.open(order, targets)
  try {
    const all = sides.reduce((sum, { rows }) => sum + rows, 0)
    const rows = await database.read(sides, true, (done) =>
      onStep({ stage: 'reading', done, of: all }),
    )
    await nameEverybody(database, order)
    for (const trait of shownTraits) await settle(database, trait, order.survivors[trait])
    const files: WrittenPersons['files'][number][] = []
    for (const [place, side] of sides.entries()) {
      files.push({ fields: await writeSide(database, place, side, order), rows: side.rows })
      onStep({ stage: 'writing', done: place + 1, of: sides.length })
    }
    const [accounts = 0, persons = 0] = await database.one(
      'select coalesce(sum(accounts), 0)::double, count(*)::double from sizes',
    )
    const placed = await database.rows(
      'select w.side, w.key, min(w.row_id) from who w join joined j on j.v0 = w.side::varchar and j.v1 = w.key group by w.side, w.key',
    )
    const places = placed.map(
      ([side, key, row]) => [sides[Number(side)]?.dataset ?? '', String(key), Number(row)] as const,
    )
    for (const place of targets.keys()) await database.run(`detach target${place}`)
    return { files, places, rows, accounts, persons }
  } finally {
    database.close()
    for (const target of targets) await flushFile(target).catch(() => undefined)
  }
}

/** A person is named after the account that founded it, so that the name stays when accounts join. */
async function nameEverybody(database: PeopleDatabase, order: WritePersonsOrder): Promise<void> {
  const { sides, joined } = order
  const places = new Map(sides.map(({ dataset }, place) => [dataset, String(place)]))
  await database.texts('joined', [
    joined.map(([dataset]) => places.get(dataset) ?? '-1'),
    joined.map(([, key]) => key),
    joined.map(([, , founderDataset]) => founderDataset),
    joined.map(([, , , founderKey]) => founderKey),
  ])
  const dataset = sides.map(({ dataset: id }, place) => `when ${place} then ${quoteText(id)}`)
  const founder = `coalesce(j.v2, case r.side ${dataset.join(' ')} end) || chr(31) || coalesce(j.v3, r.key)`
  await database.run(`create temp table who as select r.*, 'P' || upper(left(md5(${founder}), 14)) as person
    from raw r left join joined j on j.v0 = r.side::varchar and j.v1 = r.key`)
  await database.run('drop table raw')
  await database.run(`create temp table sizes as select person, count(*)::integer as accounts
    from (select distinct person, side, key from who) group by person`)
  await database.run(`create temp table many as select * from who where person in
    (select person from who group by person having count(*) > 1)`)
}

const valueOf: Readonly<Record<ShownTrait, readonly [form: string, shown: string]>> = {
  name: ['name', 'v_name'],
  phone: ['phone', 'v_phone'],
  birthday: ['birthday', 'birthday'],
  email: ['email', 'v_email'],
  idNumber: ['id_number', 'v_id_number'],
  address: ['address', 'v_address'],
}

const newest = 'newest desc nulls last, side, n desc'
const ranked: Readonly<Record<SurvivorRule, (shown: string) => string>> = {
  newest: () => newest,
  complete: (shown) => `length(${shown}::varchar) desc, ${newest}`,
  frequent: () => `bearers desc, ${newest}`,
  source: () => 'side, newest desc nulls last, n desc',
}

/** Table `s_<trait>`: what each person of several rows shows. A surname alone and what is no value at all come last. */
async function settle(
  database: PeopleDatabase,
  trait: ShownTrait,
  rule: SurvivorRule,
): Promise<void> {
  const [form, shown] = valueOf[trait]
  const titled = trait === 'name' ? 'titled, ' : ''
  await database.run(`create temp table s_${trait} as select person, first(${shown} order by ${form} is null, ${titled}${ranked[rule](shown)}) as v
    from (select *, count(distinct hash(side, key)) over (partition by person, ${form}) as bearers from many where ${shown} is not null) group by person`)
}

interface Column {
  readonly name: string
  readonly expr: string
  readonly type: 'text' | 'integer' | 'date'
  readonly role: ExtractField['role']
  readonly personal: PersonalKind | null
}

/** Traits no list of the set has a column for are left out everywhere, so that every list has the same fields. */
function columnsOf({ sides, words }: WritePersonsOrder): Column[] {
  const told = shownTraits.filter((trait) => sides.some(({ fields }) => fields[trait]))
  return [
    { name: words.person, expr: 'w.person', type: 'text', role: 'identifier', personal: null },
    { name: words.accounts, expr: 'z.accounts', type: 'integer', role: 'measure', personal: null },
    ...told.map((trait): Column => ({
      name: words.shown[trait],
      expr: `coalesce(s_${trait}.v, w.${valueOf[trait][1]})`,
      type: trait === 'birthday' ? 'date' : 'text',
      role: 'dimension',
      personal: trait,
    })),
  ]
}

async function writeSide(
  database: PeopleDatabase,
  place: number,
  side: PeopleSide,
  order: WritePersonsOrder,
): Promise<ExtractField[]> {
  const columns = columnsOf(order)
  const told = shownTraits.filter((trait) => order.sides.some(({ fields }) => fields[trait]))
  const joins = told.map((trait) => `left join s_${trait} on s_${trait}.person = w.person`)
  const list = columns.map(({ expr }, index) => `${expr} as f${index}`)
  await database.run(`create or replace temp table wide as select w.row_id, ${list.join(', ')}
    from who w join sizes z on z.person = w.person ${joins.join(' ')} where w.side = ${place}`)
  const fields: ExtractField[] = []
  for (const [index, column] of columns.entries()) {
    fields.push(await fieldOf(database, index, column, side.rows))
  }
  const target = `target${place}`
  for (const [index, { coded }] of fields.entries()) {
    if (!coded) continue
    await database.run(`create table ${target}.${dictionaryTable(index)} as
      select (row_number() over (order by min(row_id)) - 1)::integer as code, f${index} as value from wide where f${index} is not null group by f${index}`)
  }
  await writeRows(database, target, fields)
  await database.run(`create table ${target}.info as select * from (values ('format', '${extractFormat}'),
    ('rows', '${side.rows}'), ('dataset', ${quoteText(side.dataset)}), ('companion', 'persons')) t(key, value)`)
  return fields
}

async function fieldOf(
  database: PeopleDatabase,
  index: number,
  { name, type, role, personal }: Column,
  rows: number,
): Promise<ExtractField> {
  const [found = []] = await database.rows(
    `select count(distinct f${index})::double, count(*) filter (where f${index} is null)::double, min(f${index})::varchar, max(f${index})::varchar from wide`,
  )
  const [distinct, blanks, min, max] = found
  const isText = type === 'text'
  return {
    ...{ name, type, role, scale: 0, wide: false, meaning: null, personal },
    coded: isText && worthCoding(Number(distinct), rows),
    ...{ distinct: Number(distinct), blanks: Number(blanks) },
    min: isText ? null : textOrNull(min),
    max: isText ? null : textOrNull(max),
  }
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** In the order of the rows they stand beside, with the parts of days every extract has. */
async function writeRows(
  database: PeopleDatabase,
  target: string,
  fields: readonly ExtractField[],
): Promise<void> {
  const columns = fields.flatMap(({ type, coded }, index) => {
    const own = columnName(index)
    if (type === 'date') return dateColumns(`w.f${index}`, own)
    return [`${coded ? `d${index}.code` : `w.f${index}`} as ${own}`]
  })
  const joins = fields.flatMap(({ coded }, index) =>
    coded
      ? [`left join ${target}.${dictionaryTable(index)} d${index} on d${index}.value = w.f${index}`]
      : [],
  )
  await database.run(`create table ${target}.rows as select w.row_id, 0 as source_id, w.row_id + 1 as source_row,
    ${columns.join(', ')} from wide w ${joins.join(' ')} order by w.row_id`)
  await database.run(`checkpoint ${target}`)
}

function dateColumns(value: string, own: string): string[] {
  const day = `(${value} - date '1970-01-01')`
  return [
    `${value} as ${own}`,
    `year(${value})::smallint as ${own}_y`,
    `(year(${value}) * 4 + quarter(${value}) - 1)::integer as ${own}_q`,
    `(year(${value}) * 12 + month(${value}) - 1)::integer as ${own}_m`,
    // Birthdays before 1970 too: floor, not truncation.
    `floor((${day} + 3) / 7)::integer as ${own}_w`,
    `${day}::integer as ${own}_d`,
  ]
}
