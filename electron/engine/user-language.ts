import type { Language } from '../../shared/text/language.ts'
import type { EngineContext } from './engine-context.ts'

/** The language the user reads now. */
export async function userLanguage({
  settings,
  systemLanguage,
}: Pick<EngineContext, 'settings' | 'systemLanguage'>): Promise<Language> {
  const { language } = await settings.read()
  return language === 'system' ? systemLanguage : language
}
