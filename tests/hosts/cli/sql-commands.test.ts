import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from '../../support/cli-run.ts'
import { tempFolder } from '../../support/temp-folder.ts'

it(
  'makes a dataset of a statement, asks it, and asks for consent where it was not written here',
  { timeout: 300_000 },
  async () => {
    const folder = tempFolder()
    const [workspace, settings] = [join(folder, 'space'), join(folder, 'settings')]
    const sales = join(folder, 'sales.csv')
    writeFileSync(sales, 'region,amount\nnorth,1.5\nsouth,2.25\nnorth,4\n')
    const run = (args: readonly string[], input?: string) =>
      runCli(settings, [...args, '--workspace', workspace], input)
    expect((await run(['import', sales])).code).toBe(0)

    const text = 'select region, sum(amount) as total from sales where amount > :least group by 1'
    const made = await run(['sql', 'make', 'totals', '--text', '-', '--param', 'least:number=1.6'], text) // prettier-ignore
    expect(made.json()).toMatchObject({ name: 'totals', mode: 'extract', rows: 2 })
    const query = { dataset: 'totals', measures: [{ field: 'total', aggregate: 'sum' }] }
    expect((await run(['query', '--query', '-'], JSON.stringify(query))).json()).toMatchObject({
      cells: [[[6.25]]],
    })
    const wrong = await run(['sql', 'look', '--text', '-'], "copy (select 1) to 'x'")
    expect([wrong.code, wrong.errors.includes('sql/refused')]).toEqual([4, true])
    expect(wrong.errors).not.toMatch(/Did you mean|是否指/)

    // As on another machine: its settings agree to nothing.
    rmSync(settings, { recursive: true })
    const refused = await run(['refresh', '--dataset', 'totals'])
    expect(refused.errors + JSON.stringify(refused.json())).toContain('sql/needsConsent')
    const shown = (await run(['sql', 'show', 'totals'])).json() as { hash: string; text: string }
    expect(shown).toMatchObject({ text, agreed: false })
    expect((await run(['sql', 'agree', 'totals', '--hash', 'other'])).code).toBe(4)
    expect((await run(['sql', 'agree', 'totals', '--hash', shown.hash])).code).toBe(0)
    expect((await run(['refresh', '--dataset', 'totals'])).code).toBe(0)
  },
)
