import { useTranslation } from 'react-i18next'
import { fillIn } from '../../shared/text/format.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Text } from '../../shared/text/messages.ts'

/** The words in the language of the moment; a component that calls it is drawn again when the language changes. */
export function useText(): Text {
  const { t } = useTranslation()
  return (key, values) => fillIn(t(key, { skipInterpolation: true }), values)
}

export function useLanguage(): Language {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN'
}
