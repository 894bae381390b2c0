import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../../shared/contract.ts'
import type { SourcePart } from '../../../../shared/data/import-words.ts'
import { fail, ok } from '../../../../shared/errors.ts'
import { designWith } from '../../../../renderer/import/finish-import.ts'
import { createImportFlow } from '../../../../renderer/import/import-flow.ts'
import { broughtIn } from '../../../../renderer/import/import-state.ts'
import { upload } from '../../../../renderer/import/upload.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { startReport } from '../../../../renderer/state/report-files.ts'
import { cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

const file = { id: 'file_own00000001', name: '库存.csv' }
const part: SourcePart = {
  file: file.id,
  fileName: file.name,
  kind: 'csv',
  layout: { headerRow: 1, headerRows: 1 },
  columns: [{ name: '数量', type: 'integer', role: 'measure' }],
  sample: [[1]],
  looked: { rows: 1, all: true },
  fingerprint: 'stock',
}
const stock = { ...cannedInfo, id: 'ds_stock001', name: '库存' }
const imported = { dataset: stock, rowsRead: 3, rowsRejected: 1, rejected: [] }
const ends = {
  from: { dataset: stock.id, fields: ['门店'] },
  to: { dataset: cannedInfo.id, fields: ['门店'] },
}

function open(replace: Partial<Engine> = {}) {
  const fake = createFakeEngine({
    'files.inspect': () =>
      Promise.resolve(
        ok({
          parts: [part],
          unreadable: [{ fileName: 'x.xlsx', code: 'dataset/encrypted' }],
          empty: [],
          folders: [],
        }),
      ),
    'dataset.import': (_orders, options) => {
      options?.onPart?.({ dataset: '库存', phase: 'reading', rows: 2, fraction: 0.5 })
      return Promise.resolve(ok({ datasets: [imported] }))
    },
    ...replace,
  })
  const clock = { now: () => 0, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(4), clock })
  const flow = createImportFlow(app)
  return { app, fake, flow, state: () => flow.store.getState() }
}

describe('choices of the last time', () => {
  const chosen = { column: '数量', type: 'text' as const }
  const remembered = { name: '存货', encoding: 'gb18030', layout: { keepTotals: true }, overrides: [chosen] } // prettier-ignore
  const known = { ...part, encoding: 'big5', remembered }
  const looking = () =>
    open({
      'files.inspect': ({ parts }) =>
        Promise.resolve(
          ok({
            parts: [parts ? { ...part, encoding: 'gb18030', fingerprint: 'again' } : known],
            unreadable: [],
            folders: [],
            empty: [{ fileName: 'a.xlsx', part: '空表' }],
          }),
        ),
    })

  it('are taken again for a file of the same columns, which is then read as it was', async () => {
    const { flow, fake, state } = looking()
    await flow.look([file])
    expect(state().plan).toMatchObject([
      { name: '存货', lastTime: 'taken', overrides: { 数量: { type: 'text' } } },
    ])
    const asked = fake.called.filter(({ name }) => name === 'files.inspect').at(-1)?.input
    expect(asked).toMatchObject({ parts: [{ encoding: 'gb18030', layout: { keepTotals: true } }] })
    await flow.run()
    expect(fake.called.findLast(({ name }) => name === 'dataset.import')?.input).toMatchObject({
      orders: [
        {
          overrides: [chosen],
          remember: { shape: 'stock', name: '存货', encoding: 'gb18030', layout: { keepTotals: true } }, // prettier-ignore
        },
      ],
    })
  })

  it('are let go of and taken up again', async () => {
    const { flow, state } = looking()
    await flow.look([file])
    const [{ key } = { key: '' }] = state().plan
    flow.leaveLastTime(key)
    expect(state().plan).toMatchObject([
      { name: '库存', lastTime: 'left', overrides: {}, chosen: {}, parts: [{ encoding: 'big5' }] },
    ])
    await flow.takeLastTime(key)
    expect(state().plan).toMatchObject([{ name: '存货', parts: [{ encoding: 'gb18030' }] }])
  })

  it('are only those of the user: what was found is found anew', async () => {
    const { flow, fake, state } = open()
    await flow.look([file])
    await flow.layOut(state().plan[0]?.key ?? '', { keepTotals: true })
    await flow.run()
    expect(fake.called.findLast(({ name }) => name === 'dataset.import')?.input).toMatchObject({
      orders: [{ remember: { shape: 'stock', layout: { keepTotals: true } } }],
    })
  })
})

describe('bringing data in', () => {
  it('opens a protected file with its password, for looking and for reading', async () => {
    const { flow, fake } = open()
    await flow.look([file])
    await flow.unlock(file.id, '密码')
    await flow.run()
    const asked = fake.called.filter(({ name }) => name === 'files.inspect')
    expect(asked.at(-1)?.input).toEqual({ files: [file.id], passwords: { [file.id]: '密码' } })
    expect(fake.called.findLast(({ name }) => name === 'dataset.import')?.input).toMatchObject({
      orders: [{ parts: [{ file: file.id, password: '密码' }] }],
    })
  })

  it('reads a text file again in the encoding that was chosen, its header found anew', async () => {
    const { flow, fake, state } = open()
    await flow.look([file])
    await flow.decode(state().plan[0]!.key, 'big5')
    const asked = fake.called.findLast(({ name }) => name === 'files.inspect')
    expect(asked?.input).toMatchObject({ parts: [{ file: file.id, encoding: 'big5' }] })
    expect(JSON.stringify(asked?.input)).not.toContain('headerRow')
  })

  it('leads from files over a plan to what came in, and into a new report over it', async () => {
    const { app, flow, state } = open()
    await flow.look([file])
    expect([state().step, state().plan[0]?.name]).toEqual(['plan', '库存'])
    expect(state().unreadable).toEqual([{ fileName: 'x.xlsx', code: 'dataset/encrypted' }])
    await flow.run()
    expect([state().step, state().progress['库存']?.rows]).toEqual(['result', 2])
    designWith(app, broughtIn(state()))
    const opened = app.documents.current()!
    const [slot] = Object.values(opened.history.report.datasets)
    expect([slot?.name, opened.bindings[slot!.id]]).toEqual(['库存', stock.id])
    expect(app.shell.store.getState().route).toBe('designer')
  })

  it('adds to the report that is open', async () => {
    const { app } = open()
    await startReport(app)
    const { id } = app.documents.current()!.history.report
    designWith(app, [stock])
    expect(app.documents.current()!.history.report.id).toBe(id)
    expect(Object.values(app.documents.current()!.bindings)).toEqual([stock.id])
  })

  it('goes back to the plan when stopped, without an error, and says why when refused', async () => {
    let answer: 'internal/cancelled' | 'file/diskFull' = 'internal/cancelled'
    const { flow, state } = open({ 'dataset.import': () => Promise.resolve(fail(answer)) })
    await flow.look([file])
    await flow.run()
    expect([state().step, state().error]).toEqual(['plan', null])
    answer = 'file/diskFull'
    await flow.run()
    expect([state().step, state().error?.code]).toEqual(['plan', 'file/diskFull'])
  })

  it('offers relationships of what came in only, and keeps those refused beside those made', async () => {
    const other = {
      from: { dataset: 'ds_other01', fields: ['a'] },
      to: { dataset: 'ds_other02', fields: ['a'] },
    }
    const back = { from: ends.to, to: ends.from }
    const { flow, state } = open({
      'relationship.propose': () =>
        Promise.resolve(
          ok({
            proposals: [ends, other, back].map((one) => ({ ...one, reasons: [] })),
            repeated: [{ ...ends, count: 1, examples: ['S1'] }],
          }),
        ),
      'relationship.create': ({ from, to }) =>
        Promise.resolve(
          from.dataset === stock.id
            ? ok({
                ...{ id: 'rel_made001', from, to, orphans: 2, blanks: 0, orphanExamples: ['A'] },
                ...{ most: 1, mostExample: 'B', broken: null },
              })
            : fail('relationship/duplicateKey', { examples: ['S1'] }),
        ),
    })
    await flow.look([file])
    await flow.run()
    await flow.propose()
    await flow.relate()
    expect(state().proposals.map(({ outcome }) => outcome.state)).toEqual(['made', 'refused'])
    expect(state().repeated).toMatchObject([{ examples: ['S1'] }])
  })

  it('carries a dropped file over in pieces and stops when told to', async () => {
    const pieces: number[] = []
    const { fake } = open({
      'inbox.begin': () => Promise.resolve(ok({ id: 'inbox_1' })),
      'inbox.chunk': ({ bytes }) => {
        pieces.push(bytes.length)
        return Promise.resolve(ok({}))
      },
      'inbox.finish': () => Promise.resolve(ok({ file: { ...file, copy: true } })),
    })
    const dropped = new Blob([new Uint8Array(1024 * 1024 + 5)])
    const source = { name: '库存.csv', size: dropped.size, slice: dropped.slice.bind(dropped) }
    const heard: number[] = []
    const done = await upload(fake.engine, source, new AbortController().signal, (bytes) =>
      heard.push(bytes),
    )
    expect([done.ok, pieces, heard.at(-1)]).toEqual([true, [1024 * 1024, 5], dropped.size])
    const stopped = await upload(fake.engine, source, AbortSignal.abort(), () => undefined)
    expect(stopped).toMatchObject({ ok: false, error: { code: 'internal/cancelled' } })
  })
})
