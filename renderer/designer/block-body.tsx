import { Button, Skeleton } from 'antd'
import type { ComponentType } from 'react'
import { memo, use, useEffect, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import type { Block } from '../../shared/report/blocks/block.ts'
import { slotOf } from '../../shared/report/field-use.ts'
import type { BoardPage } from '../../shared/report/report.ts'
import { allPills } from '../../shared/report/shelves.ts'
import type { EdgeSizes } from '../../shared/report/size-offers.ts'
import { actions, perform } from '../state/actions.ts'
import type { App } from '../state/app.ts'
import { presentBindings } from '../state/app.ts'
import { useApp, useBlockResult, useDocument, useReport, useShell } from '../state/app-context.ts'
import type { BlockContentProps } from '../state/block-content.ts'
import { BlockContentsContext } from '../state/block-content.ts'
import { useBlockGrain } from '../state/block-grain.ts'
import type { BlockReader } from '../state/block-reader.ts'
import type { Answer } from '../state/results-store.ts'
import { unagreedSql } from '../state/unagreed-sql.ts'
import { useSizeOffers } from '../state/use-size-offers.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { kindIcon } from '../ui/field-words.ts'
import { Icon } from '../ui/icon.tsx'
import { OfferButtons } from '../ui/offer-buttons.tsx'
import { useText } from '../ui/use-text.ts'

/** What blocks that ask nothing are given. */
const noQuestion: Answer = { state: 'none', reason: 'noQuestion' }

interface BodyProps {
  readonly block: Block
  readonly page: BoardPage
  readonly reader: BlockReader
}

type ContentProps = BodyProps & { readonly answer: Answer }

/** Moving one block must not draw the others again: the page's identity says nothing about this block. */
const sameContent = (a: ContentProps, b: ContentProps): boolean =>
  a.block === b.block && a.answer === b.answer && a.reader === b.reader && a.page.id === b.page.id

const Content = memo(function Content({ block, page, reader, answer }: ContentProps) {
  const contents = use(BlockContentsContext)
  if (!contents) throw new Error('No block contents above this component')
  // The record ties each kind to its own component, which TypeScript cannot follow through an index.
  const Kind = contents[block.kind] as ComponentType<BlockContentProps>
  return <Kind block={block} page={page} answer={answer} reader={reader} />
}, sameContent)

/** Names of the datasets a block needs that are not there. */
function useMissing(block: Block): string[] {
  const app = useApp()
  const report = useReport()
  const bindings = useDocument((open) => open.bindings)
  const present = presentBindings(app, bindings)
  const slots = new Set([...allPills(block)].map(({ use }) => slotOf(use.field)))
  return [...slots]
    .filter((slot) => present[slot] === undefined)
    .map((slot) => report.datasets[slot]?.name ?? slot)
}

const nameOf = (app: App, dataset: string): string =>
  app.workspace.dataset(dataset)?.name ?? dataset

function Nothing({
  block,
  answer,
}: {
  readonly block: Block
  readonly answer: Extract<Answer, { state: 'none' }>
}) {
  const app = useApp()
  const text = useText()
  const missing = useMissing(block)
  const grain = useBlockGrain(block)
  const key =
    answer.reason === 'noFields' || answer.reason === 'noQuestion'
      ? (`block.empty.${block.kind}` as const)
      : (`block.empty.${answer.reason}` as const)
  return (
    <div className="block-nothing">
      <Icon name={kindIcon(block)} size={24} />
      <p>{text(key, { datasets: missing.join(text('list.separator')) })}</p>
      {answer.reason === 'unrelatedFields' && (
        <>
          <ul>
            {(grain?.missing ?? []).map(({ from, to }) => (
              <li key={`${from} ${to}`}>
                {text('block.empty.missingWay', { from: nameOf(app, from), to: nameOf(app, to) })}
              </li>
            ))}
          </ul>
          <Button size="small" onClick={() => void perform(app, 'data.relate')}>
            {text('block.relate')}
          </Button>
        </>
      )}
      {answer.reason === 'unboundSlot' && actions['data.connect'].enabled(app) && (
        <Button size="small" onClick={() => void perform(app, 'data.connect')}>
          {text('action.data.connect')}
        </Button>
      )}
    </div>
  )
}

/** A statement that was not written here is seen first; asked again once the window is closed. */
function SeeSql({ block, error }: { readonly block: string; readonly error: AppError }) {
  const app = useApp()
  const text = useText()
  const deciding = useShell(({ dialog }) => dialog === 'sql')
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (seen && !deciding) app.results.retry(block)
  }, [seen, deciding, app, block])
  const dataset = unagreedSql(error) ?? ''
  const see = (): void => {
    app.shell.openDialog('sql', { dataset })
    setSeen(true)
  }
  return (
    <Button size="small" onClick={see}>
      {text('sql.see')}
    </Button>
  )
}

/** A field without a column: left so when the template was opened, or the column has gone. */
const isUnconnected = ({ code, details }: AppError): boolean =>
  code === 'query/invalid' && details['reason'] === 'unknownField'

/** Lines of the edges of an answer that would be too large. */
function sizesOf({ code, details }: AppError): EdgeSizes | null {
  const { rows, columns } = details
  const counted = typeof rows === 'number' && typeof columns === 'number'
  return code === 'query/tooLarge' && counted ? { rows, columns } : null
}

function Failed({ block, error }: { readonly block: Block; readonly error: AppError }) {
  const app = useApp()
  const text = useText()
  const offers = useSizeOffers(block, sizesOf(error), text)
  return (
    <div className="block-nothing" role="alert">
      <ErrorNotice error={error} />
      <OfferButtons label={text('size.offers')} offers={offers} />
      {error.canRetry && (
        <Button size="small" onClick={() => app.results.retry(block.id)}>
          {text('app.retry')}
        </Button>
      )}
      {unagreedSql(error) !== undefined && <SeeSql block={block.id} error={error} />}
      {isUnconnected(error) && actions['data.connect'].enabled(app) && (
        <Button size="small" onClick={() => void perform(app, 'data.connect')}>
          {text('action.data.connect')}
        </Button>
      )}
    </div>
  )
}

/**
 * The answer to the block's present question, or what stands in for it. While a new answer is on its way the last
 * picture stays for a moment, dimmed and together with the block it belonged to; then a skeleton takes its place.
 */
export function BlockBody({ block, page, reader }: BodyProps) {
  const result = useBlockResult(block.id)
  const text = useText()
  const still = block.kind === 'text' || block.kind === 'image' || block.kind === 'filter'
  if (still) {
    return (
      <div className="block-body">
        <Content block={block} page={page} reader={reader} answer={noQuestion} />
      </div>
    )
  }
  if (!result || (result.loading && (result.slow || !result.shown))) {
    return (
      <div className="block-body" aria-busy="true" aria-label={text('block.loading')}>
        {result?.slow === true && (
          <Skeleton active title={false} paragraph={{ rows: 4 }} className="block-skeleton" />
        )}
      </div>
    )
  }
  const shown = result.shown
  if (!shown) return <div className="block-body" />
  const { answer } = shown
  return (
    <div className="block-body" aria-busy={result.loading}>
      {answer.state === 'none' && <Nothing block={block} answer={answer} />}
      {answer.state === 'error' && <Failed block={block} error={answer.error} />}
      {(answer.state === 'result' || answer.state === 'rows') && (
        <Content
          block={result.loading ? shown.block : block}
          page={page}
          reader={reader}
          answer={answer}
        />
      )}
    </div>
  )
}
