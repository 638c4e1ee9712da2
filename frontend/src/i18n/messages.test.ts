import catalogue from '@facts/exercises.py?raw'
import { describe, expect, it } from 'vitest'
import { collectMessages, type MessageTree } from './index'

const messages = collectMessages()

function flat(tree: MessageTree, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'string') found.set(here, value)
    else for (const [inner, text] of flat(value, here)) found.set(inner, text)
  }
  return found
}

const en = flat(messages.en)
const de = flat(messages.de)
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort()

describe('messages', () => {
  it('exist in both languages', () => {
    expect(en.size).toBeGreaterThan(100)
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort())
  })

  it('are never empty', () => {
    const empty = [...en, ...de].filter(([, text]) => text.trim() === '')
    expect(empty).toEqual([])
  })

  it('fill in the same values in both', () => {
    const differing = [...en].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(de.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })

  it('are calm: no exclamation marks', () => {
    expect([...en, ...de].filter(([, text]) => text.includes('!'))).toEqual([])
  })

  it('name every exercise of the catalogue', () => {
    const slugs = [...catalogue.matchAll(/ExerciseSpec\("(\w+)"/g)].map(([, slug]) => slug)
    expect(slugs.filter((slug) => !en.has(`catalogue.${slug}.name`))).toEqual([])
  })
})
