import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../shared/text/language.ts'
import { messages } from '../../shared/text/messages.ts'

/** The shared catalogues behind i18next, so that the language changes while the app runs. */
export async function startLanguage(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: {
      en: { translation: messages.en },
      'zh-CN': { translation: messages['zh-CN'] },
    },
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  })
}

export function switchLanguage(language: Language): void {
  document.documentElement.lang = language
  dayjs.locale(language === 'en' ? 'en' : 'zh-cn')
  if (i18next.language !== language) void i18next.changeLanguage(language)
}
