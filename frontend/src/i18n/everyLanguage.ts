/** What `@/i18n` is in tests: all languages are there, so that turning the page to one takes no time. */
import { branches, type MessageTree } from './branches'
import { i18n, languages } from './index'

export * from './index'

const files = import.meta.glob<MessageTree>('./locales/*/*.json', { eager: true, import: 'default' })
const of = (language: string): typeof files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(`./locales/${language}/`)))

for (const language of languages) i18n.global.setLocaleMessage(language, branches(of(language)))
