import { Dropdown } from 'antd'
import type { Field } from '../../shared/data/field.ts'
import { IconButton } from '../ui/controls.tsx'
import { useText } from '../ui/use-text.ts'
import { quickStep, quickSteps } from './new-step.ts'
import type { QuickStep } from './new-step.ts'
import type { RecipeStore } from './recipe-store.ts'

interface ColumnMenuProps {
  readonly recipe: RecipeStore
  readonly field: Field
  /** A step was added: time to look at it. */
  readonly onStep: () => void
}

/** Steps for one column, from its head. */
export function ColumnMenu({ recipe, field, onStep }: ColumnMenuProps) {
  const text = useText()
  const offered = quickSteps.filter((quick) => quick !== 'trim' || field.type === 'text')
  const add = async (quick: QuickStep): Promise<void> => {
    onStep()
    if (recipe.store.getState().status !== 'ready') await recipe.load()
    const { step, open } = quickStep(quick, recipe.freshId(), field)
    recipe.append(step, open)
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: offered.map((key) => ({ key, label: text(`recipe.quick.${key}`) })),
        // The keys are those offered.
        onClick: ({ key }) => void add(key as QuickStep),
      }}
    >
      <span className="column-menu">
        <IconButton
          icon="down"
          small
          label={text('recipe.quick', { field: field.name })}
          onClick={() => undefined}
        />
      </span>
    </Dropdown>
  )
}
