/** The languages of the page: what each calls itself, and how browsers name it. No Vue, no messages. */
import type { Language } from '@/api/types'

interface LanguageFacts {
  /** In the language itself, for who cannot read the page's. */
  name: string
  /** BCP 47, for the page's `lang`: it decides voices, hyphens and the shapes of Chinese characters. */
  tag: string
  /** BCP 47 with the region whose dates, numbers and voices are meant. */
  locale: string
}

export const LANGUAGES: Record<Language, LanguageFacts> = {
  // British English writes the day before the month, as most of our readers do.
  en: { name: 'English', tag: 'en', locale: 'en-GB' },
  de: { name: 'Deutsch', tag: 'de', locale: 'de-DE' },
  es: { name: 'Español', tag: 'es', locale: 'es-ES' },
  zh: { name: '简体中文', tag: 'zh-Hans', locale: 'zh-CN' },
}

export const languages = Object.keys(LANGUAGES) as Language[]

/** The first of the wishes (BCP 47, best first) that the page speaks, else English. */
export function pickLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const found = languages.find((language) => wish.toLowerCase().split('-')[0] === language)
    if (found) return found
  }
  return 'en'
}

/**
 * Which of a message's forms ("none | one | many", or "one | many") goes with a number.
 * 1.5 is many; Chinese has one form for all.
 */
export function pluralForm(value: number, forms: number): number {
  if (forms === 1) return 0
  const one = Math.abs(value) === 1
  if (forms === 2) return one ? 0 : 1
  return value === 0 ? 0 : one ? 1 : 2
}
