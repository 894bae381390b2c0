import { useStore } from 'zustand'
import { selectionsOf } from '../../shared/report/pick.ts'
import type { BlockFilter } from '../../shared/report/block-filter.ts'
import { fieldNameOf } from '../../shared/report/field-use.ts'
import { useApp, usePage, useReport } from '../state/app-context.ts'
import { blockTitle } from '../../shared/report/captions.ts'
import { Icon } from '../ui/icon.tsx'
import { showMember } from '../ui/show-value.ts'
import { useText } from '../ui/use-text.ts'

/** What clicks filter at the moment, each with a way to let go. */
export function LinkBar() {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const page = usePage()
  const picks = useStore(app.session, (session) => session.picks)
  const drill = useStore(app.session, (session) => session.drill)
  const selections = Object.entries(selectionsOf(report, page, picks, drill))
  if (selections.length === 0) return null
  const words = (filters: readonly BlockFilter[]): string =>
    filters
      .map((filter) =>
        filter.op === 'in'
          ? `${fieldNameOf(filter.field)}: ${filter.values.map((value) => showMember(value, text)).join(text('list.separator'))}`
          : fieldNameOf(filter.field),
      )
      .join(' · ')
  const letGo = (id: string): void =>
    app.session.setState(({ picks: { [id]: _, ...others } }) => ({ picks: others }))
  return (
    <div className="link-bar" role="group" aria-label={text('link.title')}>
      <Icon name="link" size={14} />
      <span>{text('link.title')}</span>
      {selections.map(([id, filters]) => {
        const block = page.blocks[id]
        return (
          <button
            key={id}
            type="button"
            className="chip"
            title={block && text('link.from', { block: blockTitle(block, text) })}
            aria-label={text('link.clearOne', { filter: words(filters) })}
            onClick={() => letGo(id)}
          >
            {words(filters)}
            <Icon name="close" size={12} />
          </button>
        )
      })}
      {selections.length > 1 && (
        <button
          type="button"
          className="chip plain"
          onClick={() => app.session.setState({ picks: {} })}
        >
          {text('link.clearAll')}
        </button>
      )}
    </div>
  )
}
