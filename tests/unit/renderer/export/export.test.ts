import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../../shared/contract.ts'
import { fail, ok } from '../../../../shared/errors.ts'
import { createExportFlow } from '../../../../renderer/export/export-flow.ts'
import {
  blockOf,
  canOpenLevels,
  exportRequest,
  scopesFor,
  withFormat,
} from '../../../../renderer/export/export-plan.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { addPage, insertBlock, slotFor } from '../../../../renderer/state/board-actions.ts'
import { blockReader } from '../../../../renderer/state/block-reader.ts'
import { place } from '../../../../renderer/state/drag-store.ts'
import { startReport } from '../../../../renderer/state/report-files.ts'
import { cannedFields, cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

const to = { id: 'file_fake00000001', name: '门店概览.xlsx' }
const whole = { format: 'xlsx', scope: 'report' } as const

async function openApp(replace: Partial<Engine> = {}) {
  const fake = createFakeEngine(replace)
  const clock = { now: () => 0, after: () => undefined }
  const app = createApp({ connection: fake, newId: repeatableIds(6), clock })
  await app.workspace.refresh()
  await startReport(app)
  const put = (name: string): string => {
    const field = cannedFields.find((candidate) => candidate.name === name)!
    const { report, selection } = app.documents.current()!.history
    const slot = slotFor(app, cannedInfo).slot
    const load = { dragged: { kind: 'field' as const, slot, field }, dataset: cannedInfo.id }
    const page = report.pages[selection.page]!.id
    place(app, load, { kind: 'board', page, at: { x: 0, y: 0 } })
    return app.documents.current()!.history.selection.blocks[0]!
  }
  return { app, fake, put }
}

describe('choosing what to export', () => {
  it('offers each format what it can take', async () => {
    const { app, put } = await openApp()
    const chart = put('大区')
    const block = blockOf(app.documents.current()!.history.report, chart)
    expect(scopesFor('xlsx', block)).toEqual(['report', 'page', 'block'])
    expect(scopesFor('pdf', null)).toEqual(['report', 'page'])
    expect([scopesFor('png', null), scopesFor('csv', null)]).toEqual([[], []])
    expect(withFormat(whole, 'csv', block)).toEqual({ format: 'csv', scope: 'block' })
  })

  it('offers to open levels where a crosstab of what is exported has some put away', async () => {
    const { app, put } = await openApp()
    const chart = put('大区')
    expect(canOpenLevels(app, whole, null)).toBe(false)
    insertBlock(app, 'crosstab', (block) => {
      if (block.kind === 'crosstab') block.folds = { rows: { levels: [1], paths: [] } }
    })
    expect(canOpenLevels(app, whole, null)).toBe(true)
    expect(canOpenLevels(app, { ...whole, format: 'csv' }, null)).toBe(false)
    const block = blockOf(app.documents.current()!.history.report, chart)
    expect(canOpenLevels(app, { format: 'pdf', scope: 'block' }, block)).toBe(false)
    const said = { personal: 'mask', quality: false } as const
    expect(exportRequest(app, whole, null, to, { ...said, levels: 'all' })?.levels).toBe('all')
    expect(exportRequest(app, whole, null, to, { ...said, levels: 'shown' })?.levels).toBe(
      undefined,
    )
  })

  it('shows filter controls as they were set while presenting', async () => {
    const { app, put } = await openApp()
    const number = put('销售额')
    insertBlock(app, 'filter', (block) => {
      const field = { id: 'pl_region', field: `${slotFor(app, cannedInfo).slot.id}.大区` }
      if (block.kind === 'filter') block.shelves.field.push(field)
    })
    const control = app.documents.current()!.history.selection.blocks[0]!
    app.session.setState({ presenting: true, controls: { [control]: { selected: ['华东'] } } })
    const request = exportRequest(app, whole, null, to)!
    expect(request.view.filters[number]).toMatchObject([{ op: 'in', values: ['华东'] }])
    expect(blockOf(request.report, control)).toMatchObject({ selected: ['华东'] })
    // The report itself keeps what was designed.
    expect(blockOf(app.documents.current()!.history.report, control)).toMatchObject({
      selected: null,
    })
  })

  it('takes along what the reader clicked on every page, not only the one shown', async () => {
    const { app, put } = await openApp()
    const first = put('大区')
    put('销售额')
    addPage(app)
    const third = put('大区')
    const fourth = put('销售额')
    const pages = Object.values(app.documents.current()!.history.report.pages)
    for (const [page, id] of [
      [pages[0]!, first],
      [pages[1]!, third],
    ] as const)
      blockReader(app, page.blocks[id]!, {}, null, () => undefined).pick({
        row: ['华东'],
        column: [],
      })
    const request = exportRequest(app, whole, null, to)!
    const second = Object.keys(pages[0]!.blocks).find((id) => id !== first)!
    expect(Object.keys(request.view.filters).sort()).toEqual([second, fourth].sort())
    expect(Object.values(request.bindings)).toEqual([cannedInfo.id])
    expect(exportRequest(app, { ...whole, scope: 'page' }, null, to)?.scope).toEqual({
      kind: 'page',
      page: pages[1]!.id,
    })
  })
})

describe('exporting', () => {
  it('shows how far it is and what was written', async () => {
    const result = { file: to, bytes: 1200, rows: 30, pages: 2, notes: [] }
    const { app } = await openApp({
      'export.run': (_request, options) => {
        options?.onPart?.({ phase: 'drawing', done: 1, of: 3 })
        return Promise.resolve(ok(result))
      },
    })
    const flow = createExportFlow(app, null, whole)
    await flow.run('a/b: c')
    const { step, progress, result: shown } = flow.store.getState()
    expect([step, progress, shown]).toEqual(['done', { phase: 'drawing', done: 1, of: 3 }, result])
  })

  it('stays where it was when the dialog is dismissed or the export cancelled, and says why it failed', async () => {
    let code: 'internal/cancelled' | 'file/diskFull' = 'internal/cancelled'
    const dismissed = await openApp({ 'host.pickSave': () => Promise.resolve(ok({ file: null })) })
    const first = createExportFlow(dismissed.app, null, whole)
    await first.run('x')
    expect(first.store.getState().step).toBe('choose')
    const { app } = await openApp({ 'export.run': () => Promise.resolve(fail(code)) })
    const flow = createExportFlow(app, null, whole)
    await flow.run('x')
    expect([flow.store.getState().step, flow.store.getState().error]).toEqual(['choose', null])
    code = 'file/diskFull'
    await flow.run('x')
    expect(flow.store.getState().error?.code).toBe('file/diskFull')
  })

  it('masks people unless it is said for this one export, and names the columns it is about', async () => {
    const columns = [{ dataset: '会员', field: '手机号', kind: 'phone' as const }]
    const result = { file: to, bytes: 1, rows: 1, pages: 1, notes: [] }
    const { app, fake } = await openApp({
      'export.personal': () => Promise.resolve(ok({ columns })),
      'export.run': () => Promise.resolve(ok(result)),
    })
    const flow = createExportFlow(app, null, whole)
    await flow.run('13812345678 的报表')
    expect(flow.store.getState().personalColumns).toEqual(columns)
    flow.again()
    flow.choosePersonal('full')
    await flow.run('13812345678 的报表')
    flow.again()
    await flow.run('x')
    const inputs = (call: string) =>
      fake.called.filter(({ name }) => name === call).map(({ input }) => input)
    expect(inputs('export.run').map((input) => (input as { personal: string }).personal)).toEqual(
      ['mask', 'full', 'mask'],
    ) // prettier-ignore
    expect(inputs('host.pickSave')).toMatchObject([
      { suggestedName: '138xxxx5678 的报表' },
      { suggestedName: '13812345678 的报表' },
      { suggestedName: 'x' },
    ])
  })
})
