import { mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createVuetify } from 'vuetify'
import type { Exercise } from '@/api/types'
import { i18n, setLanguage } from '@/i18n'
import { useExerciseStore } from '@/stores/exercises'
import FileProgress from './FileProgress.vue'
import LiveReadout from './LiveReadout.vue'
import SetSummary from './SetSummary.vue'
import SourceChooser from './SourceChooser.vue'
import StudioNotices from './StudioNotices.vue'
import { anAttempt, aRep, aSet } from './testing'

const exercise = (slug: string, kind: 'reps' | 'hold' = 'reps'): Exercise => ({
  slug,
  kind,
  name: slug,
  description: '',
  view: 'any',
  joints: [],
})
const pinia = createPinia()
const stubs = { RouterLink: RouterLinkStub }
const global = { plugins: [pinia, i18n, createVuetify()], stubs }
const part = (id: string): string => `[data-testid=${id}]`

beforeEach(() => {
  setLanguage('en')
  setActivePinia(pinia)
  useExerciseStore().items = [exercise('squat'), exercise('plank', 'hold')]
})

describe('LiveReadout', () => {
  const readout = (set: ReturnType<typeof aSet> | null, rest: object = {}) =>
    mount(LiveReadout, { props: { set, chosen: null, elapsedS: null, ...rest }, global })

  it('starts at nought and says that it is watching', () => {
    const wrapper = readout(null)
    expect(wrapper.get(part('rep-count')).text()).toBe('0')
    expect(wrapper.get(part('recognised-exercise')).text()).toBe('Watching')
  })

  it('shows the count, the exercise and how sure it is', () => {
    const wrapper = readout(aSet({ rep_count: 12, confidence: 0.6 }))
    expect(wrapper.get(part('rep-count')).text()).toBe('12')
    expect(wrapper.text()).toContain('Squat')
    expect(wrapper.text()).toContain('I am fairly sure')
  })

  it('claims no doubt about an exercise that the athlete chose', () => {
    const wrapper = readout(aSet({ confidence: 0.1 }), { chosen: 'squat' })
    expect(wrapper.text()).toContain('Squat')
    expect(wrapper.text()).not.toContain('sure')
  })

  it('admits what it does not know', () => {
    expect(readout(aSet({ exercise: 'unknown' })).text()).toContain('An exercise I do not know')
  })

  it('shows the time of a hold instead of a count', () => {
    const wrapper = readout(aSet({ exercise: 'plank', hold_s: 65.4 }))
    expect(wrapper.get(part('rep-count')).text()).toBe('1:05')
  })

  it('shows the target beside the count, and says it to who cannot see', () => {
    const wrapper = readout(aSet({ rep_count: 7 }), { target: 12 })
    expect(wrapper.get(part('rep-count')).text()).toBe('7')
    expect(wrapper.get(part('live-target')).text()).toBe('/ 12')
    expect(wrapper.get('[aria-live=polite]').text()).toContain('of 12')
    expect(
      readout(aSet({ exercise: 'plank' }), { target: 90 })
        .get(part('live-target'))
        .text(),
    ).toBe('/ 1:30')
  })

  it('moves a new number, and not the clock of a hold', () => {
    expect(
      readout(aSet({ rep_count: 7 }))
        .get(part('rep-count'))
        .classes(),
    ).toContain('arrives')
    const hold = readout(aSet({ exercise: 'plank', hold_s: 5 }))
    expect(hold.get(part('rep-count')).classes()).not.toContain('arrives')
  })

  it('says one thing about the last movement', () => {
    const message = { tone: 'attempt', text: 'Not deep enough: 78° of 90°', joint: 'knee' }
    const said = readout(aSet(), { message }).get(part('live-message'))
    expect(said.text()).toBe('Not deep enough: 78° of 90°')
    expect(said.element.closest('[role=status]')).not.toBeNull()
  })

  it('fills the meter with the movement, and hides it where the joint is not seen', async () => {
    const wrapper = readout(aSet(), { reading: null })
    expect(wrapper.find(part('range-meter')).exists()).toBe(false)
    await wrapper.setProps({ reading: { share: 0.52, mark: 0.8, isReached: false, deg: 40 } })
    const meter = wrapper.get(part('range-meter'))
    expect(meter.attributes()).toMatchObject({ role: 'meter', 'aria-valuenow': '50' })
    expect(meter.find('.tick').exists()).toBe(false)
    await wrapper.setProps({ reading: { share: 0.9, mark: 0.8, isReached: true, deg: 70 } })
    expect(meter.find('.tick').exists()).toBe(true)
  })

  it('shows the tempo of the last repetition, and says which part is which', () => {
    const wrapper = readout(aSet(), { tempo: { down: 1.24, pause: 0.3, up: 1 } })
    expect(wrapper.get(part('tempo')).text()).toContain('1.2')
    expect(wrapper.get(part('tempo')).text()).toContain('1.2 s to the turn, 0.3 s pause, 1 s back')
  })

  it('is read aloud by a screen reader when the count changes', () => {
    expect(readout(aSet()).find('[aria-live=polite]').text()).toContain('repetitions')
  })

  it('is not read aloud with every second of a hold', () => {
    const wrapper = readout(aSet({ exercise: 'plank', hold_s: 12 }))
    expect(wrapper.find('.count').attributes('aria-live')).toBe('off')
  })
})

describe('SetSummary', () => {
  const summary = (set: ReturnType<typeof aSet> | null, done = true, rest: object = {}) =>
    mount(SetSummary, { props: { set, own: null, done, discarded: false, waits: false, ...rest }, global })

  it('gives the honest answer for a set without repetitions', () => {
    const message = 'I could not see a whole person. Try a few steps back.'
    const wrapper = summary(aSet({ exercise: null, state: 'done', message }))
    expect(wrapper.get(part('set-summary-reps')).text()).toBe('0')
    expect(wrapper.text()).toContain('No repetitions found.')
    expect(wrapper.text()).toContain(message)
  })

  it('does not call a set empty that is still being counted', () => {
    const wrapper = summary(aSet({ clip_count: 4, clips_received: 2 }), false)
    expect(wrapper.text()).not.toContain('No repetitions found.')
    expect(wrapper.attributes('aria-busy')).toBe('true')
  })

  it('shows repetitions, tempo and what did not count', () => {
    const reps = [aRep(), aRep({ index: 1, start_ms: 2_000, turn_ms: 3_000, end_ms: 4_000 })]
    const attempts = [anAttempt({ start_ms: 65_000, reason: 'too_fast' })]
    const wrapper = summary(aSet({ state: 'done', rep_count: 2, reps, attempts }))
    expect(wrapper.get(part('set-summary-exercise')).text()).toBe('Squat')
    expect(wrapper.text()).toContain('1 s down, 0 s pause, 1 s up')
    expect(wrapper.text()).toContain('1:05')
    expect(wrapper.text()).toContain('too quick')
  })

  it('shows what this device counted until the server has, and says so', async () => {
    const wrapper = summary(null, false, { own: aSet({ rep_count: 5 }) })
    expect(wrapper.get(part('set-summary-reps')).text()).toBe('5')
    expect(wrapper.get(part('set-summary-exercise')).text()).toBe('Squat')
    expect(wrapper.get(part('provisional')).text()).toContain('counted on this device')
    await wrapper.setProps({ set: aSet({ state: 'done', rep_count: 5 }), done: true })
    expect(wrapper.find(part('provisional')).exists()).toBe(false)
    expect(wrapper.find(part('counts-differ')).exists()).toBe(false)
  })

  it('says kindly where the server counted otherwise', () => {
    const wrapper = summary(aSet({ state: 'done', rep_count: 6 }), true, { own: aSet({ rep_count: 5 }) })
    expect(wrapper.get(part('set-summary-reps')).text()).toBe('6')
    expect(wrapper.get(part('counts-differ')).text()).toBe(
      'I counted 5 while you moved. Looking at the whole set again, it is 6.',
    )
  })

  it('can be discarded, and that can be undone', async () => {
    const wrapper = summary(aSet({ state: 'done' }))
    await wrapper.get(part('set-discard')).trigger('click')
    expect(wrapper.emitted('discard')).toHaveLength(1)
    await wrapper.setProps({ discarded: true })
    expect(wrapper.find(part('set-summary-reps')).exists()).toBe(false)
    await wrapper.get(part('set-restore')).trigger('click')
    expect(wrapper.emitted('restore')).toHaveLength(1)
  })

  it('speaks German', () => {
    setLanguage('de')
    expect(summary(aSet({ state: 'done', exercise: null })).text()).toContain(
      'Keine Wiederholungen gefunden.',
    )
  })
})

describe('SourceChooser', () => {
  const chooser = () => mount(SourceChooser, { props: { exercise: null }, global })

  it('recognises the exercise by default and offers the catalogue', async () => {
    const wrapper = chooser()
    const select = wrapper.get<HTMLSelectElement>('select')
    expect(select.element.selectedOptions[0]?.text).toBe('Recognise it for me')
    await select.setValue('squat')
    expect(wrapper.emitted('update:exercise')).toEqual([['squat']])
    await select.setValue('')
    expect(wrapper.emitted('update:exercise')?.[1]).toEqual([null])
  })

  it('says that a video is never uploaded', () => {
    expect(chooser().text()).toContain('never uploaded')
  })

  it('takes a dropped file', async () => {
    const wrapper = chooser()
    const file = new File(['x'], 'squats.mov')
    await wrapper.get('section').trigger('drop', { dataTransfer: { files: [file] } })
    expect(wrapper.emitted('video')).toEqual([[file]])
  })

  it('opens the camera', async () => {
    const wrapper = chooser()
    await wrapper.get(part('source-camera')).trigger('click')
    expect(wrapper.emitted('camera')).toHaveLength(1)
  })
})

describe('StudioNotices', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('alerts where something is to be done, and does it', async () => {
    const run = vi.fn()
    const notices = [
      { key: 'parked', tone: 'warning' as const, detail: 'Too large', actions: [{ key: 'try_again', run }] },
    ]
    const wrapper = mount(StudioNotices, { props: { notices }, global })
    const notice = wrapper.get(part('notice'))
    expect(notice.attributes('role')).toBe('alert')
    expect(notice.text()).toContain('Too large')
    await notice.get('button').trigger('click')
    expect(run).toHaveBeenCalledOnce()
  })

  it('shrinks what was only told, and lets it be put away', async () => {
    const wrapper = mount(StudioNotices, { props: { notices: [] as [] }, global })
    await wrapper.setProps({ notices: [{ key: 'webgl_missing', tone: 'info' }] })
    expect(wrapper.get(part('notice')).text()).toContain('Your browser has no WebGL')
    vi.advanceTimersByTime(6_000)
    await nextTick()
    expect(wrapper.get(part('notice')).classes()).toContain('compact')
    await wrapper.get('button').trigger('click')
    expect(wrapper.find(part('notice')).exists()).toBe(false)
  })

  it.each(['en', 'de'] as const)('has words for every notice in %s', (language) => {
    const { notice } = i18n.global.getLocaleMessage(language)?.studio as { notice: Record<string, string> }
    for (const sentence of Object.values(notice)) expect(sentence).toMatch(/[.?]$/)
  })
})

describe('FileProgress', () => {
  it('counts frames, also beyond a length that the file told wrongly', async () => {
    const wrapper = mount(FileProgress, { props: { frame: 3, total: 156, ratio: 0.02 }, global })
    expect(wrapper.get(part('frame-count')).text()).toBe('Frame 3 of 156')
    await wrapper.setProps({ frame: 160 })
    expect(wrapper.get(part('frame-count')).text()).toBe('Frame 160 of 160')
    await wrapper.setProps({ total: 0 })
    expect(wrapper.get(part('frame-count')).text()).toBe('Frame 160')
  })
})
