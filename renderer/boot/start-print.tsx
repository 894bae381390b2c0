import '../ui/base.css'
import { ConfigProvider } from 'antd'
import { createRoot } from 'react-dom/client'
import { idGenerator } from '../../shared/report/ids.ts'
import { textIn } from '../../shared/text/messages.ts'
import type { PrintProgress } from '../../shared/export-words.ts'
import { printAnswers, printNotes } from '../preview/print-answers.ts'
import { loadPrintFonts } from '../preview/print-fonts.ts'
import { PrintPages } from '../preview/print-pages.tsx'
import { AppContext } from '../state/app-context.ts'
import type { AppPorts } from '../state/app.ts'
import { createApp } from '../state/app.ts'
import { BlockContentsContext } from '../state/block-content.ts'
import { kitTheme } from '../ui/kit-theme.ts'
import { paint } from '../ui/palette.ts'
import { StillContext } from '../ui/still-context.ts'
import { ThemeContext } from '../ui/theme-context.ts'
import { blockContents } from './block-contents.ts'
import { startLanguage } from './language.ts'

/** Drawn twice over by then: effects have run and charts have laid themselves out. */
const settleMs = 400

/** Draws a print job's sheets and says when they stand; paper is always light. */
export async function startPrint(
  connection: AppPorts['connection'],
  place: HTMLElement,
  jobId: string,
): Promise<void> {
  const { engine } = connection
  const content = await engine['print.content']({ jobId })
  if (!content.ok) throw new Error(content.error.code)
  const { report, bindings, locale, view } = content.value
  document.documentElement.lang = locale
  document.title = report.title
  paint(document.documentElement, 'light')
  await Promise.all([startLanguage(locale), loadPrintFonts()])
  const app = createApp({
    connection,
    newId: idGenerator(() => 0.5),
    clock: { now: () => performance.now(), after: () => undefined },
  })
  const say = (phase: PrintProgress['phase'], done: number, of: number): void =>
    void engine['print.progress']({ jobId, phase, done, of })
  const blocks = await printAnswers(engine, content.value, (done, of) => say('asking', done, of))
  app.session.setState({ drill: view.drill })
  app.documents.open({ file: null, stamp: null, report, bindings, recovered: false })
  const drawn = (sheets: number, of: number): void => {
    say('drawing', sheets, of)
    if (sheets < of) return
    setTimeout(() => {
      void engine['print.ready']({
        jobId,
        pages: sheets,
        notes: printNotes(blocks, textIn(locale)),
      }).then(() => {
        document.documentElement.dataset['printReady'] = 'true'
      })
    }, settleMs)
  }
  createRoot(place).render(
    <AppContext value={app}>
      <BlockContentsContext value={blockContents}>
        <StillContext value={true}>
          <ThemeContext value="light">
            <ConfigProvider theme={kitTheme('light', true)}>
              <PrintPages content={content.value} blocks={blocks} onDrawn={drawn} />
            </ConfigProvider>
          </ThemeContext>
        </StillContext>
      </BlockContentsContext>
    </AppContext>,
  )
}
