import { useEffect } from 'react'
import type { DatasetInfo } from '../../shared/data/dataset.ts'
import { PreviewPane } from './preview-pane.tsx'
import { RecipePanel } from './recipe-panel.tsx'
import type { RecipeStore } from './recipe-store.ts'
import './preparation.css'

interface WorkbenchProps {
  readonly dataset: DatasetInfo
  readonly recipe: RecipeStore
}

/** The Data page while rows are prepared: what a step does in the middle, the steps beside it. */
export function Workbench({ dataset, recipe }: WorkbenchProps) {
  const { version } = dataset
  useEffect(() => {
    void recipe.load()
    return () => recipe.stopLooking()
  }, [recipe, version])
  return (
    <>
      <PreviewPane recipe={recipe} />
      <RecipePanel recipe={recipe} dataset={dataset.name} />
    </>
  )
}
