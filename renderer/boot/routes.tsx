import { Spin } from 'antd'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { People, Preparation } from '../data/data-page.tsx'
import { DataPage } from '../data/data-page.tsx'
import { Gallery } from '../gallery/gallery.tsx'
import { PeoplePanel } from '../people/people-panel.tsx'
import { VersionsPanel } from '../refresh/versions-panel.tsx'
import { ColumnMenu } from '../preparation/column-menu.tsx'
import { createRecipeStores } from '../preparation/recipe-store.ts'
import { Workbench } from '../preparation/workbench.tsx'
import { useApp, useShell } from '../state/app-context.ts'
import { useText } from '../ui/use-text.ts'
import { DesignerRoute } from './designer-route.tsx'

export function Routes() {
  const route = useShell((shell) => shell.route)
  const open = useStore(useApp().documents.store, ({ current }) => current !== null)
  const text = useText()
  const preparation = usePreparation()
  if (route === 'designer' && open) return <DesignerRoute />
  if (route === 'data')
    return (
      <DataPage
        versionsOf={(dataset) => <VersionsPanel dataset={dataset} />}
        preparation={preparation}
        people={peopleRoom}
      />
    )
  if (route === 'gallery') return <Gallery />
  return (
    <main className="starting" aria-busy="true" aria-label={text('app.starting')}>
      <Spin />
    </main>
  )
}

const peopleRoom: People = {
  panel: (dataset) => <PeoplePanel dataset={dataset} />,
}

/** Recipes live as long as the window: edits outlive a look at a report. */
function usePreparation(): Preparation {
  const app = useApp()
  return useMemo(() => {
    const recipeOf = createRecipeStores(app)
    return {
      workbench: (dataset) => <Workbench dataset={dataset} recipe={recipeOf(dataset.id)} />,
      columnMenu: (dataset, field, onStep) => (
        <ColumnMenu recipe={recipeOf(dataset.id)} field={field} onStep={onStep} />
      ),
    }
  }, [app])
}
