import { describe, expect, it } from 'vitest'
import { ok } from '../../../../shared/errors.ts'
import type { Field } from '../../../../shared/data/field.ts'
import { findFaults } from '../../../../shared/report/integrity.ts'
import { packTemplate, templateLiterals } from '../../../../shared/report/template/pack-template.ts'
import { textIn } from '../../../../shared/text/messages.ts'
import {
  applyMapping,
  offerToConnect,
  startFromTemplate,
} from '../../../../renderer/sharing/apply-mapping.ts'
import { groupLiterals, placeName } from '../../../../renderer/sharing/literal-list.ts'
import {
  chooseDataset,
  chooseField,
  staysEmpty,
  startMapping,
} from '../../../../renderer/sharing/mapping.ts'
import { createApp } from '../../../../renderer/state/app.ts'
import { slotFor } from '../../../../renderer/state/board-actions.ts'
import { place } from '../../../../renderer/state/drag-store.ts'
import { openReport, startReport } from '../../../../renderer/state/report-files.ts'
import { cannedFields, cannedInfo } from '../../../support/canned-sales.ts'
import { createFakeEngine } from '../../../support/fake-engine.ts'
import { repeatableIds } from '../../../support/report-builder.ts'

const renamed = (field: Field, name: string): Field => ({ ...field, name })
/** Another analyst's sales: two fields under other names, one missing. */
const theirs = {
  ...cannedInfo,
  id: 'ds_theirs01',
  name: '他人销售',
  fields: cannedFields.flatMap((field) =>
    field.name === '销售额' ? [renamed(field, '销售金额')] : field.name === '大区' ? [] : [field],
  ),
}

async function openApp(datasets = [cannedInfo, theirs]) {
  const fake = createFakeEngine()
  const known = await fake.engine['workspace.state']({})
  const state = known.ok ? known.value : { current: null, recent: [] }
  const app = createApp({
    connection: createFakeEngine({
      'workspace.state': () =>
        Promise.resolve(ok({ ...state, current: state.current && { ...state.current, datasets } })),
    }),
    newId: repeatableIds(9),
    clock: { now: () => 0, after: () => undefined },
  })
  await app.workspace.refresh()
  await startReport(app)
  return app
}

type App = Awaited<ReturnType<typeof openApp>>

function put(app: App, name: string): void {
  const field = cannedFields.find((candidate) => candidate.name === name)!
  const report = app.documents.current()!.history.report
  const load = {
    dragged: { kind: 'field' as const, slot: slotFor(app, cannedInfo).slot, field },
    dataset: cannedInfo.id,
  }
  place(app, load, { kind: 'board', page: report.pageOrder[0]!, at: { x: 0, y: 0 } })
}

const current = (app: App) => app.documents.current()!

describe('opening a template on other data', () => {
  it('maps fields by name and meaning, says what stays empty, and is undone in one step', async () => {
    const author = await openApp()
    put(author, '销售额')
    put(author, '大区')
    const template = packTemplate(current(author).history.report, new Set())
    const app = await openApp([theirs])
    const mappings = startMapping(template, [theirs], {})
    expect(mappings.map(({ dataset }) => dataset)).toEqual([theirs.id])
    expect(staysEmpty(mappings).map(({ expected }) => expected.name)).toEqual(['大区'])
    expect(await startFromTemplate(app, template, mappings)).toBe(true)
    const { history, bindings } = current(app)
    const [slot] = Object.values(history.report.datasets)
    expect([slot?.name, bindings[slot!.id]]).toEqual([theirs.name, theirs.id])
    expect(JSON.stringify(history.report.pages)).toContain(`${slot!.id}.销售金额`)
    expect(findFaults(history.report)).toEqual([])
    expect(history.report.id).not.toBe(template.id)
    app.documents.undo()
    expect(JSON.stringify(current(app).history.report.pages)).toContain('.销售额')
    expect(current(app).history.report.datasets).toEqual(template.datasets)
    expect(current(app).bindings).toEqual({})
    app.documents.redo()
    expect(current(app).bindings).toEqual({ [slot!.id]: theirs.id })
  })

  it('lets the user choose each field, and leave a dataset out', async () => {
    const app = await openApp()
    put(app, '大区')
    const report = current(app).history.report
    const [found] = startMapping(report, [theirs], {})
    expect(found?.dataset).toBeNull()
    const mapping = chooseDataset(report, found!, theirs)
    const chosen = chooseField(mapping, '大区', '门店')
    expect(staysEmpty([chosen])).toEqual([])
    expect(staysEmpty([chooseDataset(report, chosen, undefined)])).toHaveLength(1)
    applyMapping(app, [chosen])
    expect(JSON.stringify(current(app).history.report.pages)).toContain('.门店')
  })

  it('asks to connect a report from a file whose datasets are not here, and no other', async () => {
    const app = await openApp()
    put(app, '销售额')
    const { report } = current(app).history
    const stop = offerToConnect(app)
    const file = { id: 'file_other0001', name: 'other.storeboard' }
    const opened = { stamp: 's', report: { ...report, id: 'rp_other' }, recovered: false }
    app.documents.open({ ...opened, file, bindings: current(app).bindings })
    await Promise.resolve()
    expect(app.shell.store.getState().dialog).toBeNull()
    app.documents.open({ ...opened, report: { ...report, id: 'rp_again' }, file, bindings: {} })
    await Promise.resolve()
    expect(app.shell.store.getState().dialog).toBe('connect')
    stop()
    await openReport(app, file)
  })
})

describe('what would travel in a template', () => {
  it('is grouped with the values of the data first, each named by its place', async () => {
    const app = await openApp()
    put(app, '大区')
    const { report, selection } = current(app).history
    const block = selection.blocks[0]!
    const field = `${Object.keys(report.datasets)[0]!}.大区`
    app.documents.run({
      name: 'block.setFilters',
      args: { block, filters: [{ field, op: 'in', values: ['华东', '华北'] }] },
    })
    const shown = current(app).history.report
    const groups = groupLiterals(templateLiterals(shown))
    expect(groups[0]?.kind).toBe('filterValues')
    const [literal] = groups[0]!.literals
    expect([literal?.preview, literal?.keepByDefault]).toEqual(['华东, 华北', false])
    expect(placeName(shown, literal!, textIn('zh-CN'))).not.toBe('')
  })
})
