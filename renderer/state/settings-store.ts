import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Engine } from '../../shared/contract.ts'
import type { Language } from '../../shared/text/language.ts'
import type { AppInfo, Settings } from '../../shared/workspace-words.ts'

export interface SettingsState {
  readonly info: AppInfo
  readonly settings: Settings
}

export interface SettingsStore {
  readonly store: StoreApi<SettingsState>
  load(): Promise<void>
  change(part: Partial<Settings>): void
}

const unknown: AppInfo = {
  version: '',
  hostKind: 'loopback',
  platform: '',
  nativeMenu: false,
  systemLanguage: 'zh-CN',
  settings: { language: 'system', theme: 'system' },
}

export function languageOf({ info, settings }: SettingsState): Language {
  return settings.language === 'system' ? info.systemLanguage : settings.language
}

/** A change shows at once; the engine keeps it for the next start. */
export function createSettingsStore(engine: Engine): SettingsStore {
  const store = createStore<SettingsState>(() => ({ info: unknown, settings: unknown.settings }))
  return {
    store,
    async load() {
      const answer = await engine['app.info']({})
      if (answer.ok) store.setState({ info: answer.value, settings: answer.value.settings })
    },
    change(part) {
      const settings = { ...store.getState().settings, ...part }
      store.setState({ settings })
      void engine['settings.save'](settings)
    },
  }
}
