import { expect, it } from 'vitest'
import { fail, ok } from '../../../../shared/errors.ts'
import { perform } from '../../../../renderer/state/actions.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { changeTags } from '../../../../renderer/state/change-tags.ts'
import { cannedFields, cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

function openApp(gone: () => boolean = () => false) {
  const fake = createFakeEngine({
    'dataset.tag': () => Promise.resolve(gone() ? fail('dataset/notFound', {}) : ok(cannedInfo)),
  })
  const clock = { now: () => 0, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(6), clock })
  app.shell.go('data')
  const said = () =>
    fake.called.filter(({ name }) => name === 'dataset.tag').map(({ input }) => input)
  return { app, said }
}

const field = cannedFields.find(({ name }) => name === '会员号')!
const settled = () => new Promise((resolve) => setTimeout(resolve))

it('a change on the Data page is undone and redone by the commands of the Edit menu', async () => {
  const { app, said } = openApp()
  expect(perform(app, 'edit.undo')).toBe(false)
  await changeTags(app, cannedInfo.id, field, { personal: 'phone' })
  const at = { dataset: cannedInfo.id, field: '会员号', meaning: null }
  expect(said()).toEqual([{ ...at, personal: 'phone' }])
  expect(perform(app, 'edit.undo')).toBe(true)
  await settled()
  expect(perform(app, 'edit.redo')).toBe(true)
  await settled()
  expect(said().slice(1)).toEqual([
    { ...at, personal: null },
    { ...at, personal: 'phone' },
  ])
})

it('a refused change is told and leaves no step; a step whose dataset is gone does not stand in the way', async () => {
  let gone = true
  const { app } = openApp(() => gone)
  await changeTags(app, cannedInfo.id, field, { meaning: 'customer' })
  expect(app.shell.store.getState().notes.at(-1)?.error?.code).toBe('dataset/notFound')
  expect(app.tags.store.getState().done).toEqual([])
  gone = false
  await changeTags(app, cannedInfo.id, field, { meaning: 'customer' })
  gone = true
  perform(app, 'edit.undo')
  await settled()
  expect(app.tags.store.getState()).toEqual({ done: [], undone: [] })
})
