import { ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { App } from '../state/app.ts'
import { AppContext } from '../state/app-context.ts'
import { documentIsEdited } from '../state/document-store.ts'
import { BlockContentsContext } from '../state/block-content.ts'
import { languageOf } from '../state/settings-store.ts'
import { kitTheme } from '../ui/kit-theme.ts'
import type { ThemeName } from '../ui/palette.ts'
import { paint } from '../ui/palette.ts'
import { ThemeContext } from '../ui/theme-context.ts'
import { blockContents } from './block-contents.ts'
import { CommandPalette } from './command-palette.tsx'
import { Dialogs } from './dialogs.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { switchLanguage } from './language.ts'
import { Notes } from './notes.tsx'
import { QuestionBox } from './question-box.tsx'
import { Routes } from './routes.tsx'
import { useShortcuts } from './use-shortcuts.ts'

const darkQuery = '(prefers-color-scheme: dark)'
const stillQuery = '(prefers-reduced-motion: reduce)'

/** What the system asks of every window, also when it changes its mind. */
function useSystemWish(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
  )
}

/** The browser's tab and task switcher name the report; Electron's frame says the same through its own call. */
function useWindowTitle(app: App): void {
  const report = useStore(app.documents.store, ({ current }) => current?.history.report.title)
  const edited = useStore(
    app.documents.store,
    ({ current }) => current !== null && documentIsEdited(current),
  )
  useEffect(() => {
    document.title =
      report === undefined ? 'Storeboard' : `${edited ? '• ' : ''}${report} — Storeboard`
  }, [report, edited])
}

/** Theme, language and what lies over every screen. */
export function AppRoot({ app }: { readonly app: App }) {
  const settings = useStore(app.settings.store)
  const dark = useSystemWish(darkQuery)
  const still = useSystemWish(stillQuery)
  const system: ThemeName = dark ? 'dark' : 'light'
  const theme = settings.settings.theme === 'system' ? system : settings.settings.theme
  const language = languageOf(settings)
  useEffect(() => paint(document.documentElement, theme), [theme])
  useEffect(() => switchLanguage(language), [language])
  useWindowTitle(app)
  useShortcuts(app)
  return (
    <AppContext value={app}>
      <ThemeContext value={theme}>
        <BlockContentsContext value={blockContents}>
          <ConfigProvider
            theme={kitTheme(theme, still)}
            locale={language === 'en' ? en : zhCN}
            button={{ autoInsertSpace: false }}
          >
            <ErrorBoundary>
              <div className="screen">
                <Routes />
              </div>
              <QuestionBox />
              <CommandPalette />
              <Dialogs />
              <Notes />
            </ErrorBoundary>
          </ConfigProvider>
        </BlockContentsContext>
      </ThemeContext>
    </AppContext>
  )
}
