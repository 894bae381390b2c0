import { Spin } from 'antd'
import { useStore } from 'zustand'
import { DataPage } from '../data/data-page.tsx'
import { Gallery } from '../gallery/gallery.tsx'
import { VersionsPanel } from '../refresh/versions-panel.tsx'
import { useApp, useShell } from '../state/app-context.ts'
import { useText } from '../ui/use-text.ts'
import { DesignerRoute } from './designer-route.tsx'

export function Routes() {
  const route = useShell((shell) => shell.route)
  const open = useStore(useApp().documents.store, ({ current }) => current !== null)
  const text = useText()
  if (route === 'designer' && open) return <DesignerRoute />
  if (route === 'data')
    return <DataPage versionsOf={(dataset) => <VersionsPanel dataset={dataset} />} />
  if (route === 'gallery') return <Gallery />
  return (
    <main className="starting" aria-busy="true" aria-label={text('app.starting')}>
      <Spin />
    </main>
  )
}
