import { describe, expect, it } from 'vitest'
import { createDocumentStore, documentIsEdited } from '../../../../renderer/state/document-store.ts'
import { fieldId } from '../../../../shared/report/field-use.ts'
import { newBlock } from '../../../../shared/report/new-block.ts'
import { newPage } from '../../../../shared/report/new-report.ts'
import { repeatableIds, salesReport } from '../../../support/report-builder.ts'

function openStore() {
  const newId = repeatableIds(3)
  const report = salesReport(newId)
  const documents = createDocumentStore()
  documents.open({ file: null, stamp: null, report, bindings: {}, recovered: false })
  const page = report.pageOrder[0]!
  const add = () => {
    const block = newBlock('text', { x: 0, y: 0, w: 4, h: 4 }, newId)
    documents.run({ name: 'block.add', args: { page, blocks: [block] } }, { select: [block.id] })
    return block.id
  }
  const now = () => documents.current()!
  return { documents, page, add, now, newId }
}

describe('an open document', () => {
  it('selects what a command made, and drops what undo took away from the selection', () => {
    const { documents, add, now } = openStore()
    const block = add()
    expect(now().history.selection.blocks).toEqual([block])
    documents.undo()
    expect(now().history.selection.blocks).toEqual([])
  })

  it('goes to another page when the one shown is removed', () => {
    const { documents, page, now, newId } = openStore()
    const second = newPage('Two', newId)
    documents.run(
      { name: 'page.add', args: { page: second, index: 1 } },
      { page: second.id, select: [] },
    )
    documents.run({ name: 'page.remove', args: { page: second.id } })
    expect(now().history.selection.page).toBe(page)
  })

  it('says why a command was refused and stays as it was', () => {
    const { documents, page, now } = openStore()
    const before = now()
    expect(documents.run({ name: 'page.remove', args: { page } })).toBe('lastPage')
    expect(now()).toBe(before)
  })

  it('makes several commands one step, or nothing when one is refused', () => {
    const { documents, page, add, now } = openStore()
    const block = add()
    const rename = { name: 'page.rename', args: { page, title: 'Shops' } } as const
    const look = { name: 'block.configure', args: { block, settings: { title: 'T' } } } as const
    documents.runAll([rename, look], 'command.paste')
    expect(now().history.past).toHaveLength(2)
    documents.undo()
    expect(now().history.report.pages[page]!.title).toBe('Page 1')
    const bad = { name: 'page.remove', args: { page } } as const
    expect(documents.runAll([rename, bad], 'command.paste')).toBe('lastPage')
    expect(now().history.report.pages[page]!.title).toBe('Page 1')
    expect(now().history.gesture).toBeNull()
  })

  it('keeps what is typed at two conditions of one block as two steps', () => {
    const { documents, page, now, newId } = openStore()
    const block = newBlock('chart', { x: 0, y: 0, w: 4, h: 4 }, newId)
    documents.run({ name: 'block.add', args: { page, blocks: [block] } })
    const type = (texts: readonly string[], place: number) => {
      const filters = texts.map((text) => ({
        ...{ field: fieldId('sl_sales', 'region'), op: 'contains' as const, text },
        ignoreCase: true,
      }))
      documents.run(
        { name: 'block.setFilters', args: { block: block.id, filters } },
        { mode: 'merge', place },
      )
    }
    for (const text of ['a', 'ab']) type([text, ''], 0)
    for (const text of ['c', 'cd']) type(['ab', text], 1)
    expect(now().history.past).toHaveLength(3)
    documents.undo()
    expect(now().history.report.pages[page]!.blocks[block.id]).toMatchObject({
      filters: [{ text: 'ab' }, { text: '' }],
    })
  })

  it('folds what is typed at one setting into one step, and nothing else', () => {
    const { documents, add, now } = openStore()
    const block = add()
    const type = (settings: Record<string, unknown>) =>
      documents.run({ name: 'block.configure', args: { block, settings } }, { mode: 'merge' })
    documents.run({ name: 'block.configure', args: { block, settings: { title: 'Before' } } })
    for (const text of ['S', 'Sh', 'Shops']) type({ text })
    type({ title: 'Other' })
    expect(now().history.past).toHaveLength(4)
    documents.undo()
    documents.undo()
    expect(now().history.report.pages[now().history.selection.page]!.blocks[block]).toMatchObject({
      title: 'Before',
      text: '',
    })
  })

  it('is edited by commands and by bindings until it is saved', () => {
    const { documents, add, now } = openStore()
    expect(documentIsEdited(now())).toBe(false)
    documents.bind('sl_sales', 'ds_000001')
    expect(documentIsEdited(now())).toBe(true)
    documents.saved({ id: 'file_00000001', name: 'a.storeboard' }, 's1', documents.current()!)
    expect(documentIsEdited(now())).toBe(false)
    add()
    expect(documentIsEdited(now())).toBe(true)
    documents.undo()
    expect(documentIsEdited(now())).toBe(false)
  })

  it('undoes what a slot is bound to with the fields that were mapped for it, and does it again', () => {
    const { documents, now } = openStore()
    const slot = Object.values(now().history.report.datasets)[0]!
    documents.bind(slot.id, 'ds_mine')
    const remap = {
      name: 'slot.remap',
      args: { slot: { ...slot, name: 'Theirs' }, fields: {} },
    } as const
    expect(documents.rebind({ [slot.id]: 'ds_theirs' }, [remap], 'command.slot.remap')).toBeNull()
    const shown = () => [now().bindings[slot.id], now().history.report.datasets[slot.id]!.name]
    expect([shown(), now().history.past.length]).toEqual([['ds_theirs', 'Theirs'], 1])
    documents.undo()
    expect(shown()).toEqual(['ds_mine', slot.name])
    documents.redo()
    expect(shown()).toEqual(['ds_theirs', 'Theirs'])
  })

  it('makes a step of a binding that changes no field', () => {
    const { documents, now } = openStore()
    const slot = Object.values(now().history.report.datasets)[0]!
    documents.rebind({ [slot.id]: 'ds_theirs' }, [], 'command.slot.remap')
    documents.rebind({ [slot.id]: 'ds_theirs' }, [], 'command.slot.remap')
    expect([now().bindings, now().history.past.length]).toEqual([{ [slot.id]: 'ds_theirs' }, 1])
    documents.undo()
    expect([now().bindings, documentIsEdited(now())]).toEqual([{}, false])
  })
})
