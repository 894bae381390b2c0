/**
 * Duplicate people among generated members with planted second accounts: time, precision and recall at two sizes.
 * `node tests/bench/people-bench.ts [small] [large]`. Prints one JSON line; the ratio of the times says how near to linear it is.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { percentOf, totalOf } from '../../shared/people/weights.ts'
import { findPeople } from '../../electron/engine/runner/people/find-pairs.ts'
import type {
  FindPeopleOutcome,
  PeopleSide,
} from '../../electron/engine/runner/people/people-order.ts'
import { writePersons } from '../../electron/engine/runner/people/write-persons.ts'
import { usualSurvivors } from '../../shared/people/settings.ts'
import { importParts, partOf } from '../support/import-files.ts'
import type { PlantedMember } from '../support/people-lists.ts'
import { pairName, plantedMembers, truePairs, writeLists } from '../support/people-lists.ts'

const [, , small = '100000', large = '1000000'] = process.argv
const lists = 3

interface Lot {
  readonly members: readonly PlantedMember[]
  readonly sides: readonly PeopleSide[]
}

async function prepare(folder: string, accounts: number): Promise<Lot> {
  const members = plantedMembers(`bench ${accounts}`, Math.round(accounts / 1.05), { twice: 0.05, lists })
  const sides: PeopleSide[] = []
  for (const [place, path] of writeLists(folder, members, lists).entries()) {
    const { target, fields, rows } = await importParts(folder, [partOf(path)])
    const at = (name: string) => {
      const index = fields.findIndex((field) => field.name === name)
      const field = fields[index]
      return { index, type: field?.type ?? ('text' as const), coded: field?.coded ?? false }
    }
    sides.push({
      ...{ dataset: `ds_list0${place}`, path: target, rows, key: at('会员号'), newest: at('注册日期') },
      fields: { name: at('姓名'), phone: at('手机号'), birthday: at('生日'), email: at('邮箱'), address: at('地址'), gender: at('性别') },
    })
  }
  return { members, sides }
} // prettier-ignore

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const started = performance.now()
  const value = await work()
  return { ms: performance.now() - started, value }
} // prettier-ignore

function judged(found: FindPeopleOutcome, truth: ReadonlySet<string>, percent: number): object {
  const name = (place: number): string => {
    const account = found.accounts[place]
    return `${account?.side}/${account?.key}`
  }
  const taken = found.pairs.filter(({ total }) => total >= totalOf(percent))
  const right = taken.filter(({ a, b }) => truth.has(pairName(name(a), name(b)))).length
  return {
    ...{ percent, pairs: taken.length },
    precision: Number((right / taken.length).toFixed(4)),
    recall: Number((right / truth.size).toFixed(4)),
  }
}

async function measure(accounts: number): Promise<{ readonly ms: number; readonly report: object }> {
  const folder = mkdtempSync(join(tmpdir(), 'people-bench-'))
  try {
    const { members, sides } = await prepare(folder, accounts)
    const workshop = { tempFolder: folder, memoryLimitMb: 2048, threads: 2 }
    const stages: Record<string, number> = {}
    const started = performance.now()
    const found = await timed(() => findPeople({ sides, rejected: [], joined: [], mostPairs: 100_000, ...workshop }, ({ stage }) => { stages[stage] ??= Math.round(performance.now() - started) }))
    const words = { person: 'person', accounts: 'accounts', shown: { name: 'n', phone: 'p', birthday: 'b', email: 'e', idNumber: 'i', address: 'a' } }
    const targets = sides.map((_, place) => join(folder, `persons-${place}.duckdb`))
    const joined = found.value.pairs.filter(({ total }) => percentOf(total) >= 99).map(({ a, b }) => {
      const [one, other] = [found.value.accounts[a], found.value.accounts[b]]
      const dataset = (side = 0): string => sides[side]?.dataset ?? ''
      return [dataset(other?.side), other?.key ?? '', dataset(one?.side), one?.key ?? ''] as const
    })
    const written = await timed(() => writePersons({ sides, joined, survivors: usualSurvivors, words, targets, ...workshop }, () => undefined))
    const truth = truePairs(members)
    const { rows, compared, worth, crowded } = found.value
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
    return {
      ms: found.ms,
      report: {
        ...{ rows, planted: truth.size, findMs: Math.round(found.ms), startOf: stages, writeMs: Math.round(written.ms), peakMb },
        ...{ compared, worth, crowded, persons: written.value.persons },
        judged: [20, 50, 90, 99].map((percent) => judged(found.value, truth, percent)),
      },
    }
  } finally {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
  }
} // prettier-ignore

const first = await measure(Number(small))
const second = await measure(Number(large))
process.stdout.write(`${JSON.stringify({ small: first.report, large: second.report, ratio: Number((second.ms / first.ms).toFixed(2)) })}\n`) // prettier-ignore
