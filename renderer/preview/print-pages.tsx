import type { ReactNode } from 'react'
import { memo, useEffect, useMemo, useState } from 'react'
import type { PrintContent } from '../../shared/export-words.ts'
import type { Sheet } from '../../shared/layout/paginate.ts'
import type { BoardPage } from '../../shared/report/report.ts'
import { useLanguage, useText } from '../ui/use-text.ts'
import type { PrintBlock } from './print-answers.ts'
import { pagePaper, pageSheets, paperRules } from './print-layout.ts'
import { PrintPart } from './print-part.tsx'
import { PrintQuality } from './print-quality.tsx'
import { qualitySheets } from './quality-sheets.ts'
import './print.css'

interface Props {
  readonly content: PrintContent
  readonly blocks: readonly PrintBlock[]
  /** Told after every few sheets, at last with all of them. */
  readonly onDrawn: (done: number, of: number) => void
}

/** A sheet of paper: which page's paper it is, the name it begins with, and what stands on it. */
interface Printed {
  readonly page: BoardPage
  readonly name: string
  readonly body: ReactNode
}

/** So many times the drawing gives a turn back to say how far it is. */
const turns = 20

/** Every sheet of the job, laid out before the first is drawn, so that "page n of N" is true. */
export function PrintPages({ content, blocks, onDrawn }: Props) {
  const text = useText()
  const sheets = useSheets(content, blocks)
  const step = Math.max(1, Math.ceil(sheets.length / turns))
  const [drawn, setDrawn] = useState(step)
  const done = Math.min(drawn, sheets.length)
  useEffect(() => {
    onDrawn(done, sheets.length)
    if (done >= sheets.length) return undefined
    const timer = setTimeout(() => setDrawn(done + step), 0)
    return () => clearTimeout(timer)
  }, [onDrawn, done, step, sheets.length])
  return (
    <main>
      <style>{paperRules(pagesOf(content))}</style>
      {sheets.slice(0, done).map((sheet, index) => (
        <PrintSheet
          key={index}
          sheet={sheet}
          title={content.report.title}
          begins={sheets[index - 1]?.name !== sheet.name || sheets[index - 1]?.page !== sheet.page}
          place={text('print.pageOf', { page: index + 1, count: sheets.length })}
        />
      ))}
    </main>
  )
}

const pagesOf = ({ pages, report }: PrintContent): BoardPage[] =>
  pages.flatMap((id) => report.pages[id] ?? [])

/** Made once: sheets that stand are not drawn anew with every further one. */
function useSheets(content: PrintContent, blocks: readonly PrintBlock[]): readonly Printed[] {
  const text = useText()
  const language = useLanguage()
  return useMemo(
    () => sheetsOf(content, blocks, { report: content.report, text, language }),
    [content, blocks, text, language],
  )
}

function sheetsOf(
  content: PrintContent,
  blocks: readonly PrintBlock[],
  words: Parameters<typeof pageSheets>[2],
): readonly Printed[] {
  const { text } = words
  const pages = pagesOf(content)
  const boards = pages.flatMap((page) =>
    pageSheets(page, blocks, words).map((sheet): Printed => ({
      page,
      name: page.title,
      body: <Parts sheet={sheet} blocks={blocks} />,
    })),
  )
  const last = pages.at(-1)
  const quality = last && content.quality ? { page: last, lines: content.quality } : undefined
  const said = quality
    ? qualitySheets(quality.lines, pagePaper(quality.page).content).map((lines): Printed => ({
        page: quality.page,
        name: text('quality.title'),
        body: <PrintQuality lines={lines} />,
      }))
    : []
  return [...boards, ...said]
}

function Parts({ sheet, blocks }: { readonly sheet: Sheet } & Pick<Props, 'blocks'>) {
  return sheet.parts.map((part) => {
    const shown = blocks.find(({ block }) => block.id === part.block)
    return shown ? <PrintPart key={part.block} part={part} shown={shown} /> : null
  })
}

interface SheetProps {
  readonly sheet: Printed
  readonly title: string
  readonly begins: boolean
  readonly place: string
}

const PrintSheet = memo(function PrintSheet({
  sheet: { page, name, body },
  title,
  begins,
  place,
}: SheetProps) {
  const { paper, margin, content } = pagePaper(page)
  const { header, footer, pageNumbers } = page.setup
  const sides = { height: margin, left: margin, right: margin }
  return (
    <article
      className="print-sheet"
      data-page={page.id}
      style={{ width: paper.width, height: paper.height }}
    >
      <div className="print-edge" style={{ top: 0, ...sides }}>
        <span>{header === '' ? title : header}</span>
      </div>
      {begins && <h1 className="print-page-name">{name}</h1>}
      <div
        className="print-content"
        style={{ left: margin, top: margin, width: content.width, height: content.height }}
      >
        {body}
      </div>
      <div className="print-edge" style={{ bottom: 0, ...sides }}>
        <span>{footer}</span>
        {pageNumbers && <span>{place}</span>}
      </div>
    </article>
  )
})
