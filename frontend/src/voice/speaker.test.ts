import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Speaker, type Manner } from './speaker'
import { readingMs } from './speech'

class Words {
  lang = ''
  volume = 1
  voice: unknown = null
  onend: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor(readonly text: string) {}
}

const MANNER: Manner = { volume: 0.5, language: 'de-DE', voice: null }

function setUp(options: { voiceless?: boolean; manner?: Manner | null } = {}) {
  const aloud: Words[] = []
  const lines: string[] = []
  const cancel = vi.fn()
  const synthesis = { speak: (words: unknown) => void aloud.push(words as Words), cancel }
  const speaker = new Speaker({
    synthesis: options.voiceless ? null : (synthesis as unknown as SpeechSynthesis),
    manner: () => (options.manner === undefined ? MANNER : options.manner),
    onLine: ({ text }) => lines.push(text),
    now: Date.now,
  })
  const done = () => {
    aloud.at(-1)?.onend?.()
    vi.advanceTimersByTime(1)
  }
  return { speaker, aloud, lines, cancel, done, said: () => aloud.map(({ text }) => text) }
}

describe('readingMs', () => {
  it('gives a Chinese sentence the time that its syllables take', () => {
    expect(readingMs('请向后退一步，让我看到您的脚踝')).toBeGreaterThan(900 + 14 * 200)
    expect(readingMs('Go a little deeper')).toBe(900 + 18 * 70)
  })
})

describe('Speaker', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('SpeechSynthesisUtterance', Words)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('speaks in the language and volume that are set', () => {
    const { speaker, aloud } = setUp()
    speaker.say('cue', 'Tiefer')
    expect(aloud[0]).toMatchObject({ text: 'Tiefer', lang: 'de-DE', volume: 0.5 })
  })

  it('breaks off a sentence for a number, and says it once more after', () => {
    const { speaker, cancel, done, said } = setUp()
    speaker.say('cue', 'Go deeper')
    speaker.say('count', '7')
    expect(cancel).toHaveBeenCalledOnce()
    expect(said()).toEqual(['Go deeper', '7'])
    done()
    speaker.say('count', '8')
    done()
    expect(said()).toEqual(['Go deeper', '7', 'Go deeper', '8'])
  })

  it('does not repeat a sentence that a newer one of its kind has replaced', () => {
    const { speaker, done, said } = setUp()
    speaker.say('cue', 'Go deeper')
    speaker.say('cue', 'Chest up')
    speaker.say('count', '7')
    done()
    done()
    expect(said()).toEqual(['Go deeper', '7', 'Chest up'])
  })

  it('lets a number finish, and then says the newest alone', () => {
    const { speaker, cancel, done, said } = setUp()
    for (const number of ['1', '2', '3']) speaker.say('count', number)
    expect(said()).toEqual(['1'])
    expect(cancel).not.toHaveBeenCalled()
    done()
    expect(said()).toEqual(['1', '3'])
  })

  it('says the most urgent of what waits first', () => {
    const { speaker, done, said } = setUp()
    speaker.say('note', 'Set finished')
    speaker.say('praise', 'Even tempo')
    speaker.say('attempt', 'Not counted')
    done()
    done()
    expect(said()).toEqual(['Set finished', 'Not counted', 'Even tempo'])
  })

  it('drops what is no longer true', () => {
    const { speaker, done, said } = setUp()
    speaker.say('note', 'A long sentence')
    speaker.say('count', '4')
    speaker.say('cue', 'Go deeper')
    vi.advanceTimersByTime(1_000)
    speaker.say('attempt', 'Too small')
    vi.setSystemTime(Date.now() + 3_500)
    done()
    expect(said()).toEqual(['A long sentence', '4', 'A long sentence'])
  })

  it('goes on where a browser never tells that it is done', () => {
    const { speaker, said, cancel } = setUp()
    speaker.say('note', 'Rest is over')
    speaker.say('guidance', 'Step back')
    vi.advanceTimersByTime(3_900)
    expect(cancel).toHaveBeenCalledOnce()
    expect(said()).toEqual(['Rest is over', 'Step back'])
  })

  it('goes on after a voice that failed, when the line could have been read', () => {
    const { speaker, aloud, said } = setUp()
    speaker.say('note', 'Rest is over')
    speaker.say('guidance', 'Step back')
    aloud[0]?.onerror?.()
    vi.advanceTimersByTime(1_000)
    expect(said()).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    expect(said()).toEqual(['Rest is over', 'Step back'])
  })

  it.each([{ voiceless: true }, { manner: null }])(
    'says everything in writing without a voice: %o',
    (how) => {
      const { speaker, lines, aloud } = setUp(how)
      speaker.say('cue', 'Go deeper')
      speaker.say('praise', 'Even tempo')
      vi.advanceTimersByTime(1_700)
      expect(lines).toEqual(['Go deeper', 'Even tempo'])
      expect(aloud).toEqual([])
    },
  )

  it('says nothing about movements while it is paused', () => {
    const { speaker, cancel, done, said } = setUp()
    speaker.say('cue', 'Go deeper')
    speaker.say('note', 'Paused')
    speaker.pause()
    expect(cancel).toHaveBeenCalledOnce()
    speaker.say('count', '9')
    done()
    speaker.resume()
    speaker.say('count', '10')
    expect(said()).toEqual(['Go deeper', 'Paused', '10'])
  })

  it('is silent at once when hushed', () => {
    const { speaker, cancel, said } = setUp()
    speaker.say('note', 'Set finished')
    speaker.say('guidance', 'Step back')
    speaker.hush()
    vi.advanceTimersByTime(60_000)
    expect(cancel).toHaveBeenCalledOnce()
    expect(said()).toEqual(['Set finished'])
  })
})
