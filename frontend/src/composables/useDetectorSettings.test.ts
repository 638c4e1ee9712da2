import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick, type EffectScope } from 'vue'
import { DEFAULT_SETTINGS } from '@/pose/detectorSettings'
import { STORAGE_KEY, useDetectorSettings } from './useDetectorSettings'

describe('useDetectorSettings', () => {
  let scope: EffectScope
  beforeEach(() => {
    localStorage.clear()
    scope = effectScope()
  })
  afterEach(() => scope.stop())
  const open = () => scope.run(useDetectorSettings)!

  it.each(['{"detector":', 'null', '[]', '{"detector":"openpose","maxPeople":-4}'])(
    'falls back to the defaults where %s is stored',
    (stored) => {
      localStorage.setItem(STORAGE_KEY, stored)
      expect(open().settings.value).toEqual(DEFAULT_SETTINGS)
    },
  )

  it('keeps a change on this device, and forgets it with "Back to defaults"', async () => {
    const { settings, reset } = open()
    settings.value = { ...settings.value, detector: 'thunder', scoreThreshold: 0.3 }
    await nextTick()
    expect(open().settings.value).toMatchObject({ detector: 'thunder', scoreThreshold: 0.3 })
    reset()
    await nextTick()
    expect(open().settings.value).toEqual(DEFAULT_SETTINGS)
  })

  it('is one for the whole page', async () => {
    const [a, b] = [open(), open()]
    a.settings.value = { ...a.settings.value, mirror: false }
    await nextTick()
    expect(b.settings.value.mirror).toBe(false)
  })
})
