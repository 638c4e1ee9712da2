import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createVuetify } from 'vuetify'
import type { Tile } from '@/composables/useCoachLive'
import { i18n, setLanguage } from '@/i18n'
import { PlayOut } from '@/lib/watch/playOut'
import type { LiveBatch } from '@/lib/watch/types'
import CueComposer from './CueComposer.vue'
import LiveTile from './LiveTile.vue'

const told = (part: Partial<LiveBatch> = {}): LiveBatch => ({
  type: 'live',
  athlete: 'ada',
  state: 'exercising',
  exercise: 'squat',
  reps: 7,
  hold_s: null,
  target: 10,
  rest_s: null,
  cue: null,
  width_px: 640,
  height_px: 480,
  t_ms: [],
  keypoints: [],
  ...part,
})
const aTile = (part: Partial<Tile> = {}): Tile => ({
  id: 'ada',
  name: 'Ada',
  state: 'live',
  reason: null,
  told: told(),
  heardMs: performance.now(),
  cue: null,
  playOut: new PlayOut(),
  ...part,
})
const part = (id: string): string => `[data-testid=${id}]`
const pinia = createPinia()

function show(tile: Tile, more: object = {}) {
  const props = { tile, number: 1, large: false, connected: true, ...more }
  return mount(LiveTile, {
    props,
    global: { plugins: [pinia, i18n, createVuetify()], stubs: { LiveStage: true } },
  })
}

describe('LiveTile', () => {
  beforeEach(async () => {
    vi.useFakeTimers()
    setActivePinia(pinia)
    await setLanguage('en')
  })
  afterEach(() => void vi.useRealTimers())

  it('shows the count of what was asked, the state and the cue', () => {
    const wrapper = show(aTile({ told: told({ cue: { tone: 'cue', text: 'Chest up.' } }) }))
    expect(wrapper.get(part('tile-count')).text()).toBe('7')
    expect(wrapper.text()).toContain('/ 10')
    expect(wrapper.get(part('tile-state')).text()).toBe('Set is running')
    expect(wrapper.get(part('tile-cue')).text()).toBe('Chest up.')
    expect(wrapper.find(part('tile-face')).exists()).toBe(false)
  })

  it('shows a hold and a rest as clocks', () => {
    expect(show(aTile({ told: told({ hold_s: 65.4, target: 90 }) })).text()).toMatch(/1:05\s*\/ 1:30/)
    expect(show(aTile({ told: told({ state: 'resting', rest_s: 42 }) })).text()).toContain(
      'Resting, 0:42 left',
    )
  })

  it.each([
    ['asking', { state: 'asking', told: null }, 'Waiting for the first picture'],
    ['away', { state: 'away', told: null }, 'Ada is not training now'],
    ['ended.grant', { state: 'ended', reason: 'grant', told: null }, 'The live view of Ada has ended'],
    ['ended.athlete', { state: 'ended', reason: 'athlete', told: null }, 'finish this workout alone'],
  ] as const)('says why there is no picture: %s', (face, tile, words) => {
    const shown = show(aTile(tile)).get(part('tile-face'))
    expect(shown.attributes('data-face')).toBe(face)
    expect(shown.text()).toContain(words)
  })

  it('notices that an athlete has fallen silent, and that the coach has', async () => {
    const wrapper = show(aTile())
    vi.advanceTimersByTime(4_000)
    await nextTick()
    expect(wrapper.get(part('tile-face')).attributes('data-face')).toBe('lost')
    await wrapper.setProps({ connected: false })
    expect(wrapper.get(part('tile-face')).attributes('data-face')).toBe('reconnecting')
  })

  it('is made large by Enter on itself, not on what is in it', async () => {
    const wrapper = show(aTile())
    await wrapper.get(part('tile-close')).trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('toggle')).toBeUndefined()
    await wrapper.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('toggle')).toHaveLength(1)
  })

  it('has something to say only where somebody hears it', () => {
    expect(show(aTile()).findComponent(CueComposer).exists()).toBe(false)
    const composer = show(aTile(), { large: true }).findComponent(CueComposer)
    expect(composer.props('disabled')).toBe(false)
    expect(
      show(aTile({ state: 'away', told: null }), { large: true })
        .findComponent(CueComposer)
        .props('disabled'),
    ).toBe(true)
    const ended = show(aTile({ state: 'ended', told: null }), { large: true })
    expect(ended.findComponent(CueComposer).exists()).toBe(false)
  })
})
