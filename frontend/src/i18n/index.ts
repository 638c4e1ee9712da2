import { createI18n } from 'vue-i18n'
import type { Language } from '@/api/types'
import type { MessageTree } from './branches'
import { LANGUAGES, pickLanguage, pluralForm } from './languages'

export { LANGUAGES, languages } from './languages'

const STORAGE_KEY = 'posecoach.language'

/** A language's messages come when they are wanted: nobody waits for the others. */
const loaders: Record<Language, () => Promise<{ default: MessageTree }>> = {
  en: () => import('./locales/en'),
  de: () => import('./locales/de'),
  es: () => import('./locales/es'),
  zh: () => import('./locales/zh'),
}

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: false,
  pluralRules: { en: pluralForm, de: pluralForm, es: pluralForm, zh: () => 0 },
  messages: {} as Partial<Record<Language, MessageTree>>,
})

const { global } = i18n
let wanted: Language = 'en'

/** The language that the athlete chose on this device, else the best of the browser's that we speak. */
export function firstLanguage(): Language {
  return pickLanguage([localStorage.getItem(STORAGE_KEY) ?? '', ...navigator.languages])
}

export function currentLanguage(): Language {
  return global.locale.value as Language
}

/** Fetches the messages of a language, once. Rejects when they cannot be fetched. */
export async function loadMessages(language: Language): Promise<void> {
  if (global.availableLocales.includes(language)) return
  global.setLocaleMessage(language, (await loaders[language]()).default)
}

/** Turns the page to a language. Of two wishes the later one holds; what cannot be fetched changes nothing. */
export async function setLanguage(language: Language): Promise<void> {
  wanted = language
  if (!global.availableLocales.includes(language)) {
    try {
      await loadMessages(language)
    } catch {
      return
    }
    if (wanted !== language) return
  }
  global.locale.value = language
  localStorage.setItem(STORAGE_KEY, language)
  document.documentElement.lang = LANGUAGES[language].tag
}
