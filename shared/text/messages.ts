import * as en from './en.ts'
import type { Language } from './language.ts'
import { fillIn } from './format.ts'
import type { TextValues } from './format.ts'
import * as zhCN from './zh-cn.ts'

/** Every area in English decides the keys; a Chinese area is typed by it, so a missing or stray key does not compile. */
const english = en.messages
export type MessageKey = keyof typeof english

export const messages: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  en: english,
  'zh-CN': zhCN.messages,
}

export type Text = (key: MessageKey, values?: TextValues) => string

/** Speaks one language: for the engine, exports and tests; the page switches at run time through i18next. */
export function textIn(language: Language): Text {
  return (key, values) => fillIn(messages[language][key], values)
}

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(english, key)
}
