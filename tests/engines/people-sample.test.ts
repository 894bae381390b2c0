import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { usualSurvivors } from '../../shared/people/settings.ts'
import { totalOf } from '../../shared/people/weights.ts'
import { acceptUnasked, findPeople } from '../../electron/engine/workspace/people/find-people.ts'
import { proposedSources } from '../../electron/engine/workspace/people/people-sides.ts'
import { WhoIsWhom } from '../../electron/engine/workspace/people/who-is-whom.ts'
import { storedSet } from '../../electron/engine/workspace/people/people-state.ts'
import { importInto, openWorkspace } from '../support/open-workspace.ts'
import { words } from '../support/people-bench.ts'
import { pairName } from '../support/people-lists.ts'
import { tempFolder } from '../support/temp-folder.ts'

const sample = join(import.meta.dirname, '../../resources/sample')
// Second cards the generator gave out, kept apart from what the product imports.
const truth = JSON.parse(readFileSync(join(sample, 'truth.json'), 'utf8')) as {
  readonly duplicateCards: readonly { readonly member: string; readonly sameAs: string }[]
}

test('the second cards of the sample chain are found, nearly all of them without a question', async () => {
  const workspace = await openWorkspace(join(tempFolder(), 'w'))
  await importInto(workspace, '会员', [join(sample, '会员名单.xlsx')])
  const id = workspace.catalogue.datasetNamed('会员')?.id ?? ''
  const sources = proposedSources(workspace, id)
  expect(sources).toMatchObject([
    { key: '会员号', fields: { name: '姓名', phone: '手机号', birthday: '生日', gender: '性别' }, newest: '注册日期' },
  ]) // prettier-ignore
  const planted = new Set(truth.duplicateCards.map(({ member, sameAs }) => pairName(member, sameAs))) // prettier-ignore
  const set = await findPeople(workspace, { settings: { sources, survivors: usualSurvivors, words }, acceptOver: null }, {}) // prettier-ignore
  const { people } = workspace.catalogue
  const who = WhoIsWhom.of(workspace, storedSet(workspace, set.id))
  const named = people.acceptable(set.id, totalOf(20)).map(({ a, b }) => pairName(who.accountById(a)?.key ?? '', who.accountById(b)?.key ?? '')) // prettier-ignore
  const found = named.filter((name) => planted.has(name)).length
  expect(found / planted.size).toBeGreaterThan(0.97)
  acceptUnasked(workspace, set.id, 99)
  const taken = people.decided(set.id, 'same').map(({ a, b }) => pairName(who.accountById(a)?.key ?? '', who.accountById(b)?.key ?? '')) // prettier-ignore
  const right = taken.filter((name) => planted.has(name)).length
  expect({ precision: right / taken.length > 0.99, recall: right / planted.size > 0.9 }).toEqual({ precision: true, recall: true }) // prettier-ignore
})
