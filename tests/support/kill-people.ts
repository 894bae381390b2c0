/** Looks at what a killed owner left of the people of its dataset. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Workspace } from '../../electron/engine/workspace/workspace.ts'
import { catchUpPeople } from '../../electron/engine/workspace/people/write-people.ts'
import { askExtract } from './import-files.ts'
import { testOptions } from './open-workspace.ts'

export const killedAccounts = 600

/** Every account twice, under another number; rows turn round with each call. */
export function twiceListed(turn: number): string {
  const lines = Array.from({ length: killedAccounts }, (_, i) => {
    const person = i % (killedAccounts / 2)
    return `M${i},王${'一二三四五六七八九十'[person % 10]}${'甲乙丙丁戊己庚辛壬癸'[Math.floor(person / 10) % 10]},1380${String(1_000_000 + person * 7919).slice(0, 7)},19${70 + (person % 30)}-0${1 + (person % 9)}-1${person % 9}`
  })
  const from = (turn * 97) % killedAccounts
  return `会员号,姓名,手机号,生日\n${[...lines.slice(from), ...lines.slice(0, from)].join('\n')}\n`
}

export interface SurvivedPeople {
  /** Different persons in the companion after catching up, and as the catalogue counts them. */
  readonly persons: number
  readonly counted: number
  readonly accepted: number
  /** Rows whose person is another than that of the account's other row, though both are joined; or the same though not. */
  readonly strays: readonly string[]
}

export async function openPeopleAfterwards(home: string, folder: string): Promise<SurvivedPeople> {
  const workspace = await Workspace.open(home, testOptions)
  try {
    await catchUpPeople(workspace)
    const { catalogue } = workspace
    const dataset = catalogue.datasetNamed('D')
    const set = catalogue.people.setOf(dataset?.id ?? '')
    const file = dataset?.companion?.file ?? ''
    const found = await askExtract(workspace.extractPath(file), folder, 'select count(distinct c0)::double from a.rows') // prettier-ignore
    return {
      persons: Number(found[0]?.[0]),
      counted: set?.totals?.persons ?? -1,
      accepted: catalogue.people.counts(set?.id ?? '').accepted,
      strays: readdirSync(join(home, 'extracts')).filter((name) => !catalogue.files().includes(name) && !name.includes('-persons-')), // prettier-ignore
    }
  } finally {
    await workspace.close()
  }
}
