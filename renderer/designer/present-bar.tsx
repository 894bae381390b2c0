import { useEffect } from 'react'
import { useApp, useReport, useSelection } from '../state/app-context.ts'
import { IconButton } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'

/** While presenting: pages and the way out, nothing else. */
export function PresentBar() {
  const app = useApp()
  const text = useText()
  const report = useReport()
  const { page } = useSelection()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented)
        app.session.setState({ presenting: false, controls: {} })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [app])
  return (
    <header className="present-bar">
      <h1>{report.title}</h1>
      <div role="tablist" aria-label={text('designer.pages')}>
        {report.pageOrder.map((id) => (
          <button
            key={id}
            type="button"
            role="tab"
            className="page-tab"
            aria-selected={id === page}
            onClick={() => app.documents.select({ page: id, blocks: [] })}
          >
            {report.pages[id]?.title}
          </button>
        ))}
      </div>
      <IconButton
        icon="close"
        label={text('designer.stopPresenting')}
        text={text('designer.stopPresenting')}
        onClick={() => app.session.setState({ presenting: false, controls: {} })}
      />
    </header>
  )
}
