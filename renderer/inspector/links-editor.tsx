import { Checkbox } from 'antd'
import type { Block } from '../../shared/report/blocks/block.ts'
import { reaches } from '../../shared/report/cross-filter.ts'
import type { Command } from '../../shared/report/commands/commands.ts'
import { useApp, usePage, useReport } from '../state/app-context.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import { isStill } from '../../shared/report/page-questions.ts'
import { useText } from '../ui/use-text.ts'

/** Which other blocks of the page a click in this one filters. */
export function LinksEditor({ block }: { readonly block: Block }) {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const page = usePage()
  const others = page.blockOrder
    .flatMap((id) => page.blocks[id] ?? [])
    .filter((other) => other.id !== block.id && !isStill(other))
  const written = Object.values(report.interactions).filter(({ from }) => from === block.id)

  /** One written link names every target; the "none" effect stands for nobody. */
  const write = (targets: readonly string[]): void => {
    const all = others.map(({ id }) => id)
    const drop: Command[] = written.map(({ id }) => ({
      name: 'interaction.remove',
      args: { interaction: id },
    }))
    const id = app.newId('ix')
    const link: Command = {
      name: 'interaction.set',
      args: {
        interaction:
          targets.length > 0
            ? { id, from: block.id, to: [...targets], effect: 'filter' }
            : { id, from: block.id, to: all, effect: 'none' },
      },
    }
    const byDefault = targets.length === all.length
    app.documents.runAll(byDefault ? drop : [...drop, link], 'command.interaction.set')
  }
  const reached = others.filter(({ id }) => reaches(report, block.id, id)).map(({ id }) => id)
  if (others.length === 0) return <p className="hint">{text('links.alone')}</p>
  return (
    <div role="group" aria-label={text('inspector.links')}>
      <p className="hint">{text('links.hint')}</p>
      {others.map((other) => (
        <div key={other.id} className="link-line">
          <Checkbox
            checked={reached.includes(other.id)}
            onChange={(event) =>
              write(
                event.target.checked
                  ? [...reached, other.id]
                  : reached.filter((id) => id !== other.id),
              )
            }
          >
            {blockTitle(other, text)}
          </Checkbox>
        </div>
      ))}
    </div>
  )
}
