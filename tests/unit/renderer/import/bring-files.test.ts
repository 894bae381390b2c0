import { expect, it } from 'vitest'
import { bringFiles } from '../../../../renderer/import/bring-files.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

async function dropped(files: Promise<readonly File[]>) {
  const fake = createFakeEngine()
  const clock = { now: () => 0, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(5), clock })
  const shown: unknown[] = []
  await bringFiles(app, files, new AbortController().signal, (arriving) => shown.push(arriving))
  const [note] = app.shell.store.getState().notes
  return { error: note?.error, shown, uploads: fake.called.filter(({ name }) => name === 'inbox.begin') } // prettier-ignore
}

const broken = (name: string): Promise<readonly File[]> =>
  Promise.reject(new DOMException('a folder', name))

it.each([
  ['NotReadableError', 'file/denied'],
  ['NotFoundError', 'file/notFound'],
])('says that a dropped folder cannot be read: %s', async (name, code) => {
  const { error, shown } = await dropped(broken(name))
  expect(error?.code).toBe(code)
  expect(shown).toEqual([null])
})

it('carries none of more files over than are read at once', async () => {
  const files = Array.from({ length: 2001 }, (_, n) => new File(['a'], `${n}.csv`))
  const { error, uploads } = await dropped(Promise.resolve(files))
  expect(error).toMatchObject({
    code: 'dataset/overLimit',
    details: { limit: 2000, reason: 'files' },
  })
  expect(uploads).toEqual([])
})
