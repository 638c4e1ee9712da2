import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createVuetify } from 'vuetify'
import CaptionStrip from '@/components/live/CaptionStrip.vue'
import { useSounds } from '@/composables/useSounds'
import { useVoice } from '@/composables/useVoice'
import { voicesFor } from '@/composables/useVoices'
import { useVoiceSettings } from '@/composables/useVoiceSettings'
import { i18n, setLanguage } from '@/i18n'
import { DEFAULT_VOICE } from '@/voice/settings'
import { SOUND_NAMES } from '@/voice/sounds'
import VoicePanel from './VoicePanel.vue'

class Words {
  lang = ''
  volume = 1
  voice: { name: string } | null = null
  constructor(readonly text: string) {}
}
const voice = (name: string, lang: string) =>
  ({ name, lang, voiceURI: `uri:${name}` }) as SpeechSynthesisVoice
const VOICES = [
  voice('Ann', 'en-US'),
  voice('Beth', 'en_GB'),
  voice('Carla', 'es-ES'),
  voice('Dana', 'zh-HK'),
]

const part = (id: string): string => `[data-testid=${id}]`
const plugins = () => [createPinia(), i18n, createVuetify()]

describe('voice and sound', () => {
  let said: Words[]
  let panel: ReturnType<typeof open>
  const open = () => mount(VoicePanel, { global: { plugins: plugins() } })
  const stored = () => useVoiceSettings().value

  beforeEach(async () => {
    vi.useFakeTimers()
    said = []
    vi.stubGlobal('SpeechSynthesisUtterance', Words)
    vi.stubGlobal('speechSynthesis', {
      getVoices: () => VOICES,
      speak: (words: Words) => said.push(words),
      cancel: vi.fn(),
      addEventListener: vi.fn(),
      removeEventListener: vi.fn(),
    })
    await setLanguage('en')
    useVoiceSettings().value = { ...DEFAULT_VOICE }
    panel = open()
  })
  afterEach(() => {
    useVoice().hush() // there is one for the page: it would go on with what this test has said
    panel.unmount()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('offers the voices of the page’s language, its own region first', () => {
    const names = panel.findAll(`${part('voice-choice')} option`).map((option) => option.text())
    expect(names).toEqual(['Choose for me', 'Beth', 'Ann'])
    expect(voicesFor(VOICES, 'de')).toEqual([])
  })

  it('keeps a chosen voice for its language, and speaks with it', async () => {
    await panel.get(part('voice-choice')).setValue('uri:Ann')
    expect(stored().voices).toEqual({ en: 'uri:Ann' })
    await panel.get(part('voice-test')).trigger('click')
    expect(said[0]).toMatchObject({ text: '7', lang: 'en-GB', voice: { name: 'Ann' } })
    await panel.get(part('voice-choice')).setValue('')
    expect(stored().voices).toEqual({})
  })

  it('says so where the device has no voice for the language', async () => {
    await setLanguage('de')
    expect(panel.get(part('voice-none')).text()).toContain('keine Stimme')
  })

  it('is silent when it shall be, and writes what it would have said', async () => {
    await panel.get(part('voice-verbosity')).setValue('silent')
    expect(stored().verbosity).toBe('silent')
    useVoice().say('note', 'Set finished')
    await nextTick()
    expect(said).toEqual([])
    expect(panel.get(part('captions')).text()).toContain('Set finished')
    expect(panel.get(`${part('captions')} [aria-live=polite]`).text()).toBe('Set finished')
  })

  it('says numbers alone where that is wished', async () => {
    await panel.get(part('voice-verbosity')).setValue('counts')
    useVoice().say('cue', 'Go deeper')
    useVoice().say('count', '3')
    expect(said.map(({ text }) => text)).toEqual(['3'])
  })

  it('keeps volumes and captions', async () => {
    await panel.get(part('voice-volume')).setValue('0.3')
    await panel.get(part('sound-volume')).setValue('0')
    await panel.get(part('voice-captions')).setValue(false)
    expect(stored()).toMatchObject({ volume: 0.3, soundVolume: 0, captions: false })
    expect(panel.find(part('captions')).exists()).toBe(false)
  })

  it('writes every sound for a moment', async () => {
    const strip = mount(CaptionStrip, { global: { plugins: plugins() } })
    for (const name of SOUND_NAMES) {
      useSounds().play(name)
      await nextTick()
      expect(strip.get(part('sound-caption')).text()).not.toBe('')
    }
    vi.advanceTimersByTime(1_400)
    await nextTick()
    expect(strip.find(part('sound-caption')).exists()).toBe(false)
    strip.unmount()
  })

  it('leaves to their own places what is shown there', async () => {
    const strip = mount(CaptionStrip, { props: { guidance: false }, global: { plugins: plugins() } })
    for (const kind of ['attempt', 'cue', 'praise', 'guidance'] as const) {
      useVoice().hush()
      useVoice().say(kind, 'Words')
      await nextTick()
      expect(strip.text()).not.toContain('Words')
    }
    strip.unmount()
  })
})
