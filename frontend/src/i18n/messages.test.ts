import catalogue from '@facts/exercises.py?raw'
import { describe, expect, it } from 'vitest'
import type { MessageTree } from './branches'
import { i18n, languages } from './everyLanguage'

function flat(tree: MessageTree, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'string') found.set(here, value)
    else for (const [inner, text] of flat(value, here)) found.set(inner, text)
  }
  return found
}

const messagesOf = (language: string): Map<string, string> =>
  flat(i18n.global.getLocaleMessage(language) as MessageTree)

const en = messagesOf('en')
const others = languages.filter((language) => language !== 'en')
const forms = (text: string): string[] => text.split(' | ')
const placeholders = (text: string): string =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort().join()
const words = (text: string): number => text.replaceAll(/\{\w+\}/g, '').match(/[a-z]{2,}/gi)?.length ?? 0

/** Keys of the texts that do not pass. */
function failing(language: string, passes: (text: string, english: string) => boolean): string[] {
  return [...messagesOf(language)]
    .filter(([key, text]) => !passes(text, en.get(key) ?? ''))
    .map(([key]) => key)
}

it('are many', () => {
  expect(en.size).toBeGreaterThan(100)
})

describe.each(languages)('messages in %s', (language) => {
  it('are never empty', () => {
    expect(failing(language, (text) => text.trim() !== '')).toEqual([])
  })

  it('are calm: no exclamation marks', () => {
    expect(failing(language, (text) => !/[!¡！]/.test(text))).toEqual([])
  })
})

describe.each(others)('messages in %s', (language) => {
  it('exist for every English one', () => {
    expect([...messagesOf(language).keys()].sort()).toEqual([...en.keys()].sort())
  })

  it('fill in the same values', () => {
    expect(failing(language, (text, english) => placeholders(text) === placeholders(english))).toEqual([])
  })

  it('have the plural forms of the language', () => {
    const wanted = (english: string): number => (language === 'zh' ? 1 : forms(english).length)
    expect(failing(language, (text, english) => forms(text).length === wanted(english))).toEqual([])
  })

  it('are translated', () => {
    expect(failing(language, (text, english) => text !== english || words(english) < 4)).toEqual([])
  })
})

it('in Spanish open their questions', () => {
  expect(failing('es', (text) => !text.includes('?') || text.includes('¿'))).toEqual([])
})

it('in German say du', () => {
  expect(failing('de', (text) => !/\b(Ihr|Ihre|Ihnen|Ihren)\b/.test(text))).toEqual([])
})

it('in Chinese have Chinese punctuation', () => {
  expect(failing('zh', (text) => !/\p{Script=Han}[,;:?.]|[,;:?]\p{Script=Han}/u.test(text))).toEqual([])
})

it('Chinese sentences are in Chinese characters', () => {
  expect(failing('zh', (text) => words(text) < 3 || /\p{Script=Han}/u.test(text))).toEqual([])
})

it('name every exercise of the catalogue', () => {
  const slugs = [...catalogue.matchAll(/ExerciseSpec\(\s*"(\w+)"/g)].map(([, slug]) => slug)
  expect(slugs.length).toBeGreaterThan(10)
  expect(slugs.filter((slug) => !en.has(`catalogue.${slug}.name`))).toEqual([])
})
