import { describe, expect, it } from 'vitest'
import { appCommands, menus } from '../../../shared/menu.ts'
import { commandOf } from '../../../renderer/state/shortcuts.ts'

const entries = menus
  .flatMap((menu) => menu.entries)
  .flatMap((entry) => (entry.kind === 'command' ? [entry] : []))

describe('the menu', () => {
  it('gives each accelerator to one command', () => {
    const keys = entries.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('holds every command of the app exactly once', () => {
    expect(entries.map(({ command }) => command).sort()).toEqual([...appCommands].sort())
  })

  it('is reached by its keys, with the system’s own main key', () => {
    const key = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
    expect(commandOf({ ...key, key: 's', ctrlKey: true }, false)).toBe('report.save')
    expect(commandOf({ ...key, key: 'S', ctrlKey: true, shiftKey: true }, false)).toBe(
      'report.saveAs',
    )
    expect(commandOf({ ...key, key: 's', metaKey: true }, true)).toBe('report.save')
    expect(commandOf({ ...key, key: 's', ctrlKey: true }, true)).toBeUndefined()
    expect(commandOf({ ...key, key: 'y', ctrlKey: true }, false)).toBe('edit.redo')
    expect(commandOf({ ...key, key: 's' }, false)).toBeUndefined()
  })
})
