import { Modal, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import type { CellValue } from '../../shared/data/cell-value.ts'
import type { NumberStyle } from '../../shared/data/number-format.ts'
import { formatNumber } from '../../shared/data/number-format.ts'
import type { AppError } from '../../shared/errors.ts'
import type {
  ComparedParts,
  ComparedSide,
  Proof,
  ProofAsk,
  ProofOperand,
} from '../../shared/query/proof.ts'
import { memberCaption } from '../../shared/report/captions.ts'
import { filterCaption } from '../../shared/report/filter-caption.ts'
import { fieldId } from '../../shared/report/field-use.ts'
import type { Text } from '../../shared/text/messages.ts'
import { localMoment } from '../../shared/data/local-moment.ts'
import { useApp, useReport, useSession } from '../state/app-context.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Icon } from '../ui/icon.tsx'
import { measureLook } from '../ui/pill-formats.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import './prove-dialog.css'

type State =
  | { readonly state: 'reading'; readonly rows: number }
  | { readonly state: 'failed'; readonly error: AppError }
  | { readonly state: 'proved'; readonly proof: Proof }

/** Closing the dialog withdraws the question. */
function useProof(ask: ProofAsk): State {
  const app = useApp()
  const [state, setState] = useState<State>({ state: 'reading', rows: 0 })
  useEffect(() => {
    const abort = new AbortController()
    setState({ state: 'reading', rows: 0 })
    const onPart = ({ rows }: { readonly rows: number }): void =>
      setState((now) => (now.state === 'reading' ? { state: 'reading', rows } : now))
    void app.engine['query.prove'](ask, { signal: abort.signal, onPart }).then((answer) => {
      if (abort.signal.aborted) return
      setState(
        answer.ok
          ? { state: 'proved', proof: answer.value }
          : { state: 'failed', error: answer.error },
      )
    })
    return () => abort.abort()
  }, [app, ask])
  return state
}

/** "Prove it": a shown number beside the same number made anew from its base rows. */
export function ProveDialog() {
  const app = useApp()
  const text = useText()
  const asked = useSession(({ proving }) => proving)
  if (!asked) return null
  return (
    <Modal
      open
      width={640}
      title={text('prove.title', { cell: asked.title })}
      footer={null}
      onCancel={() => app.session.setState({ proving: null })}
    >
      <ProofBody ask={asked.ask} />
    </Modal>
  )
}

function ProofBody({ ask }: { readonly ask: ProofAsk }) {
  const text = useText()
  const state = useProof(ask)
  if (state.state === 'failed') return <ErrorNotice error={state.error} />
  if (state.state === 'reading') {
    return (
      <div role="status">
        <p className="hint">{text('prove.reading', { rows: state.rows })}</p>
        <Skeleton active title={false} />
      </div>
    )
  }
  return <Proved proof={state.proof} />
}

function Proved({ proof }: { readonly proof: Proof }) {
  const text = useText()
  const language = useLanguage()
  const report = useReport()
  const look = measureLook(report, proof.measure, text)
  const written = (value: CellValue, style: NumberStyle | undefined): string =>
    value === null
      ? text('value.blank')
      : typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(String(value))
        ? formatNumber(value as number | string, fullStyle(value, style ?? plain), language)
        : String(value)
  return (
    <div className="proof selectable" data-agrees={proof.agrees}>
      <p className="proof-verdict" role="status">
        <Icon name={proof.agrees ? 'check' : 'warning'} size={18} />
        {text(proof.agrees ? 'prove.agrees' : 'prove.differs')}
      </p>
      <dl className="proof-facts">
        <dt>{text('prove.shown')}</dt>
        <dd>{written(proof.shown, look.format)}</dd>
        <dt>{text('prove.recomputed')}</dt>
        <dd>{written(proof.recomputed, look.format)}</dd>
        <dt>{text('prove.formula')}</dt>
        <dd>{formulaText(proof, look.caption, text)}</dd>
        {proof.compared && (
          <ComparedDays
            compared={proof.compared}
            written={(value) => written(value, proof.compared?.own ? plain : look.format)}
          />
        )}
        <dt>{text('prove.filters')}</dt>
        <dd>
          {proof.filters.length === 0
            ? text('prove.noFilters')
            : proof.filters
                .map((filter) =>
                  filterCaption({ ...filter, field: fieldId('sl_proof', filter.field) }, text),
                )
                .join('; ')}
        </dd>
        <dt>{text('prove.rows')}</dt>
        <dd>{text('prove.rowsOf', { rows: proof.rows, dataset: proof.dataset })}</dd>
        <dt>{text('prove.sources')}</dt>
        <dd>
          {proof.sources.map(({ name, rows }) => (
            <span key={name} className="proof-source">
              {text('prove.source', { name, rows })}
            </span>
          ))}
        </dd>
        <dt>{text('prove.imported')}</dt>
        <dd>
          {text('prove.version', { time: localMoment(proof.dataAsOf), version: proof.version })}
        </dd>
      </dl>
      {(proof.operands.length > 1 || proof.formula !== 'itself') && (
        <Operands operands={proof.operands} written={(value) => written(value, plain)} />
      )}
    </div>
  )
}

/** A number of other days names both periods. */
function formulaText(proof: Proof, measure: string, text: Text): string {
  const { formula, compared } = proof
  if (formula === 'cells') return text('prove.formula.cells', { measure })
  if (formula !== 'itself' || !compared) return text(`prove.formula.${formula}`, { measure })
  const [days, other] = [daysText(compared.own?.days ?? [], text), daysText(compared.other.days, text)] // prettier-ignore
  return text(`prove.formula.compared.${compared.show}`, { measure, days, other })
}

/** So many stretches are named; more are counted. */
const mostNamed = 3

function daysText(days: ComparedSide['days'], text: Text): string {
  if (days.length === 0) return text('prove.noDays')
  const named = days
    .slice(0, mostNamed)
    .map(({ from, to }) => (from === to ? from : text('prove.days', { from, to })))
  const more = days.length - named.length
  return [...named, ...(more > 0 ? [text('prove.moreDays', { count: more })] : [])].join('; ')
}

interface ComparedProps {
  readonly compared: ComparedParts
  readonly written: (value: CellValue) => string
}

/** Both sides of a comparison over time, each from the base rows of its days. */
function ComparedDays({ compared: { own, other }, written }: ComparedProps) {
  const text = useText()
  const said = ({ days, value, rows }: ComparedSide): string =>
    text('prove.side', { days: daysText(days, text), value: written(value), rows })
  return (
    <>
      {own && (
        <>
          <dt>{text('prove.ownDays')}</dt>
          <dd>{said(own)}</dd>
        </>
      )}
      <dt>{text('prove.otherDays')}</dt>
      <dd>{said(other)}</dd>
    </>
  )
}

const plain: NumberStyle = { kind: 'number', decimals: 2, grouping: true, unit: 'none' }

/** All digits there are, up to six; a double's last ones are no news. */
function fullStyle(value: CellValue, style: NumberStyle): NumberStyle {
  const digits = String(value).split('.')[1]?.replace(/e.*$/, '').length ?? 0
  const decimals = Math.min(6, digits) - (style.kind === 'percent' ? 2 : 0)
  return { ...style, unit: 'none', decimals: Math.max(style.decimals, decimals) }
}

interface OperandsProps {
  readonly operands: readonly ProofOperand[]
  readonly written: (value: CellValue) => string
}

/** What the number is made of, cell by cell. */
function Operands({ operands, written }: OperandsProps) {
  const text = useText()
  const report = useReport()
  const named = ({ cell }: ProofOperand): string =>
    [...cell.row, ...cell.column].map((member) => memberCaption(member, text)).join(' / ') ||
    text('value.total')
  const role = ({ role: of, measure }: ProofOperand): string =>
    measure ? measureLook(report, measure, text).caption : text(`prove.role.${of}`)
  return (
    <div className="proof-operands">
      <table>
        <thead>
          <tr>
            <th scope="col">{text('prove.operand')}</th>
            <th scope="col" data-numeric>
              {text('prove.shownThere')}
            </th>
            <th scope="col" data-numeric>
              {text('prove.recomputed')}
            </th>
            <th scope="col" data-numeric>
              {text('prove.rows')}
            </th>
          </tr>
        </thead>
        <tbody>
          {operands.map((operand) => (
            <tr key={JSON.stringify([operand.role, operand.measure?.name, operand.cell])}>
              <th scope="row">
                {role(operand)} <small>{named(operand)}</small>
                {operand.compared && (
                  <small className="proof-days">
                    {daysText(operand.compared.other.days, text)}
                  </small>
                )}
              </th>
              <td data-numeric>{written(operand.fromPivot)}</td>
              <td data-numeric>{written(operand.recomputed)}</td>
              <td data-numeric>{operand.rows === null ? '—' : operand.rows.toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
