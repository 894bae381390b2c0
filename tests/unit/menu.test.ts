import { describe, expect, it } from 'vitest'
import { appCommands, menus } from '../../shared/menu.ts'
import { isMessageKey, messages } from '../../shared/text/messages.ts'

const items = menus
  .flatMap((menu) => menu.entries)
  .flatMap((entry) => (entry.kind === 'command' ? [entry] : []))

describe('the menu', () => {
  it('gives each accelerator to exactly one command that exists', () => {
    const known = new Set<string>(appCommands)
    const byAccelerator = Map.groupBy(
      items.filter((item) => item.accelerator !== undefined),
      (item) => item.accelerator,
    )
    expect(byAccelerator.size).toBeGreaterThan(0)
    for (const [accelerator, users] of byAccelerator)
      expect([accelerator, users.map((user) => user.command)]).toEqual([
        accelerator,
        [expect.toSatisfy((command: string) => known.has(command))],
      ])
  })

  it('names every item in both languages', () => {
    for (const { command } of items) {
      const key = `action.${command}`
      expect([key, isMessageKey(key)]).toEqual([key, true])
      if (!isMessageKey(key)) continue
      expect(messages.en[key]).not.toBe('')
      expect(messages['zh-CN'][key]).not.toBe('')
    }
  })
})
