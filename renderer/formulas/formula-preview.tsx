import { Select, Skeleton } from 'antd'
import type { FieldId, FieldUse } from '../../shared/report/field-use.ts'
import { fieldNameOf } from '../../shared/report/field-use.ts'
import { pillFormat } from '../../shared/report/pill-format.ts'
import type { ReportFormula } from '../../shared/report/formula.ts'
import { formulaField } from '../../shared/report/report-formulas.ts'
import type { RowList } from '../../shared/query/row-list.ts'
import type { NumberStyle } from '../../shared/data/number-format.ts'
import { isNumeric } from '../../shared/data/field.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { showListed } from '../ui/show-value.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { PreviewQuestion } from './preview-question.ts'
import { previewTable } from './preview-table.ts'
import { usePreview } from './use-preview.ts'

interface PreviewProps {
  /** Null while the formula is not whole. */
  readonly formula: ReportFormula | null
  readonly question: PreviewQuestion | null
  readonly by: readonly FieldId[]
  readonly splits: readonly FieldId[]
  readonly onSplit: (by: readonly FieldId[]) => void
}

/** What the formula gives on leaves, subtotals and the grand total of the data at hand. */
export function FormulaPreview({ formula, question, by, splits, onSplit }: PreviewProps) {
  const text = useText()
  const ask = question && 'query' in question ? question : null
  const preview = usePreview(ask)
  const canSplit = formula !== null && formula.kind !== 'cells' && ask?.use.aggregate !== 'count'
  return (
    <section className="formula-preview" aria-label={text('calculated.preview')}>
      <h3>{text('calculated.preview')}</h3>
      {canSplit && <Splits by={by} splits={splits} onSplit={onSplit} />}
      <Body question={question} preview={preview} />
    </section>
  )
}

function Splits({ by, splits, onSplit }: Pick<PreviewProps, 'by' | 'splits' | 'onSplit'>) {
  const text = useText()
  const none = { value: '', label: text('calculated.preview.none') }
  const choose = (index: number, id: string): void =>
    onSplit([by[0] ?? '', by[1] ?? ''].with(index, id).filter((one) => one !== ''))
  return (
    <div className="formula-splits">
      <span>{text('calculated.preview.by')}</span>
      {[0, 1].slice(0, by.length + 1).map((index) => (
        <Select
          key={index}
          size="small"
          aria-label={text('calculated.preview.by')}
          value={by[index] ?? ''}
          options={[
            none,
            ...splits
              .filter((id) => id === by[index] || !by.includes(id))
              .map((id) => ({ value: id, label: fieldNameOf(id) })),
          ]}
          onChange={(id: string) => choose(index, id)}
        />
      ))}
    </div>
  )
}

type BodyProps = Pick<PreviewProps, 'question'> & {
  readonly preview: ReturnType<typeof usePreview>
}

function Body({ question, preview }: BodyProps) {
  const text = useText()
  const { shown, loading } = preview
  if (question && 'nothing' in question) {
    const key = question.nothing === 'unboundSlot' ? 'calculated.preview.unbound' : question.nothing === 'noBlock' ? 'calculated.preview.noBlock' : (`block.empty.${question.nothing}` as const) // prettier-ignore
    return <p className="hint">{question.nothing === 'noFields' ? text('calculated.preview.wait') : text(key as 'calculated.preview.unbound')}</p> // prettier-ignore
  }
  if (!shown && !loading) return <p className="hint">{text('calculated.preview.wait')}</p>
  if (!shown) {
    return (
      <div aria-busy="true" aria-label={text('calculated.preview.loading')}>
        <Skeleton active title={false} paragraph={{ rows: 5 }} />
      </div>
    )
  }
  // What was asked before stays in sight while a mistake is being mended, and says so.
  const stale = loading || !question
  return (
    <div className="formula-answer" data-stale={stale} aria-busy={loading}>
      <p className="hint" role="status">
        {stale ? text(loading ? 'calculated.preview.stale' : 'calculated.preview.before') : ''}
      </p>
      {shown.error ? <ErrorNotice error={shown.error} /> : <Tables shown={shown} />}
    </div>
  )
}

interface TablesProps {
  readonly shown: NonNullable<ReturnType<typeof usePreview>['shown']>
}

function Tables({ shown }: TablesProps) {
  const text = useText()
  const language = useLanguage()
  const { ask, result, rows } = shown
  const { formula } = ask
  if (!result) return null
  if (result.baseRows === 0) return <p className="hint">{text('calculated.preview.empty')}</p>
  const format = pillFormat(ask.use, formulaField(formula))
  const table = previewTable(result, ask.measure, { use: ask.use, format, text, language })
  const counted = ask.use.aggregate === 'count'
  return (
    <>
      {rows && <FirstRows rows={rows} style={formula.type === 'integer' ? undefined : format} />}
      <h4>{text(counted ? 'calculated.preview.values' : 'calculated.preview.levels')}</h4>
      <table aria-label={text('calculated.preview.levels')}>
        <thead>
          <tr>
            <th scope="col">{text('calculated.preview.level')}</th>
            <th scope="col" />
            {table.heads.map((head, index) => (
              <th key={index} scope="col" data-numeric>
                {head === '' ? text(headOf(ask.use.aggregate)) : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.lines.map(({ key, level, caption, values }) => (
            <tr key={key} data-level={level}>
              <td>{text(`calculated.preview.${level}`)}</td>
              <th scope="row">{caption}</th>
              {values.map((value, index) => (
                <td key={index} data-numeric>
                  {value === '' ? '–' : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.lines.length < table.count && (
        <p className="hint">
          {text('calculated.preview.more', { shown: table.lines.length, count: table.count })}
        </p>
      )}
    </>
  )
}

/** What a preview's numbers are, where no column head says so. */
function headOf(aggregate: FieldUse['aggregate']) {
  if (aggregate === 'count') return 'calculated.preview.count'
  return aggregate === 'sum' ? 'aggregate.sum' : 'calculated.preview.result'
}

/** What single rows get, beside what they are computed from. */
function FirstRows({
  rows,
  style,
}: {
  readonly rows: RowList
  readonly style: NumberStyle | undefined
}) {
  const text = useText()
  const language = useLanguage()
  const { fields, page } = rows
  const last = fields.length - 1
  return (
    <>
      <h4>{text('calculated.preview.rows')}</h4>
      <table aria-label={text('calculated.preview.rows')}>
        <thead>
          <tr>
            {fields.map(({ name, type }) => (
              <th key={name} scope="col" data-numeric={isNumeric(type)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: page.rowIds.length }, (_, row) => (
            <tr key={row}>
              {page.columns.map((column, index) => (
                <td key={index} data-numeric={isNumeric(fields[index]?.type ?? 'text')}>
                  {showListed(column, row, index === last ? style : undefined, language, text) ||
                    '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
