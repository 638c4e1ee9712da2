import { mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { createVuetify } from 'vuetify'
import { useDetectorSettings } from '@/composables/useDetectorSettings'
import { i18n, setLanguage } from '@/i18n'
import { DEFAULT_SETTINGS } from '@/pose/detectorSettings'
import DetectorPanel from './DetectorPanel.vue'

const part = (id: string): string => `[data-testid=${id}]`

describe('DetectorPanel', () => {
  let panel: ReturnType<typeof open>
  const open = () =>
    mount(DetectorPanel, {
      global: {
        plugins: [createPinia(), i18n, createVuetify()],
        stubs: { RouterLink: RouterLinkStub },
      },
    })
  const stored = () => useDetectorSettings().settings.value
  beforeEach(() => {
    setLanguage('en')
    useDetectorSettings().reset()
    panel = open()
  })
  afterEach(() => {
    panel.unmount()
    history.replaceState(null, '', '/')
  })

  it('has every setting, each with a sentence', () => {
    for (const name of Object.keys(DEFAULT_SETTINGS))
      expect(panel.find(part(`setting-${name}`)).exists()).toBe(true)
    const hints = panel.findAll('.setting > p.soft')
    expect(hints).toHaveLength(Object.keys(DEFAULT_SETTINGS).length + 1)
    for (const hint of hints) expect(hint.text()).toMatch(/\.$/)
  })

  it('leads to the page that finds the best setting', () => {
    expect(panel.getComponent(RouterLinkStub).props('to')).toEqual({ name: 'device-check' })
  })

  it('keeps what is chosen, numbers as numbers', async () => {
    await panel.get(part('setting-detector')).setValue('posenet')
    await panel.get(part('setting-outputStride')).setValue('8')
    await panel.get(part('setting-mirror')).setValue(false)
    const slider = panel.get<HTMLInputElement>(part('setting-scoreThreshold'))
    slider.element.value = '0.35'
    await slider.trigger('change')
    expect(stored()).toMatchObject({
      detector: 'posenet',
      outputStride: 8,
      mirror: false,
      scoreThreshold: 0.35,
    })
  })

  it('goes back to the defaults', async () => {
    const reset = panel.get(part('settings-reset'))
    expect(reset.attributes('disabled')).toBeDefined()
    await panel.get(part('setting-inputSidePx')).setValue('353')
    await reset.trigger('click')
    await nextTick()
    expect(stored()).toEqual(DEFAULT_SETTINGS)
  })

  it('offers nothing of PoseNet to those who chose another network', async () => {
    await panel.get(part('setting-detector')).setValue('thunder')
    for (const name of ['inputSidePx', 'outputStride', 'several', 'maxPeople', 'refine']) {
      expect(panel.get(part(`setting-${name}`)).attributes('disabled')).toBeDefined()
    }
  })

  it('offers the refiner only where it was taught', async () => {
    const refine = () => panel.get(part('setting-refine')).attributes('disabled')
    expect(refine()).toBeUndefined()
    await panel.get(part('setting-outputStride')).setValue('8')
    expect(refine()).toBeDefined()
  })

  it('says that the address decides where it does', () => {
    history.replaceState(null, '', '/?detector=movenet')
    const pinned = open()
    expect(pinned.get(part('setting-detector')).attributes('disabled')).toBeDefined()
    expect(pinned.text()).toContain("This page's address decides this: movenet.")
    pinned.unmount()
  })
})
