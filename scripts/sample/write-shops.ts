import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { dayOf, isoDay, YEARS } from './calendar/days.ts'
import { growingBusyness } from './calendar/festivals.ts'
import { SHOPS } from './shops.ts'

export const SHOPS_FILE = '门店.sqlite'

const SCHEMA = `
  create table 门店 (
    门店编码 text primary key,
    门店名称 text not null,
    区域 text not null,
    省份 text not null,
    城市 text not null,
    开店日期 text not null,
    面积 real not null,
    店型 text not null,
    店长 text not null
  );
  create table 月度目标 (
    门店编码 text not null references 门店 (门店编码),
    月份 text not null,
    销售目标 real not null,
    primary key (门店编码, 月份)
  );`

/** The store master data: shops, and the turnover they were to reach each month. */
export function writeShops(folder: string, scale: number): void {
  const path = join(folder, SHOPS_FILE)
  rmSync(path, { force: true })
  const db = new Database(path)
  db.pragma('journal_mode = memory')
  db.exec(SCHEMA)
  const shop = db.prepare('insert into 门店 values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const target = db.prepare('insert into 月度目标 values (?, ?, ?)')
  db.transaction(() => {
    for (const one of SHOPS)
      shop.run(
        one.code,
        one.name,
        one.region,
        one.province,
        one.city,
        isoDay(one.openDay),
        one.area,
        one.format,
        one.manager,
      )
    for (const row of monthlyTargets(scale)) target.run(...row)
  })()
  db.close()
}

/** What head office expected: every shop growing by 6% a year, whatever its region does. */
const EXPECTED = growingBusyness(0.06)
/** Yuan per unit of busyness in a shop of average size. */
const YUAN_PER_BUSY_DAY = 650

function* monthlyTargets(scale: number): Generator<[string, string, number]> {
  for (const shop of SHOPS)
    for (const year of YEARS)
      for (let month = 1; month <= 12; month++) {
        const first = dayOf(`${year}-${String(month).padStart(2, '0')}-01`)
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate() - 1 + first
        if (shop.openDay > first) continue
        const busy = (EXPECTED[last] ?? 0) - (EXPECTED[first - 1] ?? 0)
        const yuan = busy * YUAN_PER_BUSY_DAY * shop.size * scale
        yield [
          shop.code,
          `${year}-${String(month).padStart(2, '0')}`,
          Math.max(1, Math.round(yuan / 100)) * 100,
        ]
      }
}
