import { describe, expect, it } from 'vitest'
import { DEFAULT_VOICE, validVoice } from './settings'
import { admits } from './speech'

describe('validVoice', () => {
  it.each([null, 'loud', 3, [], { verbosity: 'shouting' }, { volume: 2 }, { voices: { en: 4 } }])(
    'takes the default for what is not legal: %o',
    (stored) => expect(validVoice(stored)).toEqual(DEFAULT_VOICE),
  )

  it('keeps what is legal beside what is not', () => {
    const stored = { verbosity: 'counts', volume: 'loud', captions: false, voices: { de: 'Anna' } }
    expect(validVoice(stored)).toEqual({
      ...DEFAULT_VOICE,
      verbosity: 'counts',
      captions: false,
      voices: { de: 'Anna' },
    })
  })
})

describe('admits', () => {
  it('says more from step to step', () => {
    expect(admits('counts', 'count')).toBe(true)
    expect(admits('counts', 'cue')).toBe(false)
    expect(admits('cues', 'cue')).toBe(true)
    expect(admits('cues', 'praise')).toBe(false)
    expect(admits('everything', 'praise')).toBe(true)
  })

  it('leaves nothing out of the captions where nothing is heard', () => {
    expect(admits('silent', 'praise')).toBe(true)
  })
})
