import { Checkbox, Input } from 'antd'
import { useEffect, useState } from 'react'
import type { Outcome } from '../../shared/errors.ts'
import { ok } from '../../shared/errors.ts'
import type { Member } from '../../shared/data/cell-value.ts'
import type { FilterBlock } from '../../shared/report/blocks/filter-block.ts'
import type { FieldUse } from '../../shared/report/field-use.ts'
import { fieldNameOf, slotOf } from '../../shared/report/field-use.ts'
import type { FieldQuestion } from '../../shared/report/formula-query.ts'
import { textIn } from '../../shared/text/messages.ts'
import { useApp, useDocument, useSession } from '../state/app-context.ts'
import { tryCommand } from '../state/board-actions.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import type { ControlValues } from '../state/control-values.ts'
import { controlValues } from '../state/control-values.ts'
import { useFieldQuestion } from '../state/field-question.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showCount } from '../ui/show-number.ts'
import { showMember } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import { DateRangeControl } from './date-range-control.tsx'
import './blocks.css'

function useValues(use: FieldUse, wanted: string): Outcome<ControlValues> {
  const app = useApp()
  const language = useLanguage()
  const { field, grain } = use
  const dataset = useDocument(({ bindings }) => bindings[slotOf(field)])
  const question = useFieldQuestion(field)
  const [found, setFound] = useState<Outcome<ControlValues>>(ok({ values: [], total: 0 }))
  useEffect(() => {
    if (dataset === undefined) return undefined
    const abort = new AbortController()
    const asked = JSON.parse(question) as FieldQuestion
    const by = grain === undefined ? {} : { grain }
    const search = { wanted, text: textIn(language), signal: abort.signal }
    void controlValues(app.engine, dataset, by, asked, search).then((values) => {
      if (!abort.signal.aborted) setFound(values)
    })
    return () => abort.abort()
  }, [app, language, dataset, question, grain, wanted])
  return found
}

function useSettings(
  block: FilterBlock,
): (settings: Pick<FilterBlock, 'selected'> | Pick<FilterBlock, 'range'>) => void {
  const app = useApp()
  return (settings) => {
    const { presenting, controls } = app.session.getState()
    if (presenting) {
      const reading = { ...controls[block.id], ...settings }
      app.session.setState({ controls: { ...controls, [block.id]: reading } })
      return
    }
    const args = { block: block.id, settings: { ...settings } }
    tryCommand(app, { name: 'block.configure', args })
  }
}

function ListControl({ block, use }: { readonly block: FilterBlock; readonly use: FieldUse }) {
  const text = useText()
  const [search, setSearch] = useState('')
  const found = useValues(use, search)
  const { values, total } = found.ok ? found.value : { values: [], total: 0 }
  const set = useSettings(block)
  const language = useLanguage()
  const { selected } = block
  const chosen = new Set(selected ?? [])
  const toggle = (value: Member): void => {
    if (selected === null) return set({ selected: [value] })
    const next = chosen.has(value) ? selected.filter((one) => one !== value) : [...selected, value]
    set({ selected: next.length === 0 ? null : next })
  }
  return (
    <div className="filter-control" data-own-pointer>
      <Input
        size="small"
        allowClear
        aria-label={text('filter.search')}
        placeholder={text('filter.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul aria-label={fieldNameOf(use.field)}>
        <li>
          <Checkbox checked={selected === null} onChange={() => set({ selected: null })}>
            {text('filter.all')}
          </Checkbox>
        </li>
        {values.map(({ value, rows }) => (
          <li key={JSON.stringify(value)}>
            <Checkbox checked={chosen.has(value)} onChange={() => toggle(value)}>
              {showMember(value, text)}
            </Checkbox>
            <small title={text('filter.rows', { count: rows })}>{showCount(rows, language)}</small>
          </li>
        ))}
      </ul>
      {!found.ok && <ErrorNotice error={found.error} />}
      {found.ok && search !== '' && values.length === 0 && (
        <p className="hint" role="status">
          {text('filter.nothing', { search })}
        </p>
      )}
      {values.length < total && (
        <p className="hint">{text('filter.listed', { shown: values.length, total })}</p>
      )}
    </div>
  )
}

/**
 * What a reader filters with. While designing, what is chosen is part of the report, saved and undone; while presenting
 * it is the reader's own and ends with the presentation.
 */
export function FilterControl({ block: designed }: BlockContentProps<'filter'>) {
  const text = useText()
  const reading = useSession(({ controls }) => controls[designed.id])
  const block = reading ? { ...designed, ...reading } : designed
  const set = useSettings(block)
  const use = block.shelves.field[0]
  if (!use)
    return (
      <div className="block-nothing">
        <p>{text('block.empty.filter')}</p>
      </div>
    )
  if (block.control === 'dateRange')
    return <DateRangeControl block={block} use={use} onRange={(range) => set({ range })} />
  return <ListControl block={block} use={use} />
}
