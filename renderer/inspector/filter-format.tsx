import { isTemporal } from '../../shared/data/field.ts'
import type { FilterBlock } from '../../shared/report/blocks/filter-block.ts'
import { useReport } from '../state/app-context.ts'
import { Choice } from '../ui/controls.tsx'
import { fieldOf } from '../../shared/report/captions.ts'
import { useText } from '../ui/use-text.ts'
import { useConfigure } from './configure.ts'

/** Another control forgets what was chosen with the one before. */
export function FilterFormat({ block }: { readonly block: FilterBlock }) {
  const configure = useConfigure(block)
  const report = useReport()
  const text = useText()
  const use = block.shelves.field[0]
  const field = use && fieldOf(report, use.field)
  const dated = field !== undefined && isTemporal(field.type)
  return (
    <>
      <Choice
        label={text('filter.control')}
        value={block.control}
        options={(['list', 'dateRange'] as const).map((value) => ({
          value,
          label: text(`filter.control.${value}`),
        }))}
        onChange={(control) => configure({ control, selected: null, range: null })}
      />
      {block.control === 'dateRange' && use && !dated && (
        <p className="hint">{text('filter.notDate')}</p>
      )}
    </>
  )
}
