import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, validSettings, workerSettings } from './detectorSettings'

describe('validSettings', () => {
  it.each([null, undefined, 7, 'text', [], {}, { detector: 'openpose', maxPeople: 'three' }])(
    'are the defaults for %j',
    (stored) => expect(validSettings(stored)).toEqual(DEFAULT_SETTINGS),
  )

  it('keep what is legal and put the default in place of the rest', () => {
    const stored = {
      detector: 'thunder',
      backend: 'cuda',
      inputSidePx: 256,
      outputStride: 8,
      imageScale: 3,
      maxPeople: 2.5,
      scoreThreshold: 0.35,
      nmsRadiusPx: -1,
      several: 'yes',
      mirror: false,
      unknown: 1,
    }
    expect(validSettings(stored)).toEqual({
      ...DEFAULT_SETTINGS,
      detector: 'thunder',
      outputStride: 8,
      imageScale: 3,
      scoreThreshold: 0.35,
      mirror: false,
    })
  })

  it('refuse what is no number', () => {
    expect(validSettings({ scoreThreshold: NaN }).scoreThreshold).toBe(DEFAULT_SETTINGS.scoreThreshold)
  })
})

describe('workerSettings', () => {
  it('leave out what only the page needs', () => {
    const given = workerSettings(DEFAULT_SETTINGS)
    expect(given).not.toHaveProperty('mirror')
    expect(given).not.toHaveProperty('imageScale')
    expect(given).toMatchObject({ maxPeople: 5, scoreThreshold: 0.5, nmsRadiusPx: 20 })
  })
})
