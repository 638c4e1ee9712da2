import { createI18n } from 'vue-i18n'
import type { Language } from '@/api/types'

export interface MessageTree {
  [key: string]: string | MessageTree
}

const files = import.meta.glob<MessageTree>('./locales/*/*.json', {
  eager: true,
  import: 'default',
})

/** Every file `locales/<language>/<area>.json` is the branch `<area>` of its language. */
export function collectMessages(): Record<Language, MessageTree> {
  const messages: Record<Language, MessageTree> = { en: {}, de: {} }
  for (const [path, tree] of Object.entries(files)) {
    const [, language, area] = /locales\/(en|de)\/(\w+)\.json$/.exec(path) ?? []
    if (language && area) messages[language as Language][area] = tree
  }
  return messages
}

const STORAGE_KEY = 'posecoach.language'

function firstLanguage(): Language {
  const wished = localStorage.getItem(STORAGE_KEY) ?? navigator.language
  return wished.startsWith('de') ? 'de' : 'en'
}

export const i18n = createI18n({
  legacy: false,
  locale: firstLanguage(),
  fallbackLocale: 'en',
  messages: collectMessages(),
})

export function currentLanguage(): Language {
  return i18n.global.locale.value === 'de' ? 'de' : 'en'
}

export function setLanguage(language: Language): void {
  i18n.global.locale.value = language
  localStorage.setItem(STORAGE_KEY, language)
  document.documentElement.lang = language
}
