import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useSpokenCount } from './useSpokenCount'

class Words {
  lang = ''
  constructor(readonly text: string) {}
}

function setUp(spoken = true) {
  vi.stubGlobal('SpeechSynthesisUtterance', Words)
  const said: string[] = []
  const synthesis = {
    speak: (words: Words) => said.push(`${words.lang} ${words.text}`),
    cancel: vi.fn(),
  } as unknown as SpeechSynthesis
  const count = ref(0)
  const enabled = ref(spoken)
  effectScope().run(() => useSpokenCount({ count, enabled, language: ref('de'), synthesis }))
  return { count, enabled, said, synthesis }
}

describe('useSpokenCount', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('says each new count in the language of the page', async () => {
    const { count, said } = setUp()
    count.value = 1
    await nextTick()
    count.value = 2
    await nextTick()
    expect(said).toEqual(['de 1', 'de 2'])
  })

  it('says nothing when the count starts again for the next set', async () => {
    const { count, said } = setUp()
    count.value = 8
    await nextTick()
    count.value = 0
    await nextTick()
    expect(said).toEqual(['de 8'])
  })

  it('falls silent in the middle of a word when it is switched off', async () => {
    const { count, enabled, said, synthesis } = setUp()
    enabled.value = false
    await nextTick()
    expect(synthesis.cancel).toHaveBeenCalled()
    count.value = 1
    await nextTick()
    expect(said).toEqual([])
  })
})
