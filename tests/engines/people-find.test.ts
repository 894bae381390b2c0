import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Trait } from '../../shared/people/settings.ts'
import { findPeople } from '../../electron/engine/runner/people/find-pairs.ts'
import type { ColumnAt, PeopleSide } from '../../electron/engine/runner/people/people-order.ts'
import { naivePairs, shareBlock } from '../support/naive-people.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { pairName, plantedMembers, writeLists } from '../support/people-lists.ts'
import { tempFolder } from '../support/temp-folder.ts'

const columns: Readonly<Record<string, Trait>> = {
  姓名: 'name', 手机号: 'phone', 生日: 'birthday', 邮箱: 'email', 地址: 'address', 性别: 'gender',
} // prettier-ignore

async function sidesOf(folder: string, paths: readonly string[]): Promise<PeopleSide[]> {
  const workspace = await openWorkspace(join(folder, 'w'))
  const sides: PeopleSide[] = []
  for (const path of paths) {
    const name = `L${sides.length}`
    await importInto(workspace, name, [path])
    const stored = workspace.catalogue.datasetNamed(name)
    const at = (name: string): ColumnAt => {
      const index = stored?.fields.findIndex((field) => field.name === name) ?? -1
      const field = stored?.fields[index]
      return { index, type: field?.type ?? 'text', coded: field?.coded ?? false }
    }
    sides.push({
      ...{ dataset: stored?.id ?? '', path: workspace.extractPath(stored?.file ?? '') },
      ...{ rows: stored?.rows ?? 0, key: at('会员号'), newest: null },
      fields: Object.fromEntries(Object.entries(columns).map(([name, trait]) => [trait, at(name)])),
    })
  }
  return sides
}

test.each(['one', 'two', 'three'])(
  'pairs over two lists score as every account against every other does (%s)',
  async (seed) => {
    const folder = tempFolder()
    const members = plantedMembers(seed, 260, { twice: 0.4, lists: 2, twins: 0.2 })
    const sides = await sidesOf(folder, writeLists(folder, members, 2))
    const found = await findPeople(
      { sides, rejected: [], joined: [], mostPairs: 100_000, tempFolder: folder, memoryLimitMb: 512, threads: 1 },
      () => undefined,
    ) // prettier-ignore
    const name = (place: number): string => {
      const account = found.accounts[place]
      return `${account?.side}/${account?.key}`
    }
    const byName = new Map(members.map((one) => [`${one.list}/M${one.key}`, one]))
    const engine = new Map(found.pairs.map((pair) => [pairName(name(pair.a), name(pair.b)), `${pair.total} ${pair.levels}`])) // prettier-ignore
    const naive = naivePairs(members.map((one) => ({ ...one, key: `M${one.key}` })))
    const expected = naive.filter(({ a, b }) => {
      const [one, other] = [byName.get(a), byName.get(b)]
      return one !== undefined && other !== undefined && shareBlock(one, other)
    })
    expect(expected.length).toBeGreaterThan(80)
    expect(engine).toEqual(
      new Map(expected.map(({ a, b, total, levels }) => [pairName(a, b), `${total} ${levels}`])),
    )
    expect(found.crowded).toEqual({ groups: 0, rows: 0, pairs: 0 })
  },
)

test('an address with and without the words for its city and district is the same one', async () => {
  const folder = tempFolder()
  const path = join(folder, 'list.csv')
  const lines = ['M1,王小明,13800000001,上海市徐汇区漕溪北路1号', 'M2,王小明,,上海徐汇漕溪北路1号']
  writeFileSync(path, `会员号,姓名,手机号,地址\n${lines.join('\n')}\n`)
  const [side] = await sidesOf(folder, [path])
  if (side === undefined) throw new Error('no list')
  const { name, phone, address } = side.fields
  const fields = { ...(name ? { name } : {}), ...(phone ? { phone } : {}), ...(address ? { address } : {}) } // prettier-ignore
  const found = await findPeople(
    { sides: [{ ...side, fields }], rejected: [], joined: [], mostPairs: 100, tempFolder: folder, memoryLimitMb: 256, threads: 1 },
    () => undefined,
  ) // prettier-ignore
  // Name and address are the same, the phone is blank.
  expect(found.pairs.map(({ levels }) => levels)).toEqual(['0100010'])
})
