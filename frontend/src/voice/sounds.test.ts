import { describe, expect, it, vi } from 'vitest'
import { SOUND_NAMES, SOUNDS, Sounds, type Audio } from './sounds'

function fakeAudio(state: AudioContextState = 'running') {
  const starts: number[] = []
  const peaks: number[] = []
  const audio = {
    currentTime: 10,
    state,
    destination: {},
    resume: vi.fn(() => Promise.resolve()),
    close: vi.fn(() => Promise.resolve()),
    createOscillator: () => ({
      type: 'sine',
      frequency: { setValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() },
      connect: vi.fn(),
      start: (at: number) => starts.push(at),
      stop: vi.fn(),
    }),
    createGain: () => ({
      gain: {
        setValueAtTime: vi.fn(),
        exponentialRampToValueAtTime: (value: number) => peaks.push(value),
      },
      connect: vi.fn(),
    }),
  }
  return { audio: audio as unknown as Audio, fake: audio, starts, peaks }
}

describe('Sounds', () => {
  it('plays the tones of a sound one after the other, as loud as is wished', async () => {
    const { audio, starts, peaks } = fakeAudio()
    await new Sounds({ volume: () => 0.5, create: () => audio }).play('set_end')
    expect(starts).toEqual(SOUNDS.set_end.map(({ atS }) => 10 + atS))
    expect(Math.max(...peaks)).toBeCloseTo(0.4)
  })

  it('opens no audio at all where sounds are off', async () => {
    const create = vi.fn(() => null)
    await new Sounds({ volume: () => 0, create }).play('rep')
    expect(create).not.toHaveBeenCalled()
  })

  it('waits for nothing where the browser does not let it play yet', async () => {
    const { audio, fake, starts } = fakeAudio('suspended')
    await new Sounds({ volume: () => 1, create: () => audio }).play('rep')
    expect(fake.resume).toHaveBeenCalledOnce()
    expect(starts).toEqual([])
  })

  it('does without WebAudio', async () => {
    const sounds = new Sounds({ volume: () => 1, create: () => null })
    await expect(sounds.play('rep')).resolves.toBeUndefined()
    expect(() => sounds.close()).not.toThrow()
  })

  it('has a short sound of its own for everything', () => {
    const shapes = SOUND_NAMES.map((name) => JSON.stringify(SOUNDS[name]))
    expect(new Set(shapes).size).toBe(SOUND_NAMES.length)
    for (const tones of Object.values(SOUNDS)) {
      expect(Math.max(...tones.map(({ atS, lengthS }) => atS + lengthS))).toBeLessThan(1)
    }
  })
})
