/** Finds accounts that may be one person, in one member list or across several. Runs in a job process. */
import { leastPercent, totalOf } from '../../../../shared/people/weights.ts'
import { blockStatements, crowdSelect, pairSelect, pairsInBlocks } from './block-sql.ts'
import { scoredSelect, weighStatement } from './compare-sql.ts'
import { PeopleDatabase } from './people-database.ts'
import type {
  FindPeopleOrder,
  FindPeopleOutcome,
  FoundAccount,
  FoundPair,
  PeopleStep,
} from './people-order.ts'

/** So many pairs at a time keep the memory of one part bounded. */
const pairsInPart = 2_000_000

export async function findPeople(
  order: FindPeopleOrder,
  onStep: (step: PeopleStep, atOnce?: 'atOnce') => void,
): Promise<FindPeopleOutcome> {
  const database = await PeopleDatabase.open(order)
  try {
    return await find(database, order, onStep)
  } finally {
    database.close()
  }
}

async function find(
  database: PeopleDatabase,
  order: FindPeopleOrder,
  onStep: (step: PeopleStep, atOnce?: 'atOnce') => void,
): Promise<FindPeopleOutcome> {
  const all = order.sides.reduce((sum, { rows }) => sum + rows, 0)
  onStep({ stage: 'reading', done: 0, of: all }, 'atOnce')
  const rows = await database.read(order.sides, false, (done) =>
    onStep({ stage: 'reading', done, of: all }),
  )
  await database.run(weighStatement(rows))
  await database.run('drop table raw')
  onStep({ stage: 'grouping', done: 0, of: rows }, 'atOnce')
  for (const statement of blockStatements(rows)) await database.run(statement)
  const compared = await compare(database, rows, onStep)
  const [groups = 0, crowdRows = 0, crowdPairs = 0] = await database.one(crowdSelect)
  onStep({ stage: 'sorting', done: compared, of: compared }, 'atOnce')
  const worth = await keepOpen(database, order)
  return {
    ...(await answer(database, order.mostPairs)),
    ...{ rows, compared, worth },
    crowded: { groups, rows: crowdRows, pairs: crowdPairs },
  }
}

/** Table `found`: pairs worth a look; resolves with how many were compared. */
async function compare(
  database: PeopleDatabase,
  rows: number,
  onStep: (step: PeopleStep) => void,
): Promise<number> {
  await database.run(
    'create temp table found (a integer, b integer, total integer, levels varchar)',
  )
  const [expected = 0] = await database.one(pairsInBlocks)
  const parts = Math.max(1, Math.ceil(expected / pairsInPart))
  const least = totalOf(leastPercent)
  for (let part = 0; part < parts; part++) {
    onStep({ stage: 'comparing', done: Math.round((expected * part) / parts), of: expected })
    await database.run(`insert into found ${scoredSelect(pairSelect(part, parts), rows, least)}`)
  }
  return expected
}

/** Table `open`: what nobody has decided yet, one pair for two accounts; resolves with their number. */
async function keepOpen(database: PeopleDatabase, order: FindPeopleOrder): Promise<number> {
  const { sides, rejected, joined } = order
  const places = new Map(sides.map(({ dataset }, place) => [dataset, String(place)]))
  const sideOf = (dataset: string): string => places.get(dataset) ?? '-1'
  await database.texts('rejected', [
    rejected.map(([a]) => sideOf(a)),
    rejected.map(([, key]) => key),
    rejected.map(([, , b]) => sideOf(b)),
    rejected.map(([, , , key]) => key),
  ])
  await database.texts('joined', [
    joined.map(([dataset]) => sideOf(dataset)),
    joined.map(([, key]) => key),
    joined.map(([, , person]) => String(person)),
  ])
  const named = (one: string): string => `hash(${one}.side::varchar, ${one}.key)`
  await database.run(`create temp table open as
    with pairs as (select f.*, ${named('x')} as ha, ${named('y')} as hb from found f
        join rec x on x.n = f.a join rec y on y.n = f.b),
      best as (select a, b, total, levels, ha, hb from (select *, row_number() over (partition by least(ha, hb), greatest(ha, hb)
        order by total desc, a, b) as place from pairs) where place = 1),
      person as (select hash(v0, v1) as h, v2 as p from joined),
      no as (select hash(v0, v1) as ha, hash(v2, v3) as hb from rejected union select hash(v2, v3), hash(v0, v1) from rejected)
    select b.a, b.b, b.total, b.levels from best b left join person pa on pa.h = b.ha left join person pb on pb.h = b.hb
    where (pa.p is null or pb.p is null or pa.p <> pb.p)
      and not exists (select 1 from no where no.ha = b.ha and no.hb = b.hb)`)
  const [count = 0] = await database.one('select count(*)::double from open')
  return count
}

async function answer(
  database: PeopleDatabase,
  most: number,
): Promise<Pick<FindPeopleOutcome, 'accounts' | 'pairs'>> {
  await database.run(
    `create temp table best as select * from open order by total desc, a, b limit ${most}`,
  )
  const found = await database.rows(
    `select n, side, key, row_id, coalesce(strftime(birthday, '%Y-%m-%d'), ''), coalesce(left(md5(id_number), 12), ''),
       coalesce(gender, '') from rec where n in (select a from best union select b from best) or hash(side::varchar, key) in (select hash(v0, v1) from joined) order by n`,
  )
  const places = new Map(found.map(([n], place) => [Number(n), place]))
  const accounts = found.map(([, side, key, row, birthday, idNumber, gender]): FoundAccount => ({
    ...{ side: Number(side), key: String(key), row: Number(row) },
    ...{ birthday: String(birthday), idNumber: String(idNumber), gender: String(gender) },
  }))
  const rows = await database.rows('select a, b, total, levels from best order by total desc, a, b')
  const pairs = rows.map(([a, b, total, levels]): FoundPair => ({
    a: places.get(Number(a)) ?? 0,
    b: places.get(Number(b)) ?? 0,
    ...{ total: Number(total), levels: String(levels) },
  }))
  return { accounts, pairs }
}
