import { useEffect } from 'react'
import type { PrintContent } from '../../shared/export-words.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { PrintBlock } from './print-answers.ts'
import { pagePaper, pageSheets, paperRules } from './print-layout.ts'
import { PrintPart } from './print-part.tsx'
import './print.css'

interface Props {
  readonly content: PrintContent
  readonly blocks: readonly PrintBlock[]
  readonly onDrawn: (sheets: number) => void
}

/** Every sheet of the job, laid out before the first is drawn, so that "page n of N" is true. */
export function PrintPages({ content, blocks, onDrawn }: Props) {
  const text = useText()
  const language = useLanguage()
  const words = { report: content.report, text, language }
  const pages = content.pages.flatMap((id) => content.report.pages[id] ?? [])
  const sheets = pages.flatMap((page) =>
    pageSheets(page, blocks, words).map((sheet) => ({ page, sheet })),
  )
  useEffect(() => onDrawn(sheets.length), [onDrawn, sheets.length])
  return (
    <main>
      <style>{paperRules(pages)}</style>
      {sheets.map(({ page, sheet }, index) => {
        const { paper, margin, content: inner } = pagePaper(page)
        const { header, footer, pageNumbers } = page.setup
        const beginsPage = sheets[index - 1]?.page !== page
        return (
          <article
            key={index}
            className="print-sheet"
            data-page={page.id}
            style={{ width: paper.width, height: paper.height }}
          >
            <div
              className="print-edge"
              style={{ top: 0, height: margin, left: margin, right: margin }}
            >
              <span>{header === '' ? content.report.title : header}</span>
            </div>
            {beginsPage && <h1 className="print-page-name">{page.title}</h1>}
            <div
              className="print-content"
              style={{ left: margin, top: margin, width: inner.width, height: inner.height }}
            >
              {sheet.parts.map((part) => {
                const shown = blocks.find(({ block }) => block.id === part.block)
                return shown ? <PrintPart key={part.block} part={part} shown={shown} /> : null
              })}
            </div>
            <div
              className="print-edge"
              style={{ bottom: 0, height: margin, left: margin, right: margin }}
            >
              <span>{footer}</span>
              {pageNumbers && (
                <span>{text('print.pageOf', { page: index + 1, count: sheets.length })}</span>
              )}
            </div>
          </article>
        )
      })}
    </main>
  )
}
